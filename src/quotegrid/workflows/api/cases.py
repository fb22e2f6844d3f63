"""The methods of `Study` for cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.workflows.people.check_cases import CaseGap
    from quotegrid.workflows.people.show_case import CaseView


class StudyCases:
    """The methods of `Study` that show, check and change cases."""

    _folder: StudyFolder

    def case(self, name: str) -> CaseView:
        """Return a case's values with their origins, and the sources in which it speaks.

        Raises:
            UnknownNameError: If there is none of that name.
        """
        from quotegrid.workflows.people.show_case import show_case

        return show_case(self._folder, name)

    def check_cases(self) -> list[CaseGap]:
        """Return the cases with missing or contradictory values."""
        from quotegrid.workflows.people.check_cases import check_cases

        return check_cases(self._folder)

    def merge_cases(self, name: str, into: str, *, despite_groups: bool = False) -> None:
        """Merge a case into another; its name becomes an alias.

        Raises:
            UsageError: If their groups differ and `despite_groups` is not set.
        """
        from quotegrid.workflows.people.change_cases import merge_cases

        merge_cases(self._folder, name, into, despite_groups=despite_groups)

    def split_case(self, name: str, source: str, *, label: str | None = None, new: str = "") -> None:
        """Make a case's speech in one source a case of its own."""
        from quotegrid.workflows.people.change_cases import split_case

        split_case(self._folder, name, source, label=label, new=new)

    def rename_case(self, name: str, new: str) -> None:
        """Rename a case."""
        from quotegrid.workflows.people.change_cases import rename_case

        rename_case(self._folder, name, new)

    def set_case(self, name: str, **values: str) -> None:
        """Set the group, role, area or attributes of a case by hand.

        Raises:
            UnknownNameError: If there is no such case.
        """
        from quotegrid.workflows.people.set_values import set_case

        set_case(self._folder, name, values)

    def undo_case_change(self) -> bool:
        """Undo the latest change of a case; return False if there is none."""
        from quotegrid.workflows.people.reversing import undo_case_change

        return undo_case_change(self._folder) is not None
