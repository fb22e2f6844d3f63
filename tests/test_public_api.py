from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import assert_type

import pytest

import quotegrid
from quotegrid import Study
from quotegrid.domain.coding.quotes import Quote
from quotegrid.errors import ConflictError, NoStudyError, ReadError, UnknownNameError, UsageError
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import CODEBOOK, HEAD


def test_a_study_is_made_filled_coded_and_counted_from_python(tmp_path: Path) -> None:
    (tmp_path / "head.md").write_text(HEAD, encoding="utf-8")
    (tmp_path / "talk.txt").write_text("A: It helped.\n\nQ: How?\n\nA: Time.\n\nQ: Ah.\n", encoding="utf-8")
    with Study.create(tmp_path / "study", "From Python") as study:
        config = tmp_path / "study" / "quotegrid.toml"
        text = config.read_text(encoding="utf-8")
        config.write_text(
            text.replace("[suggestions]\n", '[suggestions]\nmodel = "hashing"\n', 1), encoding="utf-8"
        )
        (tmp_path / "study" / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    with Study.open(tmp_path / "study") as study:
        summary = study.import_sources(tmp_path / "head.md")
        assert [source.segments for source in summary.imported] == [3]
        study.import_sources(tmp_path / "talk.txt", group="parent", case="P1", interviewer="Q")
        assert study.suggest(at_least=0).with_suggestion == 5
        first, second = study.suggestions()[:2]
        study.accept(first["id"], memo="clear")
        study.reject(second["id"])
        study.apply(5, "LONG WAIT")
        matrix = study.matrix(rows="code", columns="group")
        assert (matrix.rows, matrix.columns) == (
            ("quick fix", "room to plan", "long wait"),
            ("parent", "schools"),
        )
        assert matrix.cells == ((0, 1), (0, 0), (1, 0))
        assert study.undo()
        assert study.redo()
        assert not study.redo()
        assert study.matrix(rows="code").cells == ((0, 1), (0, 0), (1, 0))
        assert study.undo()
        assert study.matrix(rows="code").cells == ((0, 1), (0, 0), (0, 0))
        assert study.undo()
        assert study.undo()
        assert not study.undo()


def test_ranges_are_coded_and_cut_from_python(study: StudyFolder) -> None:
    with Study.open(study.root) as opened:
        made = opened.apply_at("head.md", 333, 363, "room to plan", "it buys time")
        assert opened.widen(made, "after") == 2
        assert [opened.narrow(2, "after"), opened.widen(made, "after")] == [made, 2]
        first, second = opened.split(2, 364)
        assert [quote.id for quote in opened.quotes(code="room to plan")] == [first, second]
        for _ in range(4):
            assert opened.undo()
        assert [quote.text for quote in opened.quotes(code="room to plan")] == [
            "It buys time, I will say that."
        ]


def test_summaries_are_written_listed_and_exported_from_python(study: StudyFolder) -> None:
    with Study.open(study.root) as opened:
        assert opened.summarise("quick fix", "Ada Stone", "It covers up [q:1].") == 1
        with pytest.raises(ConflictError, match="there is one already"):
            opened.summarise("quick fix", "Ada Stone", "Another.")
        assert opened.summarise("quick fix", "Ada Stone", "Another.", replaces=[1]) == 2
        assert opened.summarise("quick fix", "Ada Stone", "Another.", replaces=[2]) is None
        opened.summarise("quick fix", "school", "Of schools.", "group")
        assert [summary["text"] for summary in opened.summaries("case")] == ["Another."]
        assert opened.undo()
        assert len(opened.summaries()) == 1
        opened.save_framework(study.root / "exports" / "framework.html", only=["Money"])
    assert "Another." in (study.root / "exports" / "framework.html").read_text(encoding="utf-8")


def test_quotes_are_plain_and_filtered_by_any_field(study: StudyFolder) -> None:
    with Study.open(study.root) as opened:
        quotes = opened.quotes(group="parent")
        assert [quote.text[:8] for quote in quotes] == ["Fourteen", "Never he"]
        assert all(isinstance(quote, Quote) for quote in quotes)
        assert [quote.id for quote in opened.quotes(group=["parent", "school"], text="waiting list")] == [
            3,
            4,
        ]
        assert [quote.id for quote in opened.quotes(wave="2", kind="turn")] == [4, 5]
        assert opened.quotes(coded=True) == []
        with pytest.raises(UnknownNameError, match="Did you mean Westhay"):
            opened.quotes(area="Westhey")


def test_cases_are_changed_checked_and_changed_back(study: StudyFolder) -> None:
    with Study(study) as opened:
        opened.set_case("RAY MOSS", role="Headteacher", wave="9")
        assert [value.value for value in opened.case("ray moss").values if value.field == "role"] == [
            "Headteacher",
            "Parent",
        ]
        with pytest.raises(UsageError, match="--yes"):
            opened.merge_cases("RAY MOSS", "Ada Stone")
        opened.merge_cases("RAY MOSS", "Ada Stone", despite_groups=True)
        opened.rename_case("Ada Stone", "A. Stone")
        assert {quote.case for quote in opened.quotes()} == {"A. Stone"}
        assert [gap.case for gap in opened.check_cases()] == ["A. Stone"]
        opened.split_case("A. Stone", "parent.txt", new="Ray")
        assert {quote.case for quote in opened.quotes(source="parent.txt")} == {"Ray"}
        assert [opened.undo_case_change() for _ in range(5)] == [True, True, True, True, False]
        assert {quote.case for quote in opened.quotes()} == {"Ada Stone", "RAY MOSS"}
        assert opened.check_cases() == []


def test_quotes_and_matrix_become_data_frames(suggested: StudyFolder) -> None:
    with Study.open(suggested.root) as opened:
        opened.accept(1)
        frame = opened.quotes(group="school").to_pandas()
        assert list(frame.columns) == [
            *(
                "id",
                "text",
                "kind",
                "source",
                "start",
                "end",
                "case",
                "group",
                "role",
                "area",
                "heading",
                "codes",
                "certainty",
                "voice",
                "headings",
                "box",
                "stances",
                "exemplar_of",
                "made_by",
            ),
            "attribution",
        ]
        assert frame["codes"].tolist() == [["quick fix"], [], []]
        assert list(opened.quotes(group="health").to_pandas().columns) == list(frame.columns)
        matrix = opened.matrix().to_pandas()
        assert matrix.loc["Money", "school"] == 1
        assert matrix.loc["Families", "parent"] == 0


def test_a_sampling_frame_is_compared_with_who_was_heard(study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("group,planned\nparents,3\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    with Study.open(study.root) as opened:
        summary = opened.import_sources(tmp_path / "plan.csv", tmp_path / "empty.txt")
        assert [problem.file for problem in summary.problems] == [str(tmp_path / "empty.txt")]
        coverage = opened.coverage(rows="wave")
        assert (coverage.total.planned, coverage.total.heard, coverage.total.missing) == (3, 2, 2)
        with pytest.raises(ReadError, match="the file is empty"):
            opened.import_sources(tmp_path / "plan.csv", tmp_path / "empty.txt", strict=True)


def test_a_matrix_is_saved_by_its_suffix(suggested: StudyFolder, tmp_path: Path) -> None:
    with Study.open(suggested.root) as opened:
        opened.matrix().save(tmp_path / "out.csv")
        assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("theme,school,parent,all\n")
        with pytest.raises(UsageError, match="not a format"):
            opened.matrix().save(tmp_path / "out.pdf")


def test_opening_what_is_no_study_and_making_one_twice_are_errors(study: StudyFolder, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoStudyError, match="no study in"):
        Study.open(tmp_path / "empty")
    with pytest.raises(UsageError, match="already"):
        Study.create(study.root)


def test_importing_the_package_loads_no_library() -> None:
    code = "import sys, quotegrid; print(sorted({'typer', 'sqlmodel', 'torch', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_only_what_is_public_is_exported() -> None:
    assert quotegrid.__all__ == ["Study", "__version__"]
    with pytest.raises(AttributeError, match="Stdy"):
        quotegrid.Stdy  # noqa: B018 - asking is the test


def test_the_public_names_are_typed_for_callers(study: StudyFolder) -> None:
    assert (files("quotegrid") / "py.typed").is_file()
    with Study.open(study.root) as opened:
        assert_type(opened.quotes()[0].text, str)
        assert_type(opened.matrix().columns, tuple[str, ...])
        assert_type(opened.suggest().suggestions, int)


def test_stances_amounts_and_claims_from_python(study: StudyFolder, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("One parent disputed [[quick fix]].", encoding="utf-8")
    with Study.open(study.root) as opened:
        opened.apply(5, "quick fix")
        opened.mark(5, "quick fix", "disputes")
        found = opened.amounts(rows="code", only="quick fix", of="heard").amounts
        assert [(amount.column, amount.cases) for amount in found if amount.base] == [
            ("school", 0),
            ("parent", 1),
            ("all", 1),
        ]
        assert [claim.verdict.value for claim in opened.check_claims(draft, of="heard")] == ["borne out"]
        opened.mark(5, "quick fix", "none")
        assert [claim.verdict.value for claim in opened.check_claims(draft, of="heard")] == ["cannot be told"]
