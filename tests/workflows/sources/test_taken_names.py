from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.study.init_study import init_study

TALK = "Participant: Ann Lee\n\nI: So?\n\nAnn Lee: Far too far to walk.\n"
PEOPLE = "speaker,code,coder,text,ward\nAnn Lee,A1,me,long,Oak\n"
ANSWERS = "id,Source,answer\nR1,web,Far.\nR2,web,Near.\nR3,paper,Far.\nR4,paper,Near.\n"


def test_an_attribute_whose_name_is_taken_can_be_asked_for(tmp_path: Path) -> None:
    study = init_study(tmp_path / "ward", "Ward")
    people = study.root / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    for name, content in {"talk.txt": TALK, "answers.csv": ANSWERS}.items():
        (study.root / "corpus" / name).write_text(content, encoding="utf-8")
    said = {
        ("people.csv", 'the name "code" is taken: to ask for this attribute, write attribute.code.'),
        ("people.csv", 'the name "coder" is taken: to ask for this attribute, write attribute.coder.'),
        ("people.csv", 'the name "text" is taken: to ask for this attribute, write attribute.text.'),
        ("answers.csv", 'the name "source" is taken: to ask for this attribute, write own_source.'),
    }
    preview = preview_import(study, [study.root / "corpus"], ReadingOptions(), attributes=[people])
    shown = {(source.name, warning.what) for source in preview.sources for warning in source.warnings}
    shown |= {(name, warning.what) for name, warning in preview.other_warnings}
    assert {pair for pair in shown if "taken" in pair[1]} == said
    summary = import_sources(study, [study.root / "corpus"], ReadingOptions(), attributes=[people])
    told = {(name, warning.what) for name, warning in summary.warnings}
    assert {pair for pair in told if "taken" in pair[1]} == said
    for query, cases in {
        "attribute.code:A1": ["Ann Lee"],
        "attribute.coder:me": ["Ann Lee"],
        "attribute.text:long": ["Ann Lee"],
        "own_source:web": ["R1", "R2"],
        "source:answers.csv own_source:paper": ["R3", "R4"],
    }.items():
        assert [quote.case for quote in list_quotes(study, query=query)] == cases
    study.close()


@pytest.mark.parametrize("name", ["ward", "own_view"])
def test_other_names_are_free(tmp_path: Path, name: str) -> None:
    study = init_study(tmp_path / "ward", "Ward")
    (study.root / "corpus" / "talk.txt").write_text(TALK, encoding="utf-8")
    (study.root / "corpus" / "people.csv").write_text(f"speaker,{name}\nAnn Lee,A1\n", encoding="utf-8")
    summary = import_sources(study, [study.root / "corpus"], ReadingOptions())
    assert not any("taken" in warning.what for _, warning in summary.warnings)
    study.close()
