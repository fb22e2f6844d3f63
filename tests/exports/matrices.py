"""Matrices for formats that print a table: nested, split by stance, published, with residuals, hostile."""

from __future__ import annotations

from dataclasses import replace

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import Measure
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.report.publication import DisclosureRules, gather_columns, publishable_matrix
from tests.exports.samples import BOOK, PROVENANCE, QUOTES, hostile_matrix, matrix, quote

PUBLISHED = replace(PROVENANCE, minimum_cases=3)
GROUPS = ("school", "parent", "health")
STANCES = (
    replace(QUOTES[0], stances={"long wait": (Stance.SUPPORTS,)}),
    replace(QUOTES[1], stances={"long wait": (Stance.DISPUTES,)}),
    *QUOTES[2:],
)


def many_quotes() -> list[Quote]:
    """Sixty cases in three groups: most schools talk of a quick fix, few parents, and one of health."""
    quotes = []
    for number in range(60):
        group = GROUPS[number % 3]
        says = number % 4 if group == "school" else number % 4 == 0 if group == "parent" else number == 2
        quotes.append(
            quote(
                number,
                f"Passage {number}.",
                group=group,
                case=f"Case {number}",
                source=f"{number % 9}.txt",
                area=("Eastlow", "Westhay")[number // 3 % 2],
                codes=(("quick fix",) if says else ()) + (("long wait",) if number % 2 else ()),
            )
        )
    return quotes


def published_matrix(count: Measure = measures.CASES) -> Matrix:
    """A matrix of which cells and a total are withheld."""
    quotes = [listed for listed in many_quotes() if listed.id % 6 or listed.group != "health"]
    quotes[1] = replace(quotes[1], codes=("room to plan",))

    def build(gathered: dict[str, str] | None = None) -> Matrix:
        return build_matrix(quotes, BOOK, rows=Rows.CODE, count=count, column_order=GROUPS, gathered=gathered)

    gathered = gather_columns(build(), 3)
    return publishable_matrix(build(gathered), quotes, DisclosureRules(), "key")[0]


def nested_matrix(count: Measure = measures.QUOTES) -> Matrix:
    """Areas within groups, one of them planned and not heard, and rows split by stance."""
    return build_matrix(
        STANCES,
        BOOK,
        columns=("group", "area"),
        count=count,
        by_stance=True,
        column_order={"group": GROUPS},
        planned=[("health", "Eastlow")],
    )


def residuals() -> Matrix:
    """Residuals, some of them certain."""
    return build_matrix(many_quotes(), BOOK, rows=Rows.CODE, count=measures.RESIDUAL, column_order=GROUPS)


MATRICES: dict[str, Matrix] = {
    "themes_by_group": matrix(),
    "shares_with_suggestions": matrix(rows=Rows.CODE, count=measures.SHARE, suggested=True),
    "hostile_names": hostile_matrix(),
    "nothing_heard": build_matrix([], BOOK, expected=("parent",)),
    "nested_by_stance": nested_matrix(),
    "residuals": residuals(),
    "published": published_matrix(),
}


def provenance_of(name: str) -> Provenance:
    """Return the provenance of the numbers of one of the matrices."""
    return PUBLISHED if name == "published" else PROVENANCE
