from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotegrid.errors import UsageError
from quotegrid.exports.carrying import bare
from quotegrid.workflows.export_matrix import WRITERS, export_matrix, matrix_as
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.make_matrix import make_matrix


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_the_suffix_says_the_format_case_aside(study: StudyFolder, tmp_path: Path, suffix: str) -> None:
    made = make_matrix(study)
    file = tmp_path / f"matrix{suffix.upper()}"
    export_matrix(made, file)
    written = bare(file.read_bytes(), file.suffix)
    assert written == WRITERS[suffix](made) or file.suffix.lower() in (".xlsx", ".docx")
    assert file.read_bytes().startswith(b"PK") is (file.suffix.lower() in (".xlsx", ".docx"))


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
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "folder.csv", "study"]
