"""Attributes tables that are imported alone, after the sources that they are about."""

from __future__ import annotations

from pathlib import Path

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_messages import import_lines
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.import_summary import ImportSummary
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import PARENT


def _import(study: StudyFolder, path: Path, text: str) -> ImportSummary:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return import_sources(study, [path], ReadingOptions())


def _values(study: StudyFolder, name: str) -> dict[str, str | None]:
    return {quote.source: quote.attributes.get(name) for quote in all_quotes(study)}


def test_a_table_alone_reaches_the_sources_and_people_that_are_there(
    study: StudyFolder, tmp_path: Path
) -> None:
    rows = "source,speaker,site,visit\nhead,,north,\n,RAY MOSS,,3\n"
    summary = _import(study, tmp_path / "more.csv", rows)
    assert _values(study, "site") == {"head.md": "north", "parent.txt": None}
    assert _values(study, "visit") == {"head.md": None, "parent.txt": "3"}
    assert summary.differences == [
        'RAY MOSS: visit "3", was not known',
        'head.md: site "north", was not known',
    ]
    assert (summary.values_changed, summary.unmatched) == (2, [])
    again = _import(study, tmp_path / "more.csv", rows.replace("north", "south").replace(",3", ","))
    assert again.differences == [
        'RAY MOSS: visit not known, was "3"',
        'head.md: site "south", was "north"',
    ]
    assert "  Changed: " + again.differences[1] in [line.text for line in import_lines(again)]


def test_rows_about_nothing_in_the_study_are_told_with_their_line(study: StudyFolder, tmp_path: Path) -> None:
    rows = "source,speaker,site\nhaed.md,,north\nhead.md,Ada Ston,north\nhead.md,Ada Stone,east\n,Kim,west\n"
    summary = _import(study, tmp_path / "more.csv", rows)
    assert summary.unmatched == [
        ("more.csv", 2, 'no source is called "haed.md"'),
        ("more.csv", 3, 'nobody called "Ada Ston" speaks in "head.md"'),
        ("more.csv", 5, 'nobody called "Kim" speaks'),
    ]
    told = [line.text for line in import_lines(summary) if line.is_warning]
    assert told[0] == '  Not used: more.csv:2: no source is called "haed.md"'
    assert _values(study, "site")["head.md"] == "east"


def test_a_row_about_who_asks_or_an_area_that_nobody_is_from_is_no_row_about_nothing(
    study: StudyFolder, tmp_path: Path
) -> None:
    (tmp_path / "areas.csv").write_text("area,region\nNowhere,north\n", encoding="utf-8")
    asking = _import(study, tmp_path / "asking.csv", "source,speaker,role\nhead.md,JO FIELD,Interviewer\n")
    areas = import_sources(study, [tmp_path / "areas.csv"], ReadingOptions())
    assert (asking.unmatched, areas.unmatched) == ([], [])


def test_a_table_of_the_second_waves_folder_leaves_the_first_wave_as_it_is(
    study: StudyFolder, tmp_path: Path
) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for wave, folder in enumerate(folders, start=1):
        folder.mkdir()
        talk = PARENT.replace("Fourteen", f"In wave {wave}, fourteen").replace("RAY MOSS", "KIM LOW")
        (folder / f"kim-{wave}.txt").write_text(talk, encoding="utf-8")
        (folder / "attributes.csv").write_text(f"speaker,visit\nKIM LOW,{wave}\n", encoding="utf-8")
        summary = import_sources(study, [folder], ReadingOptions())
        assert summary.warnings == []
    values = _values(study, "visit")
    assert (values["kim-1.txt"], values["kim-2.txt"]) == ("1", "2")


def test_beside_other_files_a_table_reaches_the_sources_that_it_names_and_no_others(
    study: StudyFolder, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "kim.txt").write_text(PARENT.replace("RAY MOSS", "KIM LOW"), encoding="utf-8")
    (folder / "people.csv").write_text("speaker,visit\nAda Stone,1\nKIM LOW,2\n", encoding="utf-8")
    (folder / "sites.csv").write_text("source,site\nparent,north\nkim,south\n", encoding="utf-8")
    import_sources(study, [folder], ReadingOptions())
    assert _values(study, "visit") == {"head.md": None, "parent.txt": None, "kim.txt": "2"}
    assert _values(study, "site") == {"head.md": None, "parent.txt": "north", "kim.txt": "south"}
