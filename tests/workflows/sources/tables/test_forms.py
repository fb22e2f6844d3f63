from __future__ import annotations

from collections.abc import Callable

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.sources.tables.columns import remembered_columns
from quotegrid.workflows.sources.tables.questions import (
    Meaning,
    asks_for_columns,
    columns_from_meanings,
    table_columns,
    with_meaning,
)
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import Result

HEAD = "Nr,Unit,Changed?,Shift,Sent\n"
FLAGS = ("--text", "Changed?", "--column", "case=Nr", "--column", "group=Unit")


def test_a_second_wave_of_the_same_form_needs_no_second_saying(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "may.csv").write_text(HEAD + "1,porters,No lifts.,day,a\n2,nurses,No pumps.,day,b\n", "utf-8")
    assert run("-C", empty_study.root, "import", corpus / "may.csv", *FLAGS).code == 0
    (corpus / "june.csv").write_text(HEAD + "3,porters,Still none.,night,c\n", encoding="utf-8")
    study = open_study(empty_study.root)
    found = remembered_columns(study.settings, "may.csv")
    assert found is not None
    assert (found.attributes, found.left_out) == (("Shift",), ("Sent",))
    assert not asks_for_columns(study, corpus / "june.csv")
    summary = import_sources(study, [corpus], ReadingOptions())
    assert [source.name for source in summary.imported] == ["june.csv"]
    assert 'read as you said of "may.csv"' in str(summary.warnings[0][1])
    quote = next(quote for quote in all_quotes(study) if quote.case == "3")
    assert (quote.group, quote.text, dict(quote.attributes)) == ("porters", "Still none.", {"shift": "night"})
    study.close()


def test_columns_that_went_and_came_are_named_and_the_others_read_as_before(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    file = empty_study.root / "corpus" / "may.csv"
    file.write_text(HEAD + "1,porters,No lifts.,day,a\n2,nurses,No pumps.,day,b\n", encoding="utf-8")
    assert run("-C", empty_study.root, "import", file, *FLAGS).code == 0
    file.write_text("Nr,Ward,Changed?,Sent\n1,porters,No lifts.,a\n2,nurses,Some.,b\n", encoding="utf-8")
    study = open_study(empty_study.root)
    (source,) = preview_import(study, [file], ReadingOptions()).sources
    study.close()
    assert "no longer has the columns" in str(source.warnings[0])
    assert '"Unit", "Shift"; nothing was said of the columns "Ward"' in str(source.warnings[0])
    assert [(speaker.label, speaker.example) for speaker in source.speakers] == [
        ("1", "No lifts."),
        ("2", "Some."),
    ]


def test_a_meaning_that_only_one_column_can_have_is_taken_from_another(empty_study: StudyFolder) -> None:
    file = empty_study.root / "survey.csv"
    file.write_text(HEAD + "1,porters,No lifts.,day,a\n", encoding="utf-8")
    columns = with_meaning(table_columns(file), 0, Meaning.CASE)
    columns = with_meaning(with_meaning(columns, 2, Meaning.ANSWER), 4, Meaning.CASE)
    assert [column.meaning.value for column in columns] == [
        "left out",
        "left out",
        "answer",
        "left out",
        "case",
    ]
    found = columns_from_meanings(columns)
    assert found is not None
    assert (found.text, found.case, found.left_out) == (("Changed?",), "Sent", ("Nr", "Unit", "Shift"))
    assert columns_from_meanings(with_meaning(columns, 2, Meaning.LEFT_OUT)) is None
