"""Write a matrix to a file, in the format of its suffix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from quotegrid.domain.report.manifest import numbers_of
from quotegrid.errors import UsageError
from quotegrid.exports.pictures import Picture
from quotegrid.workflows.exchange.keep_export import Export, keep_export, refuse_foreign
from quotegrid.workflows.matrix.make_matrix import StudyMatrix, options_of
from quotegrid.workflows.study.folder import StudyFolder


def matrix_as(made: StudyMatrix, form: str) -> str:
    """The matrix as text in one of csv, markdown and json."""
    return _TEXTS[form](made).decode("utf-8")


def export_matrix(
    made: StudyMatrix,
    path: Path,
    picture: Picture = Picture.HEAT,
    *,
    study: StudyFolder | None = None,
    force: bool = False,
) -> None:
    """Write the file with its manifest, whole or not at all.

    Args:
        made: The matrix.
        path: The file; the end of its name says the format.
        picture: What a picture shows, where the format is one.
        study: The study that it is of and that records the file; None to write it without a record.
        force: Whether to replace a file that quotegrid did not make.

    Raises:
        UsageError: If the suffix names no format, there is a file that may not be replaced, or the place
            cannot be written to.
    """
    write = WRITERS.get("".join(path.suffixes[-2:]).lower()) or WRITERS.get(path.suffix.lower())
    if path.suffix.lower() in PICTURES and picture is not Picture.HEAT:
        write = partial(PICTURES[path.suffix.lower()], picture=picture)
    if write is None:
        raise UsageError(
            f'"{path.suffix or path.name}" is not a format for a matrix.',
            file=path,
            todo=f"End the name in one of {', '.join(WRITERS)}.",
        )
    refuse_foreign(path, study, force=force)
    keep_export(path, write(made), export_of(made), study, force=force)


def export_of(made: StudyMatrix) -> Export:
    """What is recorded of a matrix: all that it takes to make it again, and its numbers."""
    options = None if made.choice is None else options_of(made.choice)
    return Export(
        what="matrix",
        is_published=made.provenance.minimum_cases is not None,
        options=options,
        numbers=numbers_of(made.matrix),
    )


def _csv(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.text import matrix_csv

    return matrix_csv(made.matrix, made.provenance).encode()


def _tidy(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.tidy import matrix_tidy

    return matrix_tidy(made.matrix, made.provenance).encode()


def _latex(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.latex import matrix_latex

    return matrix_latex(made.matrix, made.provenance).encode()


def _docx(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.docx import matrix_docx

    return matrix_docx(made.matrix, made.provenance)


def _docx_with_quotes(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.docx import matrix_docx

    return matrix_docx(made.matrix, made.provenance, made.quotes, with_quotes=True)


def _svg(made: StudyMatrix, picture: Picture = Picture.HEAT) -> bytes:
    from quotegrid.exports.drawing import svg
    from quotegrid.exports.matrix.picture import matrix_drawing

    return svg(matrix_drawing(made.matrix, made.provenance, picture))


def _png(made: StudyMatrix, picture: Picture = Picture.HEAT) -> bytes:
    from quotegrid.exports.drawing import png
    from quotegrid.exports.matrix.picture import matrix_drawing

    return png(matrix_drawing(made.matrix, made.provenance, picture))


def _markdown(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.text import matrix_markdown

    return matrix_markdown(made.matrix, made.provenance).encode()


def _json(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.text import matrix_json

    return matrix_json(made.matrix, made.provenance).encode()


def _xlsx(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.xlsx import matrix_xlsx

    return matrix_xlsx(made.matrix, made.provenance, made.quotes)


_TEXTS: dict[str, Callable[[StudyMatrix], bytes]] = {"csv": _csv, "markdown": _markdown, "json": _json}
PICTURES: dict[str, Callable[..., bytes]] = {".svg": _svg, ".png": _png}
"""What draws a matrix."""


def _html(made: StudyMatrix) -> bytes:
    from quotegrid.exports.matrix.html import matrix_html

    return matrix_html(made.matrix, made.provenance, made.quotes, made.definitions).encode()


WRITERS: dict[str, Callable[[StudyMatrix], bytes]] = {
    ".html": _html,
    ".csv": _csv,
    ".tidy.csv": _tidy,
    ".xlsx": _xlsx,
    ".md": _markdown,
    ".markdown": _markdown,
    ".json": _json,
    ".tex": _latex,
    ".docx": _docx,
    ".quotes.docx": _docx_with_quotes,
    **PICTURES,
}
"""What writes a matrix, by the end of the file's name."""
