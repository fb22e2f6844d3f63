from __future__ import annotations

import json

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.exchange.listing import columns_of
from quotegrid.workflows.codebook.list_codes import ListedCode, code_records
from quotegrid.workflows.coding.decide import decide_segment, decide_suggestion
from quotegrid.workflows.coding.list_decisions import ListedDecision, decision_records
from quotegrid.workflows.people.list_cases import ListedCase, case_records
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.search.quote_records import ListedQuote, quote_records
from quotegrid.workflows.sources.list_sources import ListedSource, source_records
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.list_suggestions import ListedSuggestion, suggestion_records


def test_every_documented_field_is_in_its_record_and_goes_into_json(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    for listing, found in (
        (ListedQuote, quote_records(list_quotes(suggested))),
        (ListedSuggestion, suggestion_records(suggested)),
        (ListedSource, source_records(suggested)),
        (ListedCase, case_records(suggested)),
        (ListedCode, code_records(suggested)),
        (ListedDecision, decision_records(suggested)),
    ):
        assert found
        for record in found:
            assert {column.name for column in columns_of(listing)} == set(record)
            assert json.loads(json.dumps(record)) == record


def test_a_theme_counts_its_codes_quotes_once(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    decide_segment(suggested, 1, Action.ACCEPT, "room to plan")
    coded = {record["name"]: record["coded"] for record in code_records(suggested)}
    assert coded == {"Money": 1, "quick fix": 1, "room to plan": 1, "Families": 0, "long wait": 0}


def test_a_skip_decides_no_suggestion(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.SKIP)
    assert len(suggestion_records(suggested)) == 15
