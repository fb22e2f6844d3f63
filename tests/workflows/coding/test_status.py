from __future__ import annotations

from collections import Counter

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_suggestion
from quotegrid.workflows.coding.status import study_status
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.list_suggestions import suggestion_records
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.conftest import CODEBOOK, HEAD


def test_the_next_step_leads_through_the_whole_job(empty_study: StudyFolder) -> None:
    def next_step() -> str:
        return study_status(empty_study).next_step

    empty_study.codebook_path.write_text("themes: []\n", encoding="utf-8")
    assert next_step() == "Put transcripts into corpus/ and run: quotegrid import corpus"
    file = empty_study.root / "corpus" / "head.md"
    file.write_text(HEAD, encoding="utf-8")
    import_sources(empty_study, [file], ReadingOptions())
    assert next_step() == "Write codes into codebook/codebook.yaml"
    empty_study.codebook_path.write_text(CODEBOOK, encoding="utf-8")
    assert next_step() == "Let codes be suggested: quotegrid suggest"
    suggest_codes(empty_study, at_least=0.0)
    assert next_step() == "Confirm or reject suggestions: quotegrid"
    for record in suggestion_records(empty_study):
        decide_suggestion(empty_study, record["id"], Action.REJECT)
    assert next_step() == "All 9 suggestions are decided. Export: quotegrid matrix -o exports/matrix.xlsx"


def test_what_is_undone_is_not_decided(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    decide_suggestion(suggested, 10, Action.REJECT)
    status = study_status(suggested)
    assert (status.decided, status.codings, status.coded_segments) == (2, 1, 1)
    undo(suggested)
    undo(suggested)
    status = study_status(suggested)
    assert (status.decided, status.codings, status.coded_segments) == (0, 0, 0)
    assert [(line.name, line.done, line.total, line.coded) for line in status.by_group] == [
        ("school", 0, 9, 0),
        ("parent", 0, 6, 0),
    ]


def test_figures_equal_a_recount_from_the_quotes(suggested: StudyFolder) -> None:
    for number, action in ((1, Action.ACCEPT), (2, Action.ACCEPT), (11, Action.ACCEPT), (10, Action.REJECT)):
        decide_suggestion(suggested, number, action)
    status = study_status(suggested)
    quotes = all_quotes(suggested)
    assert {line.name: line.coded for line in status.by_group} == {
        group: sum(bool(quote.codes) for quote in quotes if quote.group == group)
        for group in {quote.group for quote in quotes}
    }
    assert {line.name: line.coded for line in status.by_code} == {
        line.name: sum(line.name in quote.codes for quote in quotes) for line in status.by_code
    }
    waiting = [record["code"] for record in suggestion_records(suggested)]
    assert {line.name: line.total - line.done for line in status.by_code} == Counter(waiting)
    assert sum(line.done for line in status.by_code) == 4
    assert status.coded_segments == sum(bool(quote.codes) for quote in quotes)
