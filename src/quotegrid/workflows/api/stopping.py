"""The part of a study's Python face that tells when to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotegrid.workflows.coding.stopping import SIZE

if TYPE_CHECKING:
    from quotegrid.workflows.study.folder import StudyFolder


class StudyAudit:
    """What a `Study` tells of how much is still to be found."""

    _folder: StudyFolder

    def draw_audit(self, size: int = SIZE) -> int:
        """Draw passages at random among those on which nobody has decided yet, and forget an earlier draw.

        Args:
            size: How many; all where there are not so many.

        Returns:
            How many were drawn.
        """
        from quotegrid.workflows.coding.stopping import draw_audit

        return draw_audit(self._folder, size)

    def audit(self) -> list[dict[str, Any]]:
        """How many passages of each code are found and left (documented fields); empty before a draw."""
        from quotegrid.workflows.coding.stopping import audit, audit_records

        found = audit(self._folder)
        return [] if found is None else audit_records(found)
