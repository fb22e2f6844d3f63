from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.sources.model import SourceKind
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.report.tell_amounts import Amount, people_of, scale_of, tell_amounts
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.reading import read_everything


def settings(study: StudyFolder, text: str) -> StudyFolder:
    """The study again, with more in its settings."""
    path = study.root / "quotegrid.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    study.close()
    return open_study(study.root)


def of(found: list[Amount] | tuple[Amount, ...], row: str, column: str) -> Amount:
    return next(amount for amount in found if (amount.row, amount.column) == (row, column))


def test_each_group_is_told_by_cases_with_its_dissent(study: StudyFolder) -> None:
    read_everything(study)
    for segment in (1, 2):
        decide_segment(study, segment, Action.APPLY, "quick fix")
    decide_segment(study, 5, Action.APPLY, "quick fix", stance=Stance.DISPUTES)
    found = list(tell_amounts(study, rows=Rows.CODE).amounts)
    school, parent, both = (of(found, "quick fix", name) for name in ("school", "parent", "all"))
    assert (school.cases, school.base, dict(school.stances)) == (1, 1, {})
    assert school.sentence == 'The only one heard of the school participants spoke of "quick fix".'
    assert parent.sentence.endswith('spoke of "quick fix", and disputed it.')
    assert dict(parent.stances) == {"disputes": 1}
    assert (both.cases, both.base, both.word, both.amount) == (2, 2, "both", "both")
    assert both.sentence == 'Both participants spoke of "quick fix"; one of them disputed it.'


def test_a_silent_group_is_told_and_so_is_one_that_nobody_was_heard_of(study: StudyFolder) -> None:
    read_everything(study)
    found = list(tell_amounts(study).amounts)
    silent = of(found, "Money", "parent")
    assert (silent.cases, silent.base, silent.word) == (0, 1, "none")
    unheard = of(found, "Money", "college")
    assert (unheard.cases, unheard.base, unheard.word, unheard.amount) == (None, 0, None, "nobody was asked")
    assert unheard.sentence == 'Nobody of the college participants was asked about "Money".'


def test_people_and_words_are_those_of_the_settings(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    text = '[amounts]\nsmallest_base = 1\npeople = {Schools = "school leaders"}\n'
    text += 'words = {hardly = [0, 0.5], "the bulk" = [0.5, 1]}\n'
    again = settings(study, text)
    try:
        assert people_of(again, "school") == "school leaders"
        assert people_of(again, "Westhay", "area") == "participants in Westhay"
        assert people_of(again, "2", "wave") == "participants with wave 2"
        assert scale_of(again).word(1, 2) == "the bulk"
        found = tell_amounts(again, only=["quick fix"])
        assert {amount.row for amount in found.amounts} == {"quick fix"}
        assert "school leaders" in of(list(found.amounts), "quick fix", "school").sentence
        assert any("the bulk from 50% to under 100%" in note for note in found.notes)
    finally:
        again.close()


def test_what_a_published_matrix_withholds_is_not_told(publishable: StudyFolder) -> None:
    read_everything(publishable)
    decide_segment(publishable, 1, Action.APPLY, "quick fix", stance=Stance.DISPUTES)
    for amount in tell_amounts(publishable, rows=Rows.CODE, publish=True).amounts:
        assert not amount.stances
        if amount.row == "quick fix" and amount.base:
            assert (amount.cases, amount.word, amount.amount) == (None, None, None)
            assert amount.sentence.endswith('spoke of "quick fix" is withheld.')


def test_other_attributes_can_be_told_but_not_cases_nor_sources(study: StudyFolder) -> None:
    columns = {amount.column for amount in tell_amounts(study, columns="wave").amounts}
    assert columns == {"1", "2", "all"}
    for columns_asked in ("case", "source", "group,area"):
        with pytest.raises(UsageError, match="amounts are given for groups of cases"):
            tell_amounts(study, columns=columns_asked)
    with pytest.raises(UnknownNameError):
        tell_amounts(study, columns="weather")


def test_amounts_are_of_the_cases_read_to_the_end(study: StudyFolder) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    school = of(list(tell_amounts(study).amounts), "Money", "school")
    assert (school.cases, school.base, school.heard, school.amount) == (None, 0, 1, "not read yet")
    assert school.sentence == (
        'Nobody of the school participants is read to the end, so how many spoke of "Money" cannot be told.'
    )
    mark_read(study, ["head.md"])
    told = tell_amounts(study)
    both = of(list(told.amounts), "Money", "all")
    assert (both.cases, both.base, both.heard) == (1, 1, 2)
    assert both.sentence == 'The only one read to the end of the participants spoke of "Money".'
    assert "Counted: cases who said it at least once, of all cases read to the end." in told.notes
    assert any("1 of the 2 cases heard is not read to the end" in note for note in told.notes)
    heard = of(list(tell_amounts(study, of=SharesOf.HEARD).amounts), "Money", "all")
    assert (heard.cases, heard.base, heard.sentence) == (1, 2, 'One of the 2 participants spoke of "Money".')


def test_of_quotes_that_name_nobody_no_number_of_people_is_told(study: StudyFolder) -> None:
    report = Path(__file__).parents[3] / "docs" / "example-report.md"
    import_sources(study, [report], ReadingOptions(kind=SourceKind.REPORT))
    said = [quote for quote in all_quotes(study) if quote.case is None and quote.role]
    role = said[0].role or ""
    decide_segment(study, said[0].id, Action.APPLY, "quick fix")
    found = tell_amounts(study, rows=Rows.CODE, columns="role").amounts
    alike = sum((quote.role or "").casefold() == role.casefold() for quote in said)
    of_role = {amount.row: amount for amount in found if amount.column.casefold() == role.casefold()}
    assert (of_role["quick fix"].cases, of_role["quick fix"].amount) == (None, None)
    assert of_role["quick fix"].sentence.startswith(f"1 of the {alike} quote")
    assert of_role["quick fix"].sentence.endswith("how many people that is cannot be told.")
    assert alike == 1
    assert of_role["long wait"].sentence.startswith("The only quote from participants with role")
