"""The lookup of names that users type, with the closest offered where there is none.

Case is ignored, and so is how letters are encoded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from quotegrid.domain.text.normalise import name_key
from quotegrid.domain.text.spelling import nearest
from quotegrid.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

__all__ = [
    "closest",
    "named_source",
    "nearest",
    "resolve",
    "resolve_source",
    "sources_called",
    "unknown_source",
]

_MOST = 12
_MOST_SOURCES = 3


def closest(name: str, names: Sequence[str], what: str) -> str:
    """Return a sentence that offers the closest names, or lists all when they are few."""
    near = nearest(name, names)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if not names:
        return f"There are no {what} yet."
    shown = ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
    return f"The {what} are {shown}."


def resolve(name: str, names: Sequence[str], kind: str, many: str) -> str:
    """Return the name as the study spells it.

    Raises:
        UnknownNameError: If there is no such name, ignoring case.
    """
    for form in (str.casefold, name_key):
        for known in names:
            if form(known) == form(name.strip()):
                return known
    raise UnknownNameError(f'there is no {kind} "{name}" here.', todo=closest(name, names, many))


def named_source(session: Session, root: Path, wanted: str) -> str:
    """Return the name of the source of a study that somebody means; see `resolve_source`.

    Raises:
        UnknownNameError: If there is no such source; one that somebody has removed is told.
        UsageError: If there are several.
    """
    from quotegrid.storage.sources.sources import source_paths
    from quotegrid.storage.sources.versions.standing import removed_sources

    try:
        return resolve_source(wanted, source_paths(session), root)
    except UnknownNameError:
        removed = removed_sources(session)
        for name in sources_called(wanted, list(removed)):
            raise UnknownNameError(
                f'"{name}" is no longer in the study: {removed[name]} has removed it.',
                todo=f'"quotegrid undo" by {removed[name]} brings it back with all that stands on it.',
            ) from None
        raise


def resolve_source(wanted: str, paths: Mapping[str, str], root: Path) -> str:
    """Return the name of the source that somebody means, for whatever is done with one source.

    Args:
        wanted: Its name, its file's name with or without its ending, or the path of its file.
        paths: The path of each source's file as the study keeps it, by the source's name.
        root: The study's folder, in which such a path begins.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If there are several.
    """
    found = sources_called(wanted, list(paths))
    if not found:
        files = {(root / path).resolve(): name for name, path in paths.items() if path}
        meant = (files.get(start.joinpath(wanted.strip()).resolve()) for start in (Path(), root))
        found = [name for name in meant if name is not None][:1]
    if not found:
        raise unknown_source(wanted, list(paths))
    if len(found) > 1:
        more = f" and {len(found) - _MOST_SOURCES} more" if len(found) > _MOST_SOURCES else ""
        raise UsageError(
            f'"{wanted}" stands for {len(found)} sources: {", ".join(found[:_MOST_SOURCES])}{more}.',
            todo="Write the whole name of one.",
        )
    return found[0]


def sources_called(wanted: str, names: Sequence[str]) -> list[str]:
    """Return the sources with a name, else those whose file has it, with or without its ending.

    Upper and lower case make no difference.
    """
    for form in (str.casefold, name_key):
        asked = form(wanted.strip())
        for parts in (_WHOLE, _OF_FILE):
            found = [name for name in names if asked in {form(part(name)) for part in parts}]
            if found:
                return found
    return []


def unknown_source(wanted: str, names: Sequence[str]) -> UnknownNameError:
    """Return the error that there is no such source, which offers the closest names."""
    near = closest(wanted, names, "sources")
    return UnknownNameError(f'there is no source "{wanted}" here.', todo=near)


def _whole(name: str) -> str:
    return name


def _file_name(name: str) -> str:
    return PurePath(name).name


def _stem(name: str) -> str:
    return PurePath(name).stem


_WHOLE = (_whole,)
_OF_FILE = (_file_name, _stem)
