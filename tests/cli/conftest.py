"""The studies of tests/conftest.py, whose codebook has been read as a first command does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates


def _opened(studies: StudyTemplates, template: Path, target: Path) -> Iterator[StudyFolder]:
    for study in studies.opened(template, target):
        current_codebook(study)
        yield study


@pytest.fixture
def empty_study(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    yield from _opened(studies, studies.empty, tmp_path)


@pytest.fixture
def study(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    yield from _opened(studies, studies.imported, tmp_path)
