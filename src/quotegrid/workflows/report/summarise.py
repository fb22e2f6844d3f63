"""Summaries of the cells of a matrix: reading, writing, and undo within one cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.coding.summaries import (
    CASES,
    QUOTE_GONE,
    Place,
    ShownSummary,
    Summary,
    latest,
    references,
    standing,
    today,
    unknown_references,
    with_references,
)
from quotegrid.domain.matrix.labels import NOT_KNOWN, value_of
from quotegrid.domain.text.normalise import counted, normalise, one_line, shortened, visible
from quotegrid.errors import ConflictError, UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest, resolve

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

CASE_GONE = "case no longer there"
_NUMBER = re.compile(r"^[0-9]{1,18}$")
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class CellText:
    """The summaries of one cell."""

    code: str
    attribute: str
    value: str
    summaries: tuple[ShownSummary, ...] = ()
    """The summaries, several where cases were merged, in the order of writing."""

    @property
    def base(self) -> tuple[int, ...]:
        """Return the numbers of the summaries, which a writer passes on to show what they saw."""
        return tuple(summary.number for summary in self.summaries)

    @property
    def draft(self) -> str:
        """Return the text for editing."""
        return "\n\n".join(summary.draft for summary in self.summaries)


@dataclass(frozen=True, slots=True)
class WrittenSummary:
    """The result of writing a summary."""

    number: int | None
    """The entry's number in the log; None where it would have changed nothing."""
    cell: CellText


@dataclass(frozen=True, slots=True)
class CurrentNames:
    """The current names behind the log's GUIDs."""

    survivors: Mapping[str, str]
    cases: Mapping[str, str]
    quotes: Mapping[str, int]

    def value(self, place: Place) -> str:
        """Return the name of a cell's value."""
        if place.attribute != CASES or place.value == NOT_KNOWN:
            return place.value
        return self.cases.get(self.survivors.get(place.value, place.value), CASE_GONE)

    def shown(self, entry: Summary) -> ShownSummary:
        """Return an entry with current names."""
        numbers = [self.quotes[guid] for guid in references(entry.text) if guid in self.quotes]

        def named(guid: str, otherwise: str) -> str:
            return f"[q:{self.quotes[guid]}]" if guid in self.quotes else otherwise

        return ShownSummary(
            number=entry.number,
            guid=entry.guid,
            code=entry.place.code,
            attribute=entry.place.attribute,
            value=self.value(entry.place),
            text=with_references(entry.text, lambda guid: named(guid, QUOTE_GONE)),
            draft=with_references(entry.text, lambda guid: named(guid, f"[q:{guid}]")),
            quotes=tuple(dict.fromkeys(numbers)),
            coder=entry.coder,
            at=entry.at,
        )


def read_names(session: Session, log: Collection[Summary]) -> CurrentNames:
    """Return the names for reading a log."""
    from quotegrid.storage.coding.summaries import merged_cases, names_by_guid, segment_numbers

    guids = {guid for entry in log for guid in references(entry.text)}
    return CurrentNames(merged_cases(session), names_by_guid(session), segment_numbers(session, guids))


def standing_summaries(study: StudyFolder) -> dict[tuple[str, str, str], tuple[ShownSummary, ...]]:
    """Return the summaries that stand, by code, attribute and the value's current name."""
    from quotegrid.storage.coding.summaries import summary_log

    with study.reading_session() as session:
        log = summary_log(session)
        names = read_names(session, log)
    found: dict[tuple[str, str, str], tuple[ShownSummary, ...]] = {}
    for place, entries in standing(log, names.survivors).items():
        key = (place.code, place.attribute, names.value(place))
        found[key] = (*found.get(key, ()), *(names.shown(entry) for entry in entries))
    return found


def read_cell(study: StudyFolder, code: str, value: str, columns: str = CASES) -> CellText:
    """Return the summaries of a cell.

    Args:
        study: The study.
        code: A theme's or code's name.
        value: The value of the attribute; of a case any of its names.
        columns: The attribute, or two as in "group,area" with a value as in "School / Northmoor".

    Raises:
        UnknownNameError: If there is no such code, attribute, value or case.
    """
    code, attribute, known = _resolved(study, code, columns)
    with study.reading_session() as session:
        place = _place(session, code, attribute, value, known)
        return _cell(session, place)


def write_summary(
    study: StudyFolder,
    code: str,
    value: str,
    text: str,
    columns: str = CASES,
    *,
    base: Collection[int] = (),
) -> WrittenSummary:
    """Write the summary of a cell, in place of those that the writer saw; an empty text deletes it.

    Args:
        study: The study.
        code: A theme's or code's name.
        value: The value of the attribute; of a case any of its names.
        text: Markdown; `[q:12]` names the quote with the number 12. Control characters are made visible.
        columns: The attribute, or two as in "group,area" with a value as in "School / Northmoor".
        base: The numbers of the summaries that the writer saw and that are to be replaced.

    Raises:
        UnknownNameError: If there is no such code, attribute, value or case, or the text names quotes that
            are not there.
        ConflictError: If other summaries stand in the cell than those of `base`.
    """
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.coding.summaries import add_summary, merged_cases, summary_log

    code, attribute, known = _resolved(study, code, columns)
    wanted = visible(normalise(text)).strip()
    with study.writing_session("writing a summary") as session:
        place = _place(session, code, attribute, value, known)
        log = summary_log(session)
        before = _cell(session, place, log)
        if set(before.base) != set(base):
            raise _conflict(before, base)
        kept = _with_guids(session, wanted, before)
        survivors = merged_cases(session)
        holds = [summary.text for summary in standing(log, survivors).get(place, ())] == (
            [kept] if kept else []
        )
        if holds:
            return WrittenSummary(None, before)
        number = add_summary(
            session,
            by=study.settings.coder_name(),
            code=code_ids(session)[code],
            attribute=place.attribute,
            value=place.value,
            text=kept,
            replaces=[entry.number for entry in latest(log, survivors).get(place, ())],
        )
        return WrittenSummary(number, _cell(session, place))


def undo_in_cell(study: StudyFolder, code: str, value: str, columns: str = CASES) -> CellText | None:
    """Undo the coder's latest entry of one cell that still counts.

    Returns:
        The summaries of the cell afterwards; None if there was nothing to undo.
    """
    from quotegrid.storage.coding.summaries import last_summary, merged_cases, undo_summary

    code, attribute, known = _resolved(study, code, columns)
    name = study.settings.coder_name()
    with study.writing_session("undoing") as session:
        place = _place(session, code, attribute, value, known)
        last = last_summary(session, name, place, merged_cases(session))
        if last is None:
            return None
        undo_summary(session, name, last.entry)
        return _cell(session, place)


def _resolved(study: StudyFolder, code: str, columns: str) -> tuple[str, str, list[str]]:
    """Return the code and the attribute as the study spells them, and the attribute's values.

    Values that only the log has are among them, so that their summaries can be deleted.
    """
    from quotegrid.storage.coding.summaries import written_places
    from quotegrid.workflows.matrix.make_matrix import make_matrix

    codebook = current_codebook(study)
    matrix = make_matrix(study, columns=columns, with_quotes=False).matrix
    with study.reading_session() as session:
        places = written_places(session)
    codes = [*(known.name for known in codebook.codes), *(place.code for place in places)]
    values = [place.value for place in places if place.attribute == matrix.columns_are]
    name = resolve(code, list(dict.fromkeys(codes)), "code", "codes")
    return name, matrix.columns_are, list(dict.fromkeys([*matrix.columns, *values]))


def _place(session: Session, code: str, attribute: str, value: str, known: Sequence[str]) -> Place:
    from quotegrid.storage.people.cases import all_names, find_case

    if attribute != CASES:
        return Place(code, attribute, resolve(value, known, f"value of {attribute}", "values"))
    row = find_case(session, value) or find_case(session, value_of(value))
    if row is not None:
        return Place(code, attribute, row.guid)
    if one_line(value).casefold() == NOT_KNOWN and NOT_KNOWN in known:
        return Place(code, attribute, NOT_KNOWN)
    raise UnknownNameError(
        f'there is no case "{value}" here.', todo=closest(value, all_names(session), "cases")
    )


def _cell(session: Session, place: Place, log: Sequence[Summary] | None = None) -> CellText:
    from quotegrid.storage.coding.summaries import merged_cases, summary_log

    log = summary_log(session) if log is None else log
    survivors = merged_cases(session)
    entries = standing(log, survivors).get(today(place, survivors), ())
    names = read_names(session, entries)
    return CellText(
        place.code, place.attribute, names.value(place), tuple(names.shown(entry) for entry in entries)
    )


def _with_guids(session: Session, text: str, before: CellText) -> str:
    """Return the text with quotes referred to by the GUIDs of their segments."""
    from quotegrid.storage.coding.summaries import segment_guids, segment_numbers

    named = references(text)
    numbers = {reference: int(reference) for reference in named if _NUMBER.match(reference)}
    by_number = segment_guids(session, numbers.values())
    there = {reference: by_number[number] for reference, number in numbers.items() if number in by_number}
    others = [reference for reference in named if reference not in numbers]
    there |= {guid: guid for guid in segment_numbers(session, others)}
    # What was a quote when it was written stays in the text until its writer takes it out.
    there |= {
        reference: reference
        for shown in before.summaries
        for reference in references(shown.draft)
        if reference in others
    }
    unknown = unknown_references(text, there)
    if unknown:
        which = ", ".join(f'"{shortened(reference, 40)}"' for reference in unknown)
        raise UnknownNameError(
            f"the text names {counted(len(unknown), 'quote')} that this study does not have: {which}.",
            todo='"quotegrid quotes" shows their numbers; write each as [q:12]. Nothing was written.',
        )
    return with_references(text, lambda reference: f"[q:{there[reference]}]")


def _conflict(now: CellText, base: Collection[int]) -> UsageError:
    where = f'"{now.code}", {now.value}'
    if not now.summaries:
        return ConflictError(
            f"the summary of {where} that you replace has been taken away since.",
            todo="Nothing was written; write again without it.",
            base=(),
        )
    said = " ".join(
        f"Summary {summary.number} by {summary.coder}, {summary.at[:16].replace('T', ' ')}: "
        f'"{shortened(summary.text, _SHOWN)}"'
        for summary in now.summaries
    )
    what = "another has been written since" if base else "there is one already"
    replaces = " ".join(f"--replaces {number}" for number in now.base)
    return ConflictError(
        f"{where} is not overwritten: {what}. {said}",
        todo=f"Nothing was written; to replace what stands, say so with {replaces}.",
        base=now.base,
    )
