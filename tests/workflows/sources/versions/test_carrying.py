"""Who said what was put right stays so when the source is replaced, with what is coded there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_turns import turn_records
from quotegrid.workflows.sources.turns.edit_turns import (
    asides_in,
    edit_turns,
    give_turn,
    join_turn,
    leave_out_turn,
    split_turn,
    tick_off,
)
from quotegrid.workflows.sources.turns.unsure import unsure_things
from quotegrid.workflows.sources.versions.difference_messages import difference_lines
from quotegrid.workflows.sources.versions.list_unplaced import unplaced_records
from quotegrid.workflows.sources.versions.replacing import preview_replacement, replace_source
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates

ON_BOTH_ENGINES = True
NAME = "quay.txt"
QUAY = """\
Asker: Who unloads the boats?

Ines: We were six on the quay in June. Rui: The crane is a patch, and it buys us a year at most.

Ines: Then the fog came for a week.

Asker: And the ice house?

Ines: It was sold. Months of waiting for the money.
"""


def _import_quay(study: StudyFolder) -> None:
    (study.root / "corpus" / NAME).write_text(QUAY, encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())


@pytest.fixture
def quay(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """A study with an interview in which "Rui:" stands within a turn."""
    yield from studies.opened(studies.derived(studies.empty, _import_quay), tmp_path)


def corrected(study: StudyFolder, *changes: tuple[str, str]) -> Path:
    text = QUAY
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file = study.root / "corrected.txt"
    file.write_text(text, encoding="utf-8")
    return file


def said(study: StudyFolder) -> list[tuple[str | None, str | None, str]]:
    return [(turn["speaker"], turn["case"], turn["text"][:12]) for turn in turn_records(study, NAME)]


def coded(study: StudyFolder) -> list[tuple[str | None, tuple[str, ...], str]]:
    return [(quote.case, quote.codes, quote.text) for quote in find_quotes(study).quotes if quote.codes]


def passage(study: StudyFolder, words: str) -> int:
    return next(quote.id for quote in find_quotes(study).quotes if words in quote.text)


def test_turns_put_right_stay_so_with_their_codings_and_one_undo_takes_it_back(quay: StudyFolder) -> None:
    decide_segment(quay, passage(quay, "six on the quay"), Action.APPLY, "quick fix")
    edit_turns(quay, NAME, split_turn(QUAY.index("Rui:"), "Rui"))
    edit_turns(quay, NAME, give_turn(4, "Ida"))
    doubts = unsure_things(quay, NAME)
    edit_turns(quay, NAME, tick_off([doubts[0].number - 1]))
    before, turns, cases = coded(quay), said(quay), case_records(quay)
    file = corrected(quay, ("buys us a year", "buys us one year"), ("Who unloads", "So who unloads"))
    found = preview_replacement(quay, NAME, file)
    lines = "\n".join(difference_lines(found))
    assert "Who said what was put right in 2 places that go along:" in lines
    assert "asked again" not in lines
    assert "+ 3  Rui: The crane is a patch, and it buys us one year at most." in lines
    replace_source(quay, NAME, file, agreed=found)
    assert [(speaker, case) for speaker, case, _ in said(quay)] == [
        (speaker, case) for speaker, case, _ in turns
    ]
    assert coded(quay) == [
        (case, codes, words.replace("us a year", "us one year")) for case, codes, words in before
    ]
    assert len(unsure_things(quay, NAME)) == len(doubts) - 1
    assert unplaced_records(quay) == []
    assert asides_in(quay, NAME) == ('"quick fix" (tester) is set aside: "Rui:" is no participant\'s now.',)
    now = (coded(quay), said(quay), case_records(quay))
    undo(quay)
    assert (coded(quay), said(quay), case_records(quay)) == (before, turns, cases)
    redo(quay)
    assert (coded(quay), said(quay), case_records(quay)) == now
    told = [entry.what for entry in read_history(quay, kind="turns")]
    assert "carried over who said what in quay.txt" in told
    again = corrected(quay, ("buys us a year", "buys us two years"))
    assert replace_source(quay, NAME, again).carried_places == 2
    assert [(speaker, case) for speaker, case, _ in said(quay)] == [
        (speaker, case) for speaker, case, _ in turns
    ]
    edit_turns(quay, NAME, join_turn(3))
    assert [(case, words) for case, _, words in coded(quay)] == [
        ("Ines", QUAY[QUAY.index("We were") : QUAY.index("\n\nInes: Then")].replace("a year", "two years"))
    ]


def test_what_cannot_be_put_right_in_the_corrected_file_is_told(quay: StudyFolder) -> None:
    decide_segment(quay, passage(quay, "six on the quay"), Action.APPLY, "quick fix")
    edit_turns(quay, NAME, split_turn(QUAY.index("The crane"), "Rui"))
    edit_turns(quay, NAME, leave_out_turn(4))
    assert [words[:10] for _, _, words in coded(quay)] == ["We were si", "The crane "]
    file = corrected(
        quay,
        ("fog came for a week", "fog came for a week, and my brother Nuno lost his boat on the bar"),
    )
    found = preview_replacement(quay, NAME, file)
    lines = "\n".join(difference_lines(found))
    assert (found.carried_places, len(found.left)) == (1, 1)
    assert "1 place put right in the old version cannot be in this one:" in lines
    assert "- 4  Ines: Then the fog came for a week." in lines
    assert "the file has other words there" in lines
    replace_source(quay, NAME, file)
    assert passage(quay, "my brother Nuno")


def test_a_coding_is_whole_again_where_the_split_does_not_go_along(quay: StudyFolder) -> None:
    decide_segment(quay, passage(quay, "six on the quay"), Action.APPLY, "quick fix")
    whole = coded(quay)
    edit_turns(quay, NAME, split_turn(QUAY.index("it buys us"), "Rui"))
    edit_turns(quay, NAME, give_turn(3, "Ines"))
    edit_turns(quay, NAME, give_turn(2, "Rui"))
    cut = coded(quay)
    assert len(cut) == 2
    file = corrected(quay, ("Ines: We were", "Nuno: We were"))
    found = replace_source(quay, NAME, file)
    assert len(found.left) == 1
    assert [(codes, words) for _, codes, words in coded(quay)] == [
        (codes, words) for _, codes, words in whole
    ]
    undo(quay)
    assert coded(quay) == cut
    redo(quay)
    assert len(coded(quay)) == 1


def test_a_group_that_the_study_knows_is_not_said_to_be_unknown(quay: StudyFolder) -> None:
    file = corrected(quay, ("Who unloads", "So who unloads"))

    def unsure() -> list[str]:
        return [warning.what for warning in preview_replacement(quay, NAME, file).warnings]

    assert 'the group of "Ines" is not known.' in unsure()
    set_case(quay, "Ines", {"group": "dockers"})
    assert not [what for what in unsure() if "group" in what]
