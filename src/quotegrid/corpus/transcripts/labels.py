"""Finds every place in a text that has the shape of a speaker's label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotegrid.corpus.text.speaker_names import is_part
from quotegrid.corpus.transcripts.asking import QUESTION_MARKS
from quotegrid.corpus.transcripts.shapes.layouts import (
    BOLD,
    BOLD_WITHOUT_COLON,
    BRACKETED,
    NAME,
    NAME_IN_BRACKETS,
    NUMBERED,
    OWN_LINE,
    SLIP,
    TIME_ASIDE,
    TIME_BEFORE,
    TIME_BEHIND,
    TIME_BEHIND_COLON,
    Convention,
)
from quotegrid.corpus.transcripts.shapes.stamps import GAP, MARKED, RANGE, STAMP, clock
from quotegrid.corpus.transcripts.shapes.templates import COLON, COLONS, LETTER, WORD, SpeakerPattern
from quotegrid.domain.sources.model import ParagraphStyle, StyledParagraph
from quotegrid.domain.text.normalise import one_line

SIGNS = "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]{1,6}"
"""Matches pictures and arrows that are set before a name."""
_LABEL = re.compile(
    rf"""^(?:{GAP}*>)*{GAP}*(?P<bullet>[-*\u2022]{GAP}+)?(?:{SIGNS}{GAP}*)?
        (?:(?P<number>\d{{1,4}}(?:[.)]|(?={GAP}))){GAP}*)?
        (?:(?P<early>\*\*|__)?(?P<before>{MARKED}|{RANGE}|{STAMP})(?:{GAP}*[-\u2013\u2014:](?={GAP}))?{GAP}*\n?{GAP}*)?
        (?P<open>\*\*\*|\*\*|__)?(?P<bracket>\\?\[)?
        (?P<label>{LETTER}{WORD}*(?:{GAP}{WORD}+){{0,6}}?)(?<!__)(?(bracket)\\?\])
        (?:{GAP}*(?P<after>\\?\[{GAP}*{STAMP}{GAP}*\\?\])|{GAP}*\((?P<aside>[^()\n]{{1,60}})\)|
           ,{GAP}*(?P<title>[A-Z][^:()\n\u2013]{{1,80}}?))?
        (?:(?P<close>\*\*\*|\*\*|__){GAP}*{COLON}|{GAP}*{COLON}(?P<close2>\*\*\*|\*\*|__)?|
           {GAP}+(?P<alone>{STAMP})(?={GAP}*$))
        (?=\s|$|{LETTER}|[=\u00b0\u2191\u2193<>"\u201c\u2018'(\[\\\u00bf\u00a1\u00ab\u2014\u2013\u2026\u300c#*-]|(?<=\uff1a))
        {GAP}*(?P<spoken>)
        (?:(?P<behind>{MARKED}|{STAMP}(?={GAP}*$)){GAP}*)?""",
    re.VERBOSE | re.MULTILINE,
)
_HEADINGS = re.compile(
    rf"{GAP}*(?:text|transcript|transcription|speech|words?|what was said|content|utterance|quote)s?{GAP}*$",
    re.IGNORECASE | re.MULTILINE,
)
_PARTICLES = frozenset("al bin da dal de del della den der di du el ibn la le ten ter van von zu".split())
"""Words of names that are written in lower case."""
_LINKS = frozenset("a and at for in of on the to".split())
"""Words within a title that are written in lower case."""
_HEADED = frozenset({"speaker", "name", "who", "participant", "voice", "label"})
"""Headings of the first column in a table of turns; a row of headings is not a turn."""
_NOTE = re.compile(r"\s*(?:#{1,6}\s|[-*_]{3,}\s*$|\[[^\[\]]*\]\s*$)")
_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)
_CLOSING = " \t)]\"'\u2019\u201d\u00bb\u300d*_"
_SENTENCE_ENDS = f".!\u2026\u3002\uff01\u0964-\u2013\u2014;{QUESTION_MARKS}"
_WIDE_COLONS = "\uff1a\ufe55\ufe13"
"""Colons that hold their own space."""
_LED_NAME = re.compile(rf"{LETTER}{WORD}*(?:{GAP}{WORD}+){{0,4}}")
_INDENT = re.compile(r"[ \t\u00a0\u3000]*")
_MOST_LINES_OF_A_BLOCK = 5
"""The number of lines for a blank one above which blank lines do not part the paragraphs of a text."""
_WORDS_OF_SPEECH = 6
"""The number of words behind a label above which they are no particular ("Age: 48")."""
_MOST_WORDS_OF_A_NAME = 6
_SIDES = re.compile(rf"{GAP}+[-\u2013\u2014/]{GAP}+")
_SHORTEST_PART = 3
_FEWEST_ITEMS = 3
"""The number of items of a list that begin with a name from which it may be a speaker's."""
_WIDEST = 110
"""The number of characters beyond which a line is not wrapped by a typewriter or a printer."""
_SLIPS = (
    SpeakerPattern(
        "",
        re.compile(
            rf"^{GAP}*(?P<speaker>[^\W\d_]{WORD}*(?:{GAP}{WORD}+){{0,3}}?){GAP}*[;.\u2013\u2014-](?={GAP}+\S)",
            re.MULTILINE,
        ),
    ),
)


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

    words: int | None = None
    """The offset behind the colon, before a time that stands there."""
    is_before_name: bool = False
    """Whether the rest of its line may be somebody's name."""
    bulleted: bool = False
    """Whether it is an item of a list."""
    in_block: bool = True
    """Whether words that end like a sentence follow it in its line, or none do."""

    @property
    def style(self) -> str:
        """Return how it is written: bold, capitals, name (each word with a capital or a number) or lower."""
        if self.bold:
            return "bold"
        if self.name.upper() == self.name != self.name.lower() and len(self.name) > 1:
            return "capitals"
        words = [word for word in self.name.split() if word not in _PARTICLES]
        is_name = bool(words) and not any(word[0].islower() and word == word.lower() for word in words)
        return "name" if is_name else "lower"


def colon_labels(text: str, start: int) -> list[Label]:
    """Return the labels before a colon at the beginning of a line, or alone on a line before a time."""
    found = [
        match for match in _LABEL.finditer(text, start) if not _heads_a_table(match) and not _is_prose(match)
    ]
    items = Counter(match["label"] for match in found if match["bullet"] is not None)
    return [_colon_label(match) for match in found if not _is_item(match, items)]


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


def led_labels(text: str, start: int, styles: Sequence[StyledParagraph]) -> list[Label]:
    """Return the names in bold that begin a paragraph of other words, without those before a colon.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        styles: The looks of the text's paragraphs.
    """
    found = []
    for lead in styles:
        name = text[lead.start : lead.end]
        words = _INDENT.match(text, lead.end)
        if lead.style is not ParagraphStyle.LEAD or lead.start < start or words is None:
            continue
        if _LED_NAME.fullmatch(name) and text[words.end() : words.end() + 1] not in COLONS:
            found.append(
                Label(
                    lead.start, words.end(), one_line(name), BOLD_WITHOUT_COLON, bold=True, words=words.end()
                )
            )
    return found


def mistyped_labels(text: str, start: int) -> list[Label]:
    """Return the labels before a full stop, semicolon or dash at the beginning of a line, meant as colons."""
    return pattern_labels(text, start, _SLIPS, SLIP)


def block_starts(text: str, start: int) -> set[int]:
    """Return the offsets at which paragraphs begin, without headings and notes.

    In a text without blank lines, and in one with few of them whose lines are no wrapped paragraphs, every
    line is a paragraph. In one of wrapped paragraphs without blank lines, an indented line begins one.
    """
    lines = [match.span() for match in _LINE.finditer(text, start)]
    apart = [
        number == 0 or text.count("\n", lines[number - 1][1], line[0]) > 1
        for number, line in enumerate(lines)
    ]
    each_line = sum(apart) <= 1 or (
        len(lines) > _MOST_LINES_OF_A_BLOCK * sum(apart) and not _is_wrapped(text, lines)
    )
    indented = not each_line and len(lines) > _MOST_LINES_OF_A_BLOCK * sum(apart)
    starts = set()
    for number, (first, end) in enumerate(lines):
        begins = each_line or apart[number] or (indented and _is_indented(text, lines[number - 1][0], first))
        if begins and not _NOTE.match(text, first, end):
            starts.add(first)
    return starts


def _is_wrapped(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Return whether lines end where they are full, as in typescripts: most are about as long."""
    lengths = sorted(end - first for first, end in lines)
    full = lengths[int(len(lengths) * 0.9)]
    return full <= _WIDEST and sum(length >= 0.7 * full for length in lengths) >= 0.5 * len(lengths)


def _is_indented(text: str, before: int, line: int) -> bool:
    """Return whether a line begins further to the right than the one before it."""
    return _width_of_indent(text, line) > _width_of_indent(text, before)


def _width_of_indent(text: str, line: int) -> int:
    indent = _INDENT.match(text, line)
    return 0 if indent is None else indent.end() - line


def paragraphs(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each paragraph of a text, or of each line if it has no blank lines.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
    """
    opening = sorted(block_starts(text, start))
    for number, first in enumerate(opening):
        end = opening[number + 1] if number + 1 < len(opening) else len(text)
        yield first, end


def _heads_a_table(match: re.Match[str]) -> bool:
    return (
        one_line(match["label"]).casefold() in _HEADED
        and _HEADINGS.match(match.string, match.end()) is not None
    )


def _is_item(match: re.Match[str], items: Counter[str]) -> bool:
    """Return whether a label is just the first words of an item: not set apart, no part, seldom there."""
    if match["bullet"] is None or match["open"] or match["early"] or match["bracket"]:
        return False
    return items[match["label"]] < _FEWEST_ITEMS and not is_part(match["label"].split()[0])


def _is_prose(match: re.Match[str]) -> bool:
    """Return whether what stands behind a comma is no title: "Well, Ann said this:" names nobody."""
    title = match["title"]
    if title is None or match["label"].isupper():
        return False
    words = [word for word in title.split() if word not in _PARTICLES and word not in _LINKS]
    return len(match["label"].split()) < 2 or any(word[0].islower() for word in words)


def _colon_label(match: re.Match[str]) -> Label:
    spoken, text = match.end("spoken"), match.string
    aside = match["aside"]
    timed = aside is not None and re.fullmatch(STAMP, aside.strip()) is not None
    bold = bool((match["open"] or match["early"]) and (match["close"] or match["close2"]))
    time = (
        match["before"] or match["after"] or match["alone"] or (aside if timed else None) or match["behind"]
    )
    if match["before"]:
        convention = TIME_BEFORE
    elif match["alone"]:
        convention = NAME_IN_BRACKETS if match["bracket"] else OWN_LINE
    elif match["after"]:
        convention = TIME_BEHIND
    elif timed:
        convention = TIME_ASIDE
    elif match["behind"]:
        convention = TIME_BEHIND_COLON
    elif match["bracket"]:
        convention = BRACKETED
    elif match["number"]:
        convention = NUMBERED
    else:
        convention = BOLD if bold else NAME
    name, part = _name_and_part(one_line(match["label"]))
    aside = part or aside
    return Label(
        start=match.start(),
        end=match.end(),
        name=name,
        convention=convention,
        time=clock(time),
        aside=None if timed else aside,
        bold=bold,
        words=spoken,
        is_before_name=_may_be_name(_rest_of_line(text, match.end())),
        bulleted=match["bullet"] is not None,
        in_block=_is_followed_by_sentence(text, match.end()),
        spaced=spoken == len(text)
        or text[spoken - 1].isspace()
        or text[spoken].isspace()
        or text[spoken - 1] in _WIDE_COLONS,
    )


def _name_and_part(label: str) -> tuple[str, str | None]:
    """Return the name and the part of a label that has both, "Interviewer - Jo Field"; else no part."""
    sides = _SIDES.split(label)
    parts = [side for side in sides if is_part(side) and len(side) >= _SHORTEST_PART]
    names = [side for side in sides if side not in parts]
    return (names[0], parts[0]) if len(sides) == 2 and len(parts) == len(names) == 1 else (label, None)


def _rest_of_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end]


def _may_be_name(words: str) -> bool:
    """Return whether words begin with capitals, or have none in their script, and are few."""
    parts = [part for part in words.split() if part not in _PARTICLES]
    return 0 < len(parts) <= _MOST_WORDS_OF_A_NAME and not any(part[0].islower() for part in parts)


def _is_followed_by_sentence(text: str, start: int) -> bool:
    """Return whether the rest of a line is empty, long or ends like a sentence; a particular seldom does."""
    rest = _rest_of_line(text, start).rstrip(_CLOSING)
    return not rest or rest[-1] in _SENTENCE_ENDS or len(rest.split()) > _WORDS_OF_SPEECH


def _pattern_label(match: re.Match[str], convention: Convention) -> Label:
    groups = match.groupdict()
    time = groups.get("time")
    begins = match.start("text") if groups.get("text") else match.end()
    return Label(
        start=match.start(),
        end=begins,
        name=one_line(match["speaker"]),
        convention=convention,
        time=clock(time),
        aside=groups.get("aside"),
    )
