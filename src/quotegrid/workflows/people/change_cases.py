"""Changes of cases: merge, split, rename. Each is logged; decisions are unaffected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from quotegrid.domain.people.case_values import (
    CaseAction,
    StatedValue,
    name_key,
    resolve_values,
)
from quotegrid.domain.people.merging import MergedAs, MergedField, merged_fields
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.people.change_words import described
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest, sources_called

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.tables import CaseRow

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class CaseChanged:
    """The result of a change of cases."""

    what: str
    """The change, as a sentence."""
    unsure: tuple[str, ...] = ()
    """Warnings about likely mistakes."""
    told: tuple[str, ...] = ()
    """Which of two values stands now, a line each."""


def merge_cases(study: StudyFolder, name: str, into: str, *, despite_groups: bool = False) -> CaseChanged:
    """Merge a case into another, which gets its speech and its name as an alias.

    Of what is said of both, that of the case that stays stands; what only the other has is taken over.

    Args:
        study: The study.
        name: The case that goes.
        into: The case that stays.
        despite_groups: Whether to merge also where the two are in different groups.

    Raises:
        UnknownNameError: If there is no such case.
        UsageError: If both are one case, or their groups differ.
    """
    from quotegrid.storage.people.case_changes import merge
    from quotegrid.storage.people.case_values import values_with_area

    with study.writing_session("merging cases") as session:
        case, other = two_cases(session, name, into)
        fields = _differing(session, case, other)
        groups = [field for field in fields if field.field == "group" and field.how is MergedAs.KEPT]
        if groups and not despite_groups:
            mine, theirs = (
                resolve_values(values_with_area(session, row.id or 0))["group"] for row in (case, other)
            )
            raise UsageError(
                f'"{case.name}" is "{mine.value}" ({_from(mine)}), and "{other.name}" is '
                f'"{theirs.value}" ({_from(theirs)}).',
                todo=f'If they are one person, say so with --yes; then "{theirs.value}" stands. '
                "Nothing was changed.",
            )
        old, stays = case.name, other.name
        study.back_up_before("merging cases")
        merge(session, study.settings.coder_name(), case, other)
        told = tuple(field.in_words(f'"{old}"', f'"{stays}"') for field in fields)
        return CaseChanged(f'"{old}" is now "{stays}".', told=told)


def merge_differences(study: StudyFolder, name: str, into: str) -> list[str]:
    """Return in words what two cases differ in, and which value would stand if they were merged.

    Raises:
        UnknownNameError: If there is no such case.
        UsageError: If both are one case.
    """
    with study.reading_session() as session:
        case, other = two_cases(session, name, into)
        return [
            field.in_words(f'"{case.name}"', f'"{other.name}"') for field in _differing(session, case, other)
        ]


def _differing(session: Session, case: CaseRow, into: CaseRow) -> list[MergedField]:
    from quotegrid.storage.people.case_values import values_with_area

    goes, stays = (values_with_area(session, row.id or 0) for row in (case, into))
    return merged_fields(goes, stays)


def two_cases(session: Session, name: str, into: str) -> tuple[CaseRow, CaseRow]:
    """Return the cases of two names.

    Raises:
        UnknownNameError: If there is no such case.
        UsageError: If both are one case.
    """
    case, other = find(session, name), find(session, into)
    if case.guid == other.guid:
        is_alias = name_key(name) != name_key(into)
        raise UsageError(
            f'"{name}" and "{into}" are one case already: "{case.name}".'
            if is_alias
            else f'"{case.name}" is named twice.',
            todo="Name another case. Nothing was changed.",
        )
    return case, other


def split_case(
    study: StudyFolder, name: str, source: str, *, label: str | None = None, new: str = ""
) -> CaseChanged:
    """Make a case's speech in one source, or under one label of it, a case of its own.

    Args:
        study: The study.
        name: The case.
        source: The source; folder and suffix may be left out.
        label: The speaker label; None for all labels of the case in that source.
        new: The new case's name; empty to name it after the old one and the source.

    Raises:
        UnknownNameError: If there is no such case, or it does not speak there.
        UsageError: If it speaks nowhere else, or the new name is taken.
    """
    from quotegrid.storage.people.case_changes import split
    from quotegrid.storage.people.case_rows import labels_of_case

    with study.writing_session("splitting a case") as session:
        case = find(session, name)
        labels = labels_of_case(session, case.id or 0)
        file = _source_among(source, list(dict.fromkeys(file for file, _ in labels)), case.name)
        here = [pair for pair in labels if pair[0] == file]
        chosen = [pair for pair in here if label is None or name_key(pair[1]) == name_key(label)]
        if not chosen:
            raise UnknownNameError(
                f'"{case.name}" has no label "{label}" in {file}.',
                todo=f"The labels are {', '.join(pair[1] or '(no label)' for pair in here)}.",
            )
        if len(chosen) == len(labels):
            raise UsageError(
                f'"{case.name}" says nothing else.', todo='To rename the case: "quotegrid cases rename".'
            )
        part = PurePath(file).stem if len(chosen) == len(here) else f"{PurePath(file).stem} {chosen[0][1]}"
        called = _free(session, one_line(new) or f"{case.name} ({part})", "Give another name with --as.")
        split(session, study.settings.coder_name(), case, chosen, called)
        return CaseChanged(f'What "{case.name}" says in {file} is now the case "{called}".')


def rename_case(study: StudyFolder, name: str, new: str) -> CaseChanged:
    """Rename a case; files that use the old name still refer to it.

    Raises:
        UnknownNameError: If there is no such case.
        UsageError: If the new name is empty, or that of another case.
    """
    from quotegrid.storage.people.case_changes import rename
    from quotegrid.storage.people.cases import find_case

    with study.writing_session("renaming a case") as session:
        case = find(session, name)
        called = one_line(new)
        holder = find_case(session, called)
        if holder is None or holder.guid != case.guid:
            called = _free(session, called, 'If both are one person: "quotegrid cases merge".')
        elif case.name == called:
            raise UsageError(f'"{called}" already has this name.')
        old = case.name
        rename(session, study.settings.coder_name(), case, called)
        return CaseChanged(f'"{old}" is now called "{called}".')


def find(session: Session, name: str) -> CaseRow:
    """Return the case with a name, an alias or a GUID.

    Raises:
        UnknownNameError: If there is none, or none any more.
    """
    from quotegrid.storage.people.case_rows import find_guid
    from quotegrid.storage.people.cases import all_names, find_case

    if _GUID.fullmatch(name):
        row = find_guid(session, name)
        if row is None:
            raise UnknownNameError(gone(session, name), todo="Nothing was changed.")
        return row
    row = find_case(session, name)
    if row is None:
        raise UnknownNameError(
            f'there is no case "{name}" here.', todo=closest(name, all_names(session), "cases")
        )
    return row


def gone(session: Session, guid: str) -> str:
    """Return what became of a case that is no longer in the study."""
    from quotegrid.storage.people.case_log import counting, list_changes

    for change in reversed(counting(session)):
        if change.action is CaseAction.MERGE and change.payload["cases"][0] == guid:
            return f'"{change.payload["name"]}" is no longer a case: {change.coder} {described(change)}.'
    known = [change.payload["name"] for change in list_changes(session) if guid in change.payload["cases"]]
    return f'"{known[-1]}" is no longer in the study.' if known else "this case is no longer in the study."


def _free(session: Session, name: str, todo: str) -> str:
    from quotegrid.storage.people.cases import find_case

    if not name:
        raise UsageError("a case must have a name.")
    taken = find_case(session, name)
    if taken is not None:
        known = "" if name_key(taken.name) == name_key(name) else f', which "{taken.name}" is known by'
        raise UsageError(f'there is a case "{name}" already{known}.', todo=todo)
    return name


def _source_among(source: str, names: list[str], case: str) -> str:
    found = sources_called(source, names)
    if len(found) == 1:
        return found[0]
    raise UnknownNameError(
        f'"{case}" says nothing in a source "{source}".', todo=closest(source, names, f"sources of {case}")
    )


def _from(said: StatedValue) -> str:
    if said.follows:
        return f'from the role "{said.place}"'
    return f"{said.origin.value}, {said.where}" if said.where else said.origin.value
