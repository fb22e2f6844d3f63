"""Prepares matrices and quotes for publication: withholds small counts and hides speakers' identities."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.exchange.listing import column
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
Attribution = tuple[str | None, str | None, str | None]
"""The group, role and area that an attribution tells."""
UNATTRIBUTED: Attribution = (None, PARTICIPANT, None)
_SHORTEST_NAME = 2
_NOT_NAMES = frozenset(
    "interviewer interviewee participant respondent speaker moderator facilitator researcher answer "
    "question".split()
)
"""Words in a label that are not part of a name."""


@dataclass(frozen=True)
class DisclosureRules:
    """The `[disclosure]` section of the settings."""

    minimum_cases: int = 3
    words: Mapping[str, str] = field(default_factory=dict)
    """Words that are never published, each with its replacement in brackets."""
    attributions: Mapping[str, str] = field(default_factory=dict)
    """The attribution of a group's members when the role cannot be published."""
    apart: Collection[frozenset[str]] = ()
    """Attributes that are never published together."""


ALL, NONE = "all", "none"
"""The kinds of what is not withheld, and told of each person in a column."""


@dataclass(frozen=True, slots=True)
class WithheldItem:
    """A piece of information left out of a publication, or told by it of each person in a column."""

    kind: str = column(
        "`cell`, `total`, `column`, `attribution`, `quote` or `words`; `all` or `none` if told"
    )
    place: str = column("where it stood")
    was: str = column("what it was")
    became: str = column("what it became")
    reason: str = column("why")


def told_of_each(matrix: Matrix) -> list[WithheldItem]:
    """Return the published cells that count all cases of a column, or none: each of them is known to be so.

    They are no fault, but whoever publishes is to have seen them.
    """
    found = []
    for row, tallies in enumerate(matrix.tallies):
        for name, value, tally in zip(matrix.columns, matrix.cells[row], tallies, strict=True):
            base = matrix.bases[name]
            cases, heard = (
                (0, 0)
                if tally is None
                else (tally.read, base.read)
                if matrix.count.share_of
                else (tally.cases, base.cases)
            )
            if heard and cases in (0, heard):
                kind = ALL if cases else NONE
                reason = f"{kind} of the {heard} cases: it is known of each of them"
                found.append(
                    WithheldItem(kind, f"{matrix.rows[row]} / {name}", str(value), str(value), reason)
                )
    return found


def gather_columns(matrix: Matrix, minimum: int) -> dict[str, str]:
    """Return the columns to merge because too few cases were heard in some, each with the merged name.

    The columns with too few cases are joined by the next smallest ones until together they have enough. A
    column that contains only a report's quotes by unidentified speakers is not too small; beside known cases,
    such quotes do not add to their number.
    """
    together = gathered(
        {
            name: [case for case, columns in matrix.columns_of_cases.items() if column in columns]
            for column, name in enumerate(matrix.columns)
        },
        minimum,
    )
    return dict.fromkeys(together, together_named(together, matrix.columns))


def publishable_matrix(
    matrix: Matrix, quotes: Sequence[Quote], rules: DisclosureRules, key: str
) -> tuple[Matrix, list[WithheldItem]]:
    """Return a matrix without the cells that could identify somebody, and without the quotes behind them.

    Whatever a cell counts, it is withheld by the number of cases behind it, so that the same cells are
    withheld in a matrix of quotes and in one of cases.

    Args:
        matrix: The matrix, with columns of too few cases merged already.
        quotes: The quotes counted in it.
        rules: The study's rules.
        key: A secret that decides which further cells are withheld.

    Returns:
        The matrix, and everything that is withheld.
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
    return without(matrix, withheld, totals, few)


def without(
    matrix: Matrix,
    withheld: Mapping[tuple[int, int], Reason],
    totals: Collection[int],
    few: Collection[int] = (),
    otherwise: Reason = Reason.COMPLEMENTARY,
) -> tuple[Matrix, list[WithheldItem]]:
    """Return a matrix without further cells and totals, and the log of these.

    Args:
        matrix: The matrix.
        withheld: Why each cell is withheld.
        totals: The rows whose total is withheld.
        few: Those of them that stand for too few cases.
        otherwise: Why the other totals are withheld.
    """
    cells = tuple(
        tuple(None if (row, column) in withheld else value for column, value in enumerate(values))
        for row, values in enumerate(matrix.cells)
    )
    log = [
        WithheldItem(
            "cell",
            f"{matrix.rows[row]} / {matrix.columns[column]}",
            str(matrix.cells[row][column]),
            "[c]",
            reason.value,
        )
        for (row, column), reason in sorted(withheld.items())
    ]
    log += [
        WithheldItem(
            "total",
            matrix.rows[row],
            str(matrix.totals[row]),
            "[c]",
            (Reason.SMALL if row in few else otherwise).value,
        )
        for row in sorted(totals)
    ]
    published = replace(
        matrix,
        cells=cells,
        totals=tuple(None if row in totals else value for row, value in enumerate(matrix.totals)),
        members={place: numbers for place, numbers in matrix.members.items() if place not in withheld},
        withheld={**matrix.withheld, **withheld},
        withheld_totals=matrix.withheld_totals | frozenset(totals),
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
    unattributed: Collection[int] = (),
) -> tuple[list[Quote], list[WithheldItem]]:
    """Return quotes without case, source and place, under an attribution shared by enough cases.

    Names of cases and interviewers become "[name]", areas left out of the attribution "[area]", and the
    study's withheld words the replacement in the settings. A quote printed in a report keeps its attribution
    there. The order of the quotes reveals nothing about their places.

    Args:
        quotes: The quotes to be published.
        heard: All quotes of the study, which decide how many cases share an attribution.
        rules: The study's rules.
        names: Names of people who are not cases (interviewers).
        key: A secret that decides the order.
        beside: The columns of a table that contain a case's quotes, if they are printed beside the quotes.
        unattributed: The quotes whose attribution may tell nothing.

    Returns:
        The quotes, and everything that is withheld.
    """
    levels = _levels(heard, rules, beside or {})
    without_names = _replacer([*levels, *names], rules)
    areas = {quote.area for quote in heard if quote.area}
    without_areas = _words_replacer(dict.fromkeys(areas, AREA))
    published = []
    log: list[WithheldItem] = []
    for quote in quotes:
        place = f"quote {quote.id}"
        told = _coarsened(quote, () if quote.id in unattributed else levels.get(quote.case or ""), rules)
        if told.attribution != quote.attribution:
            log.append(
                WithheldItem(
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
            log.append(WithheldItem("words", place, quote.text, text, "names, areas and withheld words"))
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


def _levels(
    heard: Sequence[Quote], rules: DisclosureRules, beside: Mapping[str, tuple[int, ...]]
) -> dict[str, Level]:
    people = {
        quote.case: Person(quote.case, quote.group, quote.role, quote.area, beside.get(quote.case, ()))
        for quote in heard
        if quote.case is not None
    }
    return attribution_levels(list(people.values()), rules.minimum_cases, rules.apart)


def told_attributions(
    heard: Sequence[Quote], rules: DisclosureRules, beside: Mapping[str, tuple[int, ...]] | None = None
) -> dict[int, Attribution]:
    """Return what each quote's attribution would tell in a publication, by the quote's number.

    Args:
        heard: All quotes of the study.
        rules: The study's rules.
        beside: The columns of a table that contain a case's quotes, if they are printed beside the quotes.
    """
    levels = _levels(heard, rules, beside or {})
    told = {}
    for quote in heard:
        shown = _coarsened(quote, levels.get(quote.case or ""), rules)
        told[quote.id] = (shown.group, shown.role, shown.area)
    return told


def publishable_words(
    heard: Sequence[Quote], rules: DisclosureRules, names: Collection[str] = ()
) -> Callable[[str], str]:
    """Return a function that replaces names and withheld words in a text, as in quotes.

    Args:
        heard: All quotes of the study, whose cases' names are replaced.
        rules: The study's rules.
        names: Names of people who are not cases (interviewers).
    """
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
    """Return a function that replaces people's names, parts written like a name, and withheld words."""
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
