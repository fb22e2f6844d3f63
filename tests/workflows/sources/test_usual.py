"""The interviewer of many files, whom no file shows by itself."""

from __future__ import annotations

from collections.abc import Callable

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_turns import turn_records
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result

PEOPLE = ("Ann Moss", "Bo Reed", "Cy Lake", "Dee Hill")
WORDS = "The tide took {thing} in March, and nobody on the quay has seen it since."
THINGS = ("the rope", "our raft", "his net", "a lamp")


def _write(study: StudyFolder, *people: str) -> None:
    """Write a talk of Jo Field with each of some people, in which nobody asks with a question mark."""
    for person in people:
        turns = [
            f"{who}: {words}"
            for thing in THINGS
            for who, words in (("Jo Field", f"Now {thing}."), (person, WORDS.format(thing=thing)))
        ]
        path = study.root / "corpus" / f"{person.split()[0].lower()}.txt"
        path.write_text("\n\n".join(turns) + "\n", encoding="utf-8")


def _asking(study: StudyFolder) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for record in turn_records(study):
        if record["asks"]:
            found.setdefault(record["source"], set()).add(record["speaker"])
    return found


def test_who_speaks_in_all_files_asks_in_all_and_is_listed(empty_study: StudyFolder) -> None:
    _write(empty_study, *PEOPLE)
    corpus = empty_study.root / "corpus"
    previewed = preview_import(empty_study, [corpus], ReadingOptions())
    summary = import_sources(empty_study, [corpus], ReadingOptions())
    told = 'line 1: "Jo Field" speaks in 4 files beside somebody new and is taken for the interviewer'
    for source in previewed.sources:
        assert [voice.label for voice in source.speakers if voice.speaker is None] == ["Jo Field"]
        assert next(str(warning).partition(";")[0] for warning in source.warnings) == told
    assert [str(warning).partition(";")[0] for _, warning in summary.warnings].count(told) == 4
    assert _asking(empty_study) == {f"{name}.txt": {"Jo Field"} for name in ("ann", "bo", "cy", "dee")}
    assert sorted(record["name"] for record in case_records(empty_study)) == sorted(PEOPLE)
    assert (summary.cases, [source.name for source in summary.imported]) == (4, sorted(_asking(empty_study)))
    again = import_sources(empty_study, [corpus], ReadingOptions())
    assert (len(again.unchanged), again.warnings) == (4, [])


def test_files_one_by_one_are_told_by_those_before(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    corpus = empty_study.root / "corpus"
    for person in PEOPLE:
        _write(empty_study, person)
        result = run("-C", empty_study.root, "import", corpus / f"{person.split()[0].lower()}.txt")
        if person == "Cy Lake":
            assert "read as a participant of this source" in result.err
            assert "quotegrid sources reread ann.txt" in result.err
    assert _asking(empty_study) == {"cy.txt": {"Jo Field"}, "dee.txt": {"Jo Field"}}
    assert run("-C", empty_study.root, "sources", "reread", "ann.txt", "--yes").code == 0
    assert _asking(empty_study).keys() == {"ann.txt", "cy.txt", "dee.txt"}


def test_a_participant_who_is_named_as_such_stays_one(empty_study: StudyFolder) -> None:
    _write(empty_study, *PEOPLE)
    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions(participant="Jo Field"))
    assert _asking(empty_study) == {}
