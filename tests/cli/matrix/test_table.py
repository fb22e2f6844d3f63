from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.coding.decide import decide_from_file
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.cli.contents import Run, assert_refused, contents, records
from tests.conftest import StudyTemplates

FOCUS_GROUP = """\
---
title: A focus group
interviewer: Jo Field
area: Westhay
speakers:
  - {name: Kim Hall, group: parents, role: Parent}
  - {name: Lee Ward, group: health, role: Therapist}
---

**Jo Field:** What changed?

**Kim Hall:** Nothing changed for us.

**Lee Ward:** We had room to plan for once.

**Jo Field:** And the wait?

**Kim Hall:** Months of waiting.

**Lee Ward:** The list is as long as it was.
"""
REPORT = """\
What we heard

The money

“It is a quick fix.” — *LA leaders*

“We had room to plan.” — *School leader*

“Months of waiting, and nobody rings.” — *Parent*
"""
CODES = ("Money", "quick fix", "room to plan", "long wait")
ACTIONS = ("accept", "accept", "apply", "reject", "remove", "skip")
BELOW = {
    "Money": {"Money", "quick fix", "room to plan"},
    "Families": {"Families", "long wait"},
    "quick fix": {"quick fix"},
    "room to plan": {"room to plan"},
    "long wait": {"long wait"},
    "Money (itself)": {"Money"},
    "Families (itself)": {"Families"},
}


def _decide(study: StudyFolder) -> None:
    """Import four sources of six cases and a report without names; decide 120 times for two coders."""
    corpus = study.root / "corpus"
    (corpus / "group.md").write_text(FOCUS_GROUP, encoding="utf-8")
    (corpus / "report.txt").write_text(REPORT, encoding="utf-8")
    import_sources(study, [corpus], ReadingOptions())
    suggest_codes(study, at_least=0.0)
    numbers = [quote.id for quote in list_quotes(study)]
    assert len(numbers) == 12
    chance = random.Random(7)  # noqa: S311 - no secret
    file = study.root / "decisions.csv"
    with pytest.MonkeyPatch.context() as patch:
        for _ in range(12):
            patch.setenv("QUOTEGRID_CODER", chance.choice(["tester", "second"]))
            rows = [
                f"{chance.choice(numbers)},{chance.choice(CODES)},{chance.choice(ACTIONS)},"
                for _ in range(10)
            ]
            file.write_text("segment,code,decision,memo\n" + "\n".join(rows) + "\n", encoding="utf-8")
            decide_from_file(study, file)
            for _ in range(chance.randrange(3)):
                assert undo(study) is not None
    file.unlink()


@pytest.fixture
def decided(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    yield from studies.opened(studies.derived(studies.imported, _decide), tmp_path)


def standing_codes(run: Run, study: StudyFolder) -> dict[int, set[str]]:
    """The codes on each segment, worked out from the log alone."""
    log = records(run("-C", study.root, "decisions", "--format", "json"))
    undone = {decision["undoes"] for decision in log}
    last: dict[tuple[str, int, str], str] = {}
    for logged in log:
        if logged["id"] not in undone and logged["code"] is not None:
            last[logged["coder"], logged["segment"], logged["code"]] = logged["decision"]
    standing: dict[int, set[str]] = {}
    for (_, segment, code), decision in last.items():
        if decision in ("accept", "apply"):
            standing.setdefault(segment, set()).add(code)
    return standing


def counted(quotes: list[dict[str, Any]], hits: list[dict[str, Any]], count: str) -> float | int | None:
    cases = {quote["case"] for quote in quotes} - {None}
    said = {hit["case"] for hit in hits} - {None}
    if count == "quotes":
        return len(hits)
    if count == "sources":
        return len({hit["source"] for hit in hits})
    if not cases:
        return None
    return len(said) if count == "cases" else len(said) / len(cases)


def test_every_cell_follows_from_the_decisions(run: Run, decided: StudyFolder) -> None:
    standing = standing_codes(run, decided)
    assert any(len(codes & BELOW["Money"]) > 1 for codes in standing.values())
    quotes = records(run("-C", decided.root, "quotes", "--format", "json"))
    before = contents(decided.root)
    seen = 0
    for rows in ("theme", "code"):
        for columns in ("group", "area", "role", "source", "case", "wave", "region"):
            for count in ("quotes", "cases", "sources", "share"):
                options = ("--rows", rows, "--columns", columns, "--count", count, "--format", "json")
                made = records(run("-C", decided.root, "matrix", *options))
                values = {
                    quote["id"]: quote.get(columns) or quote["attributes"].get(columns) for quote in quotes
                }
                assert set(made["columns"]) == {value or "not known" for value in values.values()}
                for row, line in zip(made["rows"], made["cells"], strict=True):
                    wanted = BELOW[row] if rows == "theme" else BELOW[row] & {row.removesuffix(" (itself)")}
                    for column, cell in zip(made["columns"], line, strict=True):
                        heard = [quote for quote in quotes if (values[quote["id"]] or "not known") == column]
                        hits = [quote for quote in heard if standing.get(quote["id"], set()) & wanted]
                        assert cell == counted(heard, hits, count), (rows, columns, count, row, column)
                        base = made["bases"][column]
                        assert base["quotes"] == len(heard)
                        assert base["cases"] == len({quote["case"] for quote in heard} - {None})
                        assert base["sources"] == len({quote["source"] for quote in heard})
                        seen += bool(hits)
    assert seen > 100
    assert contents(decided.root) == before


def test_totals_count_a_case_or_a_source_once(run: Run, decided: StudyFolder) -> None:
    standing = standing_codes(run, decided)
    quotes = records(run("-C", decided.root, "quotes", "--format", "json"))
    for count in ("quotes", "cases", "sources", "share"):
        made = records(run("-C", decided.root, "matrix", "--count", count, "--format", "json"))
        for row, total in zip(made["rows"], made["totals"], strict=True):
            hits = [quote for quote in quotes if standing.get(quote["id"], set()) & BELOW[row]]
            assert total == counted(quotes, hits, count)


def test_the_matrix_has_the_documented_fields(run: Run, suggested: StudyFolder) -> None:
    run("-C", suggested.root, "decide", 1, "accept")
    made = records(run("-C", suggested.root, "matrix", "--format", "json"))
    assert tuple(made)[:5] == ("rows", "columns", "cells", "bases", "count")
    assert made["rows"] == ["Money", "Families"]
    assert made["columns"] == ["school", "parent"]
    assert made["cells"] == [[1, 0], [0, 0]]
    assert made["bases"]["school"] == {
        "quotes": 3,
        "cases": 1,
        "read": 0,
        "sources": 1,
        "unnamed": 0,
    }
    assert made["count"] == "quotes"
    assert made["unconfirmed"] is None
    assert made["not_heard"] == ["local authority", "college", "health", "parent carer forum", "SENDIASS"]
    assert made["provenance"]["Coded by"] == "tester"


def test_a_parent_counts_a_quote_with_two_of_its_codes_once(
    run: Run, study: StudyFolder, tmp_path: Path
) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(
        "segment,code,decision\n1,quick fix,apply\n1,room to plan,apply\n1,Money,apply\n", encoding="utf-8"
    )
    run("-C", study.root, "decide", "--from", file)
    themes = records(run("-C", study.root, "matrix", "--format", "json"))
    assert themes["cells"] == [[1, 0], [0, 0]]
    codes = records(run("-C", study.root, "matrix", "--rows", "code", "--format", "json"))
    assert codes["rows"] == ["Money (itself)", "quick fix", "room to plan", "long wait"]
    assert codes["cells"] == [[1, 0], [1, 0], [1, 0], [0, 0]]


def test_suggestions_never_count_unless_asked_for_and_are_marked_then(
    run: Run, suggested: StudyFolder
) -> None:
    nothing = records(run("-C", suggested.root, "matrix", "--format", "json"))
    assert nothing["cells"] == [[0, 0], [0, 0]]
    for number, decision in ((1, "accept"), (4, "reject"), (6, "reject"), (7, "accept")):
        run("-C", suggested.root, "decide", number, decision)
    made = records(run("-C", suggested.root, "matrix", "--include-suggested", "--format", "json"))
    assert made["cells"] == [[3, 2], [2, 2]]
    assert made["unconfirmed"] == [[2, 2], [1, 2]]
    table = run("-C", suggested.root, "matrix", "--include-suggested").out
    assert "3 (2?)" in table
    assert "only suggested and not confirmed" in table
    confirmed = records(run("-C", suggested.root, "matrix", "--format", "json"))
    assert confirmed["cells"] == [[1, 0], [1, 0]]


def test_the_matrix_goes_to_a_file_in_the_format_of_its_suffix(run: Run, suggested: StudyFolder) -> None:
    for number in (1, 4, 7, 10):
        run("-C", suggested.root, "decide", number, "accept")
    folder = suggested.root / "exports"
    for name in ("matrix.csv", "matrix.xlsx", "matrix.md", "matrix.markdown", "matrix.json"):
        done = run("-C", suggested.root, "matrix", "-o", folder / name)
        assert (done.code, done.out) == (0, f"Wrote {folder / name}\n")
    rows = list(csv.reader(io.StringIO((folder / "matrix.csv").read_text(encoding="utf-8"))))
    assert rows[:3] == [
        ["theme", "school", "parent", "all"],
        ["Money", "2", "0", "2"],
        ["Families", "1", "1", "2"],
    ]
    sheet = openpyxl.load_workbook(folder / "matrix.xlsx")["Matrix"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=3, max_col=4)]
    assert cells == [["Theme", "school", "parent", "all"], ["Money", 2, 0, 2], ["Families", 1, 1, 2]]
    assert "| Money | 2 | 0 | 2 |" in (folder / "matrix.md").read_text(encoding="utf-8")
    made = json.loads((folder / "matrix.json").read_text(encoding="utf-8"))
    assert made["cells"] == [[2, 0], [1, 1]]


def test_an_attribute_is_found_however_its_name_is_written(
    run: Run, study: StudyFolder, tmp_path: Path
) -> None:
    more = tmp_path / "more.csv"
    more.write_text("area,on track\nWesthay,yes\nEastlow,no\n", encoding="utf-8")
    assert run("-C", study.root, "import", more).code == 0
    for name in ("on_track", "on-track", "On_Track"):
        assert records(run("-C", study.root, "matrix", "--columns", name, "--format", "json"))["columns"] == [
            "no",
            "yes",
        ]


def test_an_unknown_attribute_is_refused_and_the_known_ones_listed(run: Run, study: StudyFolder) -> None:
    result = run("-C", study.root, "matrix", "--columns", "hat")
    assert_refused(result, 2, 'there is no attribute "hat"', "group, role, area, source, case, region, wave")


@pytest.mark.parametrize("name", ["m.tidy.csv", "m.tex", "m.docx", "m.quotes.docx", "m.svg", "m.png"])
def test_the_further_formats_are_written_and_published_alike(
    run: Run, decided: StudyFolder, tmp_path: Path, name: str
) -> None:
    shown = ["--picture", "bars"] if name.endswith(("svg", "png")) else []
    for more in ([], ["--publish"], ["--columns", "group,area"], ["--count", "residual"]):
        file = tmp_path / "out" / name
        done = run("-C", decided.root, "matrix", *more, *shown, "-o", file)
        assert done.code == 0, done.err
        assert f"Wrote {file}" in done.out
        assert file.stat().st_size > 100


@pytest.mark.parametrize("name", ["matrix.pdf", "matrix", "file/matrix.csv", "folder.xlsx"])
def test_an_output_that_cannot_be_made_is_refused(
    run: Run, study: StudyFolder, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "folder.xlsx").mkdir()
    assert_refused(run("-C", study.root, "matrix", "-o", tmp_path / name), 2, tmp_path / name)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "folder.xlsx", "study"]


@pytest.fixture
def stanced(run: Run, study: StudyFolder) -> StudyFolder:
    """Ada of a school and Ray, a parent; one code each, two of them with a stance."""
    file = study.root / "decisions.csv"
    file.write_text(
        "segment,code,decision,memo,stance\n1,quick fix,apply,,supports\n2,room to plan,apply,,\n"
        "3,long wait,apply,,\n4,long wait,apply,,\n5,quick fix,apply,,disputes\n",
        encoding="utf-8",
    )
    assert run("-C", study.root, "decide", "--from", file).code == 0
    return study


def _matrix(run: Run, study: StudyFolder, *options: object) -> Any:
    return records(run("-C", study.root, "matrix", *options, "--format", "json"))


def test_a_query_filters_who_counts_and_what_counts(run: Run, stanced: StudyFolder) -> None:
    parents = _matrix(run, stanced, "group:parents", "--rows", "code")
    assert parents["columns"] == ["parent"]
    assert parents["total_base"]["quotes"] == 2
    waiting = _matrix(run, stanced, 'text:"waiting list"', "--rows", "code")
    assert waiting["total_base"]["quotes"] == 5
    assert dict(zip(waiting["rows"], waiting["totals"], strict=True))["long wait"] == 2
    assert sum(waiting["totals"]) == 2
    assert 'counting text:"waiting list"' in waiting["provenance"]["Filters"]


def test_the_rows_are_sub_codes_of_one_or_chosen_codes(run: Run, stanced: StudyFolder) -> None:
    assert _matrix(run, stanced, "--within", "money")["rows"] == ["quick fix", "room to plan"]
    chosen = _matrix(run, stanced, "--only", "long wait", "--only", "Money")
    assert chosen["rows"] == ["Money", "long wait"]
    assert chosen["totals"] == [3, 2]
    assert "only these rows" in chosen["provenance"]["Filters"]


@pytest.mark.parametrize("columns", ["group,area", "area within group"])
def test_columns_are_nested(run: Run, stanced: StudyFolder, columns: str) -> None:
    made = _matrix(run, stanced, "--columns", columns)
    assert made["columns"] == ["school / Westhay", "parent / Eastlow"]
    assert made["column_paths"] == [["school", "Westhay"], ["parent", "Eastlow"]]
    assert made["columns_are"] == "area within group"
    printed = run("-C", stanced.root, "matrix", "--columns", columns).out
    assert "school / Westhay" in " ".join(printed.split())


def test_rows_are_split_by_stance_or_count_one_of_them(run: Run, stanced: StudyFolder) -> None:
    split = _matrix(run, stanced, "--by-stance")
    assert split["row_paths"] == [
        [theme, stance]
        for theme in ("Money", "Families")
        for stance in ("supports", "disputes", "no stance said")
    ]
    assert split["cells"] == [[1, 0], [0, 1], [1, 0], [0, 0], [0, 0], [1, 1]]
    disputes = _matrix(run, stanced, "--stance", "disputes")
    assert disputes["cells"] == [[0, 1], [0, 0]]
    assert "disputes" in disputes["provenance"]["Filters"]


def test_words_shares_of_rows_and_residuals_are_counted(run: Run, stanced: StudyFolder) -> None:
    quotes = {quote["id"]: quote for quote in records(run("-C", stanced.root, "quotes", "--format", "json"))}
    words = _matrix(run, stanced, "--count", "words")
    assert words["cells"][0] == [
        len(quotes[1]["text"].split()) + len(quotes[2]["text"].split()),
        len(quotes[5]["text"].split()),
    ]
    assert _matrix(run, stanced, "--count", "row-share")["cells"] == [[0.5, 0.5], [0.5, 0.5]]
    residual = _matrix(run, stanced, "--count", "residual", "--rows", "code")
    row = residual["rows"].index("room to plan")
    assert residual["cells"][row] == pytest.approx([2**0.5, -(2**0.5)])
    assert residual["expected_cases"][row] == [0.5, 0.5]
    assert [row, 0] in residual["uncertain"]
    printed = run("-C", stanced.root, "matrix", "--count", "residual", "--rows", "code").out
    assert "(+1.4)" in printed
    assert "too few cases to read anything into them" in " ".join(printed.split())


def test_who_was_planned_and_not_heard_has_a_column_that_says_so(run: Run, stanced: StudyFolder) -> None:
    plan = stanced.root / "corpus" / "plan.csv"
    plan.write_text("group,area,planned\nhealth,Westhay,1\n", encoding="utf-8")
    assert run("-C", stanced.root, "import", plan).code == 0
    made = _matrix(run, stanced)
    column = made["columns"].index("health")
    assert [row[column] for row in made["cells"]] == [None, None]
    assert made["bases"]["health"]["quotes"] == 0
    assert "health" in made["not_heard"]
    assert "not heard" in run("-C", stanced.root, "matrix").out
    assert "not heard" in run("-C", stanced.root, "matrix", "--format", "csv").out


def test_a_table_wider_than_the_terminal_is_printed_in_blocks(
    run: Run, stanced: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _matrix(run, stanced, "--columns", "case,area")
    for width in (200, 30):
        monkeypatch.setattr("quotegrid.cli.matrix.table.console", partial(Console, markup=False, width=width))
        printed = run("-C", stanced.root, "matrix", "--columns", "case,area").out
        table = printed.split("Counted:")[0].splitlines()
        assert max(map(len, table)) <= width
        rows = [line.split() for line in table if line.startswith("Money")]
        assert [int(cell) for row in rows for cell in row[1:]] == [*made["cells"][0], made["totals"][0]]
        assert len(rows) == (1 if width == 200 else 3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["group:nobody"], "nobody"),
        (["group:"], "column"),
        (["--within", "quick fix"], "has no sub-codes"),
        (["--within", "Monny"], "Did you mean Money"),
        (["--only", "quik fix"], "Did you mean quick fix"),
        (["--columns", "group,area,role"], "nested once"),
        (["--columns", "group,hat"], 'no attribute "hat"'),
        (["--by-stance", "--stance", "mixed"], "one of the two"),
        (["--by-stance", "--include-suggested"], "takes no stance"),
        (["--only", "Money", "--within", "Money"], "one of the two"),
        (["near:money"], "filters no matrix"),
        (["case:Ada", "--publish"], "names a case"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_to_do(
    run: Run, stanced: StudyFolder, options: list[str], said: str
) -> None:
    before = contents(stanced.root)
    assert_refused(run("-C", stanced.root, "matrix", *options), 2, said)
    assert contents(stanced.root) == before


@pytest.mark.parametrize("output", [None, "matrix.xlsx"])
def test_a_kind_of_picture_is_refused_where_no_picture_is_written(
    study: StudyFolder, run: Run, tmp_path: Path, output: str | None
) -> None:
    options = [] if output is None else ["-o", tmp_path / output]
    result = run("-C", study.root, "matrix", "--picture", "bars", *options)
    assert (result.code, result.out) == (2, "")
    assert "ends in .svg or .png" in result.err
    assert list(tmp_path.glob("matrix*")) == []


def test_shares_are_of_who_is_read_and_of_all_heard_on_request(run: Run, suggested: StudyFolder) -> None:
    run("-C", suggested.root, "decide", 1, "accept")
    share = ("-C", suggested.root, "matrix", "--count", "share")
    assert run(*share).out.count("not read yet") == 6
    run("-C", suggested.root, "sources", "read", "head.md")
    made = records(run(*share, "--format", "json"))
    assert (made["cells"], made["totals"]) == ([[1.0, None], [0.0, None]], [1.0, 0.0])
    assert [made["bases"][name]["read"] for name in made["columns"]] == [1, 0]
    assert made["shares_of"] == "read"
    assert "Money,1.0000,not read yet,1.0000" in run(*share, "--format", "csv").out
    table = run(*share).out
    assert "Base: cases read" in table
    assert '"quotegrid sources read", marks a source as read to the end' in " ".join(table.split())
    heard = records(run(*share, "--of", "heard", "--format", "json"))
    assert (heard["cells"], heard["totals"]) == ([[1.0, 0.0], [0.0, 0.0]], [0.5, 0.0])
