"""Counts and reports read the texts of those quotes alone that they show."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pytest

from quotegrid.domain.coding.quotes import Quote
from quotegrid.storage.search import quotes as stored_quotes
from quotegrid.workflows.codebook.list_codes import code_records
from quotegrid.workflows.coding.status import study_status
from quotegrid.workflows.matrix.cooccurrence import make_cooccurrence
from quotegrid.workflows.matrix.coverage import make_coverage
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.report.make_report import make_report
from quotegrid.workflows.report.tell_amounts import tell_amounts
from quotegrid.workflows.study.folder import StudyFolder
from tests.workflows.report.test_make_report import code_at_random, large

__all__ = ["large"]


def _report(study: StudyFolder) -> None:
    make_report(study, most_exemplars=1)


def _matrix(study: StudyFolder) -> None:
    make_matrix(study, with_quotes=False)


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (study_status, 0),
        (code_records, 0),
        (tell_amounts, 0),
        (make_coverage, 0),
        (make_cooccurrence, 0),
        (_matrix, 0),
        (_report, 9),
    ],
)
def test_no_more_texts_are_read_than_are_shown(
    large: StudyFolder, monkeypatch: pytest.MonkeyPatch, make: Callable[[StudyFolder], Any], most: int
) -> None:
    code_at_random(large, 1)
    load = stored_quotes.load_quotes
    numbers: set[int] = set()

    def counted(session: Any, *, only: Collection[int] | None = None, **options: Any) -> list[Quote]:
        found = load(session, only=only, **options)
        numbers.update(quote.id for quote in found)
        return found

    monkeypatch.setattr(stored_quotes, "load_quotes", counted)
    make(large)
    assert len(numbers) <= most
    assert bool(numbers) is bool(most)
