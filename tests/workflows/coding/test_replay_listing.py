"""The listing of a study's decisions, read in another study that holds the same files."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.exchange.listing import csv_fields
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import DataError, UsageError
from quotegrid.exports.listing.records import listing_csv
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import FileSummary, decide_from_file, decide_segment
from quotegrid.workflows.coding.list_decisions import ListedDecision, decision_records
from quotegrid.workflows.coding.segments import split, widen
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from tests.conftest import CODEBOOK, GOVERNOR, HEAD, PARENT
from tests.profiles import examples

FILES = {"head.md": HEAD, "parent.txt": PARENT, "governor.txt": GOVERNOR}
_NUMBERS = count()


def made_study(folder: Path, order: list[str]) -> StudyFolder:
    root = folder / f"study{next(_NUMBERS)}"
    init_study(root, "Trial").close()
    (root / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    study = open_study(root)
    for name in order:
        file = root / "corpus" / name
        file.write_text(FILES[name], encoding="utf-8")
        import_sources(study, [file], ReadingOptions())
    current_codebook(study)
    return study


def listing(study: StudyFolder, folder: Path, **changes: Any) -> Path:
    file = folder / f"listing{next(_NUMBERS)}.csv"
    rows = [{**record, **changes} for record in decision_records(study)]
    file.write_text(listing_csv(rows, csv_fields(ListedDecision)), encoding="utf-8")
    return file


def codings(study: StudyFolder) -> set[tuple[str, str, int, int, str, str | None]]:
    from quotegrid.storage.tables import CodeRow, CoderRow, CodingRow, SourceRow

    with study.reading_session() as session:
        from sqlmodel import select

        rows = session.exec(
            select(CodingRow, CoderRow.name, SourceRow.name, CodeRow.name).where(
                CodingRow.coder_id == CoderRow.id,
                CodingRow.source_id == SourceRow.id,
                CodingRow.code_id == CodeRow.id,
            )
        )
        return {(coder, source, row.start, row.end, code, row.stance) for row, coder, source, code in rows}


def log_of(study: StudyFolder) -> list[tuple[Any, ...]]:
    names = (
        "at",
        "coder",
        "decision",
        "source",
        "start",
        "end",
        "code",
        "stance",
        "memo",
        "undoes",
        "together",
        "by",
    )
    return [tuple(record[name] for name in names) for record in decision_records(study)]


def decided_study(folder: Path, monkeypatch: pytest.MonkeyPatch) -> StudyFolder:
    study = made_study(folder, ["head.md", "parent.txt", "governor.txt"])
    monkeypatch.setenv("QUOTEGRID_CODER", "Ann")
    decide_segment(study, 1, Action.APPLY, "quick fix", "=a memo, like a formula\nin two lines")
    decide_segment(study, 2, Action.APPLY, "room to plan", stance=Stance.SUPPORTS)
    undo(study)
    redo(study)
    decide_segment(study, 4, Action.APPLY, "long wait")
    undo(study)
    widen(study, 1, Side.AFTER)
    monkeypatch.setenv("QUOTEGRID_CODER", "Bob")
    decide_segment(study, 2, Action.REJECT, "quick fix")
    decide_segment(study, 4, Action.APPLY, "long wait")
    decide_segment(study, 4, Action.MARK, "long wait", stance=Stance.DISPUTES)
    decide_segment(study, 5, Action.SKIP)
    monkeypatch.setenv("QUOTEGRID_CODER", "reader")
    return study


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["Ann", "Bob"]),
        st.integers(1, 5),
        st.sampled_from([Action.APPLY, Action.REMOVE, Action.REJECT, Action.SKIP, Action.MARK, undo, redo]),
        st.sampled_from(["quick fix", "long wait"]),
        st.sampled_from([None, *Stance]),
    ),
    max_size=12,
)


def do(study: StudyFolder, deeds: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Decide, undo and redo at random; what makes no sense is left out."""
    for coder, segment, deed, code, stance in deeds:
        monkeypatch.setenv("QUOTEGRID_CODER", coder)
        try:
            if not isinstance(deed, Action):
                deed(study)
            elif deed is Action.SKIP:
                decide_segment(study, segment, deed)
            else:
                has_stance = deed in (Action.APPLY, Action.MARK)
                decide_segment(study, segment, deed, code, stance=stance if has_stance else None)
        except UsageError:
            continue
    monkeypatch.setenv("QUOTEGRID_CODER", "reader")


@settings(examples(40, quick=4), derandomize=True)
@given(order=st.permutations(list(FILES)), deeds=DEEDS)
def test_a_listing_gives_the_same_codings_and_matrix_whatever_was_imported_first(
    order: list[str], deeds: list[tuple[Any, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        first = decided_study(tmp_path, patch)
        do(first, deeds, patch)
        file = listing(first, tmp_path)
        second = made_study(tmp_path, order)
        summary = decide_from_file(second, file)
        assert codings(second) == codings(first)
        assert {coder for coder, *_ in codings(second)} == {"Ann", "Bob"}
        assert log_of(second) == log_of(first)
        matrices = [make_matrix(study, MatrixChoice()).matrix for study in (first, second)]
        assert matrices[0].cells == matrices[1].cells
        assert summary.made == len(log_of(first))
        again = decide_from_file(second, file)
        assert (again.made, again.unchanged) == (0, summary.made)
        assert log_of(second) == log_of(first)
        first.close()
        second.close()


def test_a_longer_listing_adds_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = decided_study(tmp_path, monkeypatch)
    second = made_study(tmp_path, ["parent.txt", "governor.txt", "head.md"])
    decide_from_file(second, listing(first, tmp_path))
    monkeypatch.setenv("QUOTEGRID_CODER", "Bob")
    undo(first)
    decide_segment(first, 4, Action.REMOVE, "long wait")
    monkeypatch.setenv("QUOTEGRID_CODER", "reader")
    summary = decide_from_file(second, listing(first, tmp_path))
    assert (summary.made, summary.undone, summary.coders) == (2, 1, ("Bob",))
    assert log_of(second) == log_of(first)
    assert codings(second) == codings(first)


def test_a_group_is_undone_as_a_whole_by_its_coder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made_study(tmp_path, ["head.md", "parent.txt"])
    decide_segment(first, 1, Action.APPLY, "quick fix")
    before = codings(first)
    source = first
    text = next(record["text"] for record in decision_records(source))
    split(first, 1, decision_records(first)[0]["start"] + text.index("It is a patch"))
    second = made_study(tmp_path, ["parent.txt", "head.md"])
    summary = decide_from_file(second, listing(first, tmp_path))
    assert (summary.cut_out, len(codings(second))) == (2, 2)
    undo(second)
    assert codings(second) == before


def test_what_stands_with_an_unknown_code_is_refused_and_what_was_taken_off_is_left_out(
    tmp_path: Path,
) -> None:
    first = made_study(tmp_path, ["head.md"])
    decide_segment(first, 1, Action.APPLY, "quick fix")
    decide_segment(first, 1, Action.APPLY, "long wait")
    decide_segment(first, 2, Action.APPLY, "long wait")
    undo(first)
    second = made_study(tmp_path, ["head.md"])
    codebook = second.root / "codebook" / "codebook.yaml"
    codebook.write_text(CODEBOOK.replace("name: long wait", "name: patience"), encoding="utf-8")
    third = open_study(second.root)
    with pytest.raises(DataError, match='there is no code "long wait"') as caught:
        decide_from_file(third, listing(first, tmp_path))
    # The first decision is on words that stand on two lines.
    assert caught.value.line == 4
    assert decision_records(third) == []
    undo(first)
    summary = decide_from_file(third, listing(first, tmp_path))
    assert (summary.made, summary.left_out) == (1, 4)
    assert {code for *_, code, _ in codings(third)} == {"quick fix"}


def written(folder: Path, text: str) -> Path:
    file = folder / f"decisions{next(_NUMBERS)}.csv"
    file.write_text(text, encoding="utf-8")
    return file


PLACE = "parent.txt,135,169"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nowhere.txt,1,20,,,apply,quick fix", 'the source "nowhere.txt" is not in this study'),
        ("parent.txt,9000,9010,,,apply,quick fix", "9000-9010 is no range"),
        ("parent.txt,20,20,,,apply,quick fix", "20-20 is no range"),
        ("parent.txt,20,,,,apply,quick fix", "does not say in full where"),
        (",,,,,apply,quick fix", "does not say where the decision stands"),
        ("parent.txt,x,20,,,apply,quick fix", '"x" in the column start is not a number'),
        ("{place},1,,apply,quick fix", 'passage "1" does not stand at'),
        ("{place},head.md:1-2,,apply,quick fix", 'there is no passage "head.md:1-2"'),
        ("{place},,Other words.,apply,quick fix", 'the file says "Other words."'),
        (",,,1,Other words.,apply,quick fix", 'the file says "Other words."'),
    ],
)
def test_a_place_that_cannot_be_or_does_not_agree_is_refused(tmp_path: Path, row: str, said: str) -> None:
    study = made_study(tmp_path, ["head.md", "parent.txt"])
    decide_segment(study, 4, Action.APPLY, "quick fix")
    record = decision_records(study)[0]
    undo(study)
    before = len(decision_records(study))
    place = f"{record['source']},{record['start']},{record['end']}"
    head = "source,start,end,segment,text,decision,code\n"
    good = f'{place},4,"{record["text"]}",apply,long wait\n'
    file = written(tmp_path, head + good + row.format(place=place) + "\n")
    with pytest.raises(DataError, match=said) as caught:
        decide_from_file(study, file)
    assert (caught.value.line, caught.value.todo[-20:]) == (3, "Nothing was decided.")
    assert len(decision_records(study)) == before
    done = decide_from_file(study, written(tmp_path, head + good))
    assert (done.made, done.cut_out) == (1, 0)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["1,{at},undo,,9"], "the decision that this row takes back, 9, is not above it"),
        (["1,{at},undo,,"], "not named, is not above it"),
        (["1,{at},apply,quick fix,", "1,{at},apply,quick fix,"], "there is a decision 1 above"),
        (["x,{at},apply,quick fix,"], '"x" in the column id is not a number'),
        ([",{at},apply,quick fix,"], "has no number"),
        (["1,last week,parent.txt,1,2,apply,quick fix,"], '"last week" in the column at is not a time'),
        (["1,2026-01-31,parent.txt,1,2,apply,quick fix,"], "is not a time"),
        (["1,{at},guess,quick fix,"], '"guess" is not a decision'),
        (["1,{at},mark,quick fix,"], "does not stand there by tester"),
        (["1,2026-01-31T09:00Z,,1,2,apply,quick fix,"], "does not say in full where"),
    ],
)
def test_a_listing_that_was_spoilt_is_refused(tmp_path: Path, rows: list[str], said: str) -> None:
    study = made_study(tmp_path, ["head.md"])
    decide_segment(study, 1, Action.APPLY, "long wait")
    record = decision_records(study)[0]
    before = log_of(study)
    at = f"2026-01-31T09:00:00+00:00,{record['source']},{record['start']},{record['end']}"
    head = "id,at,source,start,end,decision,code,undoes\n"
    file = written(tmp_path, head + "".join(row.format(at=at) + "\n" for row in rows))
    with pytest.raises(DataError, match=said) as caught:
        decide_from_file(study, file)
    assert caught.value.line == 1 + len(rows)
    assert log_of(study) == before


def test_a_listing_without_places_is_refused(tmp_path: Path) -> None:
    study = made_study(tmp_path, ["head.md"])
    file = written(tmp_path, "id,at,segment,code,decision\n1,2026,1,quick fix,apply\n")
    with pytest.raises(DataError, match="the column source is missing"):
        decide_from_file(study, file)


def test_a_short_file_decides_for_the_coder_that_it_names(tmp_path: Path) -> None:
    study = made_study(tmp_path, ["head.md"])
    file = written(tmp_path, "segment,code,decision,coder\n1,quick fix,apply,Bob\n2,quick fix,apply,\n")
    summary: FileSummary = decide_from_file(study, file)
    assert summary.coders == ("Bob", "tester")
    assert {coder for coder, *_ in codings(study)} == {"Bob", "tester"}
    assert summary.sentences("tester") == ["They are decisions of Bob, tester."]
