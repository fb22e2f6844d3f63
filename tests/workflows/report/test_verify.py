from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.report.manifest import numbers_of, unpack_manifest
from quotegrid.errors import UsageError
from quotegrid.exports.carrying import manifest_text
from quotegrid.exports.formats import ExportKind, formats_of
from quotegrid.workflows.api.study import Study
from quotegrid.workflows.coding.decide import decide_segment, decide_suggestion
from quotegrid.workflows.exchange.keep_export import refuse_foreign
from quotegrid.workflows.matrix.export_matrix import export_matrix
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, choice_of, make_matrix, options_of
from quotegrid.workflows.report.verify import verify_export
from quotegrid.workflows.study.folder import StudyFolder
from tests.profiles import examples

SUFFIXES = formats_of(ExportKind.MATRIX)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize("publish", [False, True])
def test_a_file_is_known_under_another_name_in_another_place(
    publishable: StudyFolder, tmp_path: Path, suffix: str, publish: bool
) -> None:
    decide_suggestion(publishable, 1, Action.ACCEPT)
    file = tmp_path / f"a{suffix}"
    export_matrix(make_matrix(publishable, publish=publish), file, study=publishable)
    moved = file.rename(tmp_path / "study" / f"b{suffix}")
    found = verify_export(publishable, moved)
    assert (found.is_unchanged, found.is_same, found.differences, found.changes) == (True, True, (), ())
    assert (found.what, found.made_by, found.is_published) == ("matrix", "tester", publish)


@examples(15, quick=6)
@given(
    steps=st.lists(
        st.tuples(
            st.integers(1, 4),
            st.sampled_from(["quick fix", "room to plan", "long wait"]),
            st.sampled_from([Action.ACCEPT, Action.REJECT, Action.SKIP]),
        ),
        max_size=4,
    )
)
def test_a_decision_is_told_if_and_only_if_it_changes_a_number(
    suggested: StudyFolder, steps: list[tuple[int, str, Action]]
) -> None:
    file = suggested.root / "exports" / "m.csv"
    before = make_matrix(suggested)
    export_matrix(before, file, study=suggested, force=True)
    for segment, code, action in steps:
        decide_segment(suggested, segment, action, code)
    then, now = numbers_of(before.matrix), numbers_of(make_matrix(suggested).matrix)
    found = verify_export(suggested, file)
    assert found.is_same is (then == now)
    changed = {
        (row, column)
        for row, then_cells, other in zip(then["rows"], then["cells"], now["cells"], strict=True)
        for column, was, became in zip(then["columns"], then_cells, other, strict=True)
        if was != became
    }
    told = {
        (difference.row, difference.column)
        for difference in found.differences
        if difference.row != "Base: cases read"
    }
    assert told == changed


def test_a_published_file_carries_nothing_that_could_give_away_a_number(
    publishable: StudyFolder, tmp_path: Path
) -> None:
    file = tmp_path / "p.json"
    export_matrix(make_matrix(publishable, publish=True), file, study=publishable)
    manifest = unpack_manifest(manifest_text(file.read_bytes(), ".json"))
    assert manifest is not None
    assert (manifest.options, manifest.codebook, manifest.numbers) == (None, None, None)


@pytest.mark.parametrize(
    "suffix", sorted(ending for ending in SUFFIXES if not ending.endswith((".xlsx", ".docx")))
)
def test_a_file_changed_by_hand_is_not_replaced_but_with_force(
    suggested: StudyFolder, tmp_path: Path, suffix: str
) -> None:
    file, made = tmp_path / f"m{suffix}", make_matrix(suggested)
    export_matrix(made, file, study=suggested)
    export_matrix(made, file, study=suggested)
    changed = file.read_bytes().replace(b"Money", b"Funds", 1)
    file.write_bytes(changed)
    with pytest.raises(UsageError, match="--force") as caught:
        export_matrix(made, file, study=suggested)
    assert "changed" in caught.value.what
    assert file.read_bytes() == changed
    if suffix != ".tidy.csv":
        assert not verify_export(suggested, file).is_unchanged
    export_matrix(made, file, study=suggested, force=True)
    assert verify_export(suggested, file).is_unchanged


def test_a_file_of_somebody_else_is_neither_replaced_nor_verified(study: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not made by quotegrid"):
        refuse_foreign(file, study)
    with pytest.raises(UsageError, match="has not written"):
        verify_export(study, file)
    with pytest.raises(UsageError, match="cannot be read"):
        verify_export(study, tmp_path / "none.md")


def test_an_empty_file_and_none_at_all_may_be_written_over(study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    refuse_foreign(tmp_path / "empty.csv", study)
    refuse_foreign(tmp_path / "new.csv", study)


def test_what_changed_in_the_study_is_told(suggested: StudyFolder, tmp_path: Path) -> None:
    file = tmp_path / "m.md"
    export_matrix(make_matrix(suggested), file, study=suggested)
    decide_suggestion(suggested, 1, Action.ACCEPT)
    text = suggested.codebook_path.read_text(encoding="utf-8")
    suggested.codebook_path.write_text(text.replace("What families meet.", "Families."), encoding="utf-8")
    told = verify_export(suggested, file).changes
    assert told[0] == "1 decision since, by tester (1)."
    assert told[1].startswith("The codebook has changed")
    assert len(told) == 2


def test_a_file_without_a_record_is_compared_by_what_it_carries(
    suggested: StudyFolder, tmp_path: Path
) -> None:
    file = tmp_path / "m.md"
    export_matrix(make_matrix(suggested), file)
    assert verify_export(suggested, file).is_same
    decide_suggestion(suggested, 1, Action.ACCEPT)
    found = verify_export(suggested, file)
    assert (found.is_unchanged, found.is_same) == (True, False)


def test_what_names_itself_may_be_replaced_by_a_study_without_the_record(
    suggested: StudyFolder, tmp_path: Path
) -> None:
    for suffix in set(SUFFIXES) - {".tidy.csv"}:
        file = tmp_path / f"m{suffix}"
        export_matrix(make_matrix(suggested), file)
        refuse_foreign(file, suggested)


def test_options_come_back(study: StudyFolder) -> None:
    choice = MatrixChoice(columns=("group", "area"), only=["Money"], query="group:parent")
    assert options_of(choice_of(options_of(choice))) == options_of(choice)
    with pytest.raises(ValueError, match="no matrix"):
        choice_of({"rows": "theme"})


def test_the_python_face_saves_and_verifies(suggested: StudyFolder, tmp_path: Path) -> None:
    with Study(suggested) as study:
        study.matrix().save(tmp_path / "m.csv")
        assert study.verify(tmp_path / "m.csv").is_same
