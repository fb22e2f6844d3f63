"""Collects the values that flags, tables, headers and attributions give to a speaker, and resolves them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.people.attributes import area_attributes, values_of_speaker
from quotegrid.corpus.readers import TABLES
from quotegrid.corpus.sources.source_file import SourceFile
from quotegrid.corpus.text.speaker_names import folded_label, is_full_name, is_part, stands_for
from quotegrid.domain.people.case_values import (
    WHO,
    Origin,
    StatedValue,
    agree,
    attribute_name,
    resolve_values,
)
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, HeaderValue, Speaker, Turn
from quotegrid.domain.text.non_speech import non_speech
from quotegrid.domain.text.normalise import one_line

_ASIDE = re.compile(r"\([^()]*\)")


def speaker_of(file: SourceFile, name: str, said: Sequence[StatedValue], line: int | None = None) -> Speaker:
    """Build a speaker from the values given, with the role's group and the area's attributes added.

    Args:
        file: The file in which they speak.
        name: Their name.
        said: The values given, with areas as written.
        line: The line in the file of an entry of their own.
    """
    areas = file.options.areas
    said = [
        replace(value, field=attribute_name(value.field))
        for value in said
        if value.value not in file.options.missing
    ]
    said = [
        replace(value, value=areas.standard(value.value)) if value.field == "area" else value
        for value in said
    ]
    said = _with_group(said, file.stakeholders)
    values = {field: value.value for field, value in resolve_values(said).items()}
    own = {field: value for field, value in values.items() if field not in WHO}
    area = values.get("area")
    return Speaker(
        name=name,
        group=values.get("group"),
        role=values.get("role"),
        area=area,
        attributes={**area_attributes(file.rows, area), **own},
        line=line,
        said=tuple(said),
    )


def is_participant(file: SourceFile, label: str, only: bool) -> bool:
    """Return whether a label is the header's participant; with `only`, it is the source's only speaker."""
    participant = file.header_value("participant")
    return participant is not None and (only or stands_for(label, [participant]) is not None)


def from_flags(file: SourceFile) -> list[StatedValue]:
    """Return the values that the user's flags give to every speaker."""
    values = {field: getattr(file.options, field) for field in WHO}
    said = [StatedValue(field, value, Origin.FLAG, f"--{field}") for field, value in values.items() if value]
    return [_by_its_name(value, file.stakeholders) for value in said]


def legend_name(file: SourceFile, label: str) -> str | None:
    """Return the full name that the legend gives to a label; None if it gives none or only a role."""
    what = _in_legend(file, label)
    return one_line(_ASIDE.sub("", what)) if what is not None and is_full_name(_ASIDE.sub("", what)) else None


def from_legend(file: SourceFile, label: str) -> list[StatedValue]:
    """Return the role that the legend gives to a label: "R1 = ward sister"."""
    what = _in_legend(file, label)
    if what is None or is_part(what) or is_full_name(_ASIDE.sub("", what)):
        return []
    return [_by_its_name(StatedValue("role", what, Origin.HEADER, file.name), file.stakeholders)]


def _in_legend(file: SourceFile, label: str) -> str | None:
    folded = folded_label(label)
    return next((what for known, what in file.read.legend.items() if folded_label(known) == folded), None)


def from_entry(file: SourceFile, speaker: Speaker) -> list[StatedValue]:
    """Return the values of a speaker's row in a table of answers, or of their front matter entry."""
    origin = Origin.COLUMN if file.path.suffix.lower() in TABLES else Origin.HEADER
    said = [replace(value, origin=origin, place=file.name) for value in speaker.values()]
    return [_by_its_name(value, file.stakeholders) for value in said]


def from_tables(
    file: SourceFile, label: str, name: str, only: bool, *, names_area: bool = False
) -> list[StatedValue]:
    """Return the values that the attributes files give to a speaker; see `values_of_speaker`."""
    said = values_of_speaker(file.rows, file.name, [label, name], only, names_area=names_area)
    return [_by_its_name(value, file.stakeholders) for value in said]


def from_header(file: SourceFile, label: str, known: Speaker | None, only: bool) -> list[StatedValue]:
    """Return the values that the header gives to a speaker, except those that their own entry gives."""
    fields: dict[str, HeaderValue] = {}
    if known is None and (only or is_participant(file, label, only)):
        fields |= {field: file.fields[field] for field in ("group", "role") if field in file.fields}
    if "area" in file.fields and (known is None or known.area is None):
        fields["area"] = file.fields["area"]
    told = {} if known is None else known.attributes
    said = [
        StatedValue(field, value.value, Origin.HEADER, file.name, value.line)
        for field, value in fields.items()
        if field not in told
    ]
    return [_by_its_name(value, file.stakeholders) for value in said]


def from_asides(file: SourceFile, turns: Sequence[Turn], *, has_group: bool) -> list[StatedValue]:
    """Return the values in brackets beside a label: "Ray Moss (parent, Eastlow)".

    Roles and areas of the study are recognised. Other words in brackets are taken as a group, as written, if
    nothing else gives one and they are the same each time.

    Args:
        file: The file.
        turns: The speaker's turns.
        has_group: Whether the speaker's group is known from elsewhere.
    """
    said: list[StatedValue] = []
    others: list[StatedValue] = []
    for turn in turns:
        own: list[StatedValue] = []
        for part in (turn.aside or "").split(","):
            area, line = file.options.areas.named(part), file.line_of(turn.start)
            if area is not None:
                found = StatedValue("area", area, Origin.ATTRIBUTION, file.name, line)
            elif file.stakeholders.group_of_role(part) is not None:
                found = StatedValue("role", one_line(part), Origin.ATTRIBUTION, file.name, line)
            else:
                if _may_be_group(part):
                    own.append(StatedValue("group", one_line(part), Origin.ATTRIBUTION, file.name, line))
                continue
            if not any(
                value.field == found.field and agree(value.field, value.value, found.value) for value in said
            ):
                said.append(found)
        others += own[:1]
    is_same = all(agree("group", others[0].value, other.value) for other in others)
    is_in_group = has_group or any(value.field == "role" for value in said)
    if others and is_same and not is_in_group:
        said.append(others[0])
    return said


def _may_be_group(aside: str) -> bool:
    """Return whether the words in brackets beside a label may say who speaks, unlike "(laughing)"."""
    words = one_line(aside)
    return any(char.isalpha() for char in words) and not non_speech(f"({words})")


def from_attributions(file: SourceFile, quotes: Sequence[AttributedQuote]) -> list[StatedValue]:
    """Return the values printed with one participant's quotes: a single area, and one role per group.

    A role that belongs to no group counts only if none of the roles does, because it is often just the
    participant's number.
    """
    roles: dict[str | None, AttributedQuote] = {}
    for quote in quotes:
        if quote.role:
            roles.setdefault(file.stakeholders.group_of_role(quote.role), quote)
    if len(roles) > 1:
        roles.pop(None, None)
    told = [("role", quote.role, quote) for quote in roles.values()]
    if len({quote.area for quote in quotes}) == 1:
        told.append(("area", quotes[0].area, quotes[0]))
    return [
        StatedValue(field, value, Origin.ATTRIBUTION, file.name, file.line_of(quote.end))
        for field, value, quote in told
        if value
    ]


def _with_group(said: list[StatedValue], stakeholders: Stakeholders) -> list[StatedValue]:
    """Return the values, adding the groups that follow from the roles if no group is given."""
    if any(value.field == "group" for value in said):
        return said
    roles = dict.fromkeys(value.value for value in said if value.field == "role")
    groups = {role: stakeholders.group_of_role(role) for role in roles}
    return said + [
        StatedValue("group", group, Origin.DERIVED, role) for role, group in groups.items() if group
    ]


def _by_its_name(said: StatedValue, stakeholders: Stakeholders) -> StatedValue:
    """Return a value with a group replaced by the study's name for it, if the study has the group."""
    named = stakeholders.group_named(said.value) if said.field == "group" else None
    return said if named is None else said.called(named)
