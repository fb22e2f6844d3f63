from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import quotegrid
from quotegrid.errors import DataError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.demonstration import demonstration_files, make_demonstration
from tests.conftest import REPOSITORY


def test_the_demonstration_is_a_study_of_its_own(tmp_path: Path) -> None:
    study = make_demonstration(tmp_path / "new")
    assert len(current_codebook(study).assignable()) == 16
    assert (study.root / "codebook" / "decisions.csv").is_file()
    assert not (study.root / "quotegrid.toml").samefile(REPOSITORY / "quotegrid.toml")
    study.close()
    with pytest.raises(UsageError, match="something here already"):
        make_demonstration(tmp_path / "new")


def test_a_package_without_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotegrid, "__file__", str(tmp_path / "a" / "b" / "__init__.py"))
    with pytest.raises(DataError, match="has not been installed"):
        demonstration_files()


def test_it_is_in_the_wheel(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for part in ("corpus", "codebook"):
        for file in (REPOSITORY / part).rglob("*"):
            if file.is_file():
                assert f"quotegrid/demonstration/{file.relative_to(REPOSITORY).as_posix()}" in names
    assert "quotegrid/demonstration/quotegrid.toml" in names
