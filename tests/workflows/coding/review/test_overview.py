"""The same figure is the same on all screens at one moment."""

from __future__ import annotations

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.people.case_values import WHO
from quotegrid.domain.people.sheet import RowOrder
from quotegrid.workflows.codebook.codebook_overview import codebook_view
from quotegrid.workflows.coding.decide import decide_segment, decide_suggestion
from quotegrid.workflows.coding.review.overview import study_overview
from quotegrid.workflows.coding.review.review import Review
from quotegrid.workflows.coding.segments import code_ranges
from quotegrid.workflows.coding.status import study_status
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.people.people_sheet import people_sheet
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.read_source import list_readable
from quotegrid.workflows.study.folder import StudyFolder


def test_screens_tell_the_same_figures_also_where_parts_of_passages_are_coded(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.ACCEPT)
    decide_suggestion(suggested, 5, Action.REJECT)
    for quote in list_quotes(suggested)[:3]:
        # A passage and its first word under one code are one quote, and one passage.
        decide_segment(suggested, quote.id, Action.APPLY, "quick fix")
        first = quote.start + quote.text.index(" ")
        code_ranges(suggested, quote.source, [(quote.start, first)], "quick fix")
    last = list_quotes(suggested)[-1]
    code_ranges(suggested, last.source, [(last.start, last.start + last.text.index(" "))], "long wait")
    decide_segment(suggested, max(quote.id for quote in list_quotes(suggested)), Action.REMOVE, "long wait")
    set_case(suggested, "RAY MOSS", {"ward": "7"})

    overview, status = study_overview(suggested), study_status(suggested)
    figures = overview.figures
    sources, readable = source_records(suggested), list_readable(suggested)
    assert (figures.segments, figures.coded) == (5, 3)
    for listed in (
        [(source["segments"], source["coded"]) for source in sources],
        [(source.segments, source.coded) for source in readable],
    ):
        assert tuple(map(sum, zip(*listed, strict=True))) == (figures.segments, figures.coded)
    assert tuple(overview.by_group) == status.by_group
    assert tuple(overview.by_code) == status.by_code
    assert sum(group.coded for group in overview.by_group) == 3
    review = Review(suggested)
    review.count_progress()
    assert review.progress is not None
    assert tuple(review.progress.by_group()) == status.by_group
    assert review.waiting == figures.waiting == sum(group.total - group.done for group in overview.by_group)
    quotes = {line.code.name: line.quotes for line in codebook_view(suggested).lines}
    assert {code.name: code.coded for code in overview.by_code}.items() <= quotes.items()
    people = people_sheet(suggested, RowOrder.LACKING).rows
    assert len(people) == figures.cases == len(case_records(suggested)) == status.cases
    assert sum(bool(person.lacking(WHO)) for person in people) == figures.incomplete == 0
