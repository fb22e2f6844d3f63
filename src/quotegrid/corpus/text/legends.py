"""Finds the legend above a talk, which says who a transcript's labels stand for: "I = interviewer"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotegrid.corpus.text.speaker_names import is_part
from quotegrid.domain.text.normalise import one_line

_LONGEST_CODE = 3
"""The number of characters up to which a value is a code ("Q1") and tells no role."""
_FARTHEST = 60
"""The number of lines from the beginning of the body in which a legend may stand."""
_MOST_WORDS = 8
_HEADING = re.compile(
    r"^[ \t]*(?:[*_#]+[ \t]*)?\(?(?:key|legend|abbreviations?|speakers?|participants?|labels?|initials)"
    r"[*_]*[ \t]*:[*_]*[ \t]*",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"""(?:(?<=^)|(?<=[\s;,|/(]))
        (?:[-*\u2022][ ])?(?P<open>[\["(]|\*\*)?
        (?P<label>[A-Za-z]{1,4}\d{0,3})
        (?P<close>[\])"]|\*\*)?
        [ \t]*(?:=|:|[-\u2013\u2014](?=[ \t]))[ \t]*(?=\S)""",
    re.VERBOSE,
)
_AROUND = " \t;,|/.*"
_ROLES = frozenset(
    """
    interviewer interviewee participant respondent moderator facilitator researcher client patient customer
    user carer parent mother father child teacher pupil student doctor nurse therapist counsellor host guest
    caller informant expert witness chair narrator observer interpreter translator member
    """.split()
)


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend of a transcript."""

    names: Mapping[str, str] = field(default_factory=dict)
    """The name or role that each label stands for, both as written."""
    end: int = 0
    """The offset behind it, at which the body begins; 0 if there is none."""


def find_legend(text: str, start: int) -> Legend:
    """Return the legend that stands above a talk; an empty one if there is none.

    Its lines have nothing but labels, each with a few words. Some of the labels come back at the beginning of
    later lines, and the words are introduced as a legend ("Key:"), name a part in the conversation, or are
    the names of at least two people.

    Args:
        text: The normalised text.
        start: The offset at which the body begins, behind front matter or a block of fields.
    """
    lines = text[start:].split("\n")[:_FARTHEST]
    position = start
    found: dict[str, str] = {}
    end = 0
    is_introduced = False
    for line in lines:
        position += len(line) + 1
        heading = _HEADING.match(line)
        rest = line[heading.end() :] if heading else line
        entries = _entries(rest)
        if entries and not any(label in found for label in entries):
            found |= entries
            is_introduced = is_introduced or heading is not None
            end = position
        elif heading is not None and not rest.strip() and not found:
            is_introduced = True
        elif line.strip() and found:
            break
    if not found or not _is_legend(found, text[end:], is_introduced=is_introduced):
        return Legend()
    return Legend(found, min(end, len(text)))


def _entries(line: str) -> dict[str, str]:
    """Return the labels of a line with what they stand for; empty if anything else stands in it."""
    marks = list(_ENTRY.finditer(line))
    if not marks or line[: marks[0].start()].strip(_AROUND + "(["):
        return {}
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    told = {mark["label"]: _value(line[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)}
    is_sentence = re.search(r"[.?!\u2026][\s\"'\u201d\u2019]*$", line) is not None
    fits = all(value and len(value.split()) <= _MOST_WORDS for value in told.values())
    return told if fits and not is_sentence else {}


def _value(words: str) -> str:
    """Return what a label stands for, without the separators and the bracket that ends the whole legend."""
    value = one_line(words.strip(_AROUND + "[("))
    for opening, closing in ("()", "[]"):
        if value.endswith(closing) and value.count(opening) < value.count(closing):
            value = value[:-1].rstrip(_AROUND)
    return value


def _is_legend(names: Mapping[str, str], body: str, *, is_introduced: bool) -> bool:
    comes_back = _beginnings(body)
    if not any(comes_back[label.casefold()] > 1 for label in names):
        return False
    are_names = len(names) > 1 and all(_is_name(value) for value in names.values())
    return is_introduced or are_names or any(_is_role(value) for value in names.values())


def _beginnings(body: str) -> Counter[str]:
    """Count how often each word begins a line and is set apart like a label."""
    found = re.finditer(
        r"^[ \t]*[*\[(]*([A-Za-z]{1,4}\d{0,3})[*\])]*[ \t]*(?:[:.=\t\u2013\u2014-]|$)", body, re.M
    )
    return Counter(match[1].casefold() for match in found)


def _is_role(value: str) -> bool:
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", value)]
    is_named = len(value) > _LONGEST_CODE and is_part(value)
    return is_named or any(word in _ROLES or word.removesuffix("s") in _ROLES for word in words)


def _is_name(value: str) -> bool:
    words: Sequence[str] = re.sub(r"\([^()]*\)", "", value).split()
    return len(words) > 1 and all(word[0].isupper() for word in words)
