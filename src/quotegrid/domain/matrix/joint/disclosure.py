"""Disclosure control over several tables: what a new one may tell beside all that was published before."""

from __future__ import annotations

import hashlib
import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from quotegrid.domain.matrix.joint.constraints import IntegerModel, Target, Terms
from quotegrid.domain.matrix.joint.knowledge import Knowledge
from quotegrid.domain.matrix.published import EVERYBODY, PublishedNumber, PublishedTable, RowKey

Solver = Callable[[IntegerModel, Terms], Sequence[int] | None]
"""Returns whole numbers that satisfy a model and make a weighted sum largest, or None if unknown."""
Place = tuple[RowKey, int]
"""The row and column of a number."""


def exposed(model: IntegerModel, targets: Sequence[Target], solve: Solver) -> list[Target]:
    """Return the counts for which a model leaves a single value.

    Each solution is another set of counts that agrees with all that is known, and acquits every count to
    which it gives another value than the true one. A count for which nothing is found, high or low, is
    exposed.

    Args:
        model: What is known.
        targets: The counts that must keep two values.
        solve: Solves a model exactly.
    """
    open_targets = list(targets)
    if len(open_targets) > 1:
        for sign in (1, -1):
            open_targets = _unshaken(open_targets, solve(model, _weights(open_targets, sign)))
    found: list[Target] = []
    while open_targets:
        first = open_targets[0]
        left = open_targets
        for sign in (1, -1):
            if first in left:
                left = _unshaken(left, solve(model, _weights([first], sign)))
        if first in left:
            found.append(first)
            left = left[1:]
        open_targets = left
    return found


def _weights(targets: Iterable[Target], sign: int) -> Terms:
    weights: Terms = {}
    for target in targets:
        for unknown, times in target.terms.items():
            weights[unknown] = weights.get(unknown, 0) + sign * times
    return weights


def _unshaken(targets: Sequence[Target], solution: Sequence[int] | None) -> list[Target]:
    if solution is None:
        return list(targets)
    return [
        target
        for target in targets
        if sum(solution[unknown] * times for unknown, times in target.terms.items()) == target.truth
    ]


def jointly_withheld(
    table: PublishedTable,
    earlier: Sequence[PublishedTable],
    minimum: int,
    key: str,
    solve: Solver,
    most: int | None = None,
) -> set[Place]:
    """Return the further numbers of a table to withhold so that nothing can be worked out with earlier ones.

    Numbers are withheld one by one until every protected count keeps two values or more: of the columns of
    all tables, of the people whom all tables together place alike, and of what was changed between them.
    Those whose column contains the count go first; among these a keyed hash decides, and not the values.

    Args:
        table: The new table.
        earlier: All tables that were published before.
        minimum: The fewest cases that a published count may stand for.
        key: The key that determines the order.
        solve: Solves a model exactly.
        most: The most numbers to withhold; with more the search stops.
    """
    withheld: set[Place] = set()
    own = {number.row for number in table.numbers}
    groups = [rows for rows in _related([*earlier, table]) if rows & own]
    waiting = deque(groups)
    while waiting:
        rows = waiting.popleft()
        left = math.inf if most is None else most - len(withheld)
        further = _withheld_of(sorted(rows), table, earlier, minimum, key, solve, left)
        withheld |= further
        if most is not None and len(withheld) > most:
            break
        if further:
            table = without_numbers(table, further)
            # What one number no longer says of all or none is protected from then on, by all that share it.
            changed = {row for row, _ in further}
            waiting += [
                other for other in groups if other is not rows and other & changed and other not in waiting
            ]
    return withheld


def without_numbers(table: PublishedTable, withheld: Collection[Place]) -> PublishedTable:
    """Return a table that withholds further numbers."""
    return replace(
        table,
        numbers=tuple(
            replace(number, is_told=number.is_told and (number.row, number.column) not in withheld)
            for number in table.numbers
        ),
    )


def _related(tables: Sequence[PublishedTable]) -> list[set[RowKey]]:
    """Return the rows of all tables in sets that share codes, and each pair with the sets of its rows."""
    rows = dict.fromkeys(number.row for table in tables for number in table.numbers)
    alone = _sharing_codes([row for row in rows if not row.other])
    pairs = [row for row in rows if row.other]
    return alone + [
        {pair}.union(*(found for found in alone if _codes_of(found) & {*pair.codes, *pair.other}))
        for pair in pairs
    ]


def _codes_of(rows: Iterable[RowKey]) -> set[str]:
    return {code for row in rows for code in row.codes}


def _sharing_codes(asked: Iterable[RowKey]) -> list[set[RowKey]]:
    """Return rows in sets that share codes."""
    groups: list[tuple[set[str], set[RowKey]]] = []
    for row in asked:
        codes, rows = set(row.codes), {row}
        others = []
        for group in groups:
            if group[0] & codes:
                codes |= group[0]
                rows |= group[1]
            else:
                others.append(group)
        groups = [*others, (codes, rows)]
    return [rows for _, rows in groups]


def _withheld_of(
    rows: Sequence[RowKey],
    table: PublishedTable,
    earlier: Sequence[PublishedTable],
    minimum: int,
    key: str,
    solve: Solver,
    most: float,
) -> set[Place]:
    wanted = set(rows)
    tables = [known for known in earlier if any(number.row in wanted for number in known.numbers)]
    tables.append(table)
    numbers = [[number for number in told.numbers if number.row in wanted] for told in tables]
    knowledge = Knowledge(rows, tables, minimum)
    withheld: set[Place] = set()
    last = len(tables) - 1
    safe: set[tuple[RowKey, tuple[tuple[int, int], ...]]] = set()

    def exposed_now() -> list[Target]:
        # What is safe stays safe when more is withheld. What one number no longer says of all or none is
        # protected from then on, and so asked for.
        targets = {(target.row, tuple(target.terms.items())): target for target in knowledge.targets(numbers)}
        wanting = [target for known, target in targets.items() if known not in safe]
        found = exposed(knowledge.model(numbers), wanting, solve)
        safe.update(targets.keys() - {(target.row, tuple(target.terms.items())) for target in found})
        return found

    found = exposed_now()
    while found and len(withheld) <= most:
        target = found[0]
        # Whether this one is still exposed is soon told; the others are asked for when it no longer is.
        if not exposed(knowledge.model(numbers), [target], solve):
            found = exposed_now()
            continue
        told = [number for number in numbers[last] if number.is_told]
        if not told:
            break
        chosen = min(
            told,
            key=lambda number: (
                number.row != target.row,
                not knowledge.in_column(last, number.column) & target.places,
                number.column == EVERYBODY,
                _keyed(key, number),
            ),
        )
        withheld.add((chosen.row, chosen.column))
        numbers[last] = [
            replace(number, is_told=False) if number == chosen else number for number in numbers[last]
        ]
    return withheld


def _keyed(key: str, number: PublishedNumber) -> str:
    return hashlib.sha256(f"{key}\n{number.row}\n{number.column}".encode()).hexdigest()


def singled_out(
    shown: Mapping[int, frozenset[str]], earlier: Sequence[PublishedTable], minimum: int
) -> set[int]:
    """Return the quotes whose speaker would be one of too few, by all that was shown with them before.

    Args:
        shown: The quotes to be shown, each with the cases that its attribution leaves.
        earlier: All tables that were published before.
        minimum: The fewest cases that a quote may leave.
    """
    few = set()
    for quote, cases in shown.items():
        left: Collection[str] = cases
        for table in earlier:
            if quote in table.shown:
                left = table.shown[quote] & frozenset(left)
        if len(left) < minimum and len(left) < len(cases):
            few.add(quote)
    return few
