from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.people.case_values import CaseAction, Origin, StatedValue
from quotegrid.domain.sources.model import Source, Speaker
from quotegrid.storage.codebook.codes import code_ids
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.people.case_changes import (
    NewValues,
    merge,
    rename,
    set_values,
    split,
)
from quotegrid.storage.people.case_log import changed_cases, list_changes
from quotegrid.storage.people.case_rows import labels_of_case
from quotegrid.storage.people.case_values import settle, stated_values
from quotegrid.storage.people.cases import (
    CaseAppearance,
    find_case,
    list_cases,
    other_names,
    where_cases_speak,
)
from quotegrid.storage.sources.memo_list import list_memos
from quotegrid.storage.sources.source_attributes import labels_of
from quotegrid.storage.sources.sources import add_source, find_source, remove_source, update_file
from quotegrid.storage.tables import CaseRow, MemoRow, SegmentRow, SourceRow, TurnRow
from tests.engines import REFUSED, contents, outside, skip_sqlites_own
from tests.profiles import examples
from tests.storage.conftest import Templates
from tests.storage.decisions import add_decision
from tests.storage.samples import ADA, RAY, interview, report
from tests.undoing import undo_latest

ON_BOTH_ENGINES = True
KIM = Speaker("Kim Hall", group="health", attributes={"wave": "2"})
P1 = Speaker("second P1")
MORE = (
    interview(
        "second.txt",
        ("Ada", "It held."),
        ("P1", "I am new."),
        ("Jo", "So?"),
        speakers={"Ada": ADA, "P1": P1},
    ),
    interview(
        "third.txt",
        ("Ray", "No letter."),
        ("Kim", "We wait too."),
        ("A. Stone", "A summer."),
        speakers={"Ray": RAY, "Kim": KIM, "A. Stone": Speaker("Ada Stone", area="Eastlow")},
    ),
)


def _stocked(database: Database) -> str:
    """Three interviews with five cases, decisions on two segments, a memo on a case."""
    with database.session(write=True) as session:
        for source in MORE:
            add_source(session, source)
        coder = coder_id(session, "jo")
        code = code_ids(session)["quick fix"]
        for segment in (1, 4):
            add_decision(session, coder=coder, action=Action.APPLY, segment=segment, code=code, memo="clear")
        case = _case(session, "Kim Hall")
        session.add(MemoRow(coder_id=coder, about="case", about_guid=case.guid, text="Ask again."))
    return "jo"


def _case(session: Session, name: str) -> CaseRow:
    row = find_case(session, name)
    assert row is not None
    return row


def _kept(database: Database) -> list[str]:
    """Everything that a database holds but the log of changes itself."""
    logs = ('INSERT INTO "case_change"', "case_change ", 'INSERT INTO "journal"', "journal ")
    return [line for line in contents(database) if not line.startswith(logs)]


def _untouched(database: Database) -> list[str]:
    tables = ("decision", "coding", "source", "memo", "code", "suggestion")
    with outside(database) as execute:
        return [
            repr(row)
            for table in tables
            for row in execute(f"SELECT * FROM {table}")  # noqa: S608 - names of ours
            if table != "memo" or row[4] != "case"
        ]


def _assert_consistent(session: Session) -> None:
    assert settle(session) == 0
    turns = {row.id: row.case_id for row in session.exec(select(TurnRow))}
    for segment in session.exec(select(SegmentRow)):
        assert segment.case_id == turns[segment.turn_id]
    names = [name.casefold() for many in other_names(session).values() for name in many]
    names += [case.name.casefold() for case in list_cases(session)]
    assert len(names) == len(set(names))


def _by_hand(field: str, value: str) -> StatedValue:
    return StatedValue(field, value, Origin.HAND, "jo, 2026-01-01")


def test_a_merge_moves_all_that_a_case_says_and_leads_its_name_to_the_other(database: Database) -> None:
    coder = _stocked(database)
    before, untouched = _kept(database), _untouched(database)
    with database.session(write=True) as session:
        merge(session, coder, _case(session, "second p1"), _case(session, "Kim Hall"))
    with database.session() as session:
        kim = next(case for case in list_cases(session) if case.name == "Kim Hall")
        assert (kim.group, kim.sources, kim.segments) == ("health", ("second.txt", "third.txt"), 2)
        assert _case(session, "SECOND P1").name == "Kim Hall"
        assert [case.name for case in list_cases(session)] == ["Ada Stone", "Kim Hall", "Ray Moss"]
        _assert_consistent(session)
    assert _untouched(database) == untouched
    with database.session(write=True) as session:
        taken_back = undo_latest(session, coder)
    assert taken_back is not None
    assert taken_back.action is CaseAction.MERGE
    assert _kept(database) == before


def test_a_merged_case_fills_what_the_other_lacks_and_its_memo_goes_along(
    database: Database,
) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        merge(session, coder, _case(session, "Kim Hall"), _case(session, "second P1"))
        case = _case(session, "second P1")
        assert (case.group, case.attributes) == ("health", {"wave": "2"})
        assert [(memo.case, memo.reference.guid) for memo in list_memos(session)] == [
            ("second P1", case.guid)
        ]


def test_a_split_outlives_a_changed_file(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        split(session, coder, _case(session, "Ada Stone"), [["third.txt", "A. Stone"]], "Ada Stone the other")
    with database.session(write=True) as session:
        other = _case(session, "Ada Stone the other")
        assert (other.area, other.group) == ("Eastlow", None)
        source = session.exec(select(SourceRow).where(SourceRow.name == "third.txt")).one()
        assert source.id is not None
        remove_source(session, source.id)
        changed = interview(
            "third.txt", ("A. Stone", "Another word."), speakers={"A. Stone": Speaker("Ada Stone")}
        )
        assert add_source(session, changed) == []
    with database.session() as session:
        assert labels_of_case(session, other.id or 0) == [["third.txt", "A. Stone"]]
        assert labels_of_case(session, _case(session, "Ada Stone").id or 0) == [
            ["second.txt", "Ada"],
            ["talk.txt", "Ada"],
        ]
        assert _case(session, "Ada Stone the other").guid == other.guid


def test_a_merged_or_renamed_name_leads_other_files_to_the_case(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        merge(session, coder, _case(session, "Kim Hall"), _case(session, "Ray Moss"))
        rename(session, coder, _case(session, "Ray Moss"), "Ray M.")
    with database.session(write=True) as session:
        for number, name in enumerate(("KIM HALL", "Ray Moss", "ray m.")):
            source = interview(f"{number}.txt", ("A", f"Word {number}."), speakers={"A": Speaker(name)})
            assert add_source(session, source) == []
    with database.session() as session:
        ray = next(case for case in list_cases(session) if case.name == "Ray M.")
        assert ray.sources == ("0.txt", "1.txt", "2.txt", "talk.txt", "third.txt")
        assert other_names(session) == {ray.id: ["Kim Hall", "Ray Moss"]}
        assert len(list_cases(session)) == 3


def test_a_merged_case_that_is_heard_in_both_groups_is_not_split_again(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        merge(session, coder, _case(session, "Kim Hall"), _case(session, "Ray Moss"))
        source = interview("new.txt", ("Kim", "Again."), speakers={"Kim": replace(KIM, line=9)})
        assert add_source(session, source) == []
        kim = _case(session, "Kim Hall")
        assert (kim.group, kim.name, len(list_cases(session))) == ("parent", "Ray Moss", 3)


def test_what_is_set_by_hand_outlives_a_changed_file_and_is_taken_back(database: Database) -> None:
    coder = _stocked(database)
    before = _kept(database)
    with database.session(write=True) as session:
        said = [_by_hand("role", "Therapist"), StatedValue("group", "health", Origin.DERIVED, "Therapist")]
        set_values(session, coder, [NewValues(_case(session, "second P1"), frozenset(["role"]), said)])
        assert _case(session, "second P1").group == "health"
    with database.session(write=True) as session:
        set_values(session, coder, [NewValues(_case(session, "second P1"), frozenset(["role"]), [])])
        assert (_case(session, "second P1").group, _case(session, "second P1").role) == (None, None)
    with database.session(write=True) as session:
        undo_latest(session, coder)
        assert _case(session, "second P1").role == "Therapist"
        guid = _case(session, "second P1").guid
        source = session.exec(select(SourceRow).where(SourceRow.name == "second.txt")).one()
        assert source.id is not None
        assert guid in changed_cases(session)
    with database.session(write=True) as session:
        undo_latest(session, coder)
    assert _kept(database) == before
    with database.session() as session:
        assert changed_cases(session) == set()


def test_a_silent_case_that_somebody_changed_stays(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        set_values(
            session,
            coder,
            [NewValues(_case(session, "Kim Hall"), frozenset(["area"]), [_by_hand("area", "Westhay")])],
        )
        source = interview("alone.txt", ("Lee", "Hm."), speakers={"Lee": Speaker("Lee")})
        add_source(session, source)
    with database.session(write=True) as session:
        for name in ("third.txt", "alone.txt"):
            row = session.exec(select(SourceRow).where(SourceRow.name == name)).one()
            assert row.id is not None
            remove_source(session, row.id)
    with database.session() as session:
        assert find_case(session, "Lee") is None
        kim = _case(session, "Kim Hall")
        assert (kim.area, kim.group) == ("Westhay", None)


def test_a_merge_is_undone_after_an_import_that_it_led_to_the_other_case(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        guid = _case(session, "Kim Hall").guid
        merge(session, coder, _case(session, "Kim Hall"), _case(session, "Ray Moss"))
        new = interview("new.txt", ("Lee", "New."), speakers={"Lee": Speaker("Lee Poe", group="school")})
        add_source(session, new)
    with database.session(write=True) as session:
        undo_latest(session, coder)
        _assert_consistent(session)
        kim = _case(session, "Kim Hall")
        assert (kim.guid, kim.group, kim.attributes) == (guid, "health", {"wave": "2"})
        assert _case(session, "Lee Poe").group == "school"
        assert labels_of_case(session, kim.id or 0) == [["third.txt", "Kim"]]


def test_a_second_split_of_one_label_is_taken_back_to_the_first(database: Database) -> None:
    coder = _stocked(database)
    label = [["third.txt", "A. Stone"]]
    with database.session(write=True) as session:
        split(session, coder, _case(session, "Ada Stone"), label, "New")
        merge(session, coder, _case(session, "New"), _case(session, "Ada Stone"))
    before = _kept(database)
    with database.session(write=True) as session:
        split(session, coder, _case(session, "Ada Stone"), label, "Newer")
    with database.session(write=True) as session:
        undo_latest(session, coder)
    assert _kept(database) == before


def test_values_set_by_hand_keep_their_order_when_changes_are_taken_back(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        for name in ("Kim Hall", "Ray Moss"):
            set_values(
                session,
                coder,
                [NewValues(_case(session, name), frozenset(["wave"]), [_by_hand("wave", "7")])],
            )
    before = _kept(database)
    with database.session(write=True) as session:
        set_values(
            session,
            coder,
            [NewValues(_case(session, "Kim Hall"), frozenset(["wave"]), [_by_hand("wave", "8")])],
        )
    with database.session(write=True) as session:
        undo_latest(session, coder)
    assert _kept(database) == before


def _quoting(name: str) -> Source:
    """A report that quotes two participants by their numbers."""
    source = report(name, ("One.", "Parent", None), ("Two.", "Parent", None))
    labels = ("PA", "PB")
    return replace(
        source,
        speakers={label: Speaker(f"r {label}", role="Parent") for label in labels},
        segments=tuple(
            replace(segment, case=label) for segment, label in zip(source.segments, labels, strict=True)
        ),
    )


def test_a_participant_whom_a_report_quotes_is_merged_and_split_like_others(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        add_source(session, _quoting("r.txt"))
    states = [_kept(database)]
    with database.session(write=True) as session:
        merge(session, coder, _case(session, "r PA"), _case(session, "Ray Moss"))
        ray = next(case for case in list_cases(session) if case.name == "Ray Moss")
        assert (ray.sources, ray.segments) == (("r.txt", "talk.txt", "third.txt"), 3)
    states.append(_kept(database))
    with database.session(write=True) as session:
        merge(session, coder, _case(session, "r PB"), _case(session, "Ray Moss"))
    states.append(_kept(database))
    with database.session(write=True) as session:
        split(session, coder, _case(session, "Ray Moss"), [["r.txt", "PB"]], "Another")
        another = _case(session, "Another").id or 0
        assert where_cases_speak(session)[another] == [CaseAppearance("r.txt", "PB", 1)]
    while states:
        with database.session(write=True) as session:
            undo_latest(session, coder)
        assert _kept(database) == states.pop()


def test_a_split_and_the_places_of_values_follow_a_source_that_is_called_otherwise(
    database: Database,
) -> None:
    coder = _stocked(database)
    noted = Speaker("Lee Dent", said=(StatedValue("role", "Parent", Origin.HEADER, "old.txt", 3),))
    old = interview(
        "old.txt",
        ("A. Stone", "A summer."),
        ("Lee", "No."),
        speakers={
            "A. Stone": Speaker("Ada Stone"),
            "Lee": noted,
        },
    )
    with database.session(write=True) as session:
        add_source(session, old)
        split(session, coder, _case(session, "Ada Stone"), [["old.txt", "A. Stone"]], "New")
        source = find_source(session, "old.txt")
        assert source is not None
        assert source.id is not None
        update_file(session, source.id, name="new.txt", path="", file_hash="x")
        (said,) = stated_values(session)[_case(session, "Lee Dent").id or 0]
        assert (said.where, said.value) == ("new.txt, line 3", "Parent")
        remove_source(session, source.id)
        add_source(session, replace(old, name="new.txt", text=old.text + "\n"))
        again = find_source(session, "new.txt")
        assert again is not None
        assert again.id is not None
        assert labels_of(session, again.id)["A. Stone"] == _case(session, "New").id


def test_changes_are_taken_back_also_after_a_source_is_called_otherwise(database: Database) -> None:
    coder = _stocked(database)
    with database.session(write=True) as session:
        merge(session, coder, _case(session, "Kim Hall"), _case(session, "Ray Moss"))
        split(session, coder, _case(session, "Ada Stone"), [["third.txt", "A. Stone"]], "New")
    with database.session(write=True) as session:
        third = find_source(session, "third.txt")
        assert third is not None
        assert third.id is not None
        update_file(session, third.id, name="renamed.txt", path="", file_hash="x")
    with database.session(write=True) as session:
        assert undo_latest(session, coder) is not None
        assert undo_latest(session, coder) is not None
        assert labels_of_case(session, _case(session, "Kim Hall").id or 0) == [["renamed.txt", "Kim"]]
        assert ["renamed.txt", "A. Stone"] in labels_of_case(session, _case(session, "Ada Stone").id or 0)
        assert find_case(session, "New") is None
        _assert_consistent(session)


def test_nothing_to_undo_is_nothing(database: Database) -> None:
    with database.session(write=True) as session:
        assert undo_latest(session, "jo") is None
        assert list_changes(session) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_change SET action = 'set'",
        "DELETE FROM case_change",
        "INSERT OR REPLACE INTO case_change (id, entry_id, action, payload) VALUES (1, 1, 'set', '{}')",
    ],
)
def test_the_log_is_only_ever_added_to(database: Database, statement: str) -> None:
    skip_sqlites_own(database, statement)
    coder = _stocked(database)
    with database.session(write=True) as session:
        rename(session, coder, _case(session, "Kim Hall"), "Kim")
    with (
        pytest.raises(REFUSED, match="changes of cases are only ever added"),
        outside(database) as execute,
    ):
        execute(statement)


Copies = Callable[[], AbstractContextManager[Database]]


@pytest.fixture(scope="module")
def copies(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Opens a new copy of a database with all that cases can be changed in, each time it is called."""
    folder = tmp_path_factory.mktemp("changes")
    template = templates.copy(templates.stocked, folder / "template.db")
    database = Database(template)
    _stocked(database)
    database.close()
    numbers = count()

    @contextmanager
    def copied() -> Iterator[Database]:
        database = Database(templates.copy(template, folder / f"{next(numbers)}.db"))
        yield database
        database.close()
        templates.drop(database)

    return copied


ACTIONS = st.sampled_from(["merge", "split", "rename", "set", "undo"])
STEPS = st.lists(st.tuples(ACTIONS, st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8)


def _step(session: Session, coder: str, action: str, number: int, other: int) -> str | None:
    """Make a change that the numbers choose.

    Returns:
        What was made; None where the numbers chose nothing that can be changed.
    """
    cases = [session.get_one(CaseRow, case.id) for case in list_cases(session)]
    case, target = cases[number % len(cases)], cases[other % len(cases)]
    count = len(list_changes(session))
    if action == "undo":
        return None if undo_latest(session, coder) is None else "undo"
    if action == "merge" and case.id != target.id:
        merge(session, coder, case, target)
    elif action == "split" and len(labels := labels_of_case(session, case.id or 0)) > 1:
        split(session, coder, case, labels[: 1 + other % (len(labels) - 1)], f"New {count}")
    elif action == "rename":
        known = other_names(session).get(case.id or 0, [])
        rename(session, coder, case, [f"Name {count}", case.name.upper(), *known][other % (2 + len(known))])
    elif action == "set":
        field = ("group", "role", "area", "wave")[other % 4]
        said = [_by_hand(field, str(number))] if number % 3 else []
        if said and field == "role":
            said.append(StatedValue("group", "school", Origin.DERIVED, str(number)))
        set_values(session, coder, [NewValues(case, frozenset([field]), said)])
    else:
        return None
    return action


@examples(40, quick=12)
@given(steps=STEPS)
def test_any_changes_are_undone_to_the_bit(copies: Copies, steps: list[tuple[str, int, int]]) -> None:
    with copies() as database:
        untouched = _untouched(database)
        states: list[list[str]] = []
        coder = "jo"
        for step in steps:
            before = _kept(database)
            with database.session(write=True) as session:
                made = _step(session, coder, *step)
                _assert_consistent(session)
            if made == "undo":
                assert _kept(database) == states.pop()
            elif made is not None:
                states.append(before)
            assert _untouched(database) == untouched
        while states:
            with database.session(write=True) as session:
                assert undo_latest(session, coder) is not None
            assert _kept(database) == states.pop()
        with database.session(write=True) as session:
            assert undo_latest(session, coder) is None


@examples(25, quick=8)
@given(before=STEPS, after=STEPS)
def test_changes_are_undone_also_after_a_file_has_changed(
    copies: Copies, before: list[tuple[str, int, int]], after: list[tuple[str, int, int]]
) -> None:
    changed = interview(
        "third.txt",
        ("Ray", "A letter."),
        ("A. Stone", "Two summers."),
        ("Kim", "We wait."),
        speakers=MORE[1].speakers,
    )
    with copies() as database:
        with database.session(write=True) as session:
            for step in before:
                _step(session, "jo", *step)
            row = session.exec(select(SourceRow).where(SourceRow.name == "third.txt")).one()
            assert row.id is not None
            remove_source(session, row.id)
            add_source(session, changed)
            _assert_consistent(session)
            for step in after:
                _step(session, "jo", *step)
            while undo_latest(session, "jo") is not None:
                _assert_consistent(session)
            told = {case.name: (case.group, case.role, case.sources) for case in list_cases(session)}
        assert told["Ada Stone"][:2] == (ADA.group, ADA.role)
        assert told["Ray Moss"][:2] == (RAY.group, RAY.role)
        assert "second.txt" in told["second P1"][2]
