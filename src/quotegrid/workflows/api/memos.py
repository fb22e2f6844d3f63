"""The methods of `Study` that list, write, change and delete memos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.workflows.study.names import resolve

if TYPE_CHECKING:
    from quotegrid.workflows.study.folder import StudyFolder


class StudyMemos:
    """The methods of `Study` for memos."""

    _folder: StudyFolder

    def memos(
        self,
        on: str | None = None,
        *,
        about: str = "",
        links_to: str = "",
        coder: str = "",
        search: str = "",
        since: str = "",
    ) -> list[dict[str, Any]]:
        """Return memos with the documented fields.

        Args:
            on: Only those on the "study", a "source", "case", "code", "coding" or "passage".
            about: Only those on this thing or parts of it, by its name.
            links_to: Only those whose links lead to this thing.
            coder: Only those that this coder wrote.
            search: Only those with these words; a star is any letters.
            since: Only those written or changed since this day or time (UTC).

        Raises:
            UnknownNameError: If there is no such kind, thing or author.
        """
        from quotegrid.workflows.coding.memos.list import MemoFilter, memo_records

        kind = None if on is None else _kind(on)
        return memo_records(self._folder, MemoFilter(kind, about, links_to, coder, search, since))

    def write_memo(self, on: str, name: str, text: str, *, day: str | None = None) -> int:
        """Write a memo, and return its number.

        Args:
            on: "study", "source", "case", "code", "coding" or "passage".
            name: The thing; a passage is "12" or "talk.md:120-180", a coding "12/trust", the study "".
            text: Markdown; names in double brackets are links.
            day: The day that an entry of the diary is about, as 2026-11-30.

        Raises:
            UnknownNameError: If there is no such thing.
            UsageError: If there is nothing in the text.
        """
        from quotegrid.workflows.coding.memos.write import write_memo

        return write_memo(self._folder, _kind(on), name, text, day=day).number

    def change_memo(self, number: int, text: str) -> None:
        """Give a memo of your own another text.

        Raises:
            UnknownNameError: If there is no such memo.
            UsageError: If it is another coder's, or there is nothing in the text.
        """
        from quotegrid.workflows.coding.memos.write import change_memo

        change_memo(self._folder, number, text)

    def delete_memo(self, number: int) -> None:
        """Delete a memo of your own.

        Raises:
            UnknownNameError: If there is no such memo.
            UsageError: If it is another coder's.
        """
        from quotegrid.workflows.coding.memos.write import delete_memos

        delete_memos(self._folder, [number])


def _kind(on: str) -> MemoSubject:
    return MemoSubject(
        resolve(on, [known.value for known in MemoSubject], "kind of thing", "kinds of things")
    )
