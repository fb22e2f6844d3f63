from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.summaries import QUOTE_GONE
from quotegrid.domain.matrix.model import Rows
from quotegrid.errors import ConflictError, UnknownNameError
from quotegrid.storage.sources.sources import find_source, remove_source
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import Reversal, redo, reversal_in_words, undo
from quotegrid.workflows.people.change_cases import merge_cases, rename_case
from quotegrid.workflows.people.reversing import undo_case_change
from quotegrid.workflows.report.list_summaries import empty_cell_records, summary_log_records, summary_records
from quotegrid.workflows.report.summarise import (
    CASE_GONE,
    read_cell,
    standing_summaries,
    undo_in_cell,
    write_summary,
)
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.profiles import IS_DEEP, examples

ON_BOTH_ENGINES = IS_DEEP

ADA, RAY = "Ada Stone", "RAY MOSS"


def _as(study: StudyFolder, coder: str) -> StudyFolder:
    os.environ["QUOTEGRID_CODER"] = coder
    return study


@pytest.fixture(autouse=True)
def _tester(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever the test says is working, until its end."""
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")


def _texts(study: StudyFolder, case: str = ADA, code: str = "quick fix") -> list[str]:
    return [summary.text for summary in read_cell(study, code, case).summaries]


def test_a_summary_is_written_read_replaced_and_taken_away(study: StudyFolder) -> None:
    first = write_summary(study, "QUICK FIX", "ada stone", "It covers up [q:1].\r\n\r\n- twice\r\n")
    assert first.number == 1
    (shown,) = first.cell.summaries
    assert (shown.code, shown.attribute, shown.value) == ("quick fix", "case", ADA)
    assert shown.text == shown.draft == "It covers up [q:1].\n\n- twice"
    assert (shown.quotes, shown.coder) == ((1,), "tester")
    assert write_summary(study, "quick fix", ADA, "It covers up [q:01].\n\n- twice", base=[1]).number is None
    assert write_summary(study, "quick fix", ADA, "Another.", base=[1]).number == 2
    assert _texts(study) == ["Another."]
    assert write_summary(study, "quick fix", ADA, " \n", base=[2]).cell.summaries == ()
    assert write_summary(study, "quick fix", ADA, "").number is None
    assert [
        (record["id"], record["action"], record["replaces"]) for record in summary_log_records(study)
    ] == [
        (1, "write", []),
        (2, "write", [1]),
        (3, "remove", [2]),
    ]


def test_a_summary_is_stored_by_the_guids_of_its_quotes(study: StudyFolder) -> None:
    write_summary(study, "quick fix", ADA, "See [q:1] and [q: 2 ].")
    with study.reading_session() as session:
        stored = session.connection().exec_driver_sql("SELECT text FROM summary").scalar_one()
        guids = session.connection().exec_driver_sql("SELECT guid FROM segment WHERE id IN (1, 2)").scalars()
        assert stored == "See [q:{}] and [q:{}].".format(*guids)
    assert _texts(study) == ["See [q:1] and [q:2]."]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[q:99]", '"99"'),
        ("[q:1] [q:x] [q:] [q:1, 2]", '"x", "", "1, 2"'),
        (f"[q:{'9' * 5000}]", "999"),
        ("[q:\N{SUPERSCRIPT TWO}]", "\N{SUPERSCRIPT TWO}"),
        ("[q:00000000-0000-0000-0000-000000000000]", "0000"),
    ],
)
def test_what_names_no_quote_is_refused_and_named(study: StudyFolder, text: str, named: str) -> None:
    with pytest.raises(UnknownNameError, match=r"Nothing was written") as refused:
        write_summary(study, "quick fix", ADA, text)
    assert named in str(refused.value)
    assert summary_log_records(study) == []


@pytest.mark.parametrize(
    ("code", "value", "columns", "said"),
    [
        ("quik fix", ADA, "case", "Did you mean quick fix"),
        ("quick fix", "Ada Stne", "case", "Did you mean Ada Stone"),
        ("quick fix", "schools", "group", "value of group"),
        ("quick fix", ADA, "cases", "attribute"),
    ],
)
def test_unknown_codes_cases_and_values_are_refused(
    study: StudyFolder, code: str, value: str, columns: str, said: str
) -> None:
    with pytest.raises(UnknownNameError) as refused:
        write_summary(study, code, value, "text", columns)
    assert said in str(refused.value)


def test_any_attribute_has_cells_two_nested_ones_too(study: StudyFolder) -> None:
    write_summary(study, "Money", "west", "The west.", "region")
    nested = write_summary(study, "Money", "parent / Eastlow", "Nested.", "group,area").cell
    assert nested.attribute == "area within group"
    assert read_cell(study, "Money", "parent / eastlow", nested.attribute).summaries == nested.summaries
    assert [(record["columns"], record["value"]) for record in summary_records(study)] == [
        ("area within group", "parent / Eastlow"),
        ("region", "west"),
    ]
    assert [record["text"] for record in summary_records(study, "region")] == ["The west."]


def test_what_another_has_written_since_is_shown_and_not_overwritten(study: StudyFolder) -> None:
    seen = write_summary(study, "quick fix", ADA, "First.").cell.base
    write_summary(_as(study, "kim"), "quick fix", ADA, "By Kim.", base=seen)
    with pytest.raises(ConflictError, match=r"written since.*Summary 2 by kim.*By Kim") as refused:
        write_summary(_as(study, "jo"), "quick fix", ADA, "By Jo.", base=seen)
    assert refused.value.base == (2,)
    assert _texts(study) == ["By Kim."]
    with pytest.raises(ConflictError, match=r"there is one already.*--replaces 2"):
        write_summary(study, "quick fix", ADA, "By Jo.")
    with pytest.raises(ConflictError, match="not overwritten"):
        write_summary(study, "quick fix", ADA, "")
    assert write_summary(study, "quick fix", ADA, "By Jo.", base=refused.value.base).number == 3
    write_summary(study, "quick fix", ADA, "", base=[3])
    with pytest.raises(ConflictError, match="taken away since"):
        write_summary(study, "quick fix", ADA, "Again.", base=[3])


def test_undo_takes_back_what_the_coder_did_last_in_either_log(study: StudyFolder) -> None:
    write_summary(study, "quick fix", ADA, "One.")
    decide_segment(study, 1, Action.APPLY, "quick fix")
    write_summary(study, "quick fix", ADA, "Two.", base=[1])
    write_summary(_as(study, "kim"), "long wait", RAY, "Kim's.")
    _as(study, "tester")
    last = undo(study)
    assert last is not None
    assert reversal_in_words(last) == 'summary 2 of "quick fix", Ada Stone: "Two.".'
    assert _texts(study) == ["One."]
    middle = undo(study)
    assert middle is not None
    assert reversal_in_words(middle) == 'decision 1: apply "quick fix" on passage 1.'
    assert list_quotes(study, codes=["quick fix"]) == []
    first = undo(study)
    assert first is not None
    assert first.summary is not None
    assert undo(study) is None
    assert _texts(study) == []
    assert _texts(study, RAY, "long wait") == ["Kim's."]


def test_redo_goes_forward_through_both_logs_until_something_new_is_done(study: StudyFolder) -> None:
    def values_with_area(turned: Reversal | None) -> str:
        assert turned is not None
        return reversal_in_words(turned).split(" ")[0]

    write_summary(study, "quick fix", ADA, "One.")
    decide_segment(study, 1, Action.APPLY, "quick fix")
    write_summary(study, "quick fix", ADA, "Two.", base=[1])
    for _ in range(3):
        assert [values_with_area(undo(study)) for _ in range(3)] == ["summary", "decision", "summary"]
        assert redo(_as(study, "kim")) is None
        _as(study, "tester")
        assert [values_with_area(redo(study)) for _ in range(3)] == ["summary", "decision", "summary"]
        assert redo(study) is None
        assert _texts(study) == ["Two."]
    assert [values_with_area(undo(study)) for _ in range(2)] == ["summary", "decision"]
    write_summary(study, "long wait", ADA, "Something new.")
    assert redo(study) is None
    assert values_with_area(undo(study)) == "summary"
    assert values_with_area(redo(study)) == "summary"
    assert values_with_area(undo(study)) == "summary"
    assert values_with_area(undo(study)) == "summary"
    decide_segment(study, 2, Action.APPLY, "quick fix")
    assert redo(study) is None
    assert _texts(study) == []


def test_undoing_a_removal_says_so(study: StudyFolder) -> None:
    write_summary(study, "quick fix", ADA, "One.")
    write_summary(study, "quick fix", ADA, "", base=[1])
    last = undo(study)
    assert last is not None
    assert reversal_in_words(last) == 'summary 2 of "quick fix", Ada Stone (it took one away).'
    assert _texts(study) == ["One."]


def test_undo_in_a_cell_leaves_all_other_cells_and_coders_alone(study: StudyFolder) -> None:
    write_summary(study, "quick fix", ADA, "One.")
    write_summary(study, "long wait", ADA, "Elsewhere.")
    write_summary(_as(study, "kim"), "quick fix", ADA, "By Kim.", base=[1])
    assert undo_in_cell(_as(study, "jo"), "quick fix", ADA) is None
    cell = undo_in_cell(_as(study, "kim"), "quick fix", ADA)
    assert cell is not None
    assert [summary.text for summary in cell.summaries] == ["One."]
    assert _texts(study, ADA, "long wait") == ["Elsewhere."]


def test_a_merge_shows_both_and_its_undo_gives_each_its_own_back(study: StudyFolder) -> None:
    write_summary(study, "quick fix", RAY, "Of Ray.")
    write_summary(study, "quick fix", ADA, "Of Ada.")
    merge_cases(study, RAY, ADA, despite_groups=True)
    cell = read_cell(study, "quick fix", RAY)
    assert (cell.value, cell.base, cell.draft) == (ADA, (1, 2), "Of Ray.\n\nOf Ada.")
    write_summary(study, "quick fix", ADA, "Of both.", base=cell.base)
    assert _texts(study) == ["Of both."]
    undo_in_cell(study, "quick fix", ADA)
    assert _texts(study) == ["Of Ray.", "Of Ada."]
    undo_case_change(study)
    assert _texts(study) == ["Of Ada."]
    assert _texts(study, RAY) == ["Of Ray."]


def test_undo_in_a_merged_cell_takes_back_what_was_written_of_the_other_case(study: StudyFolder) -> None:
    write_summary(study, "quick fix", ADA, "Of Ada.")
    write_summary(study, "quick fix", RAY, "Of Ray.")
    merge_cases(study, RAY, ADA, despite_groups=True)
    cell = undo_in_cell(study, "quick fix", ADA)
    assert cell is not None
    assert [summary.text for summary in cell.summaries] == ["Of Ada."]


def test_a_renamed_case_keeps_its_summaries(study: StudyFolder) -> None:
    write_summary(study, "quick fix", ADA, "Of Ada.")
    rename_case(study, ADA, "Head 1")
    assert _texts(study, "Head 1") == _texts(study, ADA) == ["Of Ada."]
    assert [record["value"] for record in summary_records(study)] == ["Head 1"]


def test_a_source_that_goes_leaves_summaries_which_find_its_quotes_again(
    study: StudyFolder,
) -> None:
    number = next(quote.id for quote in list_quotes(study) if quote.case == RAY)
    write_summary(study, "long wait", RAY, f"He waits [q:{number}].")
    with study.writing_session("removing") as session:
        row = find_source(session, "parent.txt")
        assert row is not None
        remove_source(session, row.id or 0)
    cell = read_cell(study, "long wait", RAY)
    assert [summary.text for summary in cell.summaries] == [f"He waits {QUOTE_GONE}."]
    rewritten = cell.draft.replace("He waits", "He rang")
    written = write_summary(study, "long wait", RAY, rewritten, base=cell.base).cell
    assert [summary.text for summary in written.summaries] == [f"He rang {QUOTE_GONE}."]
    import_sources(study, [study.root / "corpus" / "parent.txt"], ReadingOptions())
    (again,) = read_cell(study, "long wait", RAY).summaries
    (quote,) = again.quotes
    assert again.text == f"He rang [q:{quote}]."
    assert next(listed.case for listed in list_quotes(study) if listed.id == quote) == RAY


def test_a_code_that_has_left_the_codebook_can_be_cleared(study: StudyFolder) -> None:
    write_summary(study, "long wait", RAY, "He waits.")
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(text.split("  - name: Families")[0], encoding="utf-8")
    assert [record["code"] for record in summary_records(study)] == ["long wait"]
    assert write_summary(study, "long wait", RAY, "", base=[1]).number == 2
    assert summary_records(study) == []


def test_cells_with_quotes_and_no_summary_are_listed(study: StudyFolder) -> None:
    assert empty_cell_records(study) == []
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 2, Action.APPLY, "room to plan")
    write_summary(study, "quick fix", ADA, "Written.")
    assert empty_cell_records(study) == [
        {"code": "room to plan", "columns": "case", "value": ADA, "quotes": [2]}
    ]
    assert empty_cell_records(study, rows=Rows.THEME, columns="area") == [
        {"code": "Money", "columns": "area", "value": "Westhay", "quotes": [1, 2]}
    ]
    write_summary(study, "Money", "Westhay", "Written.", "area")
    assert empty_cell_records(study, rows=Rows.THEME, columns="area") == []


def test_a_case_that_is_nowhere_any_more_is_said_to_be(study: StudyFolder) -> None:
    write_summary(study, "quick fix", ADA, "Of Ada.")
    with study.writing_session("spoiling") as session:
        session.connection().exec_driver_sql(
            "UPDATE speaking_case SET guid = 'other' WHERE name = 'Ada Stone'"
        )
    assert list(standing_summaries(study)) == [("quick fix", "case", CASE_GONE)]


_STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "remove", "merge", "back", "undo"]), st.sampled_from([ADA, RAY])),
    max_size=8,
)


@examples(12, quick=5)
@given(_STEPS)
def test_after_all_changes_of_cases_are_undone_each_case_has_its_own_last_text(
    study: StudyFolder, steps: list[tuple[str, str]]
) -> None:
    while undo(study) is not None:
        pass
    while undo_case_change(study) is not None:
        pass
    guids = {ADA: "", RAY: ""}
    with study.reading_session() as session:
        rows = session.connection().exec_driver_sql("SELECT name, guid FROM speaking_case")
        guids |= {str(name): str(guid) for name, guid in rows}
    written: list[tuple[str, str]] = []
    for number, (step, name) in enumerate(steps):
        cell = read_cell(study, "quick fix", name)
        if step in ("write", "remove"):
            text = f"{number} of {name}" if step == "write" else ""
            if write_summary(study, "quick fix", name, text, base=cell.base).number is not None:
                owner = ADA if _guid(study, name) == guids[ADA] else RAY
                written.append((owner, text))
            assert _texts(study, name) == ([text] if text else [])
        elif (
            step == "merge"
            and cell.value == name
            and read_cell(study, "quick fix", _other(name)).value != name
        ):
            merge_cases(study, name, _other(name), despite_groups=True)
            assert read_cell(study, "quick fix", name).value != name
        elif step == "back":
            undo_case_change(study)
        elif step == "undo" and (reversal := undo(study)) is not None and reversal.summary is not None:
            written.pop()
    while undo_case_change(study) is not None:
        pass
    for name in (ADA, RAY):
        own = [text for owner, text in written if owner == name]
        assert _texts(study, name) == ([own[-1]] if own and own[-1] else [])


def _other(name: str) -> str:
    return RAY if name == ADA else ADA


def _guid(study: StudyFolder, name: str) -> str:
    from quotegrid.storage.people.cases import find_case

    with study.reading_session() as session:
        row = find_case(session, name)
        assert row is not None
        return row.guid
