from __future__ import annotations

from sqlmodel import select

from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.search.quotes import load_quotes
from quotegrid.storage.sources.hand_made import add_hand_made, utterance_at
from quotegrid.storage.sources.segment_references import (
    segments_by_guid,
    segments_by_number,
    segments_by_place,
)
from quotegrid.storage.tables import SegmentRow


def test_segments_are_found_by_their_places_their_guids_and_their_numbers(database: Database) -> None:
    with database.session() as session:
        quotes = {quote.id: quote for quote in load_quotes(session)}
        places = {(quotes[number].source, quotes[number].start, quotes[number].end) for number in (2, 3)}
        source, start, end = min(places)
        found = segments_by_place(session, {*places, (source, start, end - 1), ("again.txt", start, end)})
        assert {place: segment.number for place, segment in found.items()} == {
            (quotes[number].source, quotes[number].start, quotes[number].end): number for number in (2, 3)
        }
        guids = dict(session.exec(select(SegmentRow.guid, SegmentRow.id)).all())
        second = next(guid for guid, number in guids.items() if number == 2)
        assert [found.number for found in segments_by_guid(session, [second]).values()] == [2]
        assert segments_by_guid(session, [second.upper()]) == {}
        numbered = segments_by_number(session, [2, 3, 99])
        assert set(numbered) == {2, 3}
        assert (numbered[2].start, numbered[2].end) == (quotes[2].start, quotes[2].end)
        assert segments_by_place(session, []) == {}


def test_a_segment_is_found_also_while_no_coding_stands_on_it(database: Database) -> None:
    with database.session(write=True) as session:
        quote = next(quote for quote in load_quotes(session) if quote.id == 2)
        source = segments_by_number(session, [2])[2].source
        turn = utterance_at(session, source, quote.start, quote.end)
        assert turn is not None
        end = quote.start + len(quote.text.split()[0])
        made = add_hand_made(session, turn, quote.start, end, coder_id(session, "jo"))
        found = segments_by_place(session, [(quote.source, quote.start, end)])
        assert [(segment.number, segment.is_hand_made) for segment in found.values()] == [(made, True)]
        assert not segments_by_number(session, [2])[2].is_hand_made
