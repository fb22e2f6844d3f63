"""Joins the spellings of groups and of areas in `quotegrid.toml`, whose comments stay, and in the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from quotegrid.domain.people.areas import spelling_key
from quotegrid.domain.text.normalise import counted, folded_words, one_line
from quotegrid.errors import UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.study.change_settings import change_section
from quotegrid.workflows.study.folder import StudyFolder


class Spellings(StrEnum):
    """The tables of the settings that join spellings, by the names of their sections."""

    GROUPS = "stakeholders"
    AREAS = "areas"

    @property
    def noun(self) -> str:
        """Return what the table joins spellings to."""
        return "group" if self is Spellings.GROUPS else "area"


def joined(study: StudyFolder, table: Spellings) -> Mapping[str, tuple[str, ...]]:
    """Return the names of a table, each with the spellings that are joined to it."""
    return study.stakeholders.groups if table is Spellings.GROUPS else study.areas.variants


def join(study: StudyFolder, table: Spellings, spellings: Sequence[str], under: str) -> str:
    """Join spellings to one group or area.

    Args:
        study: The study.
        table: The table.
        spellings: Groups, roles or areas, as the files write them; for an area, none make it known alone.
        under: The group or area, which may be new.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If a spelling is joined to another one already, or is no word.
        ConfigError: If the settings cannot be used; the file then stays as it was.
    """
    name = one_line(under)
    wanted = list(dict.fromkeys(one_line(spelling) for spelling in spellings))
    if not all(map(folded_words, [name, *wanted])):
        raise UsageError(f"{_a(table)} and its spellings must be words.", todo="Nothing was changed.")
    for spelling in [name, *wanted]:
        other = _named(study, table, spelling)
        if other not in (None, name):
            raise UsageError(
                f'"{spelling}" is joined to "{other}" already.',
                todo=f'Join to "{other}", or take it out first: quotegrid {table} leave "{spelling}"',
            )

    def add(section: Any) -> None:
        import tomlkit

        written = section.setdefault(name, tomlkit.array())
        known = {_key(table, spelling) for spelling in (name, *written)}
        for spelling in wanted:
            if _key(table, spelling) not in known:
                written.append(spelling)
                known.add(_key(table, spelling))

    change_section(study, table.value, add)
    kept = _kept_by_hand(study, table, [spelling for spelling in wanted if spelling != name])
    return f'{", ".join(wanted) or name}: joined under "{name}", {_size(study, table, name)} now.{kept}'


def leave(study: StudyFolder, table: Spellings, spellings: Sequence[str]) -> str:
    """Take spellings, or a name with all its spellings, out of a table: they are as the files write them.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If the table does not have one of them.
    """
    wanted = {_key(table, spelling): one_line(spelling) for spelling in spellings}
    content = {name: list(written) for name, written in joined(study, table).items()}
    for key, spelling in wanted.items():
        name = next((name for name in content if _key(table, name) == key), None)
        if name is not None:
            del content[name]
            continue
        holder = next((own for own in content.values() if key in [_key(table, other) for other in own]), None)
        if holder is None:
            raise UsageError(
                f'"{spelling}" is not in [{table}] of {CONFIG_NAME}.',
                todo=f'"quotegrid {table}" lists what is joined.',
            )
        holder[:] = [other for other in holder if _key(table, other) != key]
    restore(study, table, content)
    return f"{', '.join(wanted.values())}: joined to no {table.noun} any more."


def rename(study: StudyFolder, table: Spellings, name: str, new: str) -> str:
    """Give a group or area of a table another name; what was joined to it stays so.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If the table does not have it, or has the new name already.
    """
    old, wanted = _named(study, table, name), one_line(new)
    if old is None:
        raise UsageError(
            f'[{table}] of {CONFIG_NAME} has no {table.noun} "{name}".',
            todo=f'"quotegrid {table}" lists them.',
        )
    other = _named(study, table, wanted)
    if not folded_words(wanted) or other not in (None, old):
        why = "is no name" if other is None else f'is joined to "{other}" already'
        raise UsageError(f'"{wanted}" {why}.', todo="Nothing was changed.")
    content: dict[str, list[str]] = {}
    for known, written in joined(study, table).items():
        if known != old:
            content[known] = list(written)
            continue
        # The old name stays a spelling: files may write it.
        kept = [spelling for spelling in (*written, old) if _key(table, spelling) != _key(table, wanted)]
        content[wanted] = list(dict.fromkeys(kept))
    restore(study, table, content)
    by_hand = _kept_by_hand(study, table, [old])
    return f'"{old}" is called "{wanted}" now, {_size(study, table, wanted)}.{by_hand}'


def restore(study: StudyFolder, table: Spellings, content: Mapping[str, Sequence[str]]) -> None:
    """Give a table another content, name by name, so that comments and layout of the rest stay.

    Raises:
        ConfigError: If the settings cannot be used; the file then stays as it was.
    """

    def replace(section: Any) -> None:
        import tomlkit

        for name in [name for name in section if name not in content]:
            del section[name]
        for name, spellings in content.items():
            if list(section.get(name, ())) != list(spellings) or name not in section:
                section[name] = tomlkit.item(list(spellings))

    change_section(study, table.value, replace)


def people_counted(number: int) -> str:
    """Return a number of people: "1 person", "3 people"."""
    return "1 person" if number == 1 else f"{number:,} people"


def _named(study: StudyFolder, table: Spellings, spelling: str) -> str | None:
    if table is Spellings.GROUPS:
        return study.stakeholders.group_named(spelling)
    return study.areas.named(spelling)


def _key(table: Spellings, spelling: str) -> Hashable:
    return folded_words(spelling) if table is Spellings.GROUPS else spelling_key(spelling)


def _a(table: Spellings) -> str:
    return "a group" if table is Spellings.GROUPS else "an area"


def _size(study: StudyFolder, table: Spellings, name: str) -> str:
    """Return how many a group or area has: "a group of 3 people", "an area of 2 people and 5 quotes"."""
    from quotegrid.storage.people.cases import list_cases
    from quotegrid.storage.sources.quoted_areas import count_quoted

    with study.reading_session() as session:
        people = people_counted(sum(getattr(case, table.noun) == name for case in list_cases(session)))
        if table is Spellings.GROUPS:
            return f"a group of {people}"
        return f"an area of {people} and {counted(count_quoted(session, name), 'quote')} of reports"


def _kept_by_hand(study: StudyFolder, table: Spellings, spellings: Sequence[str]) -> str:
    """Return a sentence on the people who keep a spelling, as it was set by hand."""
    from quotegrid.storage.people.cases import list_cases

    with study.reading_session() as session:
        values = Counter(getattr(case, table.noun) for case in list_cases(session))
    kept = [(spelling, values[spelling]) for spelling in spellings if values[spelling]]
    named = ", ".join(f'"{name}" ({people_counted(people)})' for name, people in kept)
    return f" Set by hand, and kept: {named}." if kept else ""
