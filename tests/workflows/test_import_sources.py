from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.corpus.reading import ReadingOptions, ReadSource
from quotegrid.domain.sources import Source
from quotegrid.errors import CancelledError, ReadError, UnknownNameError, UsageError
from quotegrid.storage.database import Session
from quotegrid.storage.tables import SourceRow
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.import_sources import ImportedSource, import_sources
from quotegrid.workflows.list_quotes import list_quotes
from quotegrid.workflows.preview_import import preview_import
from quotegrid.workflows.records import case_records, source_records
from tests.conftest import HEAD, PARENT


def test_the_summary_says_what_came_in(empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / ".hidden.txt").write_text(PARENT, encoding="utf-8")
    (corpus / "~$head.docx").write_bytes(b"lock")
    (corpus / "notes.epub").write_bytes(b"PK")
    steps: list[tuple[int, int, str]] = []
    summary = import_sources(empty_study, [corpus], ReadingOptions(), report=lambda *step: steps.append(step))
    assert summary.imported == [
        ImportedSource("head.md", "transcript", turns=4, segments=3, cases=1, words=len(HEAD.split()))
    ]
    assert (summary.files, summary.cases, summary.places) == (1, 1, {"head.md": "corpus/head.md"})
    assert (summary.left_out, summary.warnings) == (["notes.epub"], [])
    assert steps == [(0, 1, "head.md"), (1, 1, "")]


def test_files_outside_the_corpus_are_called_by_their_name(study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "ray.txt").write_text(PARENT.replace("RAY", "ROY"), encoding="utf-8")
    import_sources(study, [tmp_path / "elsewhere" / "ray.txt"], ReadingOptions())
    assert [one["name"] for one in source_records(study)] == ["head.md", "parent.txt", "ray.txt"]


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
    ray = [one for one in case_records(study) if one["name"] == "RAY MOSS"]
    assert [(one["sources"], one["segments"]) for one in ray] == [(["again.txt", "parent.txt"], 4)]


def test_two_people_of_one_name_are_kept_apart_and_told_of(study: StudyFolder) -> None:
    other = study.root / "corpus" / "other.txt"
    other.write_text(PARENT.replace("Fourteen", "Nine").replace("Eastlow", "Westhay"), encoding="utf-8")
    summary = import_sources(study, [other], ReadingOptions())
    assert len(summary.warnings) == 1
    assert "kept apart" in str(summary.warnings[0][1])
    assert [one["area"] for one in case_records(study) if one["name"].startswith("RAY MOSS")] == [
        "Eastlow",
        "Westhay",
    ]


def test_a_replaced_source_takes_its_silent_cases_along(study: StudyFolder) -> None:
    parent = study.root / "corpus" / "parent.txt"
    parent.write_text(PARENT.replace("RAY MOSS", "SAL POOL"), encoding="utf-8")
    summary = import_sources(study, [parent], ReadingOptions())
    assert summary.replaced == ["parent.txt"]
    assert [one["name"] for one in case_records(study)] == ["Ada Stone", "SAL POOL"]
    assert len(list_quotes(study)) == 5


def test_an_unknown_group_flag_is_refused_even_when_nothing_is_new(study: StudyFolder) -> None:
    with pytest.raises(UnknownNameError, match='the group "martians"'):
        import_sources(study, [study.root / "corpus"], ReadingOptions(group="martians"))


def test_without_a_table_of_groups_every_group_is_taken_as_written(empty_study: StudyFolder) -> None:
    from quotegrid.workflows.folder import open_study

    empty_study.close()
    (empty_study.root / "quotegrid.toml").write_text("[study]\n", encoding="utf-8")
    (empty_study.root / "head.md").write_text(HEAD, encoding="utf-8")
    study = open_study(empty_study.root)
    import_sources(study, [study.root / "head.md"], ReadingOptions(group="Martians"))
    assert {quote.group for quote in list_quotes(study)} == {"Martians"}
    assert len(list_quotes(study, groups=["martians"])) == 3
    study.close()


def test_a_group_in_an_attributes_file_is_checked_against_the_study(study: StudyFolder) -> None:
    table = study.root / "corpus" / "people.csv"
    table.write_text("speaker,group\nAda Stone,Health\nRAY MOSS,martians\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r'people.csv, line 3: the group "martians"'):
        import_sources(study, [table], ReadingOptions())
    assert [one["group"] for one in case_records(study)] == ["school", "parent"]


def test_no_more_than_one_file_is_in_memory_at_a_time(empty_study: StudyFolder) -> None:
    for number in range(4):
        text = PARENT.replace("Fourteen", f"{number}")
        (empty_study.root / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
    alive: list[int] = []

    def count(_done: int, _total: int, _name: str) -> None:
        gc.collect()
        alive.append(sum(type(one) in (ReadSource, Source, SourceRow) for one in gc.get_objects()))

    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions(), report=count)
    assert len(alive) == 5
    # What was read and what was stored of the file before may still be there when the next one is begun.
    assert max(alive) == alive[1] <= 4


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
    assert "new.txt" in [one["name"] for one in source_records(study)]


@pytest.mark.parametrize("work", [import_sources, preview_import])
def test_an_interrupt_before_anything_is_stored_is_no_traceback(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch, work: Callable[..., object]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (study.root / "corpus" / "new.txt").write_text("Nothing yet.", encoding="utf-8")
    monkeypatch.setattr("quotegrid.workflows.reading_files.can_read", interrupted)
    with pytest.raises(CancelledError, match="nothing was imported"):
        work(study, [study.root / "corpus"], ReadingOptions())
