"""The writing of a report to a file, in the format of its suffix."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quotegrid.domain.report.model import report_numbers
from quotegrid.exports.formats import ExportKind, format_of
from quotegrid.workflows.exchange.keep_export import Export, keep_export
from quotegrid.workflows.report.make_report import StudyReport
from quotegrid.workflows.study.folder import StudyFolder


def export_report(
    made: StudyReport, path: Path, export: Export, study: StudyFolder | None = None, *, force: bool = False
) -> None:
    """Write the file with its manifest, whole or not at all.

    Args:
        made: The report.
        path: The file, whose suffix determines the format.
        export: Its record.
        study: The study that records it; None to write it without a record.
        force: Whether to replace a file that quotegrid did not make.

    Raises:
        UsageError: If the suffix names no format, or the place cannot be written to, or holds a file that may
            not be replaced.
    """
    write = format_of(path, ExportKind.REPORT).writers[ExportKind.REPORT]
    export = replace(export, numbers=report_numbers(made.report), tables=made.tables)
    keep_export(path, write(made.report), export, study, force=force)
