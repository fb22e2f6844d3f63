"""Write a report to a file, in the format of its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from quotegrid.domain.report import Report
from quotegrid.errors import UsageError
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.make_report import StudyReport
from quotegrid.workflows.write_export import write_export


def export_report(
    study: StudyFolder,
    made: StudyReport,
    path: Path,
    *,
    options: Mapping[str, Any] | None = None,
    force: bool = False,
) -> None:
    """Write the file, whole or not at all.

    Args:
        study: The study that it is of.
        made: The report.
        path: The file; the end of its name says the format.
        options: What it was asked for.
        force: Whether a file that the study did not write may be replaced.

    Raises:
        UsageError: If the suffix names no format, or the place cannot be written to.
    """
    write = REPORT_WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(
            f'"{path.suffix or path.name}" is not a format for a report.',
            file=path,
            todo=f"End the name in one of {', '.join(REPORT_WRITERS)}.",
        )
    write_export(study, path, write(made.report), what="report", options=options, force=force)


def _markdown(report: Report) -> bytes:
    from quotegrid.exports.report_markdown import report_markdown

    return report_markdown(report).encode()


def _docx(report: Report) -> bytes:
    from quotegrid.exports.report_docx import report_docx

    return report_docx(report)


def _html(report: Report) -> bytes:
    from quotegrid.exports.report_html import report_html

    return report_html(report).encode()


REPORT_WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".html": _html,
    ".docx": _docx,
    ".md": _markdown,
    ".markdown": _markdown,
}
"""What writes a report, by the suffix of the file."""
