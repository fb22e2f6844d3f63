"""The sampling frame of a study: the cases planned, heard, read and coded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bands import Bands
from quotegrid.domain.matrix.coverage import (
    Coverage,
    HeardCase,
    Planned,
    build_coverage,
    publishable_coverage,
)
from quotegrid.domain.matrix.disclosure import together_named
from quotegrid.domain.matrix.model import NOT_KNOWN
from quotegrid.domain.matrix.published import EVERYBODY, PublishedNumber, PublishedTable
from quotegrid.domain.matrix.read_cases import read_cases
from quotegrid.domain.report.publication import WithheldItem
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import bring_in_step
from quotegrid.workflows.matrix.joint_publication import cases_of, checked, row_key
from quotegrid.workflows.matrix.make_matrix import bands_of
from quotegrid.workflows.matrix.publish import ONE_PERSON_EACH, publication_key, refuse_few
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import resolve

_WHO = ("group", "role", "area")


def published_coverage(
    study: StudyFolder, *, columns: str | None = None
) -> tuple[Coverage, list[WithheldItem], PublishedTable]:
    """Return a coverage by one attribute as it may be published, what is withheld, and what it tells.

    Raises:
        UnknownNameError: If the study has no such attribute.
        UsageError: If it would name people, or too few were heard.
    """
    minimum = study.settings.minimum_cases
    if (columns or "").casefold() in ONE_PERSON_EACH:
        raise UsageError(
            f"a column for each {columns} cannot be published: each would be one person's.",
            todo="Choose another attribute, or leave out --publish.",
        )
    refuse_few(study, study.heard())
    rows = "group" if (columns or "group").casefold() != "group" else None
    whole = make_coverage(study, rows=rows, columns=columns)
    told, together = publishable_coverage(whole, minimum)
    table, hidden = checked(study, _table_of(study, told, together), publication_key(study))
    columns_hidden = {column for _, column in hidden}
    if columns_hidden:
        told = replace(
            told,
            column_totals=tuple(
                replace(figures, coded=None) if column in columns_hidden else figures
                for column, figures in enumerate(told.column_totals)
            ),
            total=replace(told.total, coded=None),
        )
    reason = f"fewer than {minimum} cases were heard in some of these"
    log = [WithheldItem("column", name, name, together_named(together), reason) for name in together]
    return told, log, table


def _table_of(study: StudyFolder, told: Coverage, together: Sequence[str]) -> PublishedTable:
    """Return what a published coverage tells: how many cases of each column have any code."""
    heard = study.heard()
    quotes = all_quotes(study)
    bands = bands_of(study, told.columns_are, quotes)
    order = {name.casefold(): column for column, name in enumerate(told.columns)}
    order |= {name.casefold(): order[together_named(together).casefold()] for name in together}
    columns = {}
    for quote in quotes:
        value = quote.value(told.columns_are)
        value = value if bands is None else bands.of(value)
        columns[quote.id] = order[(value or NOT_KNOWN).casefold()]
    # A row of its own: one of all codes would tie every row to every other, and take long to check.
    row = row_key([], "any code")
    numbers = [
        PublishedNumber(row, column, figures.coded is not None)
        for column, figures in enumerate(told.column_totals)
    ]
    numbers.append(PublishedNumber(row, EVERYBODY, told.total.coded is not None))
    coded = frozenset[int]().union(*heard.coded.values())
    return PublishedTable(cases_of(heard), columns, {}, numbers, parts={row: coded})


def make_coverage(study: StudyFolder, *, rows: str | None = None, columns: str | None = None) -> Coverage:
    """Count the study's cases, and compare them with its plan where it has one.

    Args:
        study: The study.
        rows: The attribute in the rows; None for the area, or for what the plan goes by where that is
            neither area nor group.
        columns: The attribute in the columns; None for the group.

    Raises:
        UnknownNameError: If the study has no such attribute.
        UsageError: If both are the same.
    """
    from quotegrid.storage.people.plan import load_plan
    from quotegrid.storage.search.quotes import attribute_names

    bring_in_step(study)
    with study.reading_session() as session:
        plan = load_plan(session)
        own = attribute_names(session)
    names = list(dict.fromkeys([*_WHO, *own, *(name for line in plan for name in line.attributes)]))
    rows, columns = (
        resolve(name.replace("-", "_"), names, "attribute", "attributes")
        for name in (rows or _usual_rows(plan), columns or "group")
    )
    if rows == columns:
        raise UsageError(f"the rows and the columns are both {rows}.", todo="Name two attributes.")
    quotes = all_quotes(study)
    bands = {name: found for name in names if (found := bands_of(study, name, quotes)) is not None}
    groups = study.stakeholders.names
    # Whom a report quotes without naming anybody is no case, and yet was heard.
    quoted = {(quote.group or "").casefold() for quote in quotes if quote.case is None}
    orders = {"group": groups, **{name: band.labels for name, band in bands.items()}}
    return build_coverage(
        _heard(quotes, names, bands, read_cases(study.heard())),
        plan,
        rows=rows,
        columns=columns,
        row_order=orders.get(rows, ()),
        column_order=orders.get(columns, ()),
        expected=[name for name in groups if name.casefold() not in quoted] if columns == "group" else (),
        unnamed=sum(quote.case is None and quote.made_by is None for quote in quotes),
    )


def _usual_rows(plan: Sequence[Planned]) -> str:
    by = list(plan[0].attributes) if plan else []
    return "area" if not by or {"area", "group"} & set(by) else by[0]


def _heard(
    quotes: Sequence[Quote], names: Sequence[str], bands: Mapping[str, Bands], read: Collection[str]
) -> list[HeardCase]:
    """Return the cases who speak, each once; numbers stand in their bands, as in a matrix."""
    by_case: dict[str, list[Quote]] = {}
    for quote in quotes:
        if quote.case is not None:
            by_case.setdefault(quote.case, []).append(quote)
    heard = []
    for name, said in by_case.items():
        known: list[dict[str, str]] = []
        coded: list[dict[str, str]] = []
        for quote in said:
            values = {attribute: quote.value(attribute) for attribute in names}
            values |= {attribute: band.of(values[attribute]) for attribute, band in bands.items()}
            of_quote = {attribute: value for attribute, value in values.items() if value is not None}
            if of_quote not in known:
                known.append(of_quote)
            if quote.codes and of_quote not in coded:
                coded.append(of_quote)
        uncoded = tuple(values for values in known if values not in coded)
        heard.append(HeardCase(known[0], bool(coded), tuple(known[1:]), uncoded, is_read=name in read))
    return heard
