"""Whatever is done with one source takes the same names for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.study.names import resolve_source

PATHS = {
    "wave1/Foreman.txt": "corpus/wave1/Foreman.txt",
    "wave2/Foreman.txt": "corpus/wave2/Foreman.txt",
    "wave2/Clerk.docx": "corpus/wave2/Clerk.docx",
    "clerk": "",
}


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("wave1/foreman.txt", "wave1/Foreman.txt"),
        ("clerk.docx", "wave2/Clerk.docx"),
        (" CLERK ", "clerk"),
        ("corpus/wave2/Foreman.txt", "wave2/Foreman.txt"),
        ("corpus/wave1/../wave2/Foreman.txt", "wave2/Foreman.txt"),
    ],
)
def test_a_source_is_meant_by_its_name_its_file_or_its_path(wanted: str, name: str, tmp_path: Path) -> None:
    assert resolve_source(wanted, PATHS, tmp_path) == name
    assert resolve_source(str(tmp_path / "corpus/wave1/Foreman.txt"), PATHS, tmp_path) == "wave1/Foreman.txt"


def test_a_name_of_several_or_of_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"stands for 2 sources: wave1/Foreman\.txt, wave2/Foreman\.txt"):
        resolve_source("foreman", PATHS, tmp_path)
    with pytest.raises(UnknownNameError, match="Did you mean clerk"):
        resolve_source("clark", PATHS, tmp_path)
    with pytest.raises(UnknownNameError):
        resolve_source("fore", PATHS, tmp_path)
