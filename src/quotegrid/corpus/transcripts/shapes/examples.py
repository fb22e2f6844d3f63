"""Makes a template of how speakers are marked from one line and the name in it."""

from __future__ import annotations

import re

from quotegrid.corpus.transcripts.shapes.stamps import RANGE, STAMP
from quotegrid.corpus.transcripts.shapes.templates import COLONS, LETTER, WORD, compile_pattern
from quotegrid.errors import UsageError

_TIMES = re.compile(rf"{RANGE}|{STAMP}")
_STAMP = re.compile(STAMP)
_MARKS = re.compile(rf"(?:{STAMP}|[^\w])*")
_OPENS_WORDS = "\"'\u2018\u201c\u00ab([{<"
_ENDS_LABEL = f"{COLONS})]}}>|=*_"
_NAME = re.compile(
    rf"{LETTER}{WORD}*(?:[ \t]{WORD}+){{0,3}}?(?=[ \t]*(?:[^\w\s.'\u2019&/+-]|[-\u2013\u2014]\W|\t|\Z))"
)
_NUMBER = re.compile(r"\d{1,4}[.)]?[ \t]+\Z")
"""The number of a line, which every pattern passes over."""
_ASIDE = re.compile(r"[ \t]*\([^()\n]{1,60}\)")
_FIRST_WORD = re.compile(rf"{LETTER}{WORD}*")


def likely_name(line: str) -> str:
    """Return the words of a line that are most likely its speaker's name; empty where there are no words."""
    begins = next(
        (match for match in re.finditer(LETTER, _TIMES.sub(lambda time: " " * len(time[0]), line))), None
    )
    if begins is None:
        return ""
    found = _NAME.match(line, begins.start()) or _FIRST_WORD.match(line, begins.start())
    return "" if found is None else found[0].rstrip(".")


def pattern_of_example(line: str, name: str) -> str:
    """Return the template that describes how a line marks its speaker.

    Args:
        line: The line, from its beginning.
        name: The speaker's name, as the line has it.

    Raises:
        UsageError: If the name is not in the line, or nothing shows where it ends.
    """
    name = name.strip()
    place = line.find(name) if name else -1
    if place < 0:
        raise UsageError(f'"{name}" is not in this line.', todo="Write the name as the line has it.")
    before, behind = _NUMBER.sub("", line[:place].lstrip()), line[place + len(name) :]
    if (aside := _ASIDE.match(behind)) is not None and not _TIMES.search(aside[0]):
        behind = behind[aside.end() :]
    marks = _marks(behind)
    rest = behind[len(marks) :].strip()
    if not marks.strip() and not rest:
        ending = "\n"
    elif marks.rstrip()[-1:] in _ENDS_LABEL and marks.strip():
        ending = marks.rstrip() if rest or marks.rstrip()[-1:] in COLONS else f"{marks.rstrip()}\n"
    else:
        ending = f"{marks}{{text}}" if rest else f"{marks.rstrip()}\n"
    template = f"{_with_time(before)}{{speaker}}{_with_time(ending)}".replace("\n", "\\n").replace(
        "\t", "\\t"
    )
    compile_pattern(template)
    return template


def _marks(behind: str) -> str:
    """Return what stands between a name and the words, without the signs that open the words."""
    found = _MARKS.match(behind)
    marks = "" if found is None else found[0]
    opened = marks.rstrip(_OPENS_WORDS)
    return opened if opened.strip() and not _closes(marks[len(opened) :], marks) else marks


def _closes(stripped: str, marks: str) -> bool:
    """Return whether signs that may open the words are a mark of their own, as in "Ann >> Yes"."""
    return not stripped or not marks[: -len(stripped)][-1:].isspace()


def _with_time(written: str) -> str:
    """Return signs as a template has them: times as fields, braces doubled."""
    parts = re.split(r"(\{text\})", written)
    return "".join(part if part == "{text}" else _with_fields(part) for part in parts)


def _with_fields(signs: str) -> str:
    found = []
    end = 0
    for match in _TIMES.finditer(signs):
        first, *rest = _STAMP.finditer(match[0])
        # A turn begins at the first of two times; the second is the time at which its words end.
        until = match[0][first.end() : rest[0].start()] + "{any}" if rest else ""
        found += [_doubled(signs[end : match.start()]), "{time}", until]
        end = match.end()
    return "".join([*found, _doubled(signs[end:])])


def _doubled(signs: str) -> str:
    return signs.replace("{", "{{").replace("}", "}}")
