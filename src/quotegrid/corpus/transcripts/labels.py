"""What could be a speaker's label: every place in a text that has the shape of one."""

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
"""Words of names that are written small."""
_HEADED = frozenset({"speaker", "name", "who", "participant", "voice", "label"})
"""What the first column of a table of turns is called; the row of its headings is no turn."""
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
    """A place that has the shape of a speaker's label; `start` to `end` is what stands before the words."""

    start: int
    end: int
    name: str
    """As printed, in one line."""
    convention: Convention
    """Whose shape it has."""
    time: str | None = None
    """When the turn begins in the recording, as HH:MM:SS."""
    aside: str | None = None
    """What stands in parentheses behind it."""
    bold: bool = False
    spaced: bool = True
    """Whether white space stands between the label and the words."""

    @property
    def style(self) -> str:
        """How it is written: bold, capitals, name (each word with a capital or a number) or lower."""
        if self.bold:
            return "bold"
        if self.name.upper() == self.name and len(self.name) > 1:
            return "capitals"
        words = [word for word in self.name.split() if word not in _PARTICLES]
        is_name = bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)
        return "name" if is_name else "lower"


def colon_labels(text: str, start: int) -> list[Label]:
    """What stands before a colon at a line's beginning, or alone in a line with a time behind it."""
    return [_colon_label(match) for match in _LABEL.finditer(text, start) if not _heads_a_table(match)]


def pattern_labels(
    text: str, start: int, patterns: Iterable[SpeakerPattern], convention: Convention
) -> list[Label]:
    """What fits one of several patterns at the beginning of a line, the first of them that fits there."""
    found: dict[int, Label] = {}
    for pattern in patterns:
        if not all(sign in text for sign in pattern.signs):
            continue
        for match in pattern.expression.finditer(text, start):
            line = text.rfind("\n", 0, match.start()) + 1
            if not text[line : match.start()].strip() and match["speaker"] and match["speaker"].strip():
                found.setdefault(line, _pattern_label(match, convention))
    kept: list[Label] = []
    for label in sorted(found.values(), key=lambda found_label: found_label.start):
        if not kept or label.start >= kept[-1].end:
            kept.append(label)
    return kept


def mistyped_labels(text: str, start: int) -> list[Label]:
    """What stands before a stop, a semicolon or a dash at a line's beginning, as where a colon was meant."""
    return pattern_labels(text, start, _SLIPS, SLIP)


def clock(printed: str | None) -> str | None:
    """Return a time as HH:MM:SS, None where it is none."""
    if printed is None:
        return None
    parts = _CLOCK.findall(re.split("[.,;]", printed)[0])[:_MOST_CLOCK_PARTS]
    return ":".join(part.zfill(2) for part in (["00", *parts] if len(parts) == 2 else parts))


def block_starts(text: str, start: int) -> set[int]:
    """Where paragraphs begin, or lines in a text without blank lines; headings and notes left out."""
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
    """Where the paragraphs of a text begin and end, its lines where it has no blank ones.

    Args:
        text: The normalised text.
        start: Where the text proper begins.
        labels: Where else one begins, because a label stands there.
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
