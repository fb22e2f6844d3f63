"""Tells which attributes of a table's rows are a person's, and which differ from row to row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from quotegrid.domain.people.case_values import WHO, agree
from quotegrid.domain.sources.model import ReadWarning, Speaker, Turn, WarningKind


def contradictions(first: Speaker, speaker: Speaker) -> list[ReadWarning]:
    """Return a warning for each group, role or area that an earlier row of the person contradicts."""
    return [
        ReadWarning(
            WarningKind.CONFLICT,
            f'the {field} of "{speaker.name}" is "{other}", but "{earlier}" on line {first.line}.',
            speaker.line,
        )
        for field, earlier, other in first.differs_from(speaker)
        if field in WHO
    ]


def differing_attributes(turns: Iterable[Turn]) -> dict[str, list[str]]:
    """Return, by label, the attributes that differ between a person's rows: they are each answer's own."""
    values: dict[str, dict[str, str]] = {}
    found: dict[str, list[str]] = {}
    for turn in turns:
        label = turn.label or ""
        known = values.setdefault(label, {})
        for name, value in turn.attributes.items():
            if not agree(name, known.setdefault(name, value), value) and name not in found.get(label, ()):
                found.setdefault(label, []).append(name)
    return found


def warn_of_differing(differing: Mapping[str, Sequence[str]], what_has_it: str) -> list[ReadWarning]:
    """Return a warning for each attribute that differs between the rows of a person.

    Args:
        differing: The attributes that differ, by the label of the person.
        what_has_it: The thing that has the value of a row: an answer or a turn.
    """
    found = []
    for name, count in Counter(name for names in differing.values() for name in names).items():
        who = "1 person" if count == 1 else f"{count:,} people"
        what = f'"{name}" differs between the rows of {who}, and is read as each {what_has_it}\'s own.'
        found.append(ReadWarning(WarningKind.TEXT, what))
    return found


def only(attributes: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Return the attributes of some names."""
    return {name: value for name, value in attributes.items() if name in names}


def without(speaker: Speaker, names: Collection[str]) -> Speaker:
    """Return a speaker without the attributes of some names."""
    own = {name: value for name, value in speaker.attributes.items() if name not in names}
    said = tuple(value for value in speaker.said if value.field not in names)
    return replace(speaker, attributes=own, said=said)
