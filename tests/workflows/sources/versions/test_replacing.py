"""A corrected file takes a source's place with what stands on it; what is not found again is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import ReadError, UnknownNameError, UsageError
from quotegrid.storage.people.cases import list_cases
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.sources.sources import source_texts
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.segments import code_range
from quotegrid.workflows.coding.undo import redo, undo, undo_in_words
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.sources.turns.edit_turns import edit_turns, mark_asking
from quotegrid.workflows.sources.versions.difference_messages import difference_lines
from quotegrid.workflows.sources.versions.list_unplaced import unplaced_records
from quotegrid.workflows.sources.versions.replacing import (
    preview_replacement,
    preview_reread,
    replace_source,
    reread_source,
)
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import PARENT
from tests.workflows.passages import write_memo_on

ON_BOTH_ENGINES = True

WAIT = "Fourteen months on the waiting list. I rang every week... they never rang back."


def corrected(study: StudyFolder, *changes: tuple[str, str]) -> Path:
    text = PARENT
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file = study.root / "corpus" / "parent.txt"
    file.write_text(text, encoding="utf-8")
    return file


def coded(study: StudyFolder) -> dict[str, tuple[str, ...]]:
    """Return the words of each coded quote with its codes."""
    return {quote.text: quote.codes for quote in find_quotes(study).quotes if quote.codes}


def passage(study: StudyFolder, words: str) -> int:
    return next(quote.id for quote in find_quotes(study).quotes if words in quote.text)


def test_codings_memos_and_numbers_go_along_and_undo_brings_the_old_version_back(study: StudyFolder) -> None:
    number = passage(study, "Fourteen")
    decide_segment(study, number, Action.APPLY, "long wait")
    write_memo_on(study, number, "Ask again in spring.")
    before, made = coded(study), decision_records(study)
    file = corrected(study, ("never rang back", "never phoned back"), ("How long", "So how long"))
    found = preview_replacement(study, "parent.txt", file)
    assert coded(study) == before
    assert [(coding.code, coding.before, coding.after) for coding in found.codings.changed] == [
        ("long wait", WAIT, WAIT.replace("never rang", "never phoned"))
    ]
    assert not found.codings.lost
    replace_source(study, "parent.txt", file)
    assert coded(study) == {WAIT.replace("never rang", "never phoned"): ("long wait",)}
    assert passage(study, "Fourteen") == number
    with study.reading_session() as session:
        assert [(memo.source, memo.segment) for memo in list_memos(session)] == [("parent.txt", number)]
    assert {record["name"] for record in source_records(study)} == {"head.md", "parent.txt"}
    after = decision_records(study)[0]
    assert (after["id"], after["source"]) == (made[0]["id"], "parent.txt")
    assert after["start"] == made[0]["start"] + len("So ")
    assert undo_in_words(study) == 'Took back the replacement of "parent.txt".'
    assert coded(study) == before
    assert decision_records(study) == made
    redo(study)
    assert coded(study) == {WAIT.replace("never rang", "never phoned"): ("long wait",)}
    what = [entry.what for entry in read_history(study, kind="replacement")]
    assert what[0] == "replaced parent.txt with a corrected file"
    assert len(what) == 3


def test_a_part_of_a_passage_keeps_its_words_and_what_was_decided_stays_decided(study: StudyFolder) -> None:
    with study.reading_session() as session:
        text = source_texts(session, ["parent.txt"])["parent.txt"]
    start = text.index("I rang every week")
    code_range(study, "parent.txt", start, start + len("I rang every week"), "long wait")
    other = passage(study, "quick fix if nobody")
    decide_segment(study, other, Action.REJECT, "quick fix")
    replace_source(study, "parent.txt", corrected(study, ("Fourteen months", "It was fourteen months")))
    assert coded(study) == {"I rang every week": ("long wait",)}
    assert [decision["segment"] for decision in decision_records(study)][1] == other
    assert passage(study, "quick fix if nobody") == other


def test_what_cannot_be_placed_is_kept_listed_and_comes_back(study: StudyFolder) -> None:
    decide_segment(study, passage(study, "Fourteen"), Action.APPLY, "long wait")
    decide_segment(study, passage(study, "Never heard"), Action.APPLY, "quick fix")
    before = coded(study)
    file = corrected(study, (f"RAY MOSS: {WAIT}\n\n", ""))
    found = replace_source(study, "parent.txt", file)
    assert [coding.before for coding in found.codings.lost] == [WAIT]
    assert "Cannot be placed, kept with the old version (1 coding):" in "\n".join(difference_lines(found))
    assert list(coded(study).values()) == [("quick fix",)]
    listed = unplaced_records(study)
    assert [(record["source"], record["code"], record["words"]) for record in listed] == [
        ("parent.txt", "long wait", WAIT)
    ]
    assert decision_records(study)[0]["text"] == WAIT
    undo(study)
    assert coded(study) == before
    assert unplaced_records(study) == []


def test_what_tables_say_of_the_speakers_stays(study: StudyFolder) -> None:
    table = study.root / "corpus" / "attributes.csv"
    table.write_text("file,speaker,role,area,wave\nparent.txt,RAY MOSS,carer,Eastlow,2\n", encoding="utf-8")
    import_sources(study, [study.root / "corpus" / "parent.txt", table], ReadingOptions())

    def known() -> list[tuple[str | None, str | None, dict[str, str]]]:
        with study.reading_session() as session:
            cases = [case for case in list_cases(session) if case.name == "RAY MOSS"]
            return [(case.role, case.area, dict(case.attributes)) for case in cases]

    before = known()
    assert before == [("carer", "Eastlow", {"region": "east", "wave": "2"})]
    replace_source(study, "parent.txt", corrected(study, ("Fourteen months", "Fifteen months")))
    assert known() == before
    undo(study)
    assert known() == before
    redo(study)
    assert known() == before


def test_another_text_is_refused_unless_asked_for(study: StudyFolder) -> None:
    decide_segment(study, passage(study, "Fourteen"), Action.APPLY, "long wait")
    before = coded(study)
    other = study.root / "other.txt"
    other.write_text(
        "INTERVIEWER: What do you grow?\n\nMAUD: Beans, and the soil is clay.\n", encoding="utf-8"
    )
    with pytest.raises(ReadError, match=r"another text than \"parent\.txt\": of its words 0% are there"):
        replace_source(study, "parent.txt", other)
    assert coded(study) == before
    replace_source(study, "parent.txt", other, anyway=True)
    assert coded(study) == {}
    assert len(unplaced_records(study)) == 1
    undo(study)
    assert coded(study) == before


def test_a_difference_that_is_no_longer_the_one_agreed_to_is_not_made(study: StudyFolder) -> None:
    file = corrected(study, ("never rang", "never phoned"))
    found = preview_replacement(study, "parent.txt", file)
    decide_segment(study, passage(study, "Fourteen"), Action.APPLY, "long wait")
    with pytest.raises(UsageError, match="changed since the difference was shown"):
        replace_source(study, "parent.txt", file, agreed=found)
    assert read_history(study, kind="replacement") == []
    agreed = preview_replacement(study, "parent.txt", file)
    assert len(replace_source(study, "parent.txt", file, agreed=agreed).codings.changed) == 1


def test_a_passage_that_is_no_participants_any_more_is_not_counted(study: StudyFolder) -> None:
    file = corrected(study, ("I rang every week", "I rang each week"))
    before = preview_replacement(study, "parent.txt", file).passages
    edit_turns(study, "parent.txt", mark_asking(1, asks=False))
    asked = preview_replacement(study, "parent.txt", file).passages
    assert asked == (before[0] + 2, before[1] + 2)
    edit_turns(study, "parent.txt", mark_asking(1, asks=True))
    assert preview_replacement(study, "parent.txt", file).passages == before


def test_the_same_file_changes_nothing_and_no_file_is_told(study: StudyFolder) -> None:
    file = study.root / "corpus" / "parent.txt"
    assert replace_source(study, "parent.txt", file).is_same
    assert read_history(study, kind="replacement") == []
    with pytest.raises(UnknownNameError, match=r"Did you mean parent\.txt"):
        preview_replacement(study, "parents.txt", file)
    with pytest.raises(UsageError, match="there is no such file"):
        preview_replacement(study, "parent.txt", study.root / "gone.txt")
    file.unlink()
    with pytest.raises(UsageError, match=r'the file of "parent\.txt" is no longer there'):
        preview_reread(study, "parent.txt", ReadingOptions())


def test_an_import_of_a_corrected_file_points_to_the_replacement(study: StudyFolder) -> None:
    decide_segment(study, passage(study, "Fourteen"), Action.APPLY, "long wait")
    file = corrected(study, ("never rang", "never phoned"))
    with pytest.raises(ReadError, match=r"quotegrid sources replace parent\.txt"):
        import_sources(study, [file], ReadingOptions())
    replace_source(study, "parent.txt", file)
    assert import_sources(study, [file], ReadingOptions()).unchanged == ["parent.txt"]


def test_an_import_of_the_version_that_was_replaced_says_so(study: StudyFolder) -> None:
    old = study.root / "corpus" / "parent.txt"
    new = study.root / "parent2.txt"
    new.write_text(PARENT.replace("never rang", "never phoned"), encoding="utf-8")
    replace_source(study, "parent.txt", new)
    decide_segment(study, passage(study, "Fourteen"), Action.APPLY, "long wait")
    with pytest.raises(ReadError) as refused:
        import_sources(study, [old], ReadingOptions())
    assert (
        refused.value.what == 'this is the earlier version of "parent.txt", which parent2.txt has replaced.'
    )
    assert "they never phoned back." in next(quote.text for quote in find_quotes(study).quotes if quote.codes)


def test_a_source_stays_read_to_the_end_unless_something_is_new(study: StudyFolder) -> None:
    mark_read(study, ["parent.txt"])
    replace_source(study, "parent.txt", corrected(study, ("never rang", "never phoned")))
    assert [record["read"] for record in source_records(study)] == [False, True]
    undo(study)
    assert [record["read"] for record in source_records(study)] == [False, True]
    found = replace_source(
        study,
        "parent.txt",
        corrected(study, ("INTERVIEWER: And the", "RAY MOSS: My sister waited too.\n\nINTERVIEWER: And the")),
    )
    assert found.was_read
    assert not found.is_read
    assert [record["read"] for record in source_records(study)] == [False, False]


def test_reading_again_moves_words_to_who_said_them(study: StudyFolder) -> None:
    number = passage(study, "Fourteen")
    decide_segment(study, number, Action.APPLY, "long wait")
    options = ReadingOptions(interviewer="RAY MOSS", participant="INTERVIEWER")
    found = preview_reread(study, "parent.txt", options)
    assert [coding.code for coding in found.codings.lost] == ["long wait"]
    reread_source(study, "parent.txt", options)
    assert coded(study) == {}
    assert [record["passage"] for record in unplaced_records(study)] == [number]
    assert passage(study, "How long did you wait")
    undo(study)
    assert list(coded(study).values()) == [("long wait",)]
    assert preview_reread(study, "parent.txt", ReadingOptions(speakers=parse_convention("NAME:"))).is_same


def test_options_are_kept_and_used_again(study: StudyFolder) -> None:
    reread_source(study, "parent.txt", ReadingOptions(interviewer="RAY MOSS", participant="INTERVIEWER"))
    assert passage(study, "How long did you wait")
    replace_source(study, "parent.txt", corrected(study, ("How long", "So how long")))
    assert passage(study, "So how long did you wait")


def test_what_somebody_else_decided_since_is_not_lost_by_an_undo(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = corrected(study, ("never rang", "never phoned"))
    replace_source(study, "parent.txt", file)
    monkeypatch.setenv("QUOTEGRID_CODER", "Ben")
    decide_segment(study, passage(study, "Fourteen"), Action.APPLY, "long wait")
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    with pytest.raises(UsageError, match=r'Ben decided on passages of "parent.txt" since \(1 times\)'):
        undo(study)
    assert list(coded(study).values()) == [("long wait",)]
