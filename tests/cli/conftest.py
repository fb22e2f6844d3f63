"""The studies of tests/conftest.py, whose codebook has been read as a first command does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates


@pytest.fixture
def empty_study(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    yield from studies.opened(studies.derived(studies.empty, current_codebook), tmp_path)


@pytest.fixture
def study(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    yield from studies.opened(studies.derived(studies.imported, current_codebook), tmp_path)
