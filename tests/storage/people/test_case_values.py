from __future__ import annotations

from sqlmodel import Session

from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.case_values import Origin, StatedValue, resolve_values
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Speaker
from quotegrid.storage.engines.database import Database
from quotegrid.storage.people.case_values import (
    all_conflicts,
    area_values,
    follow_settings,
    replace_table_values,
    save_area_values,
    settle,
    stated_values,
    values_with_area,
)
from quotegrid.storage.people.cases import CaseSummary, list_cases
from quotegrid.storage.sources.sources import add_source, find_source, remove_source
from tests.engines import contents
from tests.storage.samples import interview

ON_BOTH_ENGINES = True


def _ada(session: Session) -> CaseSummary:
    return list_cases(session)[0]


def _source(session: Session, name: str) -> int:
    row = find_source(session, name)
    assert row is not None
    assert row.id is not None
    return row.id


def test_every_value_of_every_source_is_kept_and_the_columns_hold_what_stands(database: Database) -> None:
    flag = Speaker("Ada Stone", area="Eastlow", said=(StatedValue("area", "Eastlow", Origin.FLAG, "--area"),))
    with database.session(write=True) as session:
        warnings = add_source(session, interview("b.txt", ("Ada", "No."), speakers={"Ada": flag}))
        ada = _ada(session)
        assert ada.area == "Eastlow"
        said = stated_values(session, [ada.id])[ada.id]
        assert [(value.value, value.origin) for value in said if value.field == "area"] == [
            ("Westhay", Origin.HEADER),
            ("Eastlow", Origin.FLAG),
        ]
        (conflict,) = all_conflicts(session)[ada.id]
        assert (conflict.field, conflict.stands.value) == ("area", "Eastlow")
        assert [warning.what for warning in warnings] == [f'"Ada Stone": {conflict}']
        remove_source(session, _source(session, "b.txt"))
        assert _ada(session).area == "Westhay"
        assert all_conflicts(session) == {}


def test_the_attributes_of_an_area_reach_its_cases_and_leave_them_with_it(database: Database) -> None:
    with database.session(write=True) as session:
        values = {"region": "west", "wave": "9"}
        west = [StatedValue(name, value, Origin.DERIVED, "t.csv", 2) for name, value in values.items()]
        save_area_values(session, {"westhay": west})
        assert settle(session) == 1
        ada = _ada(session)
        assert ada.attributes == {"region": "west", "wave": "1"}
        assert [conflict.field for conflict in all_conflicts(session)[ada.id]] == ["wave"]
        assert resolve_values(values_with_area(session, ada.id))["region"].where == "t.csv, line 2"
        save_area_values(
            session, {"westhay": [StatedValue("region", "far west", Origin.DERIVED, "u.csv", 5)]}
        )
        assert [value.value for value in area_values(session)["westhay"]] == ["far west", "9"]
        assert settle(session) == 1
        assert settle(session) == 0


def test_a_table_that_is_read_again_says_what_it_says_now(database: Database) -> None:
    with database.session(write=True) as session:
        ada, source = _ada(session), _source(session, "talk.txt")
        values = {"role": "Principal", "wave": "2"}
        first = [StatedValue(name, value, Origin.TABLE, "t.csv", 2) for name, value in values.items()]
        other = [StatedValue("site", "north", Origin.TABLE, "other.csv", 7)]
        replace_table_values(session, ada.id, source, "Ada", first, ["t.csv"])
        replace_table_values(session, ada.id, source, "Ada", other, ["other.csv"])
        assert settle(session) == 3
        assert (_ada(session).role, _ada(session).group) == ("Principal", "school")
        replace_table_values(session, ada.id, source, "Ada", first[1:], ["t.csv"])
        assert settle(session) == 1
        assert _ada(session).role == "Headteacher"
        assert _ada(session).attributes == {"site": "north", "wave": "2"}
    before = contents(database)
    with database.session(write=True) as session:
        replace_table_values(session, ada.id, source, "Ada", first[1:], ["t.csv"])
    assert contents(database) == before


def test_settings_that_have_changed_are_followed(database: Database) -> None:
    with database.session(write=True) as session:
        new = Speaker("Kim", role="Nurse", area="West Hay")
        add_source(session, interview("b.txt", ("Kim", "No."), speakers={"Kim": new}, area="west hay"))
        groups = Stakeholders({"health": ("nurse",), "school": ("headteacher",)})
        follow_settings(session, groups, Areas({"Westhay": ("West Hay",)}))
        settle(session)
        kim = list_cases(session)[1]
        assert (kim.group, kim.area) == ("health", "Westhay")
        source = find_source(session, "b.txt")
        assert source is not None
        assert source.area == "Westhay"
        # Ada's group is said; her role derives none beside it.
        assert not any(
            value.follows for value in stated_values(session, [_ada(session).id])[_ada(session).id]
        )
        follow_settings(session, Stakeholders({"care": ("nurse",)}), Areas())
        settle(session)
        assert list_cases(session)[1].group == "care"
        follow_settings(session, Stakeholders({}), Areas())
        settle(session)
        assert list_cases(session)[1].group is None


def test_groups_are_worked_out_anew_from_what_was_written(database: Database) -> None:
    with database.session(write=True) as session:
        speakers = {"Kim": Speaker("Kim", group="ward sister"), "Lou": Speaker("Lou", group="Nurses")}
        add_source(session, interview("b.txt", ("Kim", "No."), ("Lou", "Yes."), speakers=speakers))
        for joined, groups in (
            ({"nursing": ("ward sister", "nurse")}, ["nursing", "nursing"]),
            ({"sisters": ("ward sister",)}, ["sisters", "Nurses"]),
            ({}, ["ward sister", "Nurses"]),
        ):
            follow_settings(session, Stakeholders(joined), Areas())
            settle(session)
            assert [case.group for case in list_cases(session) if case.name in speakers] == groups
