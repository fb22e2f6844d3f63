from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import UnknownNameError
from quotegrid.workflows.coding.alike import alike_without, decide_alike
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.profiles import IS_DEEP

ON_BOTH_ENGINES = IS_DEEP
PASTED = "We were told that the plan would be reviewed in the autumn, and nobody came"


@pytest.fixture
def pasted(empty_study: StudyFolder) -> StudyFolder:
    """A study in which four people gave nearly one answer, and two others."""
    answers = [
        f"{PASTED}.",
        f"{PASTED}!",
        PASTED.replace("autumn", "spring"),
        PASTED.lower(),
        "No.",
        "Fine by me.",
    ]
    for number, answer in enumerate(answers):
        text = f"Participant: P{number}\nInterviewer: JO\n\nJO: And?\n\nP{number}: {answer}\n"
        (empty_study.root / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    return empty_study


def coded(study: StudyFolder) -> set[int]:
    return {quote.id for quote in list_quotes(study, coded=True)}


def test_what_says_the_same_is_coded_together_and_undone_together(pasted: StudyFolder) -> None:
    first, *others = sorted(quote.id for quote in list_quotes(pasted) if "told that" in quote.text)
    found = [quote.id for quote in alike_without(pasted, first, "Quick Fix")]
    assert sorted(found) == others
    assert decide_alike(pasted, first, "quick fix", found) == 4
    assert coded(pasted) == {first, *others}
    assert decide_alike(pasted, first, "quick fix", found) == 0
    undo(pasted)
    assert coded(pasted) == set()


def test_what_is_decided_on_already_is_left_alone(pasted: StudyFolder) -> None:
    first, second, third, fourth = sorted(
        quote.id for quote in list_quotes(pasted) if "told that" in quote.text
    )
    decide_segment(pasted, second, Action.REJECT, "quick fix")
    decide_segment(pasted, third, Action.APPLY, "quick fix")
    decide_segment(pasted, fourth, Action.APPLY, "long wait")
    assert [quote.id for quote in alike_without(pasted, first, "quick fix")] == [fourth]


def test_what_is_said_once_has_nothing_alike(pasted: StudyFolder) -> None:
    (alone,) = [quote.id for quote in list_quotes(pasted) if quote.text == "Fine by me."]
    assert alike_without(pasted, alone, "quick fix") == []


def test_unknown_segments_and_codes_are_refused(pasted: StudyFolder) -> None:
    with pytest.raises(UnknownNameError, match="no passage 999"):
        alike_without(pasted, 999, "quick fix")
    with pytest.raises(UnknownNameError, match="no code"):
        alike_without(pasted, 1, "nothing")
