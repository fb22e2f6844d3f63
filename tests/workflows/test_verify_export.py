"""Whether a file still says what the study says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotegrid.corpus.reading import ReadingOptions
from quotegrid.domain.decisions import Action
from quotegrid.domain.figures import NOT_THERE, Difference
from quotegrid.domain.matrix import Count, Rows
from quotegrid.errors import UsageError
from quotegrid.workflows.case_changes import rename_case, set_case
from quotegrid.workflows.decide import decide_segment, undo
from quotegrid.workflows.export_matrix import WRITERS, export_matrix
from quotegrid.workflows.figures import figures_of, matrix_figures, matrix_options
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.import_sources import import_sources
from quotegrid.workflows.list_quotes import all_quotes
from quotegrid.workflows.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.verify_export import FoundBy, exports_of, verify_export
from quotegrid.workflows.write_export import write_export

CODES = ("quick fix", "room to plan", "long wait")


@pytest.fixture
def coded(study: StudyFolder) -> StudyFolder:
    """The small study with a code on one segment of each group."""
    by_group = {quote.group: quote.id for quote in all_quotes(study)}
    for segment in by_group.values():
        decide_segment(study, segment, Action.APPLY, "quick fix")
    return study


def _segment(study: StudyFolder, group: str) -> int:
    return next(quote.id for quote in all_quotes(study) if quote.group == group and not quote.codes)


def _export(study: StudyFolder, file: Path, choice: MatrixChoice | None = None) -> Path:
    export_matrix(study, make_matrix(study, choice), file)
    return file


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_what_was_just_written_holds_in_every_format(coded: StudyFolder, tmp_path: Path, suffix: str) -> None:
    found = verify_export(coded, _export(coded, tmp_path / f"matrix{suffix}"))
    assert found.holds
    assert found.is_recomputed
    assert found.found_by is FoundBy.CONTENT
    assert (found.decisions_since, found.case_changes_since, list(found.sources_since)) == (0, 0, [])
    assert not found.has_settings_changed


def test_a_decision_that_changes_a_cell_is_told_with_the_cell(coded: StudyFolder, tmp_path: Path) -> None:
    file = _export(coded, tmp_path / "matrix.csv")
    decide_segment(coded, _segment(coded, "school"), Action.APPLY, "room to plan")
    found = verify_export(coded, file)
    assert not found.holds
    assert list(found.differences) == [
        Difference("Money", "school", 1, 2),
        Difference("Money", "all", 2, 3),
    ]
    assert found.decisions_since == 1
    undo(coded)
    again = verify_export(coded, file)
    assert again.holds
    assert again.decisions_since == 2


def _cells_in_sql(root: Path) -> list[tuple[str, str, int]]:
    """Quotes by code and group, counted without the program."""
    with closing(sqlite3.connect(root / "quotegrid.db")) as connection:
        return sorted(
            connection.execute(
                'SELECT code.name, speaking_case."group", count(DISTINCT coding.segment_id) FROM coding '
                "JOIN code ON code.id = coding.code_id JOIN segment ON segment.id = coding.segment_id "
                "JOIN speaking_case ON speaking_case.id = segment.case_id GROUP BY 1, 2"
            )
        )


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.sampled_from(CODES), st.sampled_from([Action.APPLY, Action.REMOVE, "undo"])
        ),
        max_size=4,
    )
)
def test_a_change_is_told_exactly_if_some_cell_changed(
    coded: StudyFolder, tmp_path: Path, deeds: list[tuple[int, str, Action | str]]
) -> None:
    file = tmp_path / "matrix.csv"
    _export(coded, file, MatrixChoice(rows=Rows.CODE))
    before = _cells_in_sql(coded.root)
    segments = [quote.id for quote in all_quotes(coded)]
    made = 0
    for place, code, deed in deeds:
        if deed == "undo":
            made += undo(coded) is not None
            continue
        try:
            decide_segment(coded, segments[place % len(segments)], Action(deed), code)
        except UsageError:
            continue
        made += 1
    found = verify_export(coded, file)
    after = _cells_in_sql(coded.root)
    assert found.holds == (before == after)
    changed = {(row, column) for row, column, _ in {*before} ^ {*after}}
    assert {(one.row, one.column) for one in found.differences if one.column != "all"} == changed
    assert found.decisions_since <= made or made == 0


def test_other_changes_are_told_too(coded: StudyFolder, tmp_path: Path) -> None:
    file = _export(coded, tmp_path / "matrix.csv")
    rename_case(coded, "Ada Stone", "Head 1")
    assert verify_export(coded, file).holds
    set_case(coded, "Head 1", {"group": "parent"})
    found = verify_export(coded, file)
    assert found.case_changes_since == 2
    assert Difference("Money", "school", 1, NOT_THERE) in found.differences
    assert Difference("Money", "parent", 1, 2) in found.differences


def test_new_sources_another_codebook_and_other_settings_are_told(coded: StudyFolder, tmp_path: Path) -> None:
    file = _export(coded, tmp_path / "matrix.csv")
    corpus = coded.root / "corpus"
    (corpus / "new.md").write_text(
        "---\ninterviewer: Jo\nparticipant: Kit Lane\ngroup: parent\n---\n\n"
        "**Jo:** So?\n\n**Kit Lane:** We wait.\n",
        encoding="utf-8",
    )
    import_sources(coded, [corpus / "new.md"], ReadingOptions())
    text = coded.codebook_path.read_text(encoding="utf-8")
    coded.codebook_path.write_text(
        text.replace("covers up the trouble", "hides the trouble"), encoding="utf-8"
    )
    config = coded.root / "quotegrid.toml"
    config.write_text(config.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    found = verify_export(coded, file)
    assert list(found.sources_since) == ["new.md"]
    assert found.codebook_now != found.export.codebook_hash
    assert found.has_settings_changed
    assert {one.row for one in found.differences} == {"Base: quotes", "Base: cases", "Base: sources"}


def test_a_code_that_is_gone_is_told_and_not_a_traceback(coded: StudyFolder, tmp_path: Path) -> None:
    file = _export(coded, tmp_path / "matrix.csv", MatrixChoice(only=("long wait",)))
    text = coded.codebook_path.read_text(encoding="utf-8")
    coded.codebook_path.write_text(text.replace("name: long wait", "name: endless wait"), encoding="utf-8")
    found = verify_export(coded, file)
    assert found.problem is not None
    assert "long wait" in found.problem
    assert found.gives_the_same is False
    assert not found.holds


def test_a_file_that_was_moved_and_renamed_is_recognised(coded: StudyFolder, tmp_path: Path) -> None:
    file = _export(coded, coded.root / "exports" / "matrix.csv")
    moved = file.rename(tmp_path / "table 3.txt")
    found = verify_export(coded, moved)
    assert found.found_by is FoundBy.CONTENT
    assert found.export.path == "exports/matrix.csv"
    assert found.holds


def test_a_workbook_that_somebody_changed_is_recognised_by_its_id(coded: StudyFolder, tmp_path: Path) -> None:
    file = _export(coded, tmp_path / "matrix.xlsx")
    book = openpyxl.load_workbook(file)
    book["Matrix"]["B2"] = 99
    book.save(tmp_path / "mine.xlsx")
    found = verify_export(coded, tmp_path / "mine.xlsx")
    assert found.found_by is FoundBy.ID
    assert found.is_changed
    assert not found.differences
    assert not found.holds


def test_a_plain_file_that_somebody_changed_is_recognised_by_its_place(
    coded: StudyFolder, tmp_path: Path
) -> None:
    file = _export(coded, tmp_path / "matrix.csv")
    file.write_text(file.read_text(encoding="utf-8").replace(",1,", ",9,"), encoding="utf-8")
    assert verify_export(coded, file).found_by is FoundBy.PLACE
    moved = file.rename(tmp_path / "elsewhere.csv")
    with pytest.raises(UsageError, match="not written from this study"):
        verify_export(coded, moved)
    with pytest.raises(UsageError, match="no such file"):
        verify_export(coded, file)


def test_of_two_exports_to_one_place_each_is_known(coded: StudyFolder, tmp_path: Path) -> None:
    file = _export(coded, tmp_path / "matrix.csv")
    kept = tmp_path / "first.csv"
    kept.write_bytes(file.read_bytes())
    decide_segment(coded, _segment(coded, "parent"), Action.APPLY, "long wait")
    _export(coded, file)
    assert verify_export(coded, file).holds
    assert not verify_export(coded, kept).holds
    assert [one.path for one in exports_of(coded)] == [str(file), str(file)]
    assert [one.id for one in exports_of(coded)] == [1, 2]


@pytest.mark.parametrize("count", Count)
@pytest.mark.parametrize("publish", [False, True])
def test_the_options_kept_lead_to_the_same_figures(
    coded: StudyFolder, count: Count, *, publish: bool
) -> None:
    choice = MatrixChoice(rows=Rows.CODE, columns="area", count=count, query="group:parent or group:school")
    made = make_matrix(coded, choice, publish=publish)
    figures = matrix_figures(made.matrix)
    assert figures_of(coded, "matrix", matrix_options(made)) == figures
    values = {value for row, column, value in figures if not row.startswith("Base")}
    assert ("[c]" in values) == bool(made.matrix.withheld or made.matrix.withheld_totals)


def test_nothing_of_a_publication_stands_in_its_file_but_an_id(coded: StudyFolder, tmp_path: Path) -> None:
    export_matrix(coded, make_matrix(coded, publish=True), tmp_path / "matrix.md")
    (export,) = exports_of(coded)
    assert export.options["publish"] is True
    assert export.guid not in (tmp_path / "matrix.md").read_text(encoding="utf-8")


def test_a_file_without_figures_is_compared_by_its_content_alone(coded: StudyFolder, tmp_path: Path) -> None:
    write_export(coded, tmp_path / "codes.csv", b"name\n", what="codes")
    found = verify_export(coded, tmp_path / "codes.csv")
    assert found.gives_the_same is None
    assert found.holds
    assert not found.is_recomputed
