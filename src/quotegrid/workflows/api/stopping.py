"""The methods of `Study` for the stopping rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotegrid.workflows.coding.stopping import SIZE

if TYPE_CHECKING:
    from quotegrid.workflows.study.folder import StudyFolder


class StudyAudit:
    """The methods of `Study` that estimate how much is still to be found."""

    _folder: StudyFolder

    def draw_audit(self, size: int = SIZE) -> int:
        """Draw passages at random among those without decisions, in place of an earlier sample.

        Args:
            size: How many; all where there are fewer.

        Returns:
            How many were drawn.
        """
        from quotegrid.workflows.coding.stopping import draw_audit

        return draw_audit(self._folder, size)

    def audit(self) -> list[dict[str, Any]]:
        """Return how many passages of each code are found and left; empty without a draw."""
        from quotegrid.workflows.coding.stopping import audit, audit_records

        found = audit(self._folder)
        return [] if found is None else audit_records(found)
