"""Tells changes of cases in words, as `history` and an undo do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quotegrid.domain.people.case_values import CaseAction
from quotegrid.domain.text.normalise import counted

if TYPE_CHECKING:
    from quotegrid.storage.people.case_log import LoggedChange

_NAMED = 3
"""The most people who are named of those whose values were set together."""


def described(change: LoggedChange) -> str:
    """Return a change in words, without its author: 'merged "Ray" into "Ray Moss"'."""
    payload = change.payload
    name, into = payload["name"], payload.get("into")
    match change.action:
        case CaseAction.MERGE:
            return f'merged "{name}" into "{into}"'
        case CaseAction.SPLIT:
            places = ", ".join(dict.fromkeys(source for source, _ in payload["labels"]))
            return f'split "{into}" from "{name}" ({places})'
        case CaseAction.RENAME:
            return f'renamed "{name}" to "{into}"'
        case CaseAction.SET:
            return _set_in_words([payload])
        case CaseAction.SET_SEVERAL:
            return _set_in_words(payload["changes"])
        case CaseAction.SPELLINGS:
            return str(payload["what"])
        case CaseAction.APART:
            return f'said that "{name}" and "{into}" are two people'
        case CaseAction.IMPORT:
            return f"took in {name} ({counted(payload['values'], 'value')} changed)"
        case CaseAction.UNDO:
            return f"took back change {change.undoes}"
        case CaseAction.REDO:
            return f"restored what change {change.undoes} had taken back"


def _set_in_words(changes: Sequence[Mapping[str, Any]]) -> str:
    """Return values set by hand in words: 'gave "Ann" the role "nurse"'."""
    whom = _names([str(change["name"]) for change in changes])
    given: list[str] = []
    differing: list[str] = []
    taken: list[str] = []
    for field in dict.fromkeys(field for change in changes for field in change["fields"]):
        values = {change["values"].get(field, "") for change in changes if field in change["fields"]}
        shown = field.replace("_", " ")
        if values == {""}:
            taken.append(shown)
        elif len(values) == 1:
            given.append(f'{shown} "{values.pop()}"')
        else:
            differing.append(shown)
    parts = []
    if given:
        parts.append(f"gave {whom} the {' and the '.join(given)}")
    if differing:
        parts.append(f"set the {' and the '.join(differing)} of {whom}")
    if taken:
        parts.append(f"took back the {' and the '.join(taken)} set by hand for {whom}")
    return ", and ".join(parts)


def _names(names: Sequence[str]) -> str:
    """Return who is meant, by name as far as they are few."""
    quoted = [f'"{name}"' for name in names]
    if len(quoted) <= _NAMED:
        return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
    # A single other would be as long as their name.
    shown = quoted[: _NAMED - 1]
    return f"{', '.join(shown)} and {len(quoted) - len(shown):,} others"
