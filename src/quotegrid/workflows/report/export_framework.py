"""The writing of a Framework matrix to a file, in the format of its suffix."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quotegrid.domain.report.framework import Framework, framework_numbers
from quotegrid.errors import UsageError
from quotegrid.exports.formats import ExportKind, format_of
from quotegrid.workflows.exchange.keep_export import Export, keep_export, refuse_foreign
from quotegrid.workflows.study.folder import StudyFolder


def refuse_published_framework() -> None:
    """Refuse to publish a Framework matrix.

    Raises:
        UsageError: Always.
    """
    raise UsageError(
        "a Framework matrix cannot be published: each of its rows is one person, and what is written of them "
        "would tell who they are.",
        todo='Publish a "matrix", an "amounts" list or a "report" instead.',
    )


def export_framework(
    made: Framework,
    path: Path,
    export: Export,
    study: StudyFolder | None = None,
    *,
    force: bool = False,
) -> None:
    """Write the file with its manifest, whole or not at all.

    Args:
        made: The charts.
        path: The file, whose suffix determines the format.
        export: Its record.
        study: The study that records it; None to write it without a record.
        force: Whether to replace a file that quotegrid did not make.

    Raises:
        UsageError: If the suffix names no format, or the place cannot be written to, or holds a file that may
            not be replaced.
    """
    write = format_of(path, ExportKind.FRAMEWORK).writers[ExportKind.FRAMEWORK]
    refuse_foreign(path, study, force=force)
    export = replace(export, numbers=framework_numbers(made))
    keep_export(path, write(made), export, study, force=force)
