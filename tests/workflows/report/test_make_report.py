"""A report agrees with the matrix and the amounts, always tells of dissent, and gives nobody away."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix import measures
from quotegrid.domain.report.model import Report
from quotegrid.domain.report.voices import DISPUTE_WITHHELD, NO_STANCE_SAID, NOBODY_DISPUTES
from quotegrid.domain.sources.model import SourceKind
from quotegrid.exports.report.report_layout import Paragraph, laid_out
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.report.make_report import WITHHELD, make_report
from quotegrid.workflows.report.tell_amounts import tell_amounts
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import StudyTemplates
from tests.reading import read_everything

GROUPS = {"parent": 6, "school": 5, "health": 4, "college": 2}
CODEBOOK = """\
themes:
  - name: Money
    definition: What St Jude does with money, says Zacharias.
    codes:
      - name: quick fix
        definition: It covers up.
        use_when: [St Jude is patched.]
        do_not_use_when: [Somebody mends it]
        codes:
          - name: tape
            definition: Tape over a lamp.
      - name: room to plan
        definition: It buys time.
  - name: Families
    codes:
      - name: long wait
        definition: Waiting.
  - name: Weather
    codes:
      - name: rain
        definition: It rains.
"""
CODES = ("Money", "quick fix", "tape", "room to plan", "long wait")


def _enlarge(study: StudyFolder) -> None:
    folder = study.root / "many"
    folder.mkdir()
    for group, many in GROUPS.items():
        for number in range(many):
            name = f"Zacharias Quill{group[0]}{number}"
            (folder / f"{group}{number}.md").write_text(
                f"---\ninterviewer: Jo Field\nparticipant: {name}\ngroup: {group}\narea: Westhay\n---\n\n"
                f"**Jo Field:** And?\n\n**{name}:** Jo says St Jude waited, and I am number {number}.\n\n"
                f"**Jo Field:** More?\n\n**{name}:** {'We were told nothing at all. ' * (number + 1)}\n"
            )
    import_sources(study, [folder], ReadingOptions())
    report = study.root / "printed.txt"
    report.write_text("Heard\n\n“It is a fix.” — *LA leaders*\n", encoding="utf-8")
    import_sources(study, [report], ReadingOptions(kind=SourceKind.REPORT))
    study.codebook_path.write_text(CODEBOOK, encoding="utf-8")
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("[disclosure]\n", '[disclosure]\nwithheld = {"St Jude" = "[a school]"}\n', 1),
        encoding="utf-8",
    )


@pytest.fixture
def large(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """Seventeen people in four groups and a report without names; nothing is coded."""
    yield from studies.opened(studies.derived(studies.empty, _enlarge), tmp_path)


def code_at_random(study: StudyFolder, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    share = chance.choice([0.15, 0.4, 0.8])
    for quote in all_quotes(study):
        if chance.random() < share:
            stance = chance.choice([None, None, *Stance])
            decide_segment(study, quote.id, Action.APPLY, chance.choice(CODES), stance=stance)
    read_everything(study)


def texts_of(report: Report) -> list[str]:
    """Every text of a report, wherever it stands."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for part in value.values():
                walk(part)
        elif isinstance(value, list | tuple):
            for part in value:
                walk(part)

    parts: list[Any] = [*report.themes, *report.checklists, *report.codebook]
    walk([asdict(part) for part in parts])
    walk([*report.notes, *report.provenance.lines(), *report.matrix.rows, *report.matrix.columns])
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("publish", [False, True])
def test_the_figures_are_those_of_the_matrix_and_of_the_amounts(
    large: StudyFolder, seed: int, publish: bool
) -> None:
    code_at_random(large, seed)
    report = make_report(large, publish=publish).report
    matrix = make_matrix(large, count=measures.CASES, publish=publish).matrix
    assert (report.matrix.rows, report.matrix.columns) == (matrix.rows, matrix.columns)
    assert (report.matrix.cells, report.matrix.totals) == (matrix.cells, matrix.totals)
    assert [listed.name for listed in report.themes] == list(matrix.rows)
    told = tell_amounts(large, publish=publish).amounts
    for theme in report.themes:
        of_theme = [amount for amount in told if amount.row == theme.name]
        assert theme.overall == next(amount.sentence for amount in of_theme if amount.column == "all")
        groups = [amount for amount in of_theme if amount.column != "all"]
        withheld = {matrix.columns[place] for row, place in matrix.withheld if matrix.rows[row] == theme.name}
        sentences = [group.sentence for group in groups if group.column not in withheld]
        assert list(theme.amounts)[: len(sentences)] == sentences
        rest = theme.amounts[len(sentences) :]
        assert len(rest) == bool(withheld)
        assert all(name in rest[0] for name in withheld)
    names = [name for theme in report.themes for name in theme.codes]
    assert [name.name for name in names] == [
        "quick fix",
        "quick fix / tape",
        "room to plan",
        "long wait",
        "rain",
    ]
    for line in names:
        only = make_matrix(large, only=[line.name.split(" / ")[-1]], count=measures.CASES).matrix
        assert line.cases in (str(only.totals[0]), WITHHELD)
        assert publish or line.cases != WITHHELD


@pytest.mark.parametrize("seed", range(4))
def test_dissent_is_always_told(large: StudyFolder, seed: int) -> None:
    code_at_random(large, seed)
    quotes = {quote.id: quote for quote in all_quotes(large)}
    for theme in make_report(large).report.themes:
        family = current_codebook(large).family(theme.name)
        here = [quote for quote in quotes.values() if set(quote.codes) & set(family)]
        taken = {
            stance: {
                quote.id for quote in here if any(stance in quote.stances.get(code, ()) for code in family)
            }
            for stance in Stance
        }
        disputing = taken[Stance.DISPUTES]
        assert {quote.id for quote in theme.dissent} <= disputing
        assert bool(theme.dissent) is bool(disputing)
        assert {exemplar.id for exemplar in theme.exemplars}.isdisjoint(disputing | taken[Stance.MIXED])
        cases = {quotes[number].case for number in disputing} - {None}
        if cases:
            assert theme.on_dissent.startswith(f"{len(cases)} of the ")
        elif not disputing:
            assert theme.on_dissent == (NOBODY_DISPUTES if any(taken.values()) else NO_STANCE_SAID)


def test_nobody_codes_and_there_is_a_report_all_the_same(large: StudyFolder) -> None:
    report = make_report(large).report
    assert {theme.on_dissent for theme in report.themes} == {NO_STANCE_SAID}
    assert [theme.exemplars for theme in report.themes] == [()] * 3
    assert {line.cases for theme in report.themes for line in theme.codes} == {"0"}


@pytest.mark.parametrize("seed", range(6))
def test_a_publication_gives_nobody_away(large: StudyFolder, seed: int) -> None:
    code_at_random(large, seed)
    quotes = all_quotes(large)
    made = make_report(large, publish=True)
    report = made.report
    assert report.coverage is None
    everything = "\n".join(texts_of(report))
    names = {part for quote in quotes if quote.case for part in quote.case.split()}
    assert not [name for name in (*names, "Jo", "St Jude") if re.search(rf"\b{name}\b", everything)]
    assert not [quote.source for quote in quotes if quote.source in everything]
    assert "What [a school] does with money, says [name]." in everything
    assert "[a school] is patched." in everything
    withheld = make_matrix(large, count=measures.CASES, publish=True).matrix
    hidden = {
        number
        for place in withheld.withheld
        for number in make_matrix(large, count=measures.CASES).matrix.members.get(place, ())
        if withheld.columns == make_matrix(large, count=measures.CASES).matrix.columns
    }
    by_id = {quote.id: quote for quote in quotes}
    for row, theme in enumerate(report.themes):
        shown = {quote.id for quote in (*theme.exemplars, *theme.dissent, *theme.mixed)}
        behind = {
            number for (of_row, _), numbers in withheld.members.items() if of_row == row for number in numbers
        }
        assert shown <= behind
        assert shown.isdisjoint(hidden - behind)
        numbers = [int(amount) for amount in re.findall(r"\d+", theme.on_dissent)]
        if row in withheld.withheld_totals:
            assert theme.on_dissent in (DISPUTE_WITHHELD, NOBODY_DISPUTES, NO_STANCE_SAID)
            assert "is withheld" in theme.overall
            assert {line.cases for line in theme.codes} == {WITHHELD}
        elif len(numbers) == 2:
            some, of = numbers
            assert of == withheld.totals[row]
            assert 3 <= some <= of
            assert of - some == 0 or of - some >= 3
        if theme.on_dissent == DISPUTE_WITHHELD:
            assert theme.dissent == ()
            disputing = [
                number
                for number in behind
                if any(
                    Stance.DISPUTES in by_id[number].stances.get(code, ()) for code in withheld.row_codes[row]
                )
            ]
            assert bool(disputing) <= bool(set(disputing) & {exemplar.id for exemplar in theme.exemplars})
        counts = {line.cases for line in theme.codes}
        assert not counts & {"1", "2"}
    assert {decision.reason for decision in made.withheld if decision.place == "code Money"} == {
        "names and withheld words"
    }


def test_what_is_published_comes_in_no_order_that_tells_of_anybody(large: StudyFolder) -> None:
    for quote in all_quotes(large):
        decide_segment(large, quote.id, Action.APPLY, "long wait")
    report = make_report(large, publish=True, most_exemplars=12).report
    families = report.themes[1]
    by_id = {quote.id: quote for quote in all_quotes(large)}
    order = [exemplar.id for exemplar in families.exemplars]
    assert len(order) == 12
    assert order != sorted(order)
    lengths = [abs(len(by_id[number].text.split()) - 35) for number in order]
    groups = [by_id[number].group for number in order]
    assert lengths != sorted(lengths)
    assert groups[:4] != ["parent", "school", "health", "college"]
    assert make_report(large, publish=True, most_exemplars=12).report.themes[1] == families


def test_the_team_is_told_who_was_heard(large: StudyFolder) -> None:
    report = make_report(large).report
    assert report.coverage is not None
    assert report.coverage.total.heard == sum(GROUPS.values())


@pytest.mark.parametrize("publish", [False, True])
def test_where_quotes_name_nobody_no_number_of_people_is_told_or_said_to_be_withheld(
    empty_study: StudyFolder, tmp_path: Path, publish: bool
) -> None:
    printed = tmp_path / "printed.txt"
    printed.write_text("Heard\n\n“It is a fix.” — *LA leaders*\n", encoding="utf-8")
    import_sources(empty_study, [printed], ReadingOptions(kind=SourceKind.REPORT))
    empty_study.codebook_path.write_text(CODEBOOK, encoding="utf-8")
    decide_segment(empty_study, all_quotes(empty_study)[0].id, Action.APPLY, "quick fix")
    report = make_report(empty_study, publish=publish).report
    money = report.themes[0]
    assert {line.cases for line in money.codes} == {"\N{EN DASH}"}
    assert "cannot be told" in money.overall
    assert any("cannot be told" in amount for amount in money.amounts)
    assert not any("withheld" in amount for amount in money.amounts)
    said = [quote.text for quote in laid_out(report) if isinstance(quote, Paragraph)]
    assert not any(text.startswith("0 people") for text in said)
