"""The numbers that an export tells, worked out from the study as it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quotegrid.domain.cooccurrence import Unit
from quotegrid.domain.decisions import Stance
from quotegrid.domain.figures import Figure
from quotegrid.domain.matrix import Count, Matrix, Rows
from quotegrid.domain.sources import SegmentKind
from quotegrid.domain.text import text_hash
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.make_matrix import MatrixChoice, StudyMatrix, make_matrix

_WITHHELD = "[c]"
_BASES = ("quotes", "cases", "sources")
_QUOTE_OPTIONS = frozenset(
    "query group area role code source case kind text coded where publish".split(),
)


def figures_of(study: StudyFolder, what: str, options: Mapping[str, Any]) -> Sequence[Figure] | None:
    """The numbers that a command tells today with these options; None where that cannot be worked out.

    Raises:
        QuotegridError: If the study no longer has what the options name.
    """
    work_out = _FIGURES.get(what)
    return None if work_out is None else work_out(study, options)


def matrix_figures(matrix: Matrix) -> list[Figure]:
    """Every cell and total of a matrix, then the bases; what is withheld as `[c]`."""
    figures: list[Figure] = []
    for row, name in enumerate(matrix.rows):
        for column, label in enumerate(matrix.columns):
            is_withheld = (row, column) in matrix.withheld
            figures.append((name, label, _WITHHELD if is_withheld else matrix.cells[row][column]))
            if matrix.unconfirmed is not None:
                figures.append((name, f"{label} (unconfirmed)", matrix.unconfirmed[row][column]))
        total = _WITHHELD if row in matrix.withheld_totals else matrix.totals[row]
        figures.append((name, "all", total))
    bases = [*((label, matrix.bases[label]) for label in matrix.columns), ("all", matrix.total_base)]
    figures += [(f"Base: {field}", label, getattr(base, field)) for field in _BASES for label, base in bases]
    return figures


def matrix_options(made: StudyMatrix) -> dict[str, Any]:
    """What a matrix was asked for, as far as it differs from what is usual."""
    choice = made.choice
    told: dict[str, Any] = {
        "query": choice.query,
        "rows": choice.rows.value,
        "within": choice.within,
        "only": list(choice.only),
        "columns": choice.columns if isinstance(choice.columns, str) else ",".join(choice.columns),
        "count": choice.count.value,
        "include_suggested": choice.include_suggested,
        "by_stance": choice.by_stance,
        "stance": None if choice.stance is None else choice.stance.value,
        "publish": made.provenance.minimum_cases is not None,
    }
    return {name: value for name, value in told.items() if value}


def _matrix(study: StudyFolder, options: Mapping[str, Any]) -> Sequence[Figure]:
    stance = options.get("stance")
    choice = MatrixChoice(
        rows=Rows(options.get("rows", Rows.THEME)),
        within=options.get("within"),
        only=tuple(options.get("only", ())),
        columns=options.get("columns", "group"),
        count=Count(options.get("count", Count.QUOTES)),
        include_suggested=options.get("include_suggested", False),
        by_stance=options.get("by_stance", False),
        stance=None if stance is None else Stance(stance),
        query=options.get("query", ""),
    )
    publish = options.get("publish", False)
    return matrix_figures(make_matrix(study, choice, publish=publish, with_quotes=False).matrix)


def _quotes(study: StudyFolder, options: Mapping[str, Any]) -> Sequence[Figure] | None:
    from quotegrid.workflows.find_quotes import segments_matching
    from quotegrid.workflows.list_quotes import all_quotes, list_quotes
    from quotegrid.workflows.publish import published_quotes

    if not _QUOTE_OPTIONS.issuperset(options):
        return None
    quotes = list_quotes(
        study,
        groups=options.get("group", ()),
        areas=options.get("area", ()),
        roles=options.get("role", ()),
        codes=options.get("code", ()),
        sources=options.get("source", ()),
        cases=options.get("case", ()),
        kinds=[SegmentKind(kind) for kind in options.get("kind", ())],
        text=options.get("text", ""),
        coded=options.get("coded"),
        attributes=dict(_pair(one) for one in options.get("where", ())),
    )
    if options.get("query"):
        wanted = segments_matching(study, options["query"])
        quotes = [quote for quote in quotes if quote.id in wanted]
    if options.get("publish"):
        quotes = published_quotes(study, quotes, all_quotes(study))[0]
    return [
        (f"quote {quote.id}", column, value)
        for quote in sorted(quotes, key=lambda quote: quote.id)
        for column, value in (
            ("said by", f"{quote.case}: {quote.attribution}" if quote.case else quote.attribution),
            ("codes", ", ".join(quote.told_codes)),
            # Words never change, but for those that a publication replaces.
            *([("words", text_hash(quote.text)[:12])] if options.get("publish") else ()),
        )
    ]


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def _coverage(study: StudyFolder, options: Mapping[str, Any]) -> Sequence[Figure]:
    from quotegrid.exports.coverage_text import ALL, lines_of
    from quotegrid.workflows.coverage import make_coverage

    found = make_coverage(study, rows=options.get("rows"), columns=options.get("columns"))
    return [
        (name, f"{column}: {measure}", value)
        for name, measure, values in lines_of(found)
        for column, value in zip((*found.columns, ALL), values, strict=True)
    ]


def _cooccurrence(study: StudyFolder, options: Mapping[str, Any]) -> Sequence[Figure]:
    from quotegrid.workflows.cooccurrence import make_cooccurrence, pair_records

    found = make_cooccurrence(
        study,
        Unit(options.get("unit", Unit.SEGMENT)),
        rows=Rows(options.get("rows", Rows.CODE)),
        publish=options.get("publish", False),
    )
    return [
        (f"{record['code']} and {record['other']}", column, record[column])
        for record in pair_records(found)
        for column in ("together", "either", "jaccard")
    ]


def _amounts(study: StudyFolder, options: Mapping[str, Any]) -> Sequence[Figure]:
    from quotegrid.workflows.tell_amounts import tell_amounts

    found = tell_amounts(
        study,
        rows=Rows(options.get("rows", Rows.THEME)),
        only=options.get("code", ()),
        columns=options.get("columns", "group"),
        publish=options.get("publish", False),
    )
    return [
        (one.row, f"{one.column}: {label}", value)
        for one in found.amounts
        for label, value in (("cases", one.cases), ("base", one.base), ("amount", one.amount))
    ]


_FIGURES: dict[str, Callable[[StudyFolder, Mapping[str, Any]], Sequence[Figure] | None]] = {
    "matrix": _matrix,
    "quotes": _quotes,
    "coverage": _coverage,
    "cooccurrence": _cooccurrence,
    "amounts": _amounts,
}
"""What works out the numbers of each command that has some."""
