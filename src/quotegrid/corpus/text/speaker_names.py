"""Compares the names and labels of speakers: which belong to one person, and which name only a part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

from quotegrid.corpus.text.part_words import ANSWERS, ASKS
from quotegrid.domain.text.normalise import one_line

ASKING = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, ASKS), reverse=True))})\s?\d{{0,2}}")
"""Matches the `folded_label` of an interviewer."""

_ANSWERING = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, ANSWERS), reverse=True))})\s?\d{{0,3}}|[aprs]\d{{0,3}}"
)
_JOINED = re.compile(r"\s*(?:[/&+,]|\b(?:and|und|et|y|e|och|og|en|i)\b)\s*")
_VOICES = re.compile(
    r"(?:(?:fe)?male|(?:un)?identified|unknown|unclear|several|multiple|all|both|everyone|everybody|group|audience|"
    r"another|other|new|various|man|woman|child|voice)"
    r"(?: (?:voices?|speakers?|participants?|persons?|people|m[ae]n|wom[ae]n|members?))?(?:\s?#?\d{1,2})?"
    r"|\?{1,3}"
)
"""Matches the `folded_label` of somebody, or of several, whom the typist could not name."""
_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)[ ](?=[^\W\d_]\.(?:[ ]|\Z))")
"""Matches the space between two initials: "G. K." is "G.K."."""
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})


def is_interviewer(label: str, declared: Iterable[str] = ()) -> bool:
    """Return whether a label marks an interviewer, by its wording or because the name is declared as one."""
    folded = folded_label(label)
    return ASKING.fullmatch(folded) is not None or stands_for(label, declared) is not None


def is_generic(label: str) -> bool:
    """Return whether a label names a respondent's part ("P1", "Participant 2") rather than a person."""
    return _ANSWERING.fullmatch(folded_label(label)) is not None


def is_part(label: str) -> bool:
    """Return whether a label names a part in the conversation, an interviewer's or a respondent's."""
    folded = folded_label(label)
    return bool(ASKING.fullmatch(folded) or _ANSWERING.fullmatch(folded))


def is_full_name(words: str) -> bool:
    """Return whether words may be a person's full name: several, none of which begins in lower case."""
    parts = words.split()
    return len(parts) > 1 and not any(part[0].islower() for part in parts)


def is_voice(label: str) -> bool:
    """Return whether a label names nobody: "Male voice", "Unknown", "ALL"."""
    return _VOICES.fullmatch(folded_label(label)) is not None


def joined_names(label: str) -> list[str]:
    """Return the names in a label of several people, "P1 and P10" or "INTERVIEWER/P1"; empty for one name."""
    names = [name for name in _JOINED.split(folded_label(label)) if name]
    return names if len(names) > 1 else []


def stands_for(label: str, names: Iterable[str]) -> str | None:
    """Return the one name that a label equals or abbreviates: "Jo", "JF" or "Ms Field" for "Jo Field".

    Args:
        label: A label as printed.
        names: The names that it may stand for.

    Returns:
        The name, or None if the label fits none or several.
    """
    folded = folded_label(label)
    distinct = list(dict.fromkeys(names))
    exact = next((name for name in distinct if folded_label(name) == folded), None)
    if exact is not None:
        return exact
    found = [name for name in distinct if _is_short_for(folded, folded_label(name))]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def person_of(label: str, known: tuple[str, ...]) -> str:
    """Return the key that all labels of one speaker share: the declared name, or the label, case-folded."""
    return folded_label(stands_for(label, known) or label)


def name_of_unnamed(source: str, label: str) -> str:
    """Return the name given to a speaker without one until the user names them: "interview-3 P1"."""
    return f"{PurePath(source).stem} {label}".strip()


@lru_cache(maxsize=4096)
def folded_label(label: str) -> str:
    """Return a label or name for comparison: without case, underscores, final stop and gaps in initials."""
    spaced = _INITIALS.sub("", one_line(label.replace("_", " ")))
    return spaced.casefold().rstrip(".")


def _is_short_for(label: str, name: str) -> bool:
    aside = re.search(r"\(([^()]*)\)", name)
    if aside is not None:
        if label == aside.group(1).strip():
            return True
        name = one_line(name.replace(aside.group(), " "))
    words = [word for word in name.split() if word.rstrip(".") not in TITLES]
    said = label.split()
    if not words or not said:
        return False
    if label == name or said == [words[0]]:
        return True
    if words == said[:1] and not any(char.isdigit() for char in label):
        return True
    if said[0].rstrip(".") in TITLES:
        return said[1:] in (words, words[-1:])
    return len(words) > 1 and (
        said == [words[-1]]
        or label.replace(".", "").replace(" ", "") in (_initials_of(words), _initials_of(_parted(words)))
    )


def _initials_of(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _parted(words: Iterable[str]) -> list[str]:
    """Return words with those joined by a hyphen apart: "nancy-wangue" has two initials."""
    return [part for word in words for part in word.split("-") if part]
