"""The choice of the backups that are kept: all of the last days, then one a day, one a week, one a month."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

ALL = timedelta(days=2)
DAILY = timedelta(days=14)
WEEKLY = timedelta(weeks=9)


def kept(made: Collection[datetime], now: datetime) -> set[datetime]:
    """Return the moments whose backups are kept: of each period the newest, and the newest of all.

    Args:
        made: When the backups were made.
        now: The present; what seems to be made after it is kept.
    """
    newest: dict[tuple[object, ...], datetime] = {}
    for moment in sorted(made):
        newest[_period(moment, now)] = moment
    return set(newest.values())


def _period(moment: datetime, now: datetime) -> tuple[object, ...]:
    age = now - moment
    if age < ALL:
        return (moment,)
    if age < DAILY:
        return (moment.date(),)
    if age < WEEKLY:
        return moment.isocalendar()[:2]
    return (moment.year, moment.month, "month")
