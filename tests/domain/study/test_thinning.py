"""Old backups are thinned, new ones are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.study.thinning import ALL, DAILY, WEEKLY, kept

NOW = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)


def _ago(**period: float) -> datetime:
    return NOW - timedelta(**period)


def test_of_each_period_the_newest_is_kept() -> None:
    recent = {_ago(hours=1), _ago(hours=2), _ago(hours=47)}
    days = {_ago(days=5, hours=3), _ago(days=5, hours=1), _ago(days=6)}
    weeks = {
        datetime(2026, 10, 5, tzinfo=UTC),
        datetime(2026, 10, 8, tzinfo=UTC),
        datetime(2026, 10, 13, tzinfo=UTC),
    }
    months = {datetime(2026, 3, day, tzinfo=UTC) for day in (1, 9, 30)}
    assert kept(recent | days | weeks | months, NOW) == recent | {
        _ago(days=5, hours=1),
        _ago(days=6),
        datetime(2026, 10, 8, tzinfo=UTC),
        datetime(2026, 10, 13, tzinfo=UTC),
        datetime(2026, 3, 30, tzinfo=UTC),
    }


@given(st.sets(st.integers(-1000, 800 * 24 * 60).map(lambda minutes: _ago(minutes=minutes)), min_size=1))
def test_no_period_is_without_a_backup_that_had_one(made: set[datetime]) -> None:
    left = kept(made, NOW)
    assert left <= made
    assert max(made) in left
    assert {moment for moment in made if NOW - moment < ALL} <= left
    assert kept(left, NOW) == left
    days = {moment.date() for moment in made if ALL <= NOW - moment < DAILY}
    assert {moment.date() for moment in left if ALL <= NOW - moment < DAILY} == days
    older = [moment for moment in left if NOW - moment >= WEEKLY]
    assert len({f"{moment:%Y-%m}" for moment in older}) == len(older)


def test_thinning_day_by_day_leaves_what_thinning_at_once_leaves_or_more() -> None:
    every_day = [_ago(days=day) for day in range(400, -1, -1)]
    left: set[datetime] = set()
    for moment in every_day:
        left = kept(left | {moment}, moment)
    assert 25 <= len(left) <= 45
    assert {(moment.year, moment.month) for moment in left} == {
        (moment.year, moment.month) for moment in every_day
    }
