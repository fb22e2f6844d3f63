from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from quotegrid.cli import context
from quotegrid.cli.context import progress
from quotegrid.exports.carrying import bare
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused


@pytest.mark.parametrize(("suffix", "form"), [(".csv", "csv"), (".json", "json"), (".md", "markdown")])
def test_a_list_goes_to_a_file_in_the_format_of_its_suffix(
    run: Run, study: StudyFolder, tmp_path: Path, suffix: str, form: str
) -> None:
    file = tmp_path / "new folder" / f"quotes{suffix}"
    done = run("-C", study.root, "quotes", "-o", file)
    assert (done.code, done.out) == (0, f"Wrote {file}\n")
    printed = run("-C", study.root, "quotes", "--format", form).out
    assert bare(file.read_bytes(), suffix).decode("utf-8") == printed


def test_a_suffix_that_is_no_format_is_refused(run: Run, study: StudyFolder, tmp_path: Path) -> None:
    for name in ("quotes.xlsx", "quotes"):
        file = tmp_path / name
        assert_refused(run("-C", study.root, "quotes", "-o", file), 2, file, "not a format for a list")
        assert not file.exists()


def test_an_output_that_cannot_be_written_is_refused(run: Run, study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    for output in (tmp_path / "file" / "quotes.csv", tmp_path / "folder.csv"):
        assert_refused(run("-C", study.root, "quotes", "-o", output), 2, output, "cannot be written")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["file"]


def test_an_earlier_file_is_replaced_whole(run: Run, study: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "quotes.json"
    file.write_text("x" * 100_000, encoding="utf-8")
    assert_refused(run("-C", study.root, "quotes", "-o", file), 2, file, "--force")
    assert file.read_text(encoding="utf-8") == "x" * 100_000
    assert run("-C", study.root, "quotes", "-o", file, "--force").code == 0
    assert run("-C", study.root, "quotes", "-o", file).code == 0
    assert len(json.loads(file.read_text(encoding="utf-8"))) == 5


def test_progress_stays_silent_for_short_work(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        report("Reading", 0, 2)
        report("Reading", 2, 2)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_work_that_reports_nothing_is_shown_after_a_while(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(context, "_QUIET_SECONDS", 0.01)
    with progress("Making matrix.xlsx"):
        time.sleep(0.3)
    assert "Making matrix.xlsx" in capsys.readouterr().err
