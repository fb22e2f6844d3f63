"""What flags, tables, headers and attributions say of a speaker, and which of it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.people.attributes import area_attributes, said_by_rows
from quotegrid.corpus.readers import TABLES
from quotegrid.corpus.sources.source_file import SourceFile
from quotegrid.corpus.text.speaker_names import stands_for
from quotegrid.domain.people.cases import WHO, Origin, Said, agree, standing
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, HeaderValue, Speaker, Turn
from quotegrid.domain.text.non_speech import non_speech
from quotegrid.domain.text.normalise import one_line


def speaker_of(file: SourceFile, name: str, said: Sequence[Said], line: int | None = None) -> Speaker:
    """A speaker as what is said of them stands, with the group of the role and the attributes of the area.

    Args:
        file: The file in which they speak.
        name: What they are called.
        said: What is said of them, areas as they are written.
        line: The line of an entry of their own in the file.
    """
    areas = file.options.areas
    said = [replace(one, value=areas.standard(one.value)) if one.field == "area" else one for one in said]
    said = _with_group(said, file.stakeholders)
    values = {field: one.value for field, one in standing(said).items()}
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
    """Return whether a label is the participant's of the header; with `only` nobody else speaks."""
    participant = file.header_value("participant")
    return participant is not None and (only or stands_for(label, [participant]) is not None)


def from_flags(file: SourceFile) -> list[Said]:
    """What the user's flags say of every speaker."""
    values = {field: getattr(file.options, field) for field in WHO}
    said = [Said(field, value, Origin.FLAG, f"--{field}") for field, value in values.items() if value]
    return [_by_its_name(one, file.stakeholders) for one in said]


def from_entry(file: SourceFile, speaker: Speaker) -> list[Said]:
    """What a row of a table of answers, or an entry in the front matter, says of its speaker."""
    origin = Origin.COLUMN if file.path.suffix.lower() in TABLES else Origin.HEADER
    said = [replace(one, origin=origin, place=file.name) for one in speaker.values()]
    return [_by_its_name(one, file.stakeholders) for one in said]


def from_tables(
    file: SourceFile, label: str, name: str, only: bool, *, names_area: bool = False
) -> list[Said]:
    """What the attributes files say of a speaker, as `said_by_rows` has it."""
    said = said_by_rows(file.rows, file.name, [label, name], only, names_area=names_area)
    return [_by_its_name(one, file.stakeholders) for one in said]


def from_header(file: SourceFile, label: str, known: Speaker | None, only: bool) -> list[Said]:
    """What the header says of a speaker, as far as an entry of their own leaves it open."""
    fields: dict[str, HeaderValue] = {}
    if known is None and (only or is_participant(file, label, only)):
        fields |= {field: file.fields[field] for field in ("group", "role") if field in file.fields}
    if "area" in file.fields and (known is None or known.area is None):
        fields["area"] = file.fields["area"]
    told = {} if known is None else known.attributes
    said = [
        Said(field, value.value, Origin.HEADER, file.name, value.line)
        for field, value in fields.items()
        if field not in told
    ]
    return [_by_its_name(one, file.stakeholders) for one in said]


def from_asides(file: SourceFile, turns: Sequence[Turn], *, has_group: bool) -> list[Said]:
    """What stands beside a label: "Ray Moss (parent, Eastlow)".

    Roles and areas of the study count. In a study without groups of its own what stands there is a group as
    it is written, where nothing else says one and the same stands there each time.

    Args:
        file: The file.
        turns: The speaker's turns.
        has_group: Whether something else says the speaker's group.
    """
    said: list[Said] = []
    others: list[Said] = []
    for turn in turns:
        own: list[Said] = []
        for part in (turn.aside or "").split(","):
            area, line = file.options.areas.named(part), file.line_of(turn.start)
            if area is not None:
                found = Said("area", area, Origin.ATTRIBUTION, file.name, line)
            elif file.stakeholders.group_of_role(part) is not None:
                found = Said("role", one_line(part), Origin.ATTRIBUTION, file.name, line)
            else:
                if _may_be_group(part):
                    own.append(Said("group", one_line(part), Origin.ATTRIBUTION, file.name, line))
                continue
            if not any(one.field == found.field and agree(one.field, one.value, found.value) for one in said):
                said.append(found)
        others += own[:1]
    is_same = all(agree("group", others[0].value, other.value) for other in others)
    if others and is_same and not (has_group or file.stakeholders.names):
        said.append(others[0])
    return said


def _may_be_group(aside: str) -> bool:
    """Return whether words in brackets beside a label may say who speaks, and not how: "(laughing)"."""
    words = one_line(aside)
    return any(char.isalpha() for char in words) and not non_speech(f"({words})")


def from_attributions(file: SourceFile, quotes: Sequence[AttributedQuote]) -> list[Said]:
    """What a report prints of one participant: the area if it is always one, and a role of each group.

    A role in no group counts only where none is in any, for it is often nothing but the number.
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
        Said(field, value, Origin.ATTRIBUTION, file.name, file.line_of(quote.end))
        for field, value, quote in told
        if value
    ]


def _with_group(said: list[Said], stakeholders: Stakeholders) -> list[Said]:
    """What is said, with the groups that follow from the roles where no group is said."""
    if any(one.field == "group" for one in said):
        return said
    roles = dict.fromkeys(one.value for one in said if one.field == "role")
    groups = {role: stakeholders.group_of_role(role) for role in roles}
    return said + [Said("group", group, Origin.DERIVED, role) for role, group in groups.items() if group]


def _by_its_name(said: Said, stakeholders: Stakeholders) -> Said:
    """Return a value as the study has it: a group by its name there, or as it is written where it has none."""
    named = stakeholders.group_named(said.value) if said.field == "group" else None
    return said if named is None else replace(said, value=named)
