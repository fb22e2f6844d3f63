"""The evaluate command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.contents import Run, assert_refused, records
from tests.workflows.suggestions.test_evaluate import CODEBOOK, LINES, with_sources

__all__ = ["with_sources"]


@pytest.fixture
def arguments(tmp_path: Path) -> list[object]:
    gold, codebook = tmp_path / "gold.csv", tmp_path / "codes.csv"
    gold.write_text("\n".join(["text,codes", *LINES]), encoding="utf-8")
    codebook.write_text(CODEBOOK, encoding="utf-8")
    return ["evaluate", gold, "--codebook", codebook, "--model", "hashing"]


def test_it_prints_measures_beside_plain_ways_and_the_curve(run: Run, arguments: list[object]) -> None:
    result = run(*arguments)
    assert result.code == 0, result.err
    assert "26 passages, 25 with a code; 2 codes" in result.out
    for said in ("right code first", "work saved at 95 % recall", "nearest neighbours", "decided"):
        assert said in result.out


def test_json_has_metrics_and_curve(run: Run, arguments: list[object], tmp_path: Path) -> None:
    found = records(run(*arguments, "--format", "json"))
    assert set(found["metrics"]) >= {"hit_at_1", "hit_at_3", "lrap", "map"}
    assert set(found["curve"][0]) == {"n", "hit_at_1", "hit_at_3", "low", "high"}
    assert set(found["at_least"][0]) == set(found["reliability"][0])
    assert found["themes"] is None
    target = tmp_path / "found.json"
    assert run(*arguments, "-o", target).code == 0
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written.pop("manifest").startswith("quotegrid manifest ")
    assert written == found


def test_other_formats_and_files_are_refused(run: Run, arguments: list[object], tmp_path: Path) -> None:
    assert_refused(run(*arguments, "--format", "csv"), 2, "table or as json")
    assert_refused(run(*arguments, "-o", tmp_path / "x.xlsx"), 2, "table or as json")
    assert_refused(run("evaluate", tmp_path / "no.csv", *arguments[2:]), 3, "no.csv")


@pytest.mark.model
def test_models_are_compared_on_the_same_segments(run: Run, arguments: list[object]) -> None:
    gold, codebook = arguments[1], arguments[3]
    compared = ["model", "compare", "hashing", "packaged-minilm", "--gold", gold, "--codebook", codebook]
    result = run(*compared)
    assert result.code == 0, result.err
    for said in (
        "26 passages, 25 with a code; 2 codes",
        "hashing",
        "packaged-minilm",
        "texts embedded a second",
    ):
        assert said in result.out
    found = records(run(*compared, "--format", "json"))
    assert [comparison["model"] for comparison in found] == ["hashing", "packaged-minilm"]
    alone = records(run(*arguments, "--format", "json"))
    assert found[0]["evaluation"]["metrics"] == alone["metrics"]
    assert found[0]["texts"] == found[1]["texts"] > 26


def test_one_model_is_not_compared(run: Run, arguments: list[object]) -> None:
    gold, codebook = arguments[1], arguments[3]
    one = ["model", "compare", "hashing", "hashing", "--gold", gold, "--codebook", codebook]
    assert_refused(run(*one), 2, "two models")


def test_with_sources_it_tells_more_and_draws_it(
    run: Run, with_sources: tuple[Path, Path], tmp_path: Path
) -> None:
    gold, codebook = with_sources
    plot = tmp_path / "found.svg"
    result = run("evaluate", gold, "--codebook", codebook, "--model", "hashing", "--themes", "--plot", plot)
    assert result.code == 0, result.err
    for said in ("on whole sources left out", "chance at least", "2 of 2 codes (1.00)"):
        assert said in result.out
    assert b"<svg" in plot.read_bytes()
    again = ["evaluate", gold, "--codebook", codebook, "--model", "hashing", "--plot"]
    assert_refused(run(*again, tmp_path / "found.xlsx"), 2, ".svg, .png or .pdf")
