"""Write a report to a file, in the format of its suffix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from quotegrid.domain.report.model import Report, report_numbers
from quotegrid.errors import UsageError
from quotegrid.workflows.exchange.keep_export import Export, keep_export
from quotegrid.workflows.report.make_report import StudyReport
from quotegrid.workflows.study.folder import StudyFolder


def export_report(
    made: StudyReport, path: Path, export: Export, study: StudyFolder | None = None, *, force: bool = False
) -> None:
    """Write the file with its manifest, whole or not at all.

    Args:
        made: The report.
        path: Where to; the suffix says the format.
        export: What is recorded of it.
        study: The study that records it; None to write it without a record.
        force: Whether to replace a file that quotegrid did not make.

    Raises:
        UsageError: If the suffix names no format, or the place cannot be written to, or holds a file that may
            not be replaced.
    """
    write = REPORT_WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(
            f'"{path.suffix or path.name}" is not a format for a report.',
            file=path,
            todo=f"End the name in one of {', '.join(REPORT_WRITERS)}.",
        )
    export = replace(export, numbers=report_numbers(made.report))
    keep_export(path, write(made.report), export, study, force=force)


def _markdown(report: Report) -> bytes:
    from quotegrid.exports.report.report_markdown import report_markdown

    return report_markdown(report).encode()


def _docx(report: Report) -> bytes:
    from quotegrid.exports.report.report_docx import report_docx

    return report_docx(report)


def _html(report: Report) -> bytes:
    from quotegrid.exports.report.report_html import report_html

    return report_html(report).encode()


REPORT_WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".html": _html,
    ".docx": _docx,
    ".md": _markdown,
    ".markdown": _markdown,
}
"""What writes a report, by the suffix of the file."""
