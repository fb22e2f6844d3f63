"""Names and labels of speakers: which stand for one person, and which for a part in the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

from quotegrid.domain.text.normalise import one_line

ASKING = re.compile(r"(?:interviewer|int|iv|i|q|question|moderator|mod|facilitator|researcher)\s?\d{0,2}")
"""What the `folded_label` of one who asks looks like."""

_ANSWERING = re.compile(r"(?:participant|respondent|interviewee|speaker)\s?\d{0,3}|[aprs]\d{0,3}|answer")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})


def is_interviewer(label: str, declared: Iterable[str] = ()) -> bool:
    """Whether a speaker label marks somebody who asks, by what it says or because the name is declared."""
    folded = folded_label(label)
    return ASKING.fullmatch(folded) is not None or stands_for(label, declared) is not None


def is_generic(label: str) -> bool:
    """Whether a label names the part of one who answers ("P1", "Participant 2") rather than a person."""
    return _ANSWERING.fullmatch(folded_label(label)) is not None


def is_part(label: str) -> bool:
    """Whether a label names a part in the conversation, of one who asks or of one who answers."""
    folded = folded_label(label)
    return bool(ASKING.fullmatch(folded) or _ANSWERING.fullmatch(folded))


def stands_for(label: str, names: Iterable[str]) -> str | None:
    """The name that a label is, or is the one short form of: "Jo", "JF", "Ms Field" for "Jo Field"."""
    folded = folded_label(label)
    distinct = list(dict.fromkeys(names))
    exact = next((name for name in distinct if folded_label(name) == folded), None)
    if exact is not None:
        return exact
    found = [name for name in distinct if _is_short_for(folded, folded_label(name))]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def person_of(label: str, known: tuple[str, ...]) -> str:
    """What the labels of one speaker have in common: the declared name, or the label without case."""
    return folded_label(stands_for(label, known) or label)


def name_of_unnamed(source: str, label: str) -> str:
    """What a speaker without a name is called, until somebody names them: "interview-3 P1"."""
    return f"{PurePath(source).stem} {label}".strip()


def folded_label(label: str) -> str:
    """A label or name for comparing: without case, underscores and a stop at its end."""
    return one_line(label.replace("_", " ")).casefold().rstrip(".")


def _is_short_for(label: str, name: str) -> bool:
    aside = re.search(r"\(([^()]*)\)", name)
    if aside is not None:
        if label == aside.group(1).strip():
            return True
        name = one_line(name.replace(aside.group(), " "))
    words = [word for word in name.split() if word.rstrip(".") not in _TITLES]
    said = label.split()
    if not words or not said:
        return False
    if label == name or said == [words[0]]:
        return True
    if words == said[:1] and not any(char.isdigit() for char in label):
        return True
    if said[0].rstrip(".") in _TITLES:
        return said[1:] in (words, words[-1:])
    return len(words) > 1 and (
        said == [words[-1]] or label.replace(".", "").replace(" ", "") == "".join(word[0] for word in words)
    )
