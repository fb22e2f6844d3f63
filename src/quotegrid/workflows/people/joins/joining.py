"""Joins the spellings of groups and of areas: in `quotegrid.toml`, whose comments stay, and in the study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotegrid.domain.text.normalise import counted, folded_words, one_line
from quotegrid.errors import UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.people.joins.spellings import Spellings, joined, newest_spellings, store_spellings
from quotegrid.workflows.study.folder import StudyFolder


def join(
    study: StudyFolder, table: Spellings, spellings: Sequence[str], under: str, *, moves: bool = False
) -> str:
    """Join spellings to one group or area, wherever they stand: in files, or set by hand.

    Args:
        study: The study.
        table: The table.
        spellings: Groups, roles or areas, as they are written; for an area, none make it known alone.
        under: The group or area, which may be new.
        moves: Whether a spelling that is joined to another group or area is taken out of it.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If a spelling is joined to another one already, or is no word.
        ConfigError: If the settings cannot be used; the file then stays as it was.
    """
    name = one_line(under)
    wanted = list(dict.fromkeys(one_line(spelling) for spelling in spellings))
    if not all(map(folded_words, [name, *wanted])):
        article = "a group" if table is Spellings.GROUPS else "an area"
        raise UsageError(f"{article} and its spellings must be words.", todo="Nothing was changed.")
    with newest_spellings(study):
        content = {known: list(written) for known, written in joined(study, table).items()}
        if moves:
            moved = {table.key(spelling) for spelling in wanted}
            for known in content.keys() - {name}:
                content[known] = [other for other in content[known] if table.key(other) not in moved]
        for spelling in [name, *wanted]:
            other = table.named(content, spelling)
            if other not in (None, name):
                raise UsageError(
                    f'"{spelling}" is joined to "{other}" already.',
                    todo=f'Join to "{other}", or take it out first: quotegrid {table} leave "{spelling}"',
                )
        written = content.setdefault(name, [])
        known_keys = {table.key(spelling) for spelling in (name, *written)}
        for spelling in wanted:
            if table.key(spelling) not in known_keys:
                written.append(spelling)
                known_keys.add(table.key(spelling))
        others = _quoted(spelling for spelling in wanted if spelling != name)
        what = f'joined {others} to the {table.noun} "{name}"' if others else f'made "{name}" an {table.noun}'
        store_spellings(study, table, what, content)
    return f'{", ".join(wanted) or name}: joined under "{name}", {_size(study, table, name)} now.'


def leave(study: StudyFolder, table: Spellings, spellings: Sequence[str]) -> str:
    """Take spellings, or a name with all its spellings, out of a table: they are as written again.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If the table does not have one of them.
        ConfigError: If the settings cannot be used; the file then stays as it was.
    """
    wanted = {table.key(spelling): one_line(spelling) for spelling in spellings}
    with newest_spellings(study):
        content = {name: list(written) for name, written in joined(study, table).items()}
        for key, spelling in wanted.items():
            name = next((name for name in content if table.key(name) == key), None)
            if name is not None:
                del content[name]
                continue
            holders = (own for own in content.values() if key in map(table.key, own))
            holder = next(holders, None)
            if holder is None:
                raise UsageError(
                    f'"{spelling}" is not in [{table}] of {CONFIG_NAME}.',
                    todo=f'"quotegrid {table}" lists what is joined.',
                )
            holder[:] = [other for other in holder if table.key(other) != key]
        store_spellings(study, table, f"took {_quoted(wanted.values())} out of the {table.noun}s", content)
    return f"{', '.join(wanted.values())}: joined to no {table.noun} any more."


def rename(study: StudyFolder, table: Spellings, name: str, new: str) -> str:
    """Give a group or area of a table another name; what was joined to it stays so.

    Returns:
        A sentence on the change.

    Raises:
        UsageError: If the table does not have it, or has the new name already.
        ConfigError: If the settings cannot be used; the file then stays as it was.
    """
    wanted = one_line(new)
    with newest_spellings(study):
        now = joined(study, table)
        old = table.named(now, name)
        if old is None:
            raise UsageError(
                f'[{table}] of {CONFIG_NAME} has no {table.noun} "{name}".',
                todo=f'"quotegrid {table}" lists them.',
            )
        other = table.named(now, wanted)
        if not folded_words(wanted) or other not in (None, old):
            why = "is no name" if other is None else f'is joined to "{other}" already'
            raise UsageError(f'"{wanted}" {why}.', todo="Nothing was changed.")
        content: dict[str, Sequence[str]] = {}
        for known, written in now.items():
            # The old name stays a spelling: files may write it.
            kept = [spelling for spelling in (*written, old) if table.key(spelling) != table.key(wanted)]
            content |= {wanted: list(dict.fromkeys(kept))} if known == old else {known: written}
        store_spellings(study, table, f'renamed the {table.noun} "{old}" to "{wanted}"', content)
    return f'"{old}" is called "{wanted}" now, {_size(study, table, wanted)}.'


def people_counted(number: int) -> str:
    """Return a number of people: "1 person", "3 people"."""
    return "1 person" if number == 1 else f"{number:,} people"


def _quoted(spellings: Iterable[str]) -> str:
    return ", ".join(f'"{spelling}"' for spelling in spellings)


def _size(study: StudyFolder, table: Spellings, name: str) -> str:
    """Return how many a group or area has: "a group of 3 people", "an area of 2 people and 5 quotes"."""
    from quotegrid.storage.people.cases import list_cases
    from quotegrid.storage.sources.quoted_areas import count_quoted

    with study.reading_session() as session:
        people = people_counted(sum(getattr(case, table.noun) == name for case in list_cases(session)))
        if table is Spellings.GROUPS:
            return f"a group of {people}"
        return f"an area of {people} and {counted(count_quoted(session, name), 'quote')} of reports"
