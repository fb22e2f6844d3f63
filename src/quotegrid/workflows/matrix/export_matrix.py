"""The writing of a matrix to a file, in the format of its suffix."""

from __future__ import annotations

from pathlib import Path

from quotegrid.domain.report.manifest import numbers_of
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.exports.formats import FORMATS, ExportKind, format_of
from quotegrid.exports.pictures import Picture
from quotegrid.workflows.exchange.keep_export import Export, keep_export, refuse_foreign
from quotegrid.workflows.exchange.withheld_log import keep_withheld_log, refuse_foreign_log
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, StudyMatrix, make_matrix, options_of
from quotegrid.workflows.study.folder import StudyFolder


def matrix_as(made: StudyMatrix, form: str) -> str:
    """Return the matrix as text, in the format of a name: csv, markdown or json."""
    row = next(row for row in FORMATS if row.name == form)
    return row.writers[ExportKind.MATRIX](made).decode("utf-8")


def export_matrix(
    made: StudyMatrix,
    path: Path,
    picture: Picture = Picture.HEAT,
    *,
    study: StudyFolder | None = None,
    force: bool = False,
    report: ProgressReport | None = None,
) -> None:
    """Write the file with its manifest, whole or not at all.

    Args:
        made: The matrix.
        path: The file, whose ending determines the format.
        picture: The kind of picture, where the format is one.
        study: The study, which records the file; None to write it without a record.
        force: Whether to replace a file that quotegrid did not make.
        report: Told before each step; to raise an error there ends the work with nothing written.

    Raises:
        UsageError: If the suffix names no format, there is a file that may not be replaced, or the place
            cannot be written to.
    """
    form = format_of(path, ExportKind.MATRIX)
    refuse_foreign(path, study, force=force)
    options = {"picture": picture} if form.is_picture else {}
    if report is not None:
        report(f"Making {path.name}", 0, 0)
    content = form.writers[ExportKind.MATRIX](made, **options)
    if report is not None:
        report(f"Keeping {path.name}", 0, 0)
    keep_export(path, content, export_of(made), study, force=force)


def publish_matrix(
    study: StudyFolder, choice: MatrixChoice, path: Path, *, report: ProgressReport | None = None
) -> str:
    """Count a matrix for publication and write it, with the log of what is withheld beside it.

    Args:
        study: The study.
        choice: The matrix.
        path: The file, whose ending determines the format.
        report: Told before each step; to raise an error there ends the work with nothing written.

    Returns:
        What is withheld, in words.

    Raises:
        UsageError: If this cannot be published, also for what was published before; if the ending names no
            format, or there is a file that may not be replaced.
    """
    format_of(path, ExportKind.MATRIX)
    refuse_foreign_log(study, path)
    if report is not None:
        report("Checking beside what was published", 0, 0)
    made = make_matrix(study, choice, publish=True, report=report)
    export_matrix(made, path, study=study, report=report)
    return keep_withheld_log(study, path, made.withheld)


def export_of(made: StudyMatrix) -> Export:
    """Return the record of a matrix: everything needed to make it again, and its numbers."""
    options = None if made.choice is None else options_of(made.choice)
    return Export(
        what="matrix",
        is_published=made.provenance.minimum_cases is not None,
        options=options,
        numbers=numbers_of(made.matrix),
        tables=made.tables,
    )
