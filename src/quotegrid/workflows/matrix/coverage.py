"""The sampling frame of a study: the cases planned, heard, read and coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotegrid.domain.matrix.bands import Bands
from quotegrid.domain.matrix.bases import HeardQuotes
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
from quotegrid.workflows.matrix.columns import bands_of
from quotegrid.workflows.matrix.joint_publication import cases_of, checked, row_key
from quotegrid.workflows.matrix.publish import ONE_PERSON_EACH, publication_key, refuse_few
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
    bands = bands_of(study, told.columns_are, heard.speakers)
    order = {name.casefold(): column for column, name in enumerate(told.columns)}
    order |= {name.casefold(): order[together_named(together).casefold()] for name in together}
    column_of = []
    for speaker in heard.speakers:
        value = speaker.value(told.columns_are)
        value = value if bands is None else bands.of(value)
        column_of.append(order[(value or NOT_KNOWN).casefold()])
    columns = {quote: column_of[place] for quote, place in heard.speaker_of.items()}
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
    heard = study.heard()
    bands = {name: found for name in names if (found := bands_of(study, name, heard.speakers)) is not None}
    groups = study.stakeholders.names
    # Whom a report quotes without naming anybody is no case, and yet was heard.
    quoted = {(speaker.group or "").casefold() for speaker in heard.speakers if speaker.case is None}
    orders = {"group": groups, **{name: band.labels for name, band in bands.items()}}
    return build_coverage(
        _cases(heard, names, bands),
        plan,
        rows=rows,
        columns=columns,
        row_order=orders.get(rows, ()),
        column_order=orders.get(columns, ()),
        expected=[name for name in groups if name.casefold() not in quoted] if columns == "group" else (),
        unnamed=sum(
            passages
            for place, passages in Counter(map(heard.speaker_of.__getitem__, heard.passages)).items()
            if heard.speakers[place].case is None
        ),
    )


def _usual_rows(plan: Sequence[Planned]) -> str:
    by = list(plan[0].attributes) if plan else []
    return "area" if not by or {"area", "group"} & set(by) else by[0]


def _cases(heard: HeardQuotes, names: Sequence[str], bands: Mapping[str, Bands]) -> list[HeardCase]:
    """Return the cases who speak, each once; numbers stand in their bands, as in a matrix."""
    known: dict[str, list[dict[str, str]]] = {}
    coded: dict[str, list[dict[str, str]]] = {}
    by_source = sorted(enumerate(heard.speakers), key=lambda placed: placed[1].source.casefold())
    for place, speaker in by_source:
        if speaker.case is None:
            continue
        values = {attribute: speaker.value(attribute) for attribute in names}
        values |= {attribute: band.of(values[attribute]) for attribute, band in bands.items()}
        of_speaker = {attribute: value for attribute, value in values.items() if value is not None}
        of_case = known.setdefault(speaker.case, [])
        if of_speaker not in of_case:
            of_case.append(of_speaker)
        if place in heard.coded_speakers:
            coded.setdefault(speaker.case, []).append(of_speaker)
    read = read_cases(heard)
    return [
        HeardCase(
            first,
            case in coded,
            tuple(elsewhere),
            tuple(values for values in (first, *elsewhere) if values not in coded.get(case, ())),
            is_read=case in read,
        )
        for case, (first, *elsewhere) in known.items()
    ]
