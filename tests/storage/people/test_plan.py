from __future__ import annotations

from quotegrid.domain.matrix.coverage import Planned
from quotegrid.storage.engines.database import Database
from quotegrid.storage.people.plan import load_plan, replace_plan

ON_BOTH_ENGINES = True
PLAN = [
    Planned({"group": "parent", "area": "Westhay"}, 3, "plan.csv", 2),
    Planned({"group": "school", "area": "Westhay"}, 0, "plan.csv", 3),
]


def test_a_plan_is_kept_in_its_order_with_its_lines(database: Database) -> None:
    with database.session(write=True) as session:
        assert load_plan(session) == []
        assert replace_plan(session, PLAN)
    with database.session() as session:
        assert load_plan(session) == PLAN


def test_the_last_plan_stands_alone(database: Database) -> None:
    with database.session(write=True) as session:
        replace_plan(session, PLAN)
        assert not replace_plan(session, PLAN)
        assert replace_plan(session, PLAN[1:])
        assert load_plan(session) == PLAN[1:]
