"""The methods of `Study` that write and list summaries of the matrix's cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotegrid.workflows.study.folder import StudyFolder


class StudySummaries:
    """The methods of `Study` for summaries."""

    _folder: StudyFolder

    def summaries(self, columns: str | None = None) -> list[dict[str, Any]]:
        """Return the summaries of the matrix's cells (documented fields); of one attribute if named."""
        from quotegrid.workflows.report.list_summaries import summary_records

        return summary_records(self._folder, columns)

    def summarise(
        self, code: str, value: str, text: str, columns: str = "case", *, replaces: Sequence[int] = ()
    ) -> int | None:
        """Write the summary of a cell of the matrix; an empty text deletes it.

        Args:
            code: A theme or code.
            value: A case, or a value of the attribute in the columns.
            text: Markdown; `[q:12]` refers to the quote with the number 12.
            columns: The attribute.
            replaces: The numbers of the summaries that stand there now.

        Returns:
            The summary's number; None where it would have changed nothing.

        Raises:
            ConflictError: If other summaries stand there than those of `replaces`.
            UnknownNameError: If there is no such code, value or quote.
        """
        from quotegrid.workflows.report.summarise import write_summary

        return write_summary(self._folder, code, value, text, columns, base=replaces).number

    def save_framework(self, path: str | Path, *, only: Sequence[str] = (), force: bool = False) -> None:
        """Write the Framework matrix to a .xlsx, .docx or .html file.

        Raises:
            UsageError: If there is a file that quotegrid did not make, or that was changed since; not with
                `force`.
        """
        from quotegrid.workflows.exchange.keep_export import Export
        from quotegrid.workflows.report.export_framework import export_framework
        from quotegrid.workflows.report.make_framework import make_framework

        made = make_framework(self._folder, only=only)
        export_framework(made, Path(path), Export("framework"), self._folder, force=force)
