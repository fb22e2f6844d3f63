"""The time that checking a matrix of 30 codes by 12 columns takes, alone and beside earlier publications."""

from __future__ import annotations

import random
import time
from dataclasses import replace

from quotegrid.domain.matrix.disclosure import CellCount, withheld_cells
from quotegrid.domain.matrix.joint.disclosure import jointly_withheld
from quotegrid.domain.matrix.published import EVERYBODY, PublishedNumber, PublishedTable, RowKey
from quotegrid.workflows.matrix.solving import solve

PEOPLE, PASSAGES, CODES, COLUMNS, MINIMUM = 120, 20, 30, 12, 3


def made(columns: dict[int, int], coded: dict[str, frozenset[int]]) -> PublishedTable:
    """Return a table without the cells that it must withhold alone."""
    numbers = []
    table = PublishedTable(
        {passage: str(passage // PASSAGES) for passage in range(PEOPLE * PASSAGES)}, columns, coded, ()
    )
    for code in coded:
        row = RowKey((code,))
        count = max(columns.values()) + 1
        cells = [[p for p in table.passages(row) if columns.get(p) == column] for column in range(count)]
        bases = [[p for p in columns if columns[p] == column] for column in range(count)]
        withheld, total = withheld_cells(
            [CellCount(len({p // PASSAGES for p in cell}), len(cell)) for cell in cells],
            [CellCount(len({p // PASSAGES for p in cell}), len(cell)) for cell in bases],
            minimum=MINIMUM,
            key=code,
        )
        numbers += [PublishedNumber(row, column, column not in withheld) for column in range(count)]
        numbers.append(PublishedNumber(row, EVERYBODY, not total))
    return replace(table, numbers=tuple(numbers))


def main() -> None:
    """Print the seconds, and how many numbers are told alone and beside the others."""
    chance = random.Random(17)  # noqa: S311 - a study is made up
    coded = {}
    for code in range(CODES):
        speaking = chance.sample(range(PEOPLE), chance.randint(10, 90))
        coded[f"code {code}"] = frozenset(
            person * PASSAGES + passage
            for person in speaking
            for passage in chance.sample(range(PASSAGES), chance.randint(1, 5))
        )
    groups = {p: p // PASSAGES % COLUMNS for p in range(PEOPLE * PASSAGES)}
    areas = {p: p // PASSAGES // COLUMNS % 4 for p in range(PEOPLE * PASSAGES)}
    without_one = {p: column for p, column in groups.items() if p // PASSAGES != 5}
    earlier: list[PublishedTable] = []
    for name, columns in (("by group", groups), ("by area", areas), ("without one person", without_one)):
        table = made(columns, coded)
        begun = time.process_time()
        withheld = jointly_withheld(table, earlier, MINIMUM, "key", solve)
        seconds = time.process_time() - begun
        told = sum(number.is_told for number in table.numbers)
        left = told - len(withheld)
        print(f"{name}: {seconds:.1f} s of processor time; {told} told alone, {left} beside earlier ones")
        earlier.append(
            replace(
                table,
                numbers=tuple(
                    replace(number, is_told=number.is_told and (number.row, number.column) not in withheld)
                    for number in table.numbers
                ),
            )
        )


if __name__ == "__main__":
    main()
