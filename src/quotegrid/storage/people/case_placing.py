"""The matching of a source's speakers with cases, existing or new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlmodel import Session, select

from quotegrid.domain.people.case_values import (
    Origin,
    StatedValue,
    add_area_values,
    agree,
    find_conflicts,
    name_key,
    resolve_values,
)
from quotegrid.domain.sources.model import ReadWarning, Source, Speaker, WarningKind
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.people.case_values import area_values, case_rows, settle, stated_values, value_row
from quotegrid.storage.people.cases import known_names
from quotegrid.storage.tables import CaseAliasRow, CaseRow


def place_speakers(
    session: Session, source: Source, source_id: int
) -> tuple[dict[str, int], list[ReadWarning]]:
    """Find or make the case behind each speaker label of a source, and store its values.

    A name that somebody merged or renamed leads to the case that it is now. Where an equally trusted
    group differs, the speaker is a case of their own, called after the source too: a merge can join them.

    Returns:
        The case of each label, and what contradicts other sources.
    """
    placing = _Placing(session, source, source_id)
    rows = {
        label: placing.case_of(label, speaker) for label, speaker in source.speakers.items() if speaker.name
    }
    session.flush()
    for label, row in rows.items():
        session.add_all(
            value_row(said, stored_id(row.id), source_id, label) for said in source.speakers[label].values()
        )
    session.flush()
    settle(session, {stored_id(row.id) for row in rows.values()})
    return {label: stored_id(row.id) for label, row in rows.items()}, [
        *placing.warnings,
        *placing.contradictions(),
    ]


class _Placing:
    """The matching of one source's speakers with the cases of the study."""

    def __init__(self, session: Session, source: Source, source_id: int) -> None:
        self.warnings: list[ReadWarning] = []
        self._session = session
        self._source = source
        self._source_id = source_id
        self._names = known_names(session)
        self._pinned = {
            row.name: row.case_id
            for row in session.exec(select(CaseAliasRow).where(CaseAliasRow.source == source.name))
        }
        speakers = [speaker.name for speaker in source.speakers.values() if speaker.name]
        keys = [name_key(form) for name in speakers for form in (name, self._kept_apart(name))]
        numbers = {self._names[key] for key in keys if key in self._names} | set(self._pinned.values())
        self._rows = {stored_id(row.id): row for row in case_rows(session, numbers)}
        self._said = {
            self._rows[number].guid: list(said) for number, said in stated_values(session, numbers).items()
        }
        self._new: dict[str, CaseRow] = {}
        self._said_here: dict[str, list[StatedValue]] = {}

    def _kept_apart(self, name: str) -> str:
        return f"{name} ({Path(self._source.name).stem})"

    def case_of(self, label: str, speaker: Speaker) -> CaseRow:
        """Return the case of a speaker, a new one where there is none."""
        values = [replace(value, source=self._source_id) for value in speaker.values()]
        name = speaker.name
        row = self._rows[self._pinned[label]] if label in self._pinned else self._named(name)
        if row is not None and label not in self._pinned:
            known, said = self._other_group(row, values)
            if known and said:
                name = self._kept_apart(speaker.name)
                self.warnings.append(
                    ReadWarning(
                        WarningKind.CONFLICT,
                        f'"{speaker.name}" is "{known.value}" in another source and "{said.value}" here; '
                        f'kept apart as "{name}". If they are one person, join them with '
                        '"quotegrid cases merge".',
                    )
                )
                row = self._named(name)
        if row is None:
            row = CaseRow(name=name)
            self._session.add(row)
            self._new[name_key(name)] = row
        self._said.setdefault(row.guid, []).extend(values)
        self._said_here.setdefault(row.guid, []).extend(values)
        return row

    def _named(self, name: str) -> CaseRow | None:
        key = name_key(name)
        number = self._names.get(key)
        return self._new.get(key) if number is None else self._rows[number]

    def _other_group(
        self, row: CaseRow, values: Sequence[StatedValue]
    ) -> tuple[StatedValue | None, StatedValue | None]:
        """Return the group of a case and the group given here, where both are equally trusted and differ."""
        before = self._said.get(row.guid, [])
        known, said = resolve_values(before).get("group"), resolve_values(values).get("group")
        if known is None or said is None or known.origin is not said.origin:
            return None, None
        heard = [value for value in before if value.field == "group" and value.origin is said.origin]
        if any(agree("group", value.value, said.value) for value in heard):
            return None, None
        return known, said

    def contradictions(self) -> list[ReadWarning]:
        """Return this source's contradictions to others on shared cases, unless a value was set by hand."""
        of_areas = area_values(self._session)
        found = []
        for row in (*self._rows.values(), *self._new.values()):
            here = set(self._said_here.get(row.guid, ()))
            for conflict in (
                find_conflicts(add_area_values(self._said.get(row.guid, []), of_areas)) if here else ()
            ):
                told = (conflict.stands, *conflict.others)
                mine = [value for value in told if value in here]
                is_settled = conflict.stands.origin is Origin.HAND
                if mine and len(mine) < len(told) and not is_settled:
                    line = mine[0].line if mine[0].place == self._source.name else None
                    found.append(ReadWarning(WarningKind.CONFLICT, f'"{row.name}": {conflict}', line))
        return found
