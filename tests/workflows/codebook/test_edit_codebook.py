from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotegrid.codebook.yaml_file import read_codebook
from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.errors import CodebookError, QuotegridError, UnknownNameError, UsageError
from quotegrid.workflows.codebook.code_history import code_history
from quotegrid.workflows.codebook.codebook_file import (
    FileState,
    current_codebook,
    file_change,
    file_state,
    read_in_file,
)
from quotegrid.workflows.codebook.edit_codebook import (
    add_code,
    describe_code,
    merge_codes,
    move_code,
    remove_code,
    rename_code,
    split_code,
)
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.coding.undo import redo, undo, undo_in_words
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.profiles import examples

ON_BOTH_ENGINES = True


def standing(study: StudyFolder) -> set[tuple[int, str, str, str | None]]:
    """Segment, code, coder and stance of every coding."""
    from sqlmodel import col, select

    from quotegrid.storage.tables import CodeRow, CoderRow, CodingRow

    with study.reading_session() as session:
        rows = session.exec(
            select(CodingRow.segment_id, CodeRow.name, CoderRow.name, CodingRow.stance)
            .join(CodeRow, col(CodeRow.id) == CodingRow.code_id)
            .join(CoderRow, col(CoderRow.id) == CodingRow.coder_id)
        )
        return set(rows.all())


def by(study: StudyFolder, coder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEGRID_CODER", coder)


def in_step(study: StudyFolder) -> bool:
    """Whether file and study say the same."""
    told = read_codebook(study.codebook_path)
    return file_state(study) is FileState.IN_STEP and list(told.walk()) == list(
        current_codebook(study).walk()
    )


def segments(study: StudyFolder) -> list[int]:
    from sqlmodel import select

    from quotegrid.storage.tables import SegmentRow

    with study.reading_session() as session:
        return sorted(number for number in session.exec(select(SegmentRow.id)) if number is not None)


def test_a_renamed_code_keeps_what_was_coded_with_it(study: StudyFolder) -> None:
    segment = segments(study)[0]
    decide_segment(study, segment, Action.APPLY, "quick fix")
    edited = rename_code(study, "Quick Fix", "sticking plaster")
    assert edited.what == "Renamed “quick fix” to “sticking plaster”."
    assert standing(study) == {(segment, "sticking plaster", "tester", None)}
    assert "name: sticking plaster" in study.codebook_path.read_text(encoding="utf-8")
    assert in_step(study)
    assert undo_in_words(study) == f"Took back a change of the codebook: {edited.what}"
    assert standing(study) == {(segment, "quick fix", "tester", None)}
    assert in_step(study)


def test_merging_moves_the_codings_of_everybody_and_says_who_did_it(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = segments(study)[:3]
    decide_segment(study, first, Action.APPLY, "quick fix", stance=Stance.DISPUTES)
    decide_segment(study, second, Action.APPLY, "long wait")
    decide_segment(study, second, Action.APPLY, "quick fix")
    by(study, "ana", monkeypatch)
    decide_segment(study, third, Action.APPLY, "quick fix")
    decide_segment(study, first, Action.APPLY, "quick fix")
    before, file = standing(study), study.codebook_path.read_text(encoding="utf-8")
    edited = merge_codes(study, "quick fix", "long wait")
    assert edited.moved == 4
    after = {
        (first, "long wait", "tester", "disputes"),
        (second, "long wait", "tester", None),
        (third, "long wait", "ana", None),
        (first, "long wait", "ana", None),
    }
    assert standing(study) == after
    assert current_codebook(study).get("quick fix") is None
    moved = [record for record in decision_records(study) if record["decision"] == "move"]
    assert {(record["coder"], record["by"]) for record in moved} == {("tester", "ana"), ("ana", None)}
    assert in_step(study)
    by(study, "tester", monkeypatch)
    turned = undo(study)
    assert turned is not None and turned.codebook == "", "each undoes only what they did themselves"
    redo(study)
    assert standing(study) == after
    by(study, "ana", monkeypatch)
    turned = undo(study)
    assert turned is not None and "Merged" in turned.codebook and len(turned.decisions) == 8
    assert standing(study) == before
    assert study.codebook_path.read_text(encoding="utf-8") == file
    assert redo(study) is not None
    assert standing(study) == after
    assert undo(study) is not None
    assert standing(study) == before
    assert in_step(study)


def test_a_code_is_split_quote_by_quote(study: StudyFolder) -> None:
    first, second, third = segments(study)[:3]
    for segment in (first, second, third):
        decide_segment(study, segment, Action.APPLY, "quick fix")
    add_code(study, Code("patch on a roof", parent="Money"))
    edited = split_code(study, "quick fix", {first: "patch on a roof", third: "room to plan"})
    assert edited.moved == 2
    assert standing(study) == {
        (first, "patch on a roof", "tester", None),
        (second, "quick fix", "tester", None),
        (third, "room to plan", "tester", None),
    }
    undo(study)
    assert {code for _, code, _, _ in standing(study)} == {"quick fix"}
    assert current_codebook(study).get("patch on a roof") is not None
    undo(study)
    assert current_codebook(study).get("patch on a roof") is None


def test_a_code_with_codings_cannot_be_removed(study: StudyFolder) -> None:
    decide_segment(study, segments(study)[0], Action.APPLY, "quick fix")
    with pytest.raises(UsageError, match=r"1 coding of .quick fix. would be lost"):
        remove_code(study, "quick fix")
    remove_code(study, "Money")
    assert {code.parent for code in current_codebook(study).codes if code.name != "long wait"} == {None}


def test_a_deprecated_code_is_not_suggested_but_counts(study: StudyFolder) -> None:
    decide_segment(study, segments(study)[0], Action.APPLY, "quick fix")
    code = current_codebook(study).get("quick fix")
    assert code is not None
    edited = describe_code(study, "quick fix", replace(code, is_deprecated=True))
    assert edited.what == "“quick fix” is deprecated."
    assert "quick fix" not in [known.name for known in current_codebook(study).assignable()]
    assert len(standing(study)) == 1
    assert "deprecated: true" in study.codebook_path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda study: rename_code(study, "quick fix", "LONG wait"), "is there twice"),
        (lambda study: rename_code(study, "quick fix", "  "), "must have a name"),
        (lambda study: rename_code(study, "quik fix", "x"), 'no code "quik fix"'),
        (lambda study: move_code(study, "Money", "quick fix"), "their own ancestors"),
        (lambda study: merge_codes(study, "Money", "quick fix"), "is or stands below it"),
        (lambda study: add_code(study, Code("quick fix")), "is there twice"),
        (lambda study: add_code(study, Code("x", parent="y")), 'no code "y"'),
        (lambda study: describe_code(study, "quick fix", Code("x", colour="red")), "not a colour"),
    ],
)
def test_what_makes_no_codebook_is_refused_and_changes_nothing(
    study: StudyFolder, change: Callable[[StudyFolder], object], said: str
) -> None:
    before = current_codebook(study)
    file = study.codebook_path.read_bytes()
    with pytest.raises((UsageError, UnknownNameError), match=said):
        change(study)
    assert current_codebook(study) == before
    assert study.codebook_path.read_bytes() == file


def test_a_code_that_a_hand_renames_keeps_its_codings(study: StudyFolder) -> None:
    segment = segments(study)[0]
    decide_segment(study, segment, Action.APPLY, "quick fix")
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_text(text.replace("name: quick fix", "name: plaster"), encoding="utf-8")
    change = file_change(study)
    assert change.renamed == {"quick fix": "plaster"}
    assert change.lines == ("~ “quick fix” is called “plaster”",)
    assert standing(study) == {(segment, "quick fix", "tester", None)}
    current_codebook(study)
    assert standing(study) == {(segment, "plaster", "tester", None)}


def test_codings_of_a_code_that_leaves_the_file_are_told(study: StudyFolder) -> None:
    decide_segment(study, segments(study)[0], Action.APPLY, "long wait")
    text = study.codebook_path.read_text(encoding="utf-8")
    kept = text[: text.index("    codes:\n      - name: long wait")]
    study.codebook_path.write_text(kept, encoding="utf-8")
    change = file_change(study)
    assert change.lost == {"long wait": 1}
    assert "- “long wait” is gone" in change.lines


def test_nothing_is_edited_over_a_hands_changes(study: StudyFolder) -> None:
    current_codebook(study)
    study.asks_first = True
    text = study.codebook_path.read_text(encoding="utf-8").replace("quick fix", "plaster")
    study.codebook_path.write_text(text, encoding="utf-8")
    assert current_codebook(study).get("quick fix") is not None
    assert file_state(study) is FileState.CHANGED
    with pytest.raises(CodebookError, match="changed by hand"):
        rename_code(study, "long wait", "wait")
    assert study.codebook_path.read_text(encoding="utf-8") == text
    read_in_file(study)
    rename_code(study, "long wait", "wait")
    assert [code.name for code in current_codebook(study).assignable()] == ["plaster", "room to plan", "wait"]


def test_a_file_that_was_not_written_any_more_is_written_at_the_next_start(study: StudyFolder) -> None:
    segment = segments(study)[0]
    decide_segment(study, segment, Action.APPLY, "quick fix")
    old = study.codebook_path.read_bytes()
    known = (study.root / "quotegrid.codebook").read_bytes()
    rename_code(study, "quick fix", "plaster")
    study.codebook_path.write_bytes(old)
    (study.root / "quotegrid.codebook").write_bytes(known)
    assert file_state(study) is FileState.BEHIND
    assert current_codebook(study).get("plaster") is not None
    assert standing(study) == {(segment, "plaster", "tester", None)}
    assert in_step(study)


def test_a_hands_change_and_a_colleagues_are_brought_together(study: StudyFolder) -> None:
    old = study.codebook_path.read_text(encoding="utf-8")
    current_codebook(study)
    known = (study.root / "quotegrid.codebook").read_bytes()
    rename_code(study, "quick fix", "plaster")
    hand = old.replace("name: long wait", "name: the wait").replace("# ", "#  ")
    study.codebook_path.write_text(f"# ours\n{hand}", encoding="utf-8")
    (study.root / "quotegrid.codebook").write_bytes(known)
    assert file_state(study) is FileState.BOTH_CHANGED
    assert file_change(study).lines == ("~ “long wait” is called “the wait”",)
    assert {code.name for code in current_codebook(study).assignable()} == {
        "plaster",
        "room to plan",
        "the wait",
    }
    assert study.codebook_path.read_text(encoding="utf-8").startswith("# ours\n")
    assert in_step(study)


def test_contradictions_are_told_and_change_nothing(study: StudyFolder) -> None:
    old = study.codebook_path.read_text(encoding="utf-8")
    current_codebook(study)
    known = (study.root / "quotegrid.codebook").read_bytes()
    rename_code(study, "quick fix", "plaster")
    study.codebook_path.write_text(old.replace("name: quick fix", "name: band"), encoding="utf-8")
    (study.root / "quotegrid.codebook").write_bytes(known)
    with pytest.raises(CodebookError, match="the name of “plaster”"):
        current_codebook(study)
    assert "name: band" in study.codebook_path.read_text(encoding="utf-8")


def test_a_file_keeps_its_line_ends(study: StudyFolder) -> None:
    text = study.codebook_path.read_text(encoding="utf-8")
    study.codebook_path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    rename_code(study, "quick fix", "plaster")
    expected = text.replace("name: quick fix", "name: plaster").replace("\n", "\r\n").encode()
    assert study.codebook_path.read_bytes() == b"\xef\xbb\xbf" + expected
    assert in_step(study)


def test_the_history_says_what_a_code_meant_when_quotes_were_coded(study: StudyFolder) -> None:
    first, second = segments(study)[:2]
    decide_segment(study, first, Action.APPLY, "quick fix")
    code = current_codebook(study).get("quick fix")
    assert code is not None
    describe_code(study, "quick fix", replace(code, definition="It only looks mended."))
    rename_code(study, "long wait", "wait")
    rename_code(study, "quick fix", "plaster")
    decide_segment(study, second, Action.APPLY, "plaster")
    history = code_history(study, "plaster")
    assert [record.codings for record in history] == [1, 0, 1]
    assert [record.code.name for record in history] == ["quick fix", "quick fix", "plaster"]
    assert history[1].lines[-1] == "    + It only looks mended."
    assert history[2].lines == ("~ “quick fix” is called “plaster”",)


def test_another_folder_of_the_same_study_gets_the_new_file(study: StudyFolder, tmp_path: Path) -> None:
    if not study.settings.is_on_server:
        pytest.skip("a file is in one folder")
    other_root = tmp_path / "colleague"
    (other_root / "codebook").mkdir(parents=True)
    for name in ("quotegrid.toml", "codebook/codebook.yaml"):
        (other_root / name).write_bytes((study.root / name).read_bytes())
    current_codebook(study)
    other = open_study(other_root)
    current_codebook(other)
    rename_code(study, "quick fix", "plaster")
    assert current_codebook(other).get("plaster") is not None
    assert other.codebook_path.read_bytes() == study.codebook_path.read_bytes()
    other.close()


DEEDS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8)


def do(study: StudyFolder, deed: tuple[int, int, int], step: int) -> None:
    kind, first, second = deed
    codes = list(current_codebook(study).walk())
    code, other = codes[first % len(codes)], codes[second % len(codes)]
    places = segments(study)
    match kind:
        case 0:
            decide_segment(study, places[first % len(places)], Action.APPLY, other.name)
        case 1:
            rename_code(study, code.name, f"name {step}")
        case 2:
            merge_codes(study, code.name, other.name)
        case 3:
            move_code(study, code.name, None if second % 2 else other.name)
        case 4:
            add_code(study, Code(f"new {step}", parent=code.name))
        case 5:
            remove_code(study, code.name)
        case _:
            split_code(study, code.name, {places[second % len(places)]: other.name})


@pytest.mark.dear
@settings(examples(12, quick=5), suppress_health_check=list(HealthCheck))
@given(DEEDS)
def test_undo_leads_back_and_redo_forth_through_every_state(
    study: StudyFolder, deeds: list[tuple[int, int, int]]
) -> None:
    def state() -> tuple[object, ...]:
        return standing(study), list(current_codebook(study).walk()), study.codebook_path.read_bytes()

    states = [state()]
    for step, deed in enumerate(deeds):
        try:
            do(study, deed, step)
        except QuotegridError:
            continue
        if state() != states[-1]:
            states.append(state())
    for before in reversed(states[:-1]):
        undo(study)
        assert state() == before
        assert in_step(study)
    for after in states[1:]:
        redo(study)
        assert state() == after
    for _ in states[1:]:
        undo(study)
    assert state() == states[0]
