from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.sources.model import Certainty, Source, Speaker, Voice, segment_guid, source_guid
from quotegrid.domain.sources.recognition import KnownSource
from quotegrid.domain.text.normalise import text_hash, word_hash
from quotegrid.errors import RepairError
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.people.cases import list_cases
from quotegrid.storage.search.quotes import attribute_names, load_quotes
from quotegrid.storage.sources.source_attributes import (
    labels_of,
    quoted_areas,
    set_area_attributes,
    set_attributes,
    source_areas,
)
from quotegrid.storage.sources.sources import (
    add_source,
    find_source,
    has_turns,
    known_sources,
    list_sources,
    remove_source,
    segment_texts,
    text_around,
    turns_around,
    update_file,
)
from quotegrid.storage.suggestions.suggestions import change_suggestions
from quotegrid.storage.tables import AttributeRow, SegmentRow, TurnRow
from tests.engines import contents
from tests.storage.decisions import add_decision
from tests.storage.samples import ADA, RAY, TALK, interview, report

ON_BOTH_ENGINES = True
TALK_SOURCE = interview("talk.txt", *TALK)


def _cases(session: Session) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(case.name, case.area, case.sources) for case in list_cases(session)]


def test_a_source_is_stored_with_its_turns_cases_and_segments(database: Database) -> None:
    with database.session() as session:
        (source,) = list_sources(session)
        cases = list_cases(session)
        texts = [text for _, _, _, text in segment_texts(session)]
    assert (source.name, source.kind, source.date, source.title) == (
        "talk.txt",
        "transcript",
        "2025-01-15",
        None,
    )
    assert (source.characters, source.turns, source.segments) == (len(TALK_SOURCE.text), 5, 3)
    assert source.cases == ("Ada Stone", "Ray Moss")
    assert texts == [words for label, words in TALK if label != "Jo"]
    assert [(case.name, case.group, case.role, case.area, case.segments) for case in cases] == [
        ("Ada Stone", "school", "Headteacher", "Westhay", 2),
        ("Ray Moss", "parent", "Parent", "Eastlow", 1),
    ]
    assert [case.attributes for case in cases] == [{"wave": "1"}, {}]


def test_the_same_source_has_the_same_guids_on_every_machine(database: Database) -> None:
    with database.session() as session:
        (source,) = list_sources(session)
        segments = session.exec(select(SegmentRow)).all()
    assert source.guid == source_guid("talk.txt", text_hash(TALK_SOURCE.text))
    assert [row.guid for row in segments] == [
        segment_guid(source.guid, segment.start, segment.end) for segment in TALK_SOURCE.segments
    ]


def test_who_asks_the_questions_is_no_case(database: Database) -> None:
    with database.session() as session:
        (source,) = list_sources(session)
        labels = labels_of(session, source.id)
        cases = {case.name: case.id for case in list_cases(session)}
        asked = session.exec(select(TurnRow).where(TurnRow.label == "Jo")).all()
    assert labels == {"Ada": cases["Ada Stone"], "Ray": cases["Ray Moss"]}
    assert [(row.case_id, row.is_interviewer) for row in asked] == [(None, True), (None, True)]


def test_a_source_is_found_by_its_name(database: Database) -> None:
    with database.session() as session:
        found = find_source(session, "talk.txt")
        assert found is not None
        assert found.text == TALK_SOURCE.text
        assert find_source(session, "Talk.txt") is None


def test_what_tells_a_source_again_is_known_without_its_text(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, interview("more.txt", ("Ray", "No.")), "corpus/more.txt")
        add_decision(session, coder=coder_id(session, "jo"), action=Action.SKIP, segment=1, code=None)
        talk, more = known_sources(session)
    text = TALK_SOURCE.text
    assert talk == KnownSource(
        1, "talk.txt", "", "hash of talk.txt", text_hash(text), word_hash(text), 1, standing=1
    )
    assert (more.id, more.name, more.path, more.decisions) == (2, "more.txt", "corpus/more.txt", 0)


def test_another_file_can_hold_a_sources_text_and_everything_on_it_stays(database: Database) -> None:
    with database.session(write=True) as session:
        before = list_sources(session)[0]
        update_file(session, before.id, name="new.txt", path="corpus/new.txt", file_hash="another")
        (after,) = list_sources(session)
        (known,) = known_sources(session)
    assert after == replace(before, name="new.txt", file_hash="another")
    assert (known.name, known.path, known.file_hash) == ("new.txt", "corpus/new.txt", "another")


def test_a_name_and_text_that_a_renamed_source_had_give_another_guid(database: Database) -> None:
    with database.session(write=True) as session:
        update_file(session, 1, name="new.txt", path="", file_hash="x")
        add_source(session, TALK_SOURCE)
        guids = [source.guid for source in list_sources(session)]
        segments = [row.guid for row in session.exec(select(SegmentRow))]
    assert len(set(guids)) == 2
    assert len(set(segments)) == 6


def test_the_same_turns_are_those_with_the_same_places_labels_and_parts(database: Database) -> None:
    turns = TALK_SOURCE.turns
    with database.session() as session:
        assert has_turns(session, 1, turns)
        assert not has_turns(session, 1, turns[:-1])
        assert not has_turns(session, 1, [replace(turns[0], label="Kim"), *turns[1:]])
        assert not has_turns(session, 1, [replace(turns[0], is_interviewer=False), *turns[1:]])
        assert not has_turns(session, 1, [*turns[:-1], replace(turns[-1], end=turns[-1].end - 1)])


def test_one_name_is_one_case_and_what_is_known_of_it_adds_up(database: Database) -> None:
    speakers = {"Ada": Speaker("ADA STONE", area="westhay", attributes={"region": "west"})}
    with database.session(write=True) as session:
        warnings = add_source(session, interview("again.txt", ("Ada", "Still a fix."), speakers=speakers))
    assert warnings == []
    with database.session() as session:
        ada = list_cases(session)[0]
        assert len(list_cases(session)) == 2
    assert (ada.name, ada.group, ada.role) == ("Ada Stone", "school", "Headteacher")
    assert ada.attributes == {"wave": "1", "region": "west"}
    assert ada.sources == ("again.txt", "talk.txt")


@pytest.mark.parametrize(("first", "second"), [("Élodie", "ÉLODIE"), ("Straße", "STRASSE"), ("Ray", "RAY")])
def test_a_name_is_one_case_whatever_its_case_in_any_alphabet(
    database: Database, first: str, second: str
) -> None:
    with database.session(write=True) as session:
        for number, name in enumerate((first, first, second)):
            talk = interview(f"{number}.txt", ("A", f"Number {number}."), speakers={"A": Speaker(name)})
            assert add_source(session, talk) == []
        cases = [case for case in list_cases(session) if case.name == first]
    assert [len(case.sources) for case in cases] == [3]


def test_one_name_for_two_people_is_two_cases_and_a_warning(database: Database) -> None:
    other = replace(ADA, group="parent")
    with database.session(write=True) as session:
        warnings = add_source(session, interview("wave2/other.txt", ("Ada", "No."), speakers={"Ada": other}))
    assert [str(warning) for warning in warnings] == [
        '"Ada Stone" is "school" in another source and "parent" here; kept apart as "Ada Stone (other)". '
        'If they are one person, join them with "quotegrid cases merge".'
    ]
    with database.session() as session:
        names = [case.name for case in list_cases(session)]
        first = list_cases(session)[0]
    assert names == ["Ada Stone", "Ada Stone (other)", "Ray Moss"]
    assert (first.group, first.role, first.area) == (ADA.group, ADA.role, ADA.area)


def test_a_source_that_is_taken_out_leaves_nothing_of_its_own(database: Database) -> None:
    before = contents(database)
    new = Speaker("Kim Hall", group="health", attributes={"wave": "2"})
    other = interview(
        "other.txt",
        ("Kim", "Nothing changed."),
        ("Ray", "No."),
        speakers={"Kim": new, "Ray": RAY},
        attributes={"region": "west"},
    )
    with database.session(write=True) as session:
        add_source(session, other)
        change_suggestions(session, {4: {code_ids(session)["long wait"]: (0.5, 1, {})}}, "m")
    assert contents(database) != before
    with database.session(write=True) as session:
        found = find_source(session, "other.txt")
        assert found is not None
        assert found.id is not None
        remove_source(session, found.id)
    # Ray speaks elsewhere and stays, Kim does not.
    assert contents(database) == before


def _with_participant(source: Source) -> Source:
    """The report with its first quote said by a participant, for a box, an area and a voice."""
    first, *others = source.segments
    quoted = replace(
        first,
        case="P7",
        role="P7",
        group=None,
        certainty=Certainty.UNSURE,
        voice=Voice.PERSON,
        headings=("What we heard", "Heard"),
        box="Heard",
        area="Eastlow",
        attributes={"wave": "4", "region": "east"},
    )
    speaker = Speaker(f"{source.name.removesuffix('.txt')} P7", group="parent", attributes={"wave": "3"})
    return replace(source, speakers={"P7": speaker}, segments=(quoted, *others))


def test_a_participant_whom_a_report_quotes_is_a_case_with_its_source_and_segments(
    database: Database,
) -> None:
    quoted = _with_participant(report("Final.txt", ("A patch.", "", None), ("A roof.", "Parent", "parent")))
    with database.session(write=True) as session:
        assert add_source(session, quoted) == []
        found = find_source(session, "Final.txt")
        assert found is not None
        assert found.id is not None
        ((label, case),) = labels_of(session, found.id).items()
    with database.session() as session:
        (summary,) = [listed for listed in list_cases(session) if listed.id == case]
        assert (label, summary.name, summary.group) == ("P7", "Final P7", "parent")
        assert (summary.sources, summary.segments, summary.attributes) == (("Final.txt",), 1, {"wave": "3"})
        assert {source.name: source.cases for source in list_sources(session)}["Final.txt"] == ("Final P7",)
        first, second = [quote for quote in load_quotes(session) if quote.source == "Final.txt"]
    assert (first.case, first.group, first.role, first.area) == ("Final P7", "parent", "P7", "Eastlow")
    assert (first.attributes, second.attributes) == ({"wave": "4", "region": "east"}, {"wave": "2"})
    assert (first.certainty, first.voice) == (Certainty.UNSURE, Voice.PERSON)
    assert (first.headings, first.box) == (("What we heard", "Heard"), "Heard")
    assert (second.case, second.area, second.certainty, second.headings) == (None, "Northmoor", None, ())


def test_a_quotes_own_area_brings_its_attributes_and_later_ones_are_counted_when_they_change(
    database: Database,
) -> None:
    other = report("Final.txt", ("A patch.", "Parent", "parent"), ("A roof.", "Parent", "parent"))
    first, second = other.segments
    with database.session(write=True) as session:
        add_source(session, replace(other, segments=(replace(first, area="Eastlow"), second)))
        assert quoted_areas(session) == ["Eastlow"]
        assert set_area_attributes(session, "Eastlow", {"wave": "5", "size": "9"}) == 2
        assert set_area_attributes(session, "Eastlow", {"wave": "6", "size": "9"}) == 1
        assert set_area_attributes(session, "Northmoor", {"wave": "6"}) == 0
    with database.session() as session:
        found = [quote.attributes for quote in load_quotes(session) if quote.source == "Final.txt"]
        assert found == [{"wave": "6", "size": "9"}, {"wave": "2"}]
        assert "size" in attribute_names(session)


def test_a_participant_stays_when_another_source_is_taken_out_and_goes_with_the_report(
    database: Database,
) -> None:
    quoted = _with_participant(report("Final.txt", ("A patch.", "", None)))
    before = contents(database)
    with database.session(write=True) as session:
        add_source(session, interview("other.txt", ("Kim", "No."), speakers={"Kim": Speaker("Kim Hall")}))
        add_source(session, quoted)
        for name, left in (("other.txt", {"Ada Stone", "Ray Moss", "Final P7"}), ("Final.txt", None)):
            found = find_source(session, name)
            assert found is not None
            assert found.id is not None
            remove_source(session, found.id)
            if left is not None:
                assert {case.name for case in list_cases(session)} == left
    assert contents(database) == before


def test_a_source_with_decisions_cannot_be_taken_out(database: Database) -> None:
    with database.session(write=True) as session:
        (source,) = list_sources(session)
        add_decision(session, coder=coder_id(session, "jo"), action=Action.SKIP, segment=1, code=None)
    before = contents(database)
    with pytest.raises(RepairError, match=r"(?i)foreign key constraint"):
        with database.session(write=True) as session:
            remove_source(session, source.id)
    assert contents(database) == before


def test_attributes_are_counted_as_changed_only_when_they_change(database: Database) -> None:
    with database.session(write=True) as session:
        source = list_sources(session)[0].id
        assert set_attributes(session, source, {"wave": "3", "region": "west"}) == 2
        assert set_attributes(session, source, {"wave": "4", "region": "west"}) == 1
        assert set_attributes(session, source, {"wave": "4"}) == 0
    with database.session() as session:
        rows = session.exec(select(AttributeRow).where(AttributeRow.source_id == source)).all()
        assert {row.name: row.value for row in rows} == {"wave": "4", "region": "west"}


def test_the_areas_of_sources_are_known(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, report("report.txt", ("A quick fix.", "LA leaders", None)))
        sources = {source.name: source.id for source in list_sources(session)}
        assert source_areas(session) == {sources["report.txt"]: "Northmoor"}


def test_a_segment_is_shown_among_its_neighbours(database: Database) -> None:
    with database.session() as session:
        around = turns_around(session, 2, before=1, after=1)
        assert [(turn.label, turn.text, turn.is_interviewer) for turn in around] == [
            ("Jo", "And you?", True),
            ("Ray", "Fourteen months on the list.", False),
            ("Ada", "We had room to plan.", False),
        ]
        assert [turn.label for turn in turns_around(session, 1, before=9, after=0)] == ["Jo", "Ada"]
        for turn in around:
            assert TALK_SOURCE.text[turn.start : turn.end] == turn.text


@pytest.mark.parametrize("characters", [0, 5, 10_000])
def test_the_text_around_a_segment_is_counted_in_code_points(database: Database, characters: int) -> None:
    with database.session() as session:
        place = session.get_one(SegmentRow, 2)
        text, first = text_around(session, 2, characters)
    assert first == max(place.start - characters, 0)
    assert text == TALK_SOURCE.text[first : place.end + characters]
    assert text[place.start - first : place.end - first] == "Fourteen months on the list."


def test_a_quote_of_a_report_has_no_turns_around_it(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, report("report.txt", ("A quick fix.", "LA leaders", None)))
    with database.session() as session:
        assert turns_around(session, 4, before=2, after=2) == []
        assert text_around(session, 4, 2) == ("\n\nA quick fix.\n\n", 13)


def test_segments_come_in_the_order_of_the_text(database: Database) -> None:
    source = interview("other.txt", ("Ray", "One."), ("Ray", "Two."))
    with database.session(write=True) as session:
        add_source(session, replace(source, segments=source.segments[::-1]))
    with database.session() as session:
        found = list(segment_texts(session))
    assert [text for _, _, _, text in found[3:]] == ["One.", "Two."]
    assert [(start, text) for _, _, start, text in found[:3]] == [
        (segment.start, TALK_SOURCE.text[segment.start : segment.end]) for segment in TALK_SOURCE.segments
    ]
