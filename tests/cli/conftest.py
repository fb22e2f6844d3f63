"""The studies of tests/conftest.py, whose codebook has been read as a first command does."""

from __future__ import annotations

import pytest

from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder


@pytest.fixture
def empty_study(empty_study: StudyFolder) -> StudyFolder:
    current_codebook(empty_study)
    return empty_study


@pytest.fixture
def study(study: StudyFolder) -> StudyFolder:
    current_codebook(study)
    return study
