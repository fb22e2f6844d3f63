from __future__ import annotations

import pytest

from quotegrid.domain.people.case_values import Origin, StatedValue
from quotegrid.domain.sources.model import Speaker
from quotegrid.storage.engines.database import Database
from quotegrid.storage.people.cases import list_cases
from quotegrid.storage.sources.sources import add_source
from tests.storage.samples import interview

ON_BOTH_ENGINES = True


def _speaker(group: str, origin: Origin, place: str = "b.txt") -> Speaker:
    role = (StatedValue("role", place, Origin.HEADER),) if origin is Origin.DERIVED else ()
    return Speaker("Ray Moss", group=group, said=(*role, StatedValue("group", group, origin, place)))


@pytest.mark.parametrize(
    ("origin", "stands"),
    [(Origin.FLAG, "health"), (Origin.TABLE, "health"), (Origin.ATTRIBUTION, "parent")],
)
def test_a_group_that_is_trusted_otherwise_is_a_conflict_of_one_case(
    database: Database, origin: Origin, stands: str
) -> None:
    source = interview("b.txt", ("Ray", "No."), speakers={"Ray": _speaker("health", origin)})
    with database.session(write=True) as session:
        (warning,) = add_source(session, source)
        cases = {case.name: case.group for case in list_cases(session)}
    assert cases == {"Ada Stone": "school", "Ray Moss": stands}
    assert warning.what.startswith('"Ray Moss": the group is ')


def test_two_groups_that_follow_from_roles_are_two_cases(database: Database) -> None:
    with database.session(write=True) as session:
        for name, group, role in (("b.txt", "health", "Nurse"), ("c.txt", "school", "Head")):
            speaker = Speaker(
                "Lee",
                said=(
                    StatedValue("role", role, Origin.HEADER),
                    StatedValue("group", group, Origin.DERIVED, role),
                ),
            )
            add_source(session, interview(name, ("Lee", f"No {name}."), speakers={"Lee": speaker}))
        cases = {case.name: case.group for case in list_cases(session)}
    assert (cases["Lee"], cases["Lee (c)"]) == ("health", "school")


def test_a_third_file_finds_the_case_that_was_kept_apart_for_it(database: Database) -> None:
    with database.session(write=True) as session:
        for name in ("one/b.txt", "two/b.txt"):
            speaker = {"Ray": _speaker("health", Origin.HEADER)}
            warnings = add_source(session, interview(name, ("Ray", f"No {name}."), speakers=speaker))
            assert len(warnings) == 1
        cases = {case.name: case.sources for case in list_cases(session)}
    assert cases["Ray Moss (b)"] == ("one/b.txt", "two/b.txt")
