from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.sources.model import Source, SourceKind, WarningKind
from quotegrid.domain.text.words import word_count
from quotegrid.errors import CancelledError, UsageError
from quotegrid.storage.engines.database import Session
from quotegrid.storage.tables import SourceRow
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.import_summary import ImportedSource
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import CODEBOOK, HEAD, PARENT
from tests.profiles import IS_DEEP

ON_BOTH_ENGINES = IS_DEEP


def test_the_summary_says_what_came_in(empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / ".hidden.txt").write_text(PARENT, encoding="utf-8")
    (corpus / "~$head.docx").write_bytes(b"lock")
    (corpus / "notes.epub").write_bytes(b"PK")
    steps: list[tuple[str, int, int]] = []
    summary = import_sources(empty_study, [corpus], ReadingOptions(), report=lambda *step: steps.append(step))
    assert summary.imported == [
        ImportedSource(
            "head.md", "transcript", turns=4, segments=3, cases=1, words=word_count(HEAD), language="en"
        )
    ]
    assert (summary.files, summary.cases, summary.places) == (1, 1, {"head.md": "corpus/head.md"})
    assert (list(summary.left_out), summary.warnings) == (["notes.epub"], [])
    assert steps == [("head.md", 0, 1), ("", 1, 1)]


def test_files_outside_the_corpus_are_called_by_their_name(study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "ray.txt").write_text(PARENT.replace("RAY", "ROY"), encoding="utf-8")
    import_sources(study, [tmp_path / "elsewhere" / "ray.txt"], ReadingOptions())
    assert [record["name"] for record in source_records(study)] == ["head.md", "parent.txt", "ray.txt"]


def test_two_files_of_one_name_are_refused(study: StudyFolder, tmp_path: Path) -> None:
    for folder, name in (("a", "RAY"), ("b", "ROY")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ray.txt").write_text(PARENT.replace("RAY", name), encoding="utf-8")
    with pytest.raises(UsageError, match=r'two of the files are called "ray.txt"'):
        import_sources(study, [tmp_path / "a" / "ray.txt", tmp_path / "b" / "ray.txt"], ReadingOptions())
    assert len(source_records(study)) == 2


def test_one_person_in_two_interviews_is_one_case(study: StudyFolder) -> None:
    again = study.root / "corpus" / "again.txt"
    again.write_text(PARENT.replace("Fourteen", "Now fifteen"), encoding="utf-8")
    summary = import_sources(study, [again], ReadingOptions())
    assert summary.warnings == []
    ray = [record for record in case_records(study) if record["name"] == "RAY MOSS"]
    assert [(record["sources"], record["segments"]) for record in ray] == [(["again.txt", "parent.txt"], 4)]


def test_two_people_of_one_name_are_kept_apart_and_told_of(study: StudyFolder) -> None:
    other = study.root / "corpus" / "other.txt"
    other.write_text(PARENT.replace("Fourteen", "Nine").replace("parents", "health"), encoding="utf-8")
    summary = import_sources(study, [other], ReadingOptions())
    assert len(summary.warnings) == 1
    assert "kept apart" in str(summary.warnings[0][1])
    assert [record["group"] for record in case_records(study) if record["name"].startswith("RAY MOSS")] == [
        "parent",
        "health",
    ]


def test_what_two_sources_say_differently_of_one_case_is_told_and_the_first_stands(
    study: StudyFolder,
) -> None:
    other = study.root / "corpus" / "other.txt"
    other.write_text(PARENT.replace("Fourteen", "Nine").replace("Eastlow", "Westhay"), encoding="utf-8")
    summary = import_sources(study, [other], ReadingOptions())
    (warned,) = summary.warnings
    assert warned[0] == "other.txt"
    assert (warned[1].kind, warned[1].line) == (WarningKind.CONFLICT, 7)
    assert warned[1].what == (
        '"RAY MOSS": the area is "Eastlow" (header, parent.txt, line 7), but "Westhay" '
        '(header, other.txt, line 7); "Eastlow" stands.'
    )
    (ray,) = [record for record in case_records(study) if record["name"] == "RAY MOSS"]
    assert (ray["area"], ray["attributes"]["region"]) == ("Eastlow", "east")


def test_a_replaced_source_takes_its_silent_cases_along(study: StudyFolder) -> None:
    parent = study.root / "corpus" / "parent.txt"
    parent.write_text(PARENT.replace("RAY MOSS", "SAL POOL"), encoding="utf-8")
    summary = import_sources(study, [parent], ReadingOptions())
    assert summary.replaced == ["parent.txt"]
    assert [record["name"] for record in case_records(study)] == ["Ada Stone", "SAL POOL"]
    assert len(list_quotes(study)) == 5


def test_a_group_of_the_flags_that_the_study_does_not_list_is_taken_and_told_of(study: StudyFolder) -> None:
    talk = study.root / "corpus" / "talk.txt"
    talk.write_text(PARENT.replace("RAY MOSS", "SAM REED").replace("Fourteen", "Two"), encoding="utf-8")
    summary = import_sources(study, [talk], ReadingOptions(group="martians"))
    assert not summary.problems
    assert [record["group"] for record in case_records(study) if record["name"] == "SAM REED"] == ["martians"]
    assert any('the group "martians" is not in [stakeholders]' in str(told) for _, told in summary.warnings)


def test_without_a_table_of_groups_every_group_is_taken_as_written(empty_study: StudyFolder) -> None:
    from quotegrid.workflows.study.folder import open_study

    empty_study.close()
    kept = f'[study]\ndatabase = "{empty_study.settings.database}"\n'
    (empty_study.root / "quotegrid.toml").write_text(kept, encoding="utf-8")
    (empty_study.root / "head.md").write_text(HEAD, encoding="utf-8")
    study = open_study(empty_study.root)
    import_sources(study, [study.root / "head.md"], ReadingOptions(group="Martians"))
    assert {quote.group for quote in list_quotes(study)} == {"Martians"}
    assert len(list_quotes(study, groups=["martians"])) == 3
    study.close()


def test_a_group_in_an_attributes_file_is_taken_by_its_name_in_the_study_or_as_written(
    study: StudyFolder,
) -> None:
    for name in ("ANN LEE", "SAM REED"):
        talk = study.root / "corpus" / f"{name}.txt"
        talk.write_text(f"Title: Talk\nParticipant: {name}\n\nI: So?\n\n{name}: Yes.\n", encoding="utf-8")
    table = study.root / "corpus" / "people.csv"
    table.write_text("speaker,group\nANN LEE,Parents\nSAM REED,martians\n", encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())
    groups = {record["name"]: record["group"] for record in case_records(study)}
    assert (groups["ANN LEE"], groups["SAM REED"]) == ("parent", "martians")


def test_no_more_than_one_file_is_in_memory_at_a_time(empty_study: StudyFolder) -> None:
    for number in range(4):
        text = PARENT.replace("Fourteen", f"{number}")
        (empty_study.root / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
    alive: list[int] = []

    def count(_name: str, _done: int, _total: int) -> None:
        gc.collect()
        alive.append(sum(type(object) in (ReadSource, Source, SourceRow) for object in gc.get_objects()))

    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions(), report=count)
    assert len(alive) == 5
    # What was read and what was stored of the file before may still be there when the next one is begun.
    assert max(alive) == alive[1] <= alive[0] + 3


def test_an_interrupt_that_comes_when_all_is_kept_says_so(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = study.root / "corpus" / "new.txt"
    new.write_text(PARENT.replace("Fourteen", "Nine"), encoding="utf-8")
    commit = Session.commit

    def interrupted(session: Session) -> None:
        commit(session)
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "commit", interrupted)
    with pytest.raises(CancelledError, match="too late; everything had been imported"):
        import_sources(study, [new], ReadingOptions())
    monkeypatch.undo()
    assert "new.txt" in [record["name"] for record in source_records(study)]


@pytest.mark.parametrize("work", [import_sources, preview_import])
def test_an_interrupt_before_anything_is_stored_is_no_traceback(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch, work: Callable[..., object]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (study.root / "corpus" / "new.txt").write_text("Nothing yet.", encoding="utf-8")
    monkeypatch.setattr("quotegrid.workflows.sources.reading_files.can_read", interrupted)
    with pytest.raises(CancelledError, match="nothing was imported"):
        work(study, [study.root / "corpus"], ReadingOptions())


REV = "Speaker 1: How was it?\n\nSpeaker 2: Slow.\n\nSpeaker 1: And now?\n\nSpeaker 2: The same.\n"
CALM = REV.replace("?", ".")
"""The same talk, in which nobody seems to ask."""


def _labels(study: StudyFolder) -> list[str]:
    return [record["name"] for record in case_records(study)]


def test_a_file_that_is_the_same_is_read_again_when_told_who_asks(empty_study: StudyFolder) -> None:
    file = empty_study.root / "corpus" / "rev.txt"
    file.write_text(CALM, encoding="utf-8")
    import_sources(empty_study, [file], ReadingOptions())
    assert _labels(empty_study) == ["rev Speaker 1", "rev Speaker 2"]
    told = import_sources(empty_study, [file], ReadingOptions(interviewer="Speaker 1"))
    assert (told.read_otherwise, told.replaced) == (["rev.txt"], [])
    assert _labels(empty_study) == ["rev Speaker 2"]
    assert import_sources(empty_study, [file], ReadingOptions(interviewer="Speaker 1")).unchanged == [
        "rev.txt"
    ]
    assert import_sources(empty_study, [file], ReadingOptions()).unchanged == ["rev.txt"]
    assert _labels(empty_study) == ["rev Speaker 2"]


def test_a_file_that_is_the_same_is_read_again_when_told_who_asks_none_the_less(
    empty_study: StudyFolder,
) -> None:
    file = empty_study.root / "corpus" / "rev.txt"
    file.write_text(REV, encoding="utf-8")
    import_sources(empty_study, [file], ReadingOptions())
    assert _labels(empty_study) == ["rev Speaker 2"]
    told = import_sources(empty_study, [file], ReadingOptions(participant="Speaker 1"))
    assert (told.read_otherwise, told.replaced) == (["rev.txt"], [])
    assert _labels(empty_study) == ["rev Speaker 1", "rev Speaker 2"]


def test_flags_about_a_file_that_is_the_same_bring_their_values_and_leave_its_turns(
    empty_study: StudyFolder,
) -> None:
    file = empty_study.root / "corpus" / "rev.txt"
    file.write_text(REV, encoding="utf-8")
    import_sources(empty_study, [file], ReadingOptions(interviewer="Speaker 1"))
    told = import_sources(empty_study, [file], ReadingOptions(group="parent", area="Westhay"))
    assert told.unchanged == ["rev.txt"]
    (case,) = case_records(empty_study)
    assert (case["name"], case["group"], case["area"]) == ("rev Speaker 2", "parent", "Westhay")


def test_a_file_with_decisions_is_not_read_otherwise(empty_study: StudyFolder) -> None:
    file = empty_study.root / "corpus" / "rev.txt"
    file.write_text(CALM, encoding="utf-8")
    (empty_study.root / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    import_sources(empty_study, [file], ReadingOptions())
    decide_segment(empty_study, 1, Action.APPLY, "long wait")
    told = import_sources(empty_study, [file], ReadingOptions(interviewer="Speaker 1"))
    assert told.unchanged == ["rev.txt"]
    assert "read differently now" in str(told.warnings[0][1])
    assert _labels(empty_study) == ["rev Speaker 1", "rev Speaker 2"]


def test_a_kind_is_for_files_that_are_named_and_for_what_is_new_in_folders(empty_study: StudyFolder) -> None:
    file = empty_study.root / "corpus" / "rev.txt"
    file.write_text(REV, encoding="utf-8")
    import_sources(empty_study, [file], ReadingOptions())
    document = ReadingOptions(kind=SourceKind.DOCUMENT)
    assert import_sources(empty_study, [file.parent], document).unchanged == ["rev.txt"]
    assert import_sources(empty_study, [file], document).read_otherwise == ["rev.txt"]
    assert [record["kind"] for record in source_records(empty_study)] == ["document"]
