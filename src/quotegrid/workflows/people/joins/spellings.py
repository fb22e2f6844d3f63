"""The tables of the settings that join spellings of groups and areas: changed in the file and the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from quotegrid.domain.people.areas import Areas, spelling_key
from quotegrid.domain.people.case_values import CaseAction
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.text.normalise import folded_words
from quotegrid.errors import UsageError
from quotegrid.settings_reading import read_settings
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.study.change_settings import (
    kept_on_failure,
    read_whole_settings,
    settings_text,
    take_in,
    with_section,
)
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.quoted_areas import follow_joins

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

Content = Mapping[str, Sequence[str]]
"""The names of a table, each with the spellings that are joined to it."""
_DOING = "joining spellings"


class Spellings(StrEnum):
    """The tables of the settings that join spellings, by the names of their sections."""

    GROUPS = "stakeholders"
    AREAS = "areas"

    @property
    def noun(self) -> str:
        """Return what the table joins spellings to."""
        return "group" if self is Spellings.GROUPS else "area"

    def named(self, content: Content, spelling: str) -> str | None:
        """Return the name to which a table joins a spelling, or None if it does not have it."""
        table = {name: tuple(spellings) for name, spellings in content.items()}
        if self is Spellings.GROUPS:
            return Stakeholders(table).group_named(spelling)
        return Areas(table).named(spelling)

    def key(self, spelling: str) -> Hashable:
        """Return a spelling for comparison."""
        return folded_words(spelling) if self is Spellings.GROUPS else spelling_key(spelling)


def joined(study: StudyFolder, table: Spellings) -> Mapping[str, tuple[str, ...]]:
    """Return the names of a table, each with the spellings that are joined to it."""
    return study.stakeholders.groups if table is Spellings.GROUPS else study.areas.variants


@contextmanager
def newest_spellings(study: StudyFolder) -> Iterator[None]:
    """Hold the study's write lock, with the settings as the file has them now.

    Raises:
        ConfigError: If the file cannot be used.
    """
    with study.writing(_DOING):
        read_whole_settings(study)
        yield


def store_spellings(study: StudyFolder, table: Spellings, what: str, content: Content) -> None:
    """Give a table another content: in the file, in the groups and areas, and as one entry of the journal.

    Comments and layout of what stays are kept.

    Args:
        study: The study, with the settings that the file has.
        table: The table.
        what: The change in words, without its author: 'joined "RN" to the group "nursing"'.
        content: The whole content that the table is to have.

    Raises:
        ConfigError: If the settings cannot be used then; nothing is changed.
    """
    from quotegrid.storage.people.case_log import add_change

    before = joined(study, table)
    names = [name for name in {**before, **content} if _of(before, name) != _of(content, name)]
    if not names:
        return
    raw = settings_text(study)
    text = _with_content(raw, table, content)
    payload = {
        "name": "",
        "cases": [],
        "what": what,
        "table": table.value,
        "before": {name: _of(before, name) for name in names},
        "after": {name: _of(content, name) for name in names},
        "file": _difference(raw, text),
    }
    with kept_on_failure(study), study.writing_session(_DOING) as session:
        add_change(session, study.settings.coder_name(), CaseAction.SPELLINGS, payload)
        _take(session, study, text)


def reverse_spellings(
    session: Session, study: StudyFolder, payload: Mapping[str, Any], *, is_redone: bool
) -> None:
    """Undo or redo in the file, and in the groups and areas, what was joined, renamed or taken out.

    A file that is as the change left it is as it was before it, to the letter; in one that was edited
    elsewhere since, only the names that the change is about are put back.

    Args:
        session: A transaction that writes, within `kept_on_failure`.
        study: The study.
        payload: The change, as the journal has it.
        is_redone: Whether it is redone.

    Raises:
        UsageError: If the table was changed by hand where the change changed it.
        ConfigError: If the file cannot be used.
    """
    raw = settings_text(study)
    text = _as_it_was(raw, payload["file"], is_redone=is_redone)
    if text is None:
        table = Spellings(payload["table"])
        there, wanted = payload["after"], payload["before"]
        if is_redone:
            there, wanted = wanted, there
        settings = read_settings(raw, study.root / CONFIG_NAME, type(study.settings))
        now: Content = settings.stakeholders if table is Spellings.GROUPS else settings.areas
        others = {name: spellings for name, spellings in now.items() if name not in wanted}
        for name, spellings in wanted.items():
            if _of(now, name) != there[name]:
                _refuse(table, f'"{name}" in [{table}] of {CONFIG_NAME} was changed by hand since.')
            for spelling in () if spellings is None else (name, *spellings):
                other = table.named(others, spelling)
                if other is not None:
                    _refuse(table, f'"{spelling}" is joined to "{other}" in {CONFIG_NAME} by now.')
        kept = {name: spellings for name, spellings in wanted.items() if spellings is not None}
        text = _with_content(raw, table, {**others, **kept})
    _take(session, study, text)


def _refuse(table: Spellings, what: str) -> None:
    raise UsageError(
        what, todo=f'Nothing was changed. "quotegrid {table}", in the workbench Ctrl+G, shows what is joined.'
    )


def _take(session: Session, study: StudyFolder, text: str) -> None:
    take_in(study, text)
    follow_joins(session, study.stakeholders, study.areas)


def _of(content: Content, name: str) -> list[str] | None:
    return list(content[name]) if name in content else None


def _with_content(raw: str, table: Spellings, content: Content) -> str:
    def replace(section: Any) -> None:
        import tomlkit

        for name in [name for name in section if name not in content]:
            del section[name]
        for name, spellings in content.items():
            written = section.setdefault(name, tomlkit.array())
            # Spellings are taken out and added one by one, so that comments between the others stay.
            for spelling in [spelling for spelling in written if spelling not in spellings]:
                written.remove(spelling)
            for spelling in spellings:
                if spelling not in written:
                    written.append(spelling)

    return with_section(raw, table.value, replace)


def _difference(before: str, after: str) -> dict[str, Any]:
    """Return what makes one text of another: the place, what stands there before and after, and digests."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return {
        "at": start,
        "before": before[start : len(before) - end],
        "after": after[start : len(after) - end],
        "digest_before": _digest(before),
        "digest_after": _digest(after),
    }


def _alike(text: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))


def _as_it_was(raw: str, difference: Mapping[str, Any], *, is_redone: bool) -> str | None:
    """Return the text before a change, or after it if it is redone; None where it is another text by now."""
    old, new = ("before", "after") if is_redone else ("after", "before")
    if _digest(raw) != difference[f"digest_{old}"]:
        return None
    start = difference["at"]
    return f"{raw[:start]}{difference[new]}{raw[start + len(difference[old]) :]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
