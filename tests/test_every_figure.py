"""Every figure of every command is that of a count of the raw tables, written here for itself.

Counted are the demonstration, an awkward study, and small ones drawn by lot.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quotegrid import Study
from quotegrid.domain.report.model import report_numbers
from quotegrid.workflows.report.make_framework import make_framework
from quotegrid.workflows.report.make_report import make_report
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.discover import discover_themes
from tests.conftest import Result
from tests.demonstration import called, copied, demonstration_commands
from tests.engines import outside
from tests.profiles import IS_DEEP, often
from tests.recount.figures import (
    NOT_KNOWN,
    CountedMatrix,
    Place,
    Row,
    amounts,
    by_stance,
    coverage,
    folded,
    itself,
    pairs,
    place_of,
    rows_of,
)
from tests.recount.raw import Passage, RawStudy, stretches
from tests.recount.studies import awkward_study, band, random_study

MEASURES = ("quotes", "cases", "sources", "words", "share", "row-share", "residual")
COLUMNS = ("group", "area", "role", "wave", "budget", "source", "case", "group,area", "wave,case")
STANCES = ("supports", "disputes", "mixed")
RANDOM = [f"lot {number}" for number in range(often(50, quick=5))]


@dataclass(frozen=True)
class CheckedStudy:
    """A study, its raw tables, and how its commands are asked."""

    folder: Path
    raw: RawStudy
    chance: Random
    bands: Mapping[str, Callable[[str], str]]
    run: Callable[..., Result]

    def ask(self, *arguments: str) -> Any:
        result = self.run("-C", self.folder, *arguments, "--format", "json")
        assert result.code == 0, result.err
        return json.loads(result.out)

    def some(self, choices: Sequence[Any], quick: int) -> Sequence[Any]:
        """All of the choices in the deep run, else a few of them, other ones of each study."""
        return choices if IS_DEEP else self.chance.sample(choices, k=min(quick, len(choices)))


def _demonstration(folder: Path) -> None:
    copied(folder)
    config = folder / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("[suggestions]\n", '[suggestions]\nmodel = "hashing"\n', 1), encoding="utf-8"
    )
    for arguments in demonstration_commands():
        if arguments[0] in ("import", "decide", "sources"):
            called(folder, *arguments)
    called(folder, "suggest")


def _deficit(value: str) -> str:
    number = int(value)
    return "under 400" if number < 400 else "400 to under 600" if number < 600 else "600 and over"


@pytest.fixture(scope="module", params=["the demonstration", "awkward", *RANDOM])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The name and the folder of a study, which no test changes."""
    folder = tmp_path_factory.mktemp("recount") / "study"
    if request.param == "the demonstration":
        _demonstration(folder)
    elif request.param == "awkward":
        awkward_study(folder).close()
    else:
        random_study(folder, int(request.param.split()[1])).close()
    return request.param, folder


@contextmanager
def _opened(folder: Path) -> Iterator[StudyFolder]:
    with Study.open(folder) as study:
        yield study._folder


@pytest.fixture
def counting(made: tuple[str, Path], run: Callable[..., Result]) -> Iterator[CheckedStudy]:
    name, folder = made
    bands = {"deficit_per_head": _deficit} if name == "the demonstration" else {"budget": band}
    with _opened(folder) as study, outside(study.database) as execute:
        chance = Random(name)  # noqa: S311 - not for secrets
        yield CheckedStudy(folder, RawStudy(execute), chance, bands, run)


def _columns(counting: CheckedStudy) -> list[str]:
    known = {name for passage in counting.raw.passages.values() for name in passage.values}
    own = sorted(known - {"group", "area", "role"})
    return [
        *(columns for columns in COLUMNS if set(columns.split(",")) <= known | {"source", "case"}),
        *(name for name in own if name not in COLUMNS),
    ]


def _keys(told: Mapping[str, Any], attributes: Sequence[str]) -> list[Place]:
    paths = [tuple(path) for path in told["column_paths"]]
    return paths if {"case", "source"} & set(attributes) else [folded(path) for path in paths]


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _compare(told: Mapping[str, Any], counted: CountedMatrix, attributes: Sequence[str]) -> None:
    assert told["rows"] == [row.label for row in counted.rows]
    columns = _keys(told, attributes)
    assert set(counted.columns) <= set(columns)
    assert len(set(columns)) == len(columns)
    for name, column in zip(told["columns"], columns, strict=True):
        if column in counted.columns:
            assert told["bases"][name] == counted.bases[column]
        else:
            assert not any(told["bases"][name].values())
    assert told["total_base"] == counted.total_base
    count, of = told["count"], told["shares_of"]
    for row in range(len(counted.rows)):
        for place, column in enumerate(columns):
            expected = counted.cell(row, column, count, of)
            assert _is_same(told["cells"][row][place], expected), (told["rows"][row], column, count, of)
            tally = told["tallies"][row][place]
            behind = counted.count(row, column)
            assert (tally["quotes"], tally["cases"], tally["sources"]) == (
                (behind.quotes, behind.cases, behind.sources)
            )
        assert _is_same(told["totals"][row], counted.cell(row, None, count, of)), (told["rows"][row], count)


def test_the_codings_that_stand_are_those_of_the_log(counting: CheckedStudy) -> None:
    raw = counting.raw
    stored = raw._execute("SELECT segment_id, code_id, coder_id, stance FROM coding")
    assert {tuple(row[:3]): row[3] for row in stored} == raw.codings
    assert raw.codings


def test_every_matrix_is_that_of_the_recount(counting: CheckedStudy) -> None:
    choices = list(product(("theme", "code"), _columns(counting), MEASURES, ("read", "heard")))
    for rows, columns, count, of in counting.some(choices, 16):
        told = counting.ask("matrix", "--rows", rows, "--columns", columns, "--count", count, "--of", of)
        attributes = columns.split(",")
        counted = CountedMatrix(counting.raw, rows_of(counting.raw, rows), attributes, bands=counting.bands)
        _compare(told, counted, attributes)


def test_matrices_of_stances_of_parts_and_of_queries_are_those_of_the_recount(counting: CheckedStudy) -> None:
    raw = counting.raw
    rows = rows_of(raw, "code")
    told = counting.ask("matrix", "--rows", "code", "--by-stance")
    _compare(told, CountedMatrix(raw, by_stance(raw, rows), ["group"]), ["group"])
    for stance in STANCES:
        told = counting.ask("matrix", "--rows", "code", "--stance", stance, "--count", "cases")
        taking = [Row(row.label, row.codes, stance) for row in rows]
        shown = set(told["rows"])
        _compare(
            told, CountedMatrix(raw, [row for row in taking if row.label in shown], ["group"]), ["group"]
        )
    parents = [code for code in raw.codes if raw.children(code)]
    for parent in parents:
        told = counting.ask("matrix", "--within", parent.name, "--columns", "area")
        below = [Row(child.name, frozenset(raw.family(child))) for child in raw.children(parent)]
        if raw.with_codes({parent.number}):
            (own,) = (row for row in rows_of(raw, "code") if row.codes == {parent.number})
            below.append(own)
        _compare(told, CountedMatrix(raw, below, ["area"]), ["area"])
    source = counting.chance.choice(sorted(raw.sources.values()))
    only = {passage.number for passage in raw.passages.values() if passage.source == source}
    told = counting.ask("matrix", f'source:"{source}"', "--count", "words")
    _compare(told, CountedMatrix(raw, rows_of(raw, "theme"), ["group"], only=only), ["group"])
    code = counting.chance.choice(raw.codes)
    told = counting.ask("matrix", f'code:"{code.name}"', "--rows", "code", "--count", "sources")
    coded = {passage.number for passage in raw.with_codes(raw.family(code))}
    counted = CountedMatrix(raw, rows, ["group"], counting=coded)
    kept = [number for number, row in enumerate(rows) if row.label in set(told["rows"])]
    assert all(not counted.behind[number] for number in range(len(rows)) if number not in kept)
    _compare(
        told, CountedMatrix(raw, [rows[number] for number in kept], ["group"], counting=coded), ["group"]
    )


def test_suggestions_are_counted_apart(counting: CheckedStudy) -> None:
    raw = counting.raw
    told = counting.ask("matrix", "--rows", "code", "--include-suggested")
    waiting: dict[int, set[int]] = defaultdict(set)
    for segment, code, verdict in raw.suggestions:
        if verdict is None and segment in raw.passages:
            waiting[code].add(segment)
    for row, name in enumerate(told["rows"]):
        codes = next(
            ({code.number} for code in raw.codes if code.name == name),
            {code.number for code in raw.codes if itself(raw, code) == name},
        )
        confirmed = raw.with_codes(codes)
        coded = {passage.number for passage in confirmed}
        proposed = [
            raw.passages[number] for number in set().union(*(waiting[code] for code in codes)) - coded
        ]
        both = stretches([*confirmed, *proposed])
        assert told["totals"][row] == len(both)
        assert sum(told["unconfirmed"][row]) == sum(not members & coded for members in both)


def test_which_codes_stand_together_is_counted_alike(counting: CheckedStudy) -> None:
    for rows, unit in product(("theme", "code"), ("segment", "turn", "case")):
        told = counting.ask("cooccurrence", "--rows", rows, "--within", unit)
        expected = pairs(counting.raw, rows, unit)
        found = {
            frozenset((pair["code"], pair["other"])): (pair["together"], pair["either"]) for pair in told
        }
        assert found == expected
        assert len(told) == len(expected)
        for pair in told:
            assert pair["jaccard"] == round(pair["together"] / pair["either"], 4)


def test_amounts_are_those_of_the_recount(counting: CheckedStudy) -> None:
    attributes = [name for name in ("group", "area", "wave") if name in _columns(counting)]
    for rows, attribute, of in product(("theme", "code"), attributes, ("read", "heard")):
        told = counting.ask("amounts", "--rows", rows, "--columns", attribute, "--of", of)
        expected = amounts(counting.raw, rows, attribute, of)
        seen = set()
        for amount in told:
            column = None if amount["column"] == "all" else folded([amount["column"]])
            if (amount["row"], column) not in expected:
                assert (amount["cases"], amount["base"], amount["heard"]) == (None, 0, 0)
                continue
            seen.add((amount["row"], column))
            figures = expected[amount["row"], column]
            assert {name: amount[name] for name in figures} == figures, amount
        assert seen == set(expected)


def test_coverage_is_that_of_the_recount(counting: CheckedStudy) -> None:
    known = [
        name for name in ("area", "group", "role", "wave", *counting.bands) if name in _columns(counting)
    ]
    for rows, columns in counting.some([pair for pair in product(known, known) if len(set(pair)) > 1], 6):
        told = counting.ask("coverage", "--rows", rows, "--columns", columns)
        expected = coverage(counting.raw, rows, columns, counting.bands)
        figures: dict[tuple[str | None, str | None], Mapping[str, int]] = {(None, None): told["total"]}
        names = {name: folded([name])[0] for name in (*told["rows"], *told["columns"])}
        for row, of_row in zip(told["rows"], told["row_totals"], strict=True):
            figures[names[row], None] = of_row
            for column, cell in zip(told["columns"], told["cells"][told["rows"].index(row)], strict=True):
                figures[names[row], names[column]] = cell
        for column, total in zip(told["columns"], told["column_totals"], strict=True):
            figures[None, names[column]] = total
        for place, found in figures.items():
            assert (found["heard"], found["read"], found["coded"]) == expected.get(place, (0, 0, 0)), place
        assert set(expected) <= set(figures)


def test_what_a_plan_lacks_is_counted_line_by_line(counting: CheckedStudy) -> None:
    raw = counting.raw
    plan = [
        ({name: value.casefold() for name, value in _json(attributes).items()}, planned)
        for attributes, planned in raw._execute("SELECT attributes, planned FROM plan")
    ]
    told = counting.ask("coverage")
    assert told["has_plan"] == bool(plan)
    if not plan:
        return
    missing = 0
    for wanted, planned in plan:
        heard = {
            passage.case
            for passage in raw.passages.values()
            if all((passage.value(name) or "").casefold() == value for name, value in wanted.items())
        } - {None}
        missing += max(planned - len(heard), 0)
    assert told["total"]["planned"] == sum(planned for _, planned in plan)
    assert told["total"]["missing"] == missing


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def test_the_status_is_that_of_the_recount(counting: CheckedStudy) -> None:
    raw, told = counting.raw, counting.ask("status")
    active = {code.number: code for code in raw.codes}
    coded = raw.with_codes(active.keys())
    characters = set().union(*(passage.characters for passage in coded))
    assignable = [code for code in raw.codes if not raw.children(code) and not code.is_deprecated]
    assert told["sources"] == len(raw.sources)
    assert told["sources_read"] == len(raw.read_sources)
    assert told["cases"] == len(raw.cases)
    uncut = [passage for passage in raw.passages.values() if not passage.is_cut]
    assert told["segments"] == len(uncut)
    assert told["codes"] == len(assignable)
    assert told["suggestions"] == len(raw.suggestions)
    assert told["decided"] == sum(verdict is not None for _, _, verdict in raw.suggestions)
    made = raw._execute("SELECT entry_id FROM decision WHERE action <> 'undo'")
    assert told["decisions"] == sum(entry not in raw.dead_entries for (entry,) in made)
    assert told["codings"] == sum(code in active for _, code, _ in raw.codings)
    assert told["coded_segments"] == sum(bool(passage.characters & characters) for passage in uncut)
    group_of = {number: place_of(passage, ["group"], {}) for number, passage in raw.passages.items()}
    assert sorted(folded([line["name"]]) for line in told["by_group"]) == sorted(
        set(map(folded, group_of.values()))
    )
    for line in told["by_group"]:
        mine = {number for number, group in group_of.items() if folded(group) == folded([line["name"]])}
        verdicts = [verdict for segment, _, verdict in raw.suggestions if segment in mine]
        assert line["coded"] == len(stretches([passage for passage in coded if passage.number in mine]))
        assert (line["total"], line["done"]) == (len(verdicts), len(verdicts) - verdicts.count(None)), line
    assert [line["name"] for line in told["by_code"]] == [code.name for code in assignable]
    for code, line in zip(assignable, told["by_code"], strict=True):
        assert line["coded"] == len(stretches(raw.with_codes({code.number})))


def test_codes_sources_and_cases_are_listed_with_their_counts(counting: CheckedStudy) -> None:
    raw = counting.raw
    for code, line in zip(raw.codes, counting.ask("codes"), strict=True):
        assert line["name"] == code.name
        assert line["coded"] == len(stretches(raw.with_codes(raw.family(code))))
        assert line["suggested"] == sum(
            number == code.number and verdict is None for _, number, verdict in raw.suggestions
        )
    passages = raw.passages.values()
    turns = Counter(source for (source,) in raw._execute("SELECT source_id FROM turn"))
    ids = {name: number for number, name in raw.sources.items()}
    lengths = dict(raw._execute("SELECT id, text FROM source"))
    for source in counting.ask("sources"):
        here = [passage for passage in passages if passage.source == source["name"]]
        assert source["segments"] == sum(not passage.is_cut for passage in here)
        assert source["turns"] == turns[ids[source["name"]]]
        assert source["read"] == (source["name"] in raw.read_sources)
        assert source["characters"] == len(lengths[ids[source["name"]]])
        assert set(source["cases"]) >= {passage.case for passage in here} - {None}
    for case in counting.ask("cases"):
        mine = [passage for passage in passages if passage.case == case["name"]]
        assert case["segments"] == len(mine)
        assert set(case["sources"]) >= {passage.source for passage in mine}


def test_quotes_are_listed_each_once(counting: CheckedStudy) -> None:
    raw = counting.raw
    active = {code.number for code in raw.codes}
    assert {quote["id"] for quote in counting.ask("quotes")} == set(raw.passages)
    assert {quote["id"] for quote in counting.ask("quotes", "--coded")} == {
        passage.number for passage in raw.with_codes(active)
    }
    for code in raw.codes:
        told = counting.ask("quotes", "--code", code.name)
        assert sorted(quote["id"] for quote in told) == [
            passage.number for passage in raw.with_codes(raw.family(code))
        ]
    groups = {passage.value("group") or "" for passage in raw.passages.values()} - {""}
    for group in sorted(groups):
        told = counting.ask("quotes", "--group", group)
        assert {quote["id"] for quote in told} == {
            passage.number
            for passage in raw.passages.values()
            if (passage.value("group") or "").casefold() == group.casefold()
        }


def test_the_report_says_the_recounts_figures(counting: CheckedStudy) -> None:
    raw = counting.raw
    with _opened(counting.folder) as study:
        report = make_report(study).report
    themes = rows_of(raw, "theme")
    counted = CountedMatrix(raw, themes, ["group"])
    numbers = report_numbers(report)
    columns: list[Place] = [
        ("all",) if column == "all" else folded([column]) for column in numbers["columns"]
    ]
    expected: dict[tuple[str, Place], float | str | None] = {}
    for number, row in enumerate(themes):
        for column in counted.columns:
            expected[row.label, column] = counted.cell(number, column, "cases", "read")
        expected[row.label, ("all",)] = counted.cell(number, None, "cases", "read")
    everybody = counted.total_base["cases"]
    for code in raw.codes:
        if code.parent is not None:
            path, theme = [code], code
            while theme.parent is not None:
                theme = next(above for above in raw.codes if above.number == theme.parent)
                path.insert(0, theme)
            cases = {passage.case for passage in raw.with_codes(raw.family(code))} - {None}
            name = f"{theme.name}: {' / '.join(part.name for part in path[1:])}"
            expected[name, ("all",)] = str(len(cases)) if everybody else "\N{EN DASH}"
    for row, cells in zip(numbers["rows"], numbers["cells"], strict=True):
        if row.endswith(": dissent"):
            continue
        for column, cell in zip(columns, cells, strict=True):
            if cell is not None or (row, column) in expected:
                assert cell == expected[row, column], (row, column)
    sentences = {(amount["row"], amount["sentence"]) for amount in counting.ask("amounts", "--rows", "theme")}
    for section in report.themes:
        for sentence in (section.overall, *section.amounts):
            assert (section.name, sentence) in sentences


def test_the_framework_has_the_quotes_of_each_case_and_code(counting: CheckedStudy) -> None:
    raw = counting.raw
    with _opened(counting.folder) as study:
        framework = make_framework(study)
    found = {
        (column.code, row.case): set(cell.quotes)
        for chart in framework.charts
        for row in chart.rows
        for column, cell in zip(chart.columns, row.cells, strict=True)
        if cell.quotes
    }
    expected: dict[tuple[str, str], set[int]] = defaultdict(set)
    for code in raw.codes:
        for passage in raw.with_codes({code.number}):
            expected[code.name, _row_of_framework(raw, passage)].add(passage.number)
    assert found == expected


def _row_of_framework(raw: RawStudy, passage: Passage) -> str:
    """Return the name of a passage's row: its case, with the interview where the case's interviews differ."""
    if passage.case is None:
        return NOT_KNOWN
    known = [_attributes(other) for other in raw.passages.values() if other.case == passage.case]
    names = sorted({name for own in known for name in own})
    differing = [name for name in names if len({own[name] for own in known if name in own}) > 1]
    if not differing:
        return passage.case
    told = [f"{name} {_attributes(passage)[name]}" for name in differing if name in _attributes(passage)]
    return f"{passage.case} ({', '.join(told) or f'{differing[0]} not known'})"


def _attributes(passage: Passage) -> dict[str, str]:
    return {name: value for name, value in passage.values.items() if name not in ("group", "role", "area")}


def test_python_gives_the_same_figures(counting: CheckedStudy) -> None:
    raw = counting.raw
    with Study.open(counting.folder) as study:
        matrix = study.matrix(rows="code", columns="area", count="share", of="heard")
        counted = CountedMatrix(raw, rows_of(raw, "code"), ["area"])
        for row, cells in enumerate(matrix.cells):
            for column, cell in zip(matrix.columns, cells, strict=True):
                assert _is_same(cell, counted.cell(row, folded([column]), "share", "heard"))
        together = study.cooccurrence(within="turn")
        assert {
            frozenset((pair.first, pair.second)): (pair.together, pair.either)
            for pair in together.pairs
            if pair.together
        } == pairs(raw, "code", "turn")
        assert len(study.quotes()) == len(raw.passages)
        expected = coverage(raw, "area", "group", {})
        assert (study.coverage(rows="area").total.heard) == expected[None, None][0]


def test_candidate_themes_count_their_quotes_and_who_says_them(
    made: tuple[str, Path], counting: CheckedStudy
) -> None:
    if made[0] != "awkward":
        pytest.skip("only of the awkward study, which is long enough")
    with _opened(counting.folder) as study:
        discover_themes(study, everything=True)
    raw = counting.raw
    told = counting.ask("themes")
    assert told
    for theme in told:
        quotes = [raw.passages[quote["segment"]] for quote in theme["quotes"]]
        assert len({quote.number for quote in quotes}) == len(quotes)
        speakers = {quote.case or quote.value("role") for quote in quotes} - {None}
        assert theme["speakers"] == len(speakers)
        assert set(theme["groups"]) == {quote.value("group") for quote in quotes} - {None}
