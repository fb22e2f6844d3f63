"""Finds every place in a text that has the shape of a speaker's label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotegrid.corpus.transcripts.layouts import (
    BOLD,
    NAME,
    NUMBERED,
    OWN_LINE,
    SLIP,
    TIME_ASIDE,
    TIME_BEFORE,
    TIME_BEHIND,
    TIME_BEHIND_COLON,
    Convention,
)
from quotegrid.corpus.transcripts.templates import GAP, WORD, SpeakerPattern
from quotegrid.domain.text.normalise import one_line

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?"
_LABEL = re.compile(
    rf"""^{GAP}*
        (?:(?P<number>\d{{1,4}}[.)]?){GAP}+)?
        (?:[\[(]?(?P<before>{_TIME})[\])]?{GAP}*\n?{GAP}*)?
        (?P<open>\*\*|__)?
        (?P<label>[^\W\d_]{WORD}*(?:{GAP}[\w.'\u2019&-]+){{0,4}}?)(?<!__)
        (?:{GAP}*\[(?P<after>{_TIME})\]|{GAP}*\((?P<aside>[^()\n]{{1,60}})\))?
        (?:(?P<close>\*\*|__){GAP}*:|{GAP}*:(?P<close2>\*\*|__)?|{GAP}+(?P<alone>{_TIME})(?={GAP}*$))
        (?=\s|$|[^\W\d_]|["\u201c\u2018'(\[]){GAP}*(?P<spoken>)
        (?:[\[(](?P<behind>{_TIME})[\])]{GAP}*)?""",
    re.VERBOSE | re.MULTILINE,
)
_HEADINGS = re.compile(
    rf"{GAP}*(?:text|transcript|transcription|speech|words?|what was said|content|utterance|quote)s?{GAP}*$",
    re.IGNORECASE | re.MULTILINE,
)
_PARTICLES = frozenset("al bin da dal de del della den der di du el ibn la le ten ter van von zu".split())
"""Words of names that are written in lower case."""
_HEADED = frozenset({"speaker", "name", "who", "participant", "voice", "label"})
"""Headings of the first column in a table of turns; a row of headings is not a turn."""
_NOTE = re.compile(r"\s*(?:#{1,6}\s|[-*_]{3,}\s*$|\[[^\[\]]*\]\s*$)")
_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n\s*")
_SLIPS = (
    SpeakerPattern(
        "",
        re.compile(
            rf"^{GAP}*(?P<speaker>[^\W\d_]{WORD}*(?:{GAP}{WORD}+){{0,3}}?){GAP}*[;.\u2013\u2014-](?={GAP}+\S)",
            re.MULTILINE,
        ),
    ),
)
_CLOCK = re.compile(r"\d+")
_MOST_CLOCK_PARTS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A place with the shape of a speaker's label, from `start` to `end`, where the words spoken begin."""

    start: int
    end: int
    name: str
    """The name as printed, on one line."""
    convention: Convention
    """The convention whose shape it has."""
    time: str | None = None
    """The time in the recording at which the turn begins, as HH:MM:SS."""
    aside: str | None = None
    """The words in parentheses after the name."""
    bold: bool = False
    spaced: bool = True
    """Whether there is white space between the label and the words spoken."""

    @property
    def style(self) -> str:
        """Return how it is written: bold, capitals, name (each word with a capital or a number) or lower."""
        if self.bold:
            return "bold"
        if self.name.upper() == self.name and len(self.name) > 1:
            return "capitals"
        words = [word for word in self.name.split() if word not in _PARTICLES]
        is_name = bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)
        return "name" if is_name else "lower"


def colon_labels(text: str, start: int) -> list[Label]:
    """Return the labels before a colon at the beginning of a line, or alone on a line before a time."""
    return [_colon_label(match) for match in _LABEL.finditer(text, start) if not _heads_a_table(match)]


def pattern_labels(
    text: str, start: int, patterns: Iterable[SpeakerPattern], convention: Convention
) -> list[Label]:
    """Return the labels that fit one of several patterns at the beginning of a line.

    Args:
        text: The normalised text.
        start: The offset at which to begin.
        patterns: The patterns; where several fit, the first one counts.
        convention: The convention that the patterns belong to.
    """
    found: dict[int, Label] = {}
    for pattern in patterns:
        if not all(sign in text for sign in pattern.signs):
            continue
        for match in pattern.expression.finditer(text, start):
            line = text.rfind("\n", 0, match.start()) + 1
            if not text[line : match.start()].strip() and match["speaker"] and match["speaker"].strip():
                found.setdefault(line, _pattern_label(match, convention))
    kept: list[Label] = []
    for label in sorted(found.values(), key=lambda candidate: candidate.start):
        if not kept or label.start >= kept[-1].end:
            kept.append(label)
    return kept


def mistyped_labels(text: str, start: int) -> list[Label]:
    """Return the labels before a full stop, semicolon or dash at the beginning of a line, meant as colons."""
    return pattern_labels(text, start, _SLIPS, SLIP)


def clock(printed: str | None) -> str | None:
    """Return a printed time as HH:MM:SS, or None if there is none."""
    if printed is None:
        return None
    parts = _CLOCK.findall(re.split("[.,;]", printed)[0])[:_MOST_CLOCK_PARTS]
    return ":".join(part.zfill(2) for part in (["00", *parts] if len(parts) == 2 else parts))


def block_starts(text: str, start: int) -> set[int]:
    """Return the offsets at which paragraphs begin, without headings and notes.

    In a text without blank lines, every line is a paragraph.
    """
    spaced = _BLOCK.search(text[start:].strip()) is not None
    starts = set()
    end = None
    for match in _LINE.finditer(text, start):
        apart = end is None or text.count("\n", end, match.start()) > 1
        end = match.end()
        if (not spaced or apart) and not _NOTE.match(match.group()):
            starts.add(match.start())
    return starts


def paragraphs(text: str, start: int, labels: Iterable[int] = ()) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph of a text, or of each line if it has no blank lines.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        labels: Offsets of labels, at which a paragraph begins as well.
    """
    opening = sorted(block_starts(text, start).union(labels))
    for number, first in enumerate(opening):
        end = opening[number + 1] if number + 1 < len(opening) else len(text)
        yield first, end


def _heads_a_table(match: re.Match[str]) -> bool:
    return (
        one_line(match["label"]).casefold() in _HEADED
        and _HEADINGS.match(match.string, match.end()) is not None
    )


def _colon_label(match: re.Match[str]) -> Label:
    spoken, text = match.end("spoken"), match.string
    aside = match["aside"]
    timed = aside is not None and re.fullmatch(_TIME, aside) is not None
    bold = bool(match["open"] and (match["close"] or match["close2"]))
    time = (
        match["before"] or match["after"] or match["alone"] or (aside if timed else None) or match["behind"]
    )
    if match["before"]:
        convention = TIME_BEFORE
    elif match["alone"]:
        convention = OWN_LINE
    elif match["after"]:
        convention = TIME_BEHIND
    elif timed:
        convention = TIME_ASIDE
    elif match["behind"]:
        convention = TIME_BEHIND_COLON
    elif match["number"]:
        convention = NUMBERED
    else:
        convention = BOLD if bold else NAME
    return Label(
        start=match.start(),
        end=match.end(),
        name=one_line(match["label"]),
        convention=convention,
        time=clock(time),
        aside=None if timed else aside,
        bold=bold,
        spaced=spoken == len(text) or text[spoken - 1].isspace() or text[spoken].isspace(),
    )


def _pattern_label(match: re.Match[str], convention: Convention) -> Label:
    groups = match.groupdict()
    time = groups.get("time")
    begins = match.start("text") if groups.get("text") else match.end()
    return Label(
        start=match.start(),
        end=begins,
        name=one_line(match["speaker"]),
        convention=convention,
        time=clock(time) if time and re.fullmatch(r"[\d:.,;]+", time) and ":" in time else None,
        aside=groups.get("aside"),
    )
