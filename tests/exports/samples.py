"""Quotes made by hand for the exports: three groups, a report's quote without a case, and hostile text."""

from __future__ import annotations

from collections.abc import Mapping

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.measures import Measure
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.sources.model import SegmentKind

BOOK = Codebook(
    (
        Code("Money"),
        Code("quick fix", parent="Money"),
        Code("room to plan", parent="Money"),
        Code("Families"),
        Code("long wait", parent="Families"),
    )
)

PROVENANCE = Provenance(
    study="Trial",
    made_at="2025-06-01T10:00:00+00:00",
    version="0.1.0",
    codebook_hash="0123456789ab",
    coders=("Ada", "Jo"),
    first_decision="2025-05-01T09:00:00.000+00:00",
    last_decision="2025-05-30T09:00:00.000+00:00",
    codings=6,
)


def quote(
    number: int,
    text: str,
    *,
    group: str | None = "parent",
    case: str | None = "Ray Moss",
    source: str = "ray.txt",
    codes: tuple[str, ...] = (),
    suggested: tuple[str, ...] = (),
    area: str | None = "Eastlow",
    role: str | None = "Parent",
    attributes: Mapping[str, str] | None = None,
) -> Quote:
    return Quote(
        id=number,
        text=text,
        kind=SegmentKind.TURN,
        source=source,
        start=number * 100,
        end=number * 100 + len(text),
        case=case,
        group=group,
        role=role,
        area=area,
        heading=None,
        codes=codes,
        suggested=suggested,
        attributes=attributes or {},
    )


QUOTES = (
    quote(1, "Fourteen months, and no letter.", codes=("long wait",)),
    quote(2, "It covers up the trouble.", codes=("quick fix", "long wait")),
    quote(3, "Never heard of it.", suggested=("quick fix",)),
    quote(
        4,
        "We had room to plan.",
        group="school",
        case="Ada Stone",
        source="ada.md",
        codes=("room to plan", "quick fix"),
        area="Westhay",
        role="Headteacher",
    ),
    quote(
        5,
        "Months of waiting.",
        group="school",
        case="Ada Stone",
        source="ada.md",
        codes=("quick fix",),
        suggested=("long wait",),
        area="Westhay",
        role="Headteacher",
    ),
    quote(6, "A patch.", group="school", case="Bo Lind", source="bo.txt", area=None, role="Teacher"),
    quote(
        7,
        "A patch on a roof.",
        group=None,
        case=None,
        source="report.txt",
        codes=("quick fix",),
        area="Northmoor",
        role="LA leaders",
    ),
)

HOSTILE = '=HYPERLINK("http://x","y")'
MARKED = "a|b <b>*c*</b> [d](e) \x1b[31m\\"
HOSTILE_BOOK = Codebook((Code(HOSTILE), Code(MARKED), Code("+1")))
HOSTILE_QUOTES = (
    quote(1, HOSTILE, group="@SUM(A1)", case="=1+1", source="-2.txt", codes=(HOSTILE, MARKED)),
    quote(2, MARKED, group=MARKED, case=MARKED, source=MARKED, codes=(MARKED,), role="+role", area="-area"),
    quote(
        3,
        "bell\x07 null\x00 return\r override\u202e c1\x9b tab\t line\nnext",
        group="@SUM(A1)",
        codes=("+1",),
    ),
)


def matrix(
    *,
    rows: Rows = Rows.THEME,
    columns: str = "group",
    count: Measure = measures.QUOTES,
    suggested: bool = False,
) -> Matrix:
    groups = ("school", "parent", "health") if columns == "group" else ()
    return build_matrix(
        QUOTES,
        BOOK,
        rows=rows,
        columns=columns,
        count=count,
        include_suggested=suggested,
        column_order=groups,
        expected=groups,
    )


def hostile_matrix() -> Matrix:
    return build_matrix(HOSTILE_QUOTES, HOSTILE_BOOK)
