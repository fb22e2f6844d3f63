from __future__ import annotations

import json

from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.api import records
from quotegrid.workflows.coding.decide import decide_segment, decide_suggestion
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.search.quote_records import QUOTE_FIELDS, quote_records
from quotegrid.workflows.study.folder import StudyFolder


def test_every_documented_field_is_in_its_record_and_goes_into_json(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    for fields, found in (
        (QUOTE_FIELDS, quote_records(list_quotes(suggested))),
        (records.SUGGESTION_FIELDS, records.suggestion_records(suggested)),
        (records.SOURCE_FIELDS, records.source_records(suggested)),
        (records.CASE_FIELDS, records.case_records(suggested)),
        (records.CODE_FIELDS, records.code_records(suggested)),
        (records.DECISION_FIELDS, records.decision_records(suggested)),
    ):
        assert found
        for record in found:
            assert set(fields) <= set(record)
            assert json.loads(json.dumps(record)) == record


def test_a_theme_counts_its_codes_quotes_once(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    decide_segment(suggested, 1, Action.ACCEPT, "room to plan")
    coded = {one["name"]: one["coded"] for one in records.code_records(suggested)}
    assert coded == {"Money": 1, "quick fix": 1, "room to plan": 1, "Families": 0, "long wait": 0}


def test_a_skip_decides_no_suggestion(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.SKIP)
    assert len(records.suggestion_records(suggested)) == 15
