from __future__ import annotations

from dataclasses import replace

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.search.quotes import (
    attribute_names,
    load_quotes,
)
from quotegrid.storage.sources.sources import add_source
from tests.storage.decisions import add_decision
from tests.storage.samples import TALK, interview, report

ON_BOTH_ENGINES = True
TALK_TEXT = interview("talk.txt", *TALK).text


@pytest.fixture
def heard(database: Database) -> Database:
    """The interview (segments 1 to 3), a report (4 and 5) and another interview (6)."""
    with database.session(write=True) as session:
        add_source(
            session,
            report(
                "Report.txt",
                ("A patch on a roof.", "LA leaders", "local authority"),
                ("No 🙂 change.", "Parent", None),
            ),
        )
        add_source(
            session,
            interview("again.txt", ("Ray", "Still waiting."), area="Southby", attributes={"region": "east"}),
        )
    return database


def _decide(database: Database, coder: str, action: Action, segment: int, code: str) -> None:
    with database.session(write=True) as session:
        add_decision(
            session,
            coder=coder_id(session, coder),
            action=action,
            segment=segment,
            code=code_ids(session)[code],
        )


def _quotes(database: Database) -> dict[int, Quote]:
    with database.session() as session:
        return {quote.id: quote for quote in load_quotes(session)}


def test_quotes_come_by_source_without_regard_to_case_and_then_by_place(heard: Database) -> None:
    with heard.session() as session:
        quotes = load_quotes(session)
    assert [(quote.source, quote.id) for quote in quotes] == [
        ("again.txt", 6),
        ("Report.txt", 4),
        ("Report.txt", 5),
        ("talk.txt", 1),
        ("talk.txt", 2),
        ("talk.txt", 3),
    ]


def test_a_quote_is_exactly_the_text_at_its_place_and_tells_who_said_it(heard: Database) -> None:
    quote = _quotes(heard)[1]
    assert quote.text == "It is a quick fix. 🙂 Nothing else." == TALK_TEXT[quote.start : quote.end]
    assert (quote.case, quote.group, quote.role, quote.area) == (
        "Ada Stone",
        "school",
        "Headteacher",
        "Westhay",
    )
    assert (quote.kind, quote.heading, quote.attributes) == (SegmentKind.TURN, None, {"wave": "1"})


def test_a_reports_quote_has_the_role_it_prints_and_the_reports_area_and_no_case(heard: Database) -> None:
    first, second = _quotes(heard)[4], _quotes(heard)[5]
    assert (first.case, first.group, first.role, first.area) == (
        None,
        "local authority",
        "LA leaders",
        "Northmoor",
    )
    assert (first.kind, first.heading, first.attributes) == (SegmentKind.BLOCK, "Heard", {"wave": "2"})
    assert (second.text, second.group, second.role) == ("No 🙂 change.", None, "Parent")


def test_what_is_known_of_a_case_goes_before_what_is_known_of_its_source(heard: Database) -> None:
    quote = _quotes(heard)[6]
    assert (quote.case, quote.area) == ("Ray Moss", "Eastlow")
    assert quote.attributes == {"region": "east"}


def test_codes_stand_in_the_order_of_the_codebook_and_once_for_two_coders(heard: Database) -> None:
    _decide(heard, "jo", Action.APPLY, 1, "long wait")
    _decide(heard, "sam", Action.APPLY, 1, "long wait")
    _decide(heard, "jo", Action.APPLY, 1, "quick fix")
    _decide(heard, "jo", Action.REJECT, 2, "quick fix")
    assert _quotes(heard)[1].codes == ("quick fix", "long wait")
    assert _quotes(heard)[2].codes == ()
    _decide(heard, "jo", Action.REMOVE, 1, "long wait")
    assert _quotes(heard)[1].codes == ("quick fix", "long wait")
    _decide(heard, "sam", Action.REMOVE, 1, "long wait")
    assert _quotes(heard)[1].codes == ("quick fix",)


def test_suggestions_are_carried_along_apart_from_the_codes(heard: Database) -> None:
    with heard.session() as session:
        quotes = load_quotes(session, suggested={2: ("quick fix", "long wait")})
    assert {quote.id: quote.suggested for quote in quotes if quote.suggested} == {
        2: ("quick fix", "long wait")
    }
    assert all(quote.codes == () for quote in quotes)


def test_only_the_quotes_asked_for_are_loaded_and_they_are_the_same(heard: Database) -> None:
    _decide(heard, "jo", Action.APPLY, 4, "quick fix")
    every = _quotes(heard)
    with heard.session() as session:
        assert load_quotes(session, only=[4, 2, 99]) == [every[4], every[2]]
        assert load_quotes(session, only=[]) == []


def test_the_attributes_of_cases_and_sources_are_named_once(heard: Database) -> None:
    with heard.session() as session:
        assert attribute_names(session) == ["region", "wave"]


def test_a_quote_knows_the_page_on_which_it_begins(database: Database) -> None:
    with database.session(write=True) as session:
        printed = interview("printed.pdf", ("Ada", "One."), ("Ada", "Two."), ("Ada", "Three."))
        second, third = printed.segments[1].start, printed.segments[2].start
        add_source(session, replace(printed, pages=(0, second, third + 1)))
    with database.session() as session:
        pages = [quote.page for quote in load_quotes(session) if quote.source == "printed.pdf"]
        others = {quote.page for quote in load_quotes(session) if quote.source != "printed.pdf"}
    assert pages == [1, 2, 2]
    assert others == {None}
