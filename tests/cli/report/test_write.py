from __future__ import annotations

import csv
from pathlib import Path

import pytest
from docx import Document

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents
from tests.conftest import GOVERNOR
from tests.reading import read_everything


@pytest.fixture
def coded(run: Run, suggested: StudyFolder) -> StudyFolder:
    for number, code in ((1, "quick fix"), (2, "room to plan"), (4, "long wait")):
        file = suggested.root / "decisions.csv"
        file.write_text(f"segment,code,decision,memo,stance\n{number},{code},apply,,disputes\n")
        assert run("-C", suggested.root, "decide", "--from", file).code == 0
    return suggested


@pytest.mark.parametrize("name", ["report.html", "report.docx", "report.md", "REPORT.MD", "report.markdown"])
def test_a_report_is_written_in_the_format_of_its_suffix(
    run: Run, coded: StudyFolder, tmp_path: Path, name: str
) -> None:
    before = contents(coded.root)
    done = run("-C", coded.root, "report", "-o", tmp_path / name)
    assert (done.code, done.out) == (0, f"Wrote {tmp_path / name}: 2 themes, 2 quotes.\n")
    after = [line for line in contents(coded.root) if line not in before]
    assert {line.split('"')[1] for line in after} <= {"export", "journal", "sqlite_sequence"}
    content = (tmp_path / name).read_bytes()
    if name.endswith(".docx"):
        text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / name)).paragraphs)
    else:
        text = content.decode()
    for said in ("Who was heard", "The codebook", "disputed it at least once", "Not for publication"):
        assert said in text


def test_a_report_goes_to_the_studys_exports_when_nothing_else_is_said(
    run: Run, coded: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(coded.root)
    assert run("report").code == 0
    assert (coded.root / "exports" / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_published_report_has_a_log_beside_it(run: Run, coded: StudyFolder, tmp_path: Path) -> None:
    (coded.root / "corpus" / "governor.txt").write_text(GOVERNOR, encoding="utf-8")
    assert run("-C", coded.root, "import", coded.root / "corpus").code == 0
    read_everything(coded)
    done = run("-C", coded.root, "report", "--publish", "-o", tmp_path / "report.md")
    assert done.code == 0, done.err
    assert "report.md.withheld.csv says what and why" in done.out
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "For publication" in text
    assert "Ada" not in text
    assert "q:" not in text
    with (tmp_path / "report.md.withheld.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"cell", "total"} <= {row["kind"] for row in rows}
    assert {"quick fix", "room to plan", "long wait"} <= {row["place"] for row in rows}


def test_how_many_quotes_speak_for_a_theme_is_an_option(run: Run, coded: StudyFolder, tmp_path: Path) -> None:
    for number in (3, 5):
        file = coded.root / "more.csv"
        file.write_text(f"segment,code,decision\n{number},long wait,apply\n")
        assert run("-C", coded.root, "decide", "--from", file).code == 0
    for most, quotes in ((1, 3), (6, 4)):
        done = run("-C", coded.root, "report", "--exemplars", most, "-o", tmp_path / "report.md")
        assert f"{quotes} quotes" in done.out
    assert run("-C", coded.root, "report", "--exemplars", 0).code == 2


@pytest.mark.parametrize("name", ["report.pdf", "report", "file/report.html", "folder.docx"])
def test_an_output_that_cannot_be_made_is_refused(
    run: Run, study: StudyFolder, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "folder.docx").mkdir()
    assert_refused(run("-C", study.root, "report", "-o", tmp_path / name), 2, tmp_path / name)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "folder.docx", "study"]


def test_a_report_on_nothing_is_a_report(run: Run, empty_study: StudyFolder, tmp_path: Path) -> None:
    for name in ("report.html", "report.docx", "report.md"):
        done = run("-C", empty_study.root, "report", "-o", tmp_path / name)
        assert done.code == 0, done.err
        assert run("-C", empty_study.root, "report", "--publish", "-o", tmp_path / name).code == 0
