from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from quotegrid.errors import UsageError
from quotegrid.exports.carrying import bare
from quotegrid.exports.formats import ExportKind, formats_of
from quotegrid.exports.pictures import Picture
from quotegrid.workflows.matrix.export_matrix import export_matrix, matrix_as
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.study.folder import StudyFolder

SUFFIXES = formats_of(ExportKind.MATRIX)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_the_suffix_says_the_format_case_aside(study: StudyFolder, tmp_path: Path, suffix: str) -> None:
    made = make_matrix(study)
    file = tmp_path / f"matrix{suffix.upper()}"
    export_matrix(made, file)
    written = bare(file.read_bytes(), file.suffix)
    whole = SUFFIXES[suffix].writers[ExportKind.MATRIX](made)
    assert written == whole or file.suffix.lower() in (".xlsx", ".docx")
    assert file.read_bytes().startswith(b"PK") is (file.suffix.lower() in (".xlsx", ".docx"))


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_picture_shows_what_is_asked_for(study: StudyFolder, tmp_path: Path, suffix: str) -> None:
    made = make_matrix(study)
    files = []
    for picture in Picture:
        files.append(tmp_path / f"{picture.value}{suffix}")
        export_matrix(made, files[-1], picture)
    heat, bars = (bare(file.read_bytes(), suffix) for file in files)
    assert heat == SUFFIXES[suffix].writers[ExportKind.MATRIX](made)
    assert heat != bars


def test_the_end_of_the_name_says_whether_it_is_tidy_or_has_quotes(
    suggested: StudyFolder, tmp_path: Path
) -> None:
    made = make_matrix(suggested, include_suggested=True)
    for name in ("a.b.csv", "a.tidy.csv", "a.docx", "a.quotes.docx"):
        export_matrix(made, tmp_path / name)
    assert "# Study" in (tmp_path / "a.b.csv").read_text(encoding="utf-8")
    assert (tmp_path / "a.tidy.csv").read_text(encoding="utf-8").startswith("row,group,measure,value,")
    texts = [
        [paragraph.text for paragraph in Document(str(tmp_path / name)).paragraphs]
        for name in ("a.docx", "a.quotes.docx")
    ]
    assert ["Quotes" in text for text in texts] == [False, True]


def test_the_json_is_the_matrix(study: StudyFolder) -> None:
    made = make_matrix(study)
    assert json.loads(matrix_as(made, "json"))["rows"] == list(made.matrix.rows)


@pytest.mark.parametrize("name", ["matrix.pdf", "matrix", "file/matrix.csv", "folder.csv"])
def test_a_file_that_cannot_be_made_leaves_nothing(study: StudyFolder, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UsageError) as caught:
        export_matrix(make_matrix(study), tmp_path / name)
    assert caught.value.file == str(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.csv", "study"]
