from __future__ import annotations

import csv
import io
import json

from quotegrid.domain.matrix.coverage import Coverage, HeardCase, Planned, build_coverage
from quotegrid.exports.report.coverage_text import coverage_csv, coverage_json, coverage_markdown, notes

CASES = [
    HeardCase({"group": "school", "area": "=Westhay|"}, True),
    HeardCase({"group": "parent", "area": "Eastlow"}, False),
]
PLAN = [Planned({"group": "school", "area": "=Westhay|"}, 2, "plan.csv", 2)]


def made(plan: list[Planned]) -> Coverage:
    return build_coverage(CASES, plan, rows="area", columns="group", expected=("health",), unnamed=2)


def test_csv_has_a_line_for_each_cell_and_total() -> None:
    rows = list(csv.DictReader(io.StringIO(coverage_csv(made(PLAN)))))
    assert list(rows[0]) == ["area", "group", "planned", "heard", "read", "coded", "missing"]
    assert [list(row.values()) for row in rows] == [
        ["'=Westhay|", "parent", "0", "0", "0", "0", "0"],
        ["'=Westhay|", "school", "2", "1", "1", "1", "1"],
        ["'=Westhay|", "all", "2", "1", "1", "1", "1"],
        ["Eastlow", "parent", "0", "1", "1", "0", "0"],
        ["Eastlow", "school", "0", "0", "0", "0", "0"],
        ["Eastlow", "all", "0", "1", "1", "0", "0"],
        ["all", "parent", "0", "1", "1", "0", "0"],
        ["all", "school", "2", "1", "1", "1", "1"],
        ["all", "all", "2", "2", "2", "1", "1"],
    ]
    assert coverage_csv(made([])).splitlines()[0] == "area,group,heard,read,coded"


def test_json_has_the_cells_by_rows_and_null_for_what_no_plan_tells() -> None:
    found = json.loads(coverage_json(made(PLAN)))
    assert (found["rows"], found["columns"]) == (["=Westhay|", "Eastlow"], ["parent", "school"])
    assert found["cells"][0][1] == {"heard": 1, "read": 1, "coded": 1, "planned": 2, "missing": 1}
    assert found["total"] == {"heard": 2, "read": 2, "coded": 1, "planned": 2, "missing": 1}
    assert json.loads(coverage_json(made([])))["total"]["planned"] is None


def test_markdown_has_a_line_for_each_row_and_measure() -> None:
    lines = coverage_markdown(made(PLAN)).splitlines()
    assert lines[:7] == [
        "| area | cases | parent | school | all |",
        "|---|---|---:|---:|---:|",
        "| =Westhay\\| | planned | 0 | 2 | 2 |",
        "| =Westhay\\| | heard | 0 | 1 | 1 |",
        "| =Westhay\\| | read | 0 | 1 | 1 |",
        "| =Westhay\\| | coded | 0 | 1 | 1 |",
        "| =Westhay\\| | missing | 0 | 1 | 1 |",
    ]
    by_group = build_coverage(CASES, [Planned({"group": "school"}, 2, "p", 2)], rows="area", columns="group")
    assert "| Eastlow | planned | \N{EN DASH} | \N{EN DASH} | \N{EN DASH} |" in coverage_markdown(by_group)


def test_the_notes_say_how_to_read_it_and_what_is_left_out() -> None:
    said = " ".join(notes(made(PLAN)))
    assert "Not heard: health." in said
    assert "2 quotes name a role but no person" in said
    assert "There is no plan" not in said
    assert "There is no plan" in " ".join(notes(made([])))
    assert notes(made(PLAN))[-1] == "Not for publication: small counts are not withheld."
