from __future__ import annotations

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.mark_exemplar import toggle_exemplar
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder

ON_BOTH_ENGINES = True


def marked(study: StudyFolder) -> dict[int, tuple[str, ...]]:
    return {quote.id: quote.exemplar_of for quote in list_quotes(study) if quote.exemplar_of}


def test_a_mark_is_made_and_taken_off_of_each_code(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 1, Action.APPLY, "long wait")
    assert toggle_exemplar(study, 1, "Quick Fix")
    assert toggle_exemplar(study, 1, "long wait")
    assert marked(study) == {1: ("quick fix", "long wait")}
    assert not toggle_exemplar(study, 1, "quick fix")
    assert marked(study) == {1: ("long wait",)}


def test_a_mark_counts_only_while_the_code_stands(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    toggle_exemplar(study, 1, "quick fix")
    undo(study)
    assert marked(study) == {}
    redo(study)
    assert marked(study) == {1: ("quick fix",)}


def test_what_is_not_coded_or_not_there_is_refused(study: StudyFolder) -> None:
    with pytest.raises(UsageError, match="does not stand"):
        toggle_exemplar(study, 1, "quick fix")
    with pytest.raises(UnknownNameError, match="no passage 99"):
        toggle_exemplar(study, 99, "quick fix")
    with pytest.raises(UnknownNameError, match="no code"):
        toggle_exemplar(study, 1, "nothing")
