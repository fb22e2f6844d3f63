"""Write a matrix to a file, in the format of its suffix."""

from __future__ import annotations

from pathlib import Path

from quotegrid.errors import UsageError
from quotegrid.workflows.make_matrix import StudyMatrix

FORMATS = {".csv": "csv", ".xlsx": "xlsx", ".md": "markdown", ".markdown": "markdown", ".json": "json"}


def matrix_as(made: StudyMatrix, form: str) -> str:
    """The matrix as text in one of csv, markdown and json."""
    from quotegrid.exports import matrix_text

    write = {
        "csv": matrix_text.matrix_csv,
        "markdown": matrix_text.matrix_markdown,
        "json": matrix_text.matrix_json,
    }[form]
    return write(made.matrix, made.provenance)


def export_matrix(made: StudyMatrix, path: Path) -> None:
    """Write the file, whole or not at all.

    Raises:
        UsageError: If the suffix names no format, or the place cannot be written to.
    """
    from quotegrid.exports.files import write_whole

    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f'"{path.suffix or path.name}" is not a format for a matrix.',
            file=path,
            todo=f"End the name in one of {', '.join(FORMATS)}.",
        )
    if form == "xlsx":
        from quotegrid.exports.matrix_xlsx import matrix_xlsx

        write_whole(path, matrix_xlsx(made.matrix, made.provenance, made.quotes))
        return
    write_whole(path, matrix_as(made, form).encode("utf-8"))
