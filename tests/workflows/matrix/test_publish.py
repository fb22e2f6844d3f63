"""Publishing a study's matrix and quotes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.model import Rows
from quotegrid.errors import ConfigError, UsageError
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.matrix.export_matrix import export_matrix, matrix_as
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.matrix.publish import published_quotes
from quotegrid.workflows.people.change_cases import rename_case
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import StudyTemplates

GROUPS = {"parent": 6, "school": 5, "health": 4}


def _enlarge(study: StudyFolder) -> None:
    folder = study.root / "many"
    folder.mkdir()
    for group, many in GROUPS.items():
        for number in range(many):
            (folder / f"{group}{number}.md").write_text(
                f"---\ninterviewer: Jo Field\nparticipant: {group.title()} Person{number}\ngroup: {group}\n"
                f"area: Westhay\n---\n\n**Jo Field:** And?\n\n**{group.title()} Person{number}:** "
                f"Jo knows that Westhay waited, and that I am number {number}.\n"
            )
    import_sources(study, [folder], ReadingOptions())
    for quote in all_quotes(study):
        number = int(quote.source[-4])
        if quote.group == "health":
            decide_segment(study, quote.id, Action.APPLY, "quick fix")
        elif (quote.group == "school" and number < 4) or number == 0:
            decide_segment(study, quote.id, Action.APPLY, "long wait")


@pytest.fixture
def larger(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """Fifteen people; one parent and four of a school wait, everybody of health speaks of money."""
    yield from studies.opened(studies.derived(studies.empty, _enlarge), tmp_path)


def test_every_format_withholds_the_same_and_says_so(larger: StudyFolder, tmp_path: Path) -> None:
    made = make_matrix(larger, rows=Rows.CODE, count=measures.CASES, publish=True)
    row = made.matrix.rows.index("long wait")
    parent, school = (made.matrix.columns.index(name) for name in ("parent", "school"))
    withheld = {column for decision, column in made.matrix.withheld if decision == row}
    assert withheld >= {parent, school}
    said = json.loads(matrix_as(made, "json"))
    assert {tuple(place) for place in said["withheld"]} == set(made.matrix.withheld)
    assert said["cells"][row][parent] is None
    table = list(csv.reader(io.StringIO(matrix_as(made, "csv"))))
    assert {column for column, text in enumerate(table[row + 1][1:-1]) if text == "[c]"} == withheld
    assert "[c\\]" in matrix_as(made, "markdown").replace("\\[", "[")
    export_matrix(made, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell.value for cell in book["Matrix"][row + 2]][1:-1]
    assert {column for column, value in enumerate(cells) if value == "[c]"} == withheld
    assert [cell.value for cell in book["Quotes"][1]] == ["Row", "Column", "Quote", "Who", "Codes"]
    everything = "\n".join(
        [matrix_as(made, form) for form in ("json", "csv", "markdown")]
        + [str(cell.value) for sheet in book for line in sheet for cell in line]
    )
    assert "Not for publication" not in everything
    assert "fewer than 3 cases" in everything
    for name in ("Person", "Jo", ".md"):
        assert name not in everything


def test_without_publish_nothing_is_withheld(larger: StudyFolder) -> None:
    made = make_matrix(larger, rows=Rows.CODE, count=measures.CASES)
    assert made.matrix.withheld == {}
    assert made.withheld == ()
    assert "Not for publication" in matrix_as(made, "markdown")


def test_the_log_says_what_a_withheld_cell_held(larger: StudyFolder) -> None:
    made = make_matrix(larger, rows=Rows.CODE, count=measures.CASES, publish=True)
    log = {decision.place: decision for decision in made.withheld}
    assert (log["long wait / parent"].was, log["long wait / parent"].became) == ("1", "[c]")


def test_quotes_are_without_names_and_places(larger: StudyFolder) -> None:
    heard = all_quotes(larger)
    told, log, _ = published_quotes(larger, heard, heard)
    assert len(told) == len(heard) == 15
    assert {quote.attribution for quote in told} == {"Parent, Westhay", "School, Westhay", "Health, Westhay"}
    assert all(quote.text.startswith("[name] knows that Westhay") for quote in told)
    assert {decision.kind for decision in log} == {"words"}


@pytest.mark.parametrize("columns", ["case", "source"])
def test_a_column_for_each_person_is_refused(larger: StudyFolder, columns: str) -> None:
    with pytest.raises(UsageError, match="cannot be published"):
        make_matrix(larger, columns=columns, publish=True)


def test_suggestions_are_refused(larger: StudyFolder) -> None:
    with pytest.raises(UsageError, match="unconfirmed suggestions"):
        make_matrix(larger, include_suggested=True, publish=True)


def _with(study: StudyFolder, section: str) -> StudyFolder:
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[disclosure]\n", f"[disclosure]\n{section}\n", 1), encoding="utf-8")
    return open_study(study.root)


def test_the_settings_say_how_much_may_be_told(larger: StudyFolder) -> None:
    study = _with(
        larger,
        'minimum_cases = 6\nwithheld = {waited = "[something]"}\n'
        'attributions = {Parents = "Parent or carer"}',
    )
    heard = all_quotes(study)
    told, _, _ = published_quotes(study, heard, heard)
    assert sorted({quote.attribution for quote in told}) == ["Parent or carer, Westhay", "Participant"]
    assert all("[something]" in quote.text for quote in told)
    assert make_matrix(study, publish=True).provenance.minimum_cases == 6


@pytest.mark.parametrize(
    "section",
    [
        "minimum_cases = 2",
        "minimum_cases = 3.5",
        'withheld = "x"',
        "withheld = [1]",
        "attributions = []",
        "x = 1",
    ],
)
def test_settings_that_cannot_be_used_are_named(empty_study: StudyFolder, section: str) -> None:
    with pytest.raises(ConfigError, match=r"quotegrid\.toml, line \d+: .* of \[disclosure\] cannot be used"):
        _with(empty_study, section)


def test_the_name_that_a_case_had_before_is_withheld_too(larger: StudyFolder, tmp_path: Path) -> None:
    talk = (
        "---\ninterviewer: Jo Field\nparticipant: Wilhelmina Oakes\ngroup: parent\narea: Westhay\n---\n\n"
        "**Jo Field:** And?\n\n**Wilhelmina Oakes:** They wrote to Wilhelmina Oakes, nobody else.\n"
    )
    (tmp_path / "more.md").write_text(talk, encoding="utf-8")
    import_sources(larger, [tmp_path / "more.md"], ReadingOptions())
    rename_case(larger, "Wilhelmina Oakes", "Parent 7")
    quotes = all_quotes(larger)
    told, _, _ = published_quotes(larger, [quote for quote in quotes if quote.case == "Parent 7"], quotes)
    assert [("Wilhelmina" in quote.text, "nobody else" in quote.text) for quote in told] == [(False, True)]


def test_no_quote_tells_more_with_its_column_than_enough_cases_share(
    empty_study: StudyFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "two-areas"
    folder.mkdir()
    lone = {("Ash", "Headteacher"), ("Birch", "SENCO")}
    for area in ("Ash", "Birch"):
        for role in ("Headteacher", "SENCO"):
            for number in range(1 if (area, role) in lone else 5):
                (folder / f"{area}{role}{number}.md").write_text(
                    f"---\ninterviewer: Jo Field\nparticipant: {area} {role}{number}\ngroup: school\n"
                    f"role: {role}\narea: {area}\n---\n\n**Jo Field:** And?\n\n**{area} {role}{number}:** "
                    f"It is a quick fix, and I am number {number}.\n"
                )
    import_sources(empty_study, [folder], ReadingOptions())
    for quote in all_quotes(empty_study):
        decide_segment(empty_study, quote.id, Action.APPLY, "quick fix")
    by_number = {quote.id: quote for quote in all_quotes(empty_study)}
    for columns, lone_attribution in (("area", "School, Ash"), ("group", "Headteacher")):
        made = make_matrix(empty_study, rows=Rows.CODE, columns=columns, publish=True)
        told = {quote.id: quote for quote in made.quotes}
        assert len(told) == len(by_number)
        for number, quote in told.items():
            source = by_number[number]
            if (source.area, source.role) == ("Ash", "Headteacher"):
                assert quote.attribution == lone_attribution
            if (source.area, source.role) == ("Ash", "SENCO") and columns == "area":
                assert quote.attribution.startswith("SENCO")


def test_what_is_never_told_together_is_no_matrix(larger: StudyFolder) -> None:
    config = larger.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    setting = '[disclosure]\ntogether = [["Area", "role"]]\n'
    config.write_text(text.replace("[disclosure]\n", setting, 1), encoding="utf-8")
    study = open_study(larger.root)
    assert study.settings.never_together == (frozenset({"area", "role"}),)
    with pytest.raises(UsageError, match="never published together"):
        make_matrix(study, columns="area,role", publish=True)
    study.close()


def test_a_definition_gives_no_name_away(larger: StudyFolder) -> None:
    book = larger.codebook_path.read_text(encoding="utf-8")
    named = book.replace("The money covers up the trouble for a while.", "As Person0 of Westhay says.", 1)
    larger.codebook_path.write_text(named, encoding="utf-8")
    assert make_matrix(larger).definitions["quick fix"] == "As Person0 of Westhay says."
    assert make_matrix(larger, publish=True).definitions["quick fix"] == "As [name] of Westhay says."
