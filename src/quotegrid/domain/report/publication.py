"""Matrices and quotes as they may leave the team: small counts withheld, speakers not to be recognised."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.disclosure import (
    CellCount,
    Level,
    Person,
    Reason,
    attribution_levels,
    gathered,
    together_named,
    withheld_cells,
)
from quotegrid.domain.matrix.model import Matrix

PARTICIPANT = "Participant"
NAME = "[name]"
AREA = "[area]"
WORD = "[withheld]"
_SHORTEST_NAME = 2
_NOT_NAMES = frozenset(
    "interviewer interviewee participant respondent speaker moderator facilitator researcher answer "
    "question".split()
)
"""What a label may say instead of a name."""


@dataclass(frozen=True)
class DisclosureRules:
    """What the `[disclosure]` section of the settings says."""

    minimum_cases: int = 3
    words: Mapping[str, str] = field(default_factory=dict)
    """Words that are never published, each with what stands in brackets in their place."""
    attributions: Mapping[str, str] = field(default_factory=dict)
    """What somebody of a group is called where the role cannot be told."""
    apart: Collection[frozenset[str]] = ()
    """Attributes that are never told together."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that a publication does not tell."""

    kind: str
    """cell, total, column, attribution, or words."""
    place: str
    was: str
    became: str
    reason: str


def gathered_columns(matrix: Matrix, minimum: int) -> dict[str, str]:
    """The columns that must become one because too few cases were heard in some, each with that one's name.

    To those with too few the next smallest is added until together they have enough. A column of nothing
    but a report's quotes, whose speakers nobody knows, is not too small; beside known cases they do not
    make these more.
    """
    together = gathered(
        {
            name: [case for case, columns in matrix.columns_of_cases.items() if column in columns]
            for column, name in enumerate(matrix.columns)
        },
        minimum,
    )
    return dict.fromkeys(together, together_named(together))


def publishable_matrix(
    matrix: Matrix, quotes: Sequence[Quote], rules: DisclosureRules, key: str
) -> tuple[Matrix, list[Withheld]]:
    """A matrix without the cells that could identify somebody, and the quotes behind them.

    Whatever a cell counts, it is withheld by the number of cases behind it, so that the same cells are
    withheld in a matrix of quotes and in one of cases.

    Args:
        matrix: The matrix, with columns of too few cases gathered already.
        quotes: The quotes that it was counted from.
        rules: The study's rules.
        key: What tells which further cells are withheld; not to be published.
    """
    by_number = {quote.id: quote for quote in quotes}
    bases = [CellCount(matrix.bases[name].cases, matrix.bases[name].quotes) for name in matrix.columns]
    withheld: dict[tuple[int, int], Reason] = {}
    totals: set[int] = set()
    few: set[int] = set()
    for row, label in enumerate(matrix.rows):
        behind = [
            [by_number[number] for number in matrix.members.get((row, column), ())]
            for column in range(len(matrix.columns))
        ]
        distinct = _count([quote for quotes_of_cell in behind for quote in quotes_of_cell]).cases
        found, total = withheld_cells(
            [_count(quotes_of_cell) for quotes_of_cell in behind],
            bases,
            minimum=rules.minimum_cases,
            key=f"{key}\n{label}\n{matrix.columns_are}",
            total=distinct,
        )
        if 0 < distinct < rules.minimum_cases:
            few.add(row)
        if total and matrix.count.tells_total:
            found = {column: found.get(column, Reason.COMPLEMENTARY) for column in range(len(matrix.columns))}
        withheld |= {(row, column): reason for column, reason in found.items() if bases[column].quotes}
        totals |= {row} if total else set()
    cells = tuple(
        tuple(None if (row, column) in withheld else value for column, value in enumerate(values))
        for row, values in enumerate(matrix.cells)
    )
    log = [
        Withheld(
            "cell",
            f"{matrix.rows[row]} / {matrix.columns[column]}",
            str(matrix.cells[row][column]),
            "[c]",
            reason.value,
        )
        for (row, column), reason in sorted(withheld.items())
    ]
    log += [
        Withheld(
            "total",
            matrix.rows[row],
            str(matrix.totals[row]),
            "[c]",
            (Reason.SMALL if row in few else Reason.COMPLEMENTARY).value,
        )
        for row in sorted(totals)
    ]
    published = replace(
        matrix,
        cells=cells,
        totals=tuple(None if row in totals else value for row, value in enumerate(matrix.totals)),
        members={place: numbers for place, numbers in matrix.members.items() if place not in withheld},
        withheld=withheld,
        withheld_totals=frozenset(totals),
        tallies=tuple(
            tuple(None if (row, column) in withheld else tally for column, tally in enumerate(tallies))
            for row, tallies in enumerate(matrix.tallies)
        ),
        total_tallies=tuple(
            None if row in totals else tally for row, tally in enumerate(matrix.total_tallies)
        ),
        expected_cases=tuple(
            () if row in totals else expected for row, expected in enumerate(matrix.expected_cases)
        ),
        uncertain=frozenset(place for place in matrix.uncertain if place not in withheld),
    )
    return published, log


def _count(quotes: Sequence[Quote]) -> CellCount:
    return CellCount(len({quote.case for quote in quotes if quote.case is not None}), len(quotes))


def publishable_quotes(
    quotes: Sequence[Quote],
    heard: Sequence[Quote],
    rules: DisclosureRules,
    *,
    names: Collection[str] = (),
    key: str = "",
    beside: Mapping[str, tuple[int, ...]] | None = None,
) -> tuple[list[Quote], list[Withheld]]:
    """Quotes without case, source and place, under an attribution that enough cases share.

    Names of cases and interviewers become "[name]", areas that the attribution does not tell "[area]", and
    the study's withheld words what the settings say. A quote that a report printed keeps the attribution
    that it has there. They come in an order that says nothing about where they stood.

    Args:
        quotes: The quotes to be published.
        heard: All quotes of the study, which tell how many share an attribution.
        rules: The study's rules.
        names: Names that are not cases' (interviewers').
        key: What tells the order.
        beside: The columns of a table in which a case's quotes stand, where they are told beside the quotes.
    """
    columns = beside or {}
    people = {
        quote.case: Person(quote.case, quote.group, quote.role, quote.area, columns.get(quote.case, ()))
        for quote in heard
        if quote.case is not None
    }
    levels = attribution_levels(list(people.values()), rules.minimum_cases, rules.apart)
    without_names = _replacer([*people, *names], rules)
    areas = {quote.area for quote in heard if quote.area}
    without_areas = _words_replacer(dict.fromkeys(areas, AREA))
    published = []
    log: list[Withheld] = []
    for quote in quotes:
        place = f"quote {quote.id}"
        told = _coarsened(quote, levels.get(quote.case or ""), rules)
        if told.attribution != quote.attribution:
            log.append(
                Withheld(
                    "attribution",
                    place,
                    quote.attribution,
                    told.attribution,
                    f"fewer than {rules.minimum_cases} cases share it",
                )
            )
        text = without_names(quote.text)
        if told.area is None:
            text = without_areas(text)
        if text != quote.text:
            log.append(Withheld("words", place, quote.text, text, "names, areas and withheld words"))
        published.append(
            replace(
                told,
                text=text,
                case=None,
                source="",
                heading=None,
                headings=(),
                box=None,
                memos=(),
                page=None,
                attributes={},
            )
        )
    published.sort(key=lambda quote: (quote.codes, _digest(key, str(quote.id))))
    return published, log


def publishable_words(
    heard: Sequence[Quote], rules: DisclosureRules, names: Collection[str] = ()
) -> Callable[[str], str]:
    """Puts names and withheld words of a text, such as a code's definition, in brackets, as in quotes."""
    return _replacer([*{quote.case for quote in heard if quote.case is not None}, *names], rules)


def _coarsened(quote: Quote, level: Level | None, rules: DisclosureRules) -> Quote:
    if level is None:
        return quote
    if not level:
        return replace(quote, group=None, role=PARTICIPANT, area=None)
    group = quote.group
    role = quote.role
    if "role" not in level:
        role = rules.attributions.get(group or "", group)
    return replace(quote, role=role, area=quote.area if "area" in level else None)


def _replacer(names: Collection[str], rules: DisclosureRules) -> Callable[[str], str]:
    """Replaces people's names, whole or any part of them that is written like a name, and withheld words."""
    parts = {
        part
        for name in names
        for part in (name, *name.split())
        if len(part) >= _SHORTEST_NAME and part[0].isupper() and part.casefold() not in _NOT_NAMES
    }
    people = _words_replacer(dict.fromkeys(parts, NAME), any_case=False)
    words = _words_replacer({word: became or WORD for word, became in rules.words.items()})
    return lambda text: people(words(text))


def _words_replacer(words: Mapping[str, str], *, any_case: bool = True) -> Callable[[str], str]:
    if not words:
        return lambda text: text
    became = {word.casefold() if any_case else word: instead for word, instead in words.items()}
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE if any_case else 0
    )
    return lambda text: pattern.sub(
        lambda match: became[match.group().casefold() if any_case else match.group()], text
    )


def _digest(key: str, what: str) -> str:
    return hashlib.sha256(f"{key}\n{what}".encode()).hexdigest()
