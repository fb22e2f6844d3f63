from __future__ import annotations

import pytest
from sqlmodel import Session, select

from quotegrid.domain.coding.summaries import Place, Summary, standing
from quotegrid.errors import RepairError
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.summaries import (
    add_summary,
    last_summary,
    merged_cases,
    names_by_guid,
    segment_guids,
    segment_numbers,
    summarised_cases,
    summary_log,
    undo_summary,
    written_places,
)
from quotegrid.storage.engines.database import Database
from quotegrid.storage.people.case_changes import merge
from quotegrid.storage.people.cases import find_case
from quotegrid.storage.sources.sources import find_source, remove_source
from quotegrid.storage.tables import CaseRow
from tests.engines import REFUSED, contents, outside, skip_sqlites_own
from tests.undoing import undo_latest

ON_BOTH_ENGINES = True


def _guid(session: Session, name: str) -> str:
    row = find_case(session, name)
    assert row is not None
    return row.guid


def _write(session: Session, value: str, text: str, coder: str = "jo", attribute: str = "case") -> int:
    return add_summary(
        session,
        by=coder,
        code=code_ids(session)["quick fix"],
        attribute=attribute,
        value=value,
        text=text,
    )


def test_what_is_written_is_read_back_in_order(database: Database) -> None:
    with database.session(write=True) as session:
        ada = _guid(session, "Ada Stone")
        first = _write(session, ada, "One.")
        second = _write(session, "school", "Two.", "sam", "group")
    with database.session() as session:
        own, two = summary_log(session)
        assert written_places(session) == [own.place, two.place]
        assert summarised_cases(session) == {ada}
        assert names_by_guid(session)[ada] == "Ada Stone"
    assert own == Summary(
        first, "jo", Place("quick fix", "case", ada), "One.", at=own.at, guid=own.guid, entry=own.entry
    )
    assert (two.number, two.coder, two.place) == (second, "sam", Place("quick fix", "group", "school"))
    assert own.at <= two.at


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE summary SET text = 'else' WHERE id = 1",
        "DELETE FROM summary WHERE id = 1",
        "INSERT OR REPLACE INTO summary SELECT id, entry_id, code_id, attribute, value, 'else', "
        "replaces FROM summary WHERE id = 1",
        "INSERT OR REPLACE INTO summary SELECT 9, entry_id, code_id, attribute, value, 'else', "
        "replaces FROM summary WHERE id = 1",
    ],
)
def test_the_log_refuses_to_be_changed_whoever_asks(database: Database, change: str) -> None:
    skip_sqlites_own(database, change)
    with database.session(write=True) as session:
        _write(session, "school", "One.", attribute="group")
    before = contents(database)
    with pytest.raises(RepairError, match="summaries are only ever added"):
        with database.session(write=True) as session:
            session.connection().exec_driver_sql(change)
    with (
        pytest.raises(REFUSED, match="summaries are only ever added"),
        outside(database) as execute,
    ):
        execute(change)
    assert contents(database) == before


def test_the_last_entry_is_the_coders_own_and_still_counts(database: Database) -> None:
    with database.session(write=True) as session:
        _write(session, "school", "One.", attribute="group")
        _write(session, "parent", "Two.", attribute="group")
        _write(session, "school", "Three.", "sam", "group")
        last = last_summary(session, "jo")
        assert last is not None
        assert last.text == "Two."
        undo_summary(session, "jo", last.entry)
        again = last_summary(session, "jo")
        assert again is not None
        assert again.text == "One."
        assert last_summary(session, "jo", Place("quick fix", "group", "parent")) is None
        assert last_summary(session, "kim") is None


def test_merges_that_count_say_where_a_case_is_found(database: Database) -> None:
    with database.session(write=True) as session:
        ada, ray = find_case(session, "Ada Stone"), find_case(session, "Ray Moss")
        assert ada is not None
        assert ray is not None
        gone, stays = ada.guid, ray.guid
        _write(session, gone, "Of Ada.")
        _write(session, stays, "Of Ray.")
        apart = standing(summary_log(session), merged_cases(session))
        merge(session, "jo", ada, ray)
        assert merged_cases(session) == {gone: stays}
        together = standing(summary_log(session), merged_cases(session))
        assert [summary.text for summary in together[Place("quick fix", "case", stays)]] == [
            "Of Ada.",
            "Of Ray.",
        ]
        undo_latest(session, "jo")
        assert merged_cases(session) == {}
        assert standing(summary_log(session), merged_cases(session)) == apart


def test_a_summarised_case_stays_when_its_source_goes(database: Database) -> None:
    with database.session(write=True) as session:
        _write(session, _guid(session, "Ada Stone"), "Of Ada.")
        row = find_source(session, "talk.txt")
        assert row is not None
        remove_source(session, row.id or 0)
        assert session.exec(select(CaseRow.name)).all() == ["Ada Stone"]


def test_segments_are_found_by_number_and_guid_also_in_thousands(database: Database) -> None:
    with database.session() as session:
        guids = segment_guids(session, range(5000))
        assert sorted(guids) == [1, 2, 3]
        many = [*guids.values(), *(f"none {number}" for number in range(2000))]
        assert segment_numbers(session, many) == {guid: number for number, guid in guids.items()}


def test_every_entry_has_a_guid_of_its_own(database: Database) -> None:
    with database.session(write=True) as session:
        for text in ("One.", "Two."):
            _write(session, "school", text, attribute="group")
        assert len({summary.guid for summary in summary_log(session)}) == 2
