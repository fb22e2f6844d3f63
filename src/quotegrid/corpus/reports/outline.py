"""Finds the headings and case-study boxes of a report, and those that a given offset belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from quotegrid.corpus.text.paragraphs import Paragraph, paragraphs_of
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.text.normalise import one_line

_FURNITURE = re.compile(r"^(?:\W|[\u00b9\u00b2\u00b3\u2070-\u2079]|\*\s)*$")
_CAPTION = re.compile(r"(?:figure|table|box|chart|source|note|reference|isbn)\b[^:]{0,12}:", re.IGNORECASE)
_UNFINISHED = frozenset(
    "a an and are as at because between but by for from in is of on or than that the their to was "
    "which with".split()
)
_LONGEST_HEADING = 200
_BREAK = re.compile(r"(?:[*_-][ \t]*){3,}")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<title>[^*_\n]+)(?P=mark):?")
_LINE_OF_CONTENTS = re.compile(r"(?P<title>\S.*?)(?:\t+|[ .\u2026]{3,}|[ ]{2,})(?P<page>\d{1,4})[ \t]*$")
_CHAPTER = re.compile(
    r"(?:chapter|part|section|annex|appendix)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,5})\b", re.IGNORECASE
)
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<dot>\.?)[ \t]+(?=[^\W\d_a-z])")
_AROUND_CHAPTERS = frozenset(
    "abstract acknowledgements annexes appendices bibliography conclusion conclusions foreword glossary "
    "preface references".split()
)
_BOXED = re.compile(
    r"""(?:(?:case\ (?:study|example)|vignette|spotlight)(?:\ \d{1,2}[a-z]?|\ [A-Z])?|box\ \d{1,2}[a-z]?)
        (?:\s*[:.|\u2013\u2014-]\s*(?P<title>\S.*)|(?P<on>\s+(?:on|from)\s+\S.*))?""",
    re.VERBOSE | re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"(?P<before>.*)\bin (?P<place>[A-Z][a-z][\w'\u2019-]*"
    r"(?: (?:(?:upon|on|of|the|under|le) )*[A-Z][a-z][\w'\u2019-]*){0,4})"
)
_NO_PLACES = frozenset(
    {"practice", "action", "england", "wales", "scotland", "year", "phase", "key", "early"}
)
_SUBJECT = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)+\b")
"""Matches two or more words with capitals, which name something."""
_SHORT_WORD = 3

_TOP = 10
_IN_CONTENTS = 20
_PLAIN = 30
_EMPHASIS = 40
_STEP = 2
"""The distance between levels of headings; a box in text without levels is half a step below."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its level, and what it says about the text below it."""

    start: int
    end: int
    title: str
    level: int
    """Lower levels are wider: Markdown's from 1 to 6, then by numbering, table of contents and style."""
    box: str | None = None
    """The title of the case study or box that begins here."""
    area: str | None = None
    until: int | None = None
    """The offset at which its text ends at the latest; None if only another heading ends it."""


@dataclass(frozen=True, slots=True)
class Place:
    """The headings, box and area that an offset belongs to."""

    headings: tuple[str, ...]
    """The headings, from the widest to the nearest."""
    box: str | None
    area: str | None


def find_outline(
    text: str,
    start: int,
    stakeholders: Stakeholders,
    areas: Collection[str] = (),
    apart: Collection[tuple[int, int]] = (),
) -> tuple[Heading, ...]:
    """Return the headings and box titles of a report, in order.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        stakeholders: The study's groups and roles.
        areas: The study's areas.
        apart: The start and end of each block quote with its attribution; their lines are not headings.
    """
    paragraphs = paragraphs_of(text, start)
    listed = _contents(paragraphs)
    sections = _numbers_with_parts(paragraphs)
    taken = sorted(apart)
    found: list[tuple[int, Heading]] = []
    for number, paragraph in enumerate(paragraphs):
        if _overlaps(paragraph, taken):
            continue
        following = paragraphs[number + 1].body if number + 1 < len(paragraphs) else ""
        level = _level(paragraph, following, listed, sections)
        boxed = _box_title(paragraph)
        if level is None and boxed is None:
            continue
        after_break = number > 0 and _BREAK.fullmatch(paragraphs[number - 1].body) is not None
        if level is None:
            level = _EMPHASIS
        elif level == _IN_CONTENTS and after_break:
            level = _TOP
        title = _title(paragraph)
        heading = Heading(paragraph.start, paragraph.end, title, level, box=boxed)
        if found and number == found[-1][0] + 1 and _is_only_a_name(found[-1][1]):
            name = replace(found[-1][1], box=title)
            found[-1] = number - 1, name
            heading = replace(heading, level=max(level, name.level + 1), box=title)
        found.append((number, heading))
    outline = []
    for position, (number, heading) in enumerate(found):
        stop = found[position + 1][0] if position + 1 < len(found) else len(paragraphs)
        below = paragraphs[number + 1].body if number + 1 < stop else ""
        heading = _with_area(heading, below, stakeholders, areas)
        outline.append(_limited(heading, paragraphs, number, stop, taken))
    return tuple(outline)


def place_of(outline: Sequence[Heading], offset: int) -> Place:
    """Return the headings above an offset, with the box and the area of the nearest one that names one."""
    above: list[Heading] = []
    for heading in outline:
        if heading.start >= offset:
            break
        while above and above[-1].level >= heading.level:
            above.pop()
        if heading.until is None or heading.until > offset:
            above.append(heading)
    return Place(
        headings=tuple(heading.title for heading in above),
        box=next((heading.box for heading in reversed(above) if heading.box), None),
        area=next((heading.area for heading in reversed(above) if heading.area), None),
    )


def _contents(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Return the titles in a table of contents: lines that end in a page number."""
    lines = [line for paragraph in paragraphs for line in paragraph.body.split("\n")]
    return frozenset(
        one_line(match["title"]).casefold() for line in lines if (match := _LINE_OF_CONTENTS.match(line))
    )


def _numbers_with_parts(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Return the section numbers that have subsections: "3" if a section is numbered 3.1."""
    found = set()
    for paragraph in paragraphs:
        match = re.match(r"(?:[-*] )?(\d{1,2})\.\d{1,2}\b", paragraph.body)
        if match is not None:
            found.add(match[1])
    return frozenset(found)


def _level(
    paragraph: Paragraph, following: str, listed: Collection[str], sections: Collection[str]
) -> int | None:
    """Return the level of a heading, or None if the paragraph is not one."""
    body = paragraph.body
    if body.startswith("#"):
        return min(len(body) - len(body.lstrip("#")), 6)
    if paragraph.is_quoted or len(body) > _LONGEST_HEADING or following[:1].islower():
        return None
    bold = _BOLD.fullmatch(body)
    if bold is not None:
        return _EMPHASIS if _is_heading(bold["title"]) else None
    number = _NUMBER.match(body)
    opens_section = number is not None and number["number"] in sections
    if not _is_heading(body[number.end() :] if number is not None and opens_section else body):
        return None
    if number is not None:
        return _TOP + _STEP * number["number"].count(".")
    title = one_line(body).casefold()
    if _CHAPTER.match(body) or (title in _AROUND_CHAPTERS and title in listed):
        return _TOP
    return _IN_CONTENTS if title in listed else _PLAIN


def _is_heading(line: str) -> bool:
    """Return whether a line is short and complete, without a full stop, and no list item, note or caption."""
    return (
        "\n" not in line
        and "\t" not in line
        and line[0].isalnum()
        and (line[0].isupper() or line[0].isdigit())
        and not _FURNITURE.match(line)
        and not _CAPTION.match(line)
        and not _LINE_OF_CONTENTS.match(line)
        and line.split()[-1] not in _UNFINISHED
        and not re.match(r"\d+[.)]\s|[\u00b9\u00b2\u00b3\u2070-\u2079]", line)
        and line[-1] not in ".;:,”\"'"
        and not re.search(r"[.?!]\s", re.sub(r"\b\d+\.\s", "", line))
    )


def _title(paragraph: Paragraph) -> str:
    return one_line(paragraph.body.strip("#* ")).removesuffix("**:").strip("_")


def _box_title(paragraph: Paragraph) -> str | None:
    title = _title(paragraph)
    if "\n" in paragraph.body or len(title) > _LONGEST_HEADING or _LINE_OF_CONTENTS.match(paragraph.body):
        return None
    return title if _BOXED.fullmatch(title) and not title.endswith(".") else None


def _is_only_a_name(heading: Heading) -> bool:
    """Return whether a box is titled only "Case study 2" or the like, and the next heading is its title."""
    match = _BOXED.fullmatch(heading.title)
    return heading.box is not None and match is not None and not match["title"] and not match["on"]


def _with_area(heading: Heading, below: str, stakeholders: Stakeholders, areas: Collection[str]) -> Heading:
    """Return the heading with the study's area that it names, or the place at the end of its title.

    A title ending in a place that the text below mentions is that of a case study.
    """
    whole = heading.box or heading.title
    boxed = _BOXED.fullmatch(whole)
    title = whole if boxed is None else boxed["title"] or boxed["on"] or ""
    place = _place_at_end(title, below, stakeholders)
    is_box = heading.box is not None
    named = {area for area in areas if re.search(rf"\b{re.escape(area)}\b", whole)}
    named = {area for area in named if not any(area != other and area in other for other in named)}
    if len(named) > 1:
        return heading
    named = {area for area in named if _names(whole, area, anywhere=is_box)}
    if place and any(re.match(rf"{re.escape(area)} [a-z]", place) for area in named):
        # "Stow on the Wold" is not the study's Stow.
        named = set()
    area = named.pop() if named else place
    if is_box or area is None:
        return replace(heading, area=area)
    if place == area and _speaks_of(below, area):
        return replace(heading, area=area, box=heading.title)
    return replace(heading, area=area if area in areas else None)


def _place_at_end(title: str, below: str, stakeholders: Stakeholders) -> str | None:
    """Return the words after "in" at a title's end if capitals or the text below show them to be a place."""
    match = _IN_PLACE.fullmatch(title)
    if match is None or match["place"].split()[0].casefold() in _NO_PLACES:
        return None
    if stakeholders.group_of_role(match["place"]):
        return None
    words = [word for word in re.findall(r"[^\W\d_]+", match["before"])[1:] if len(word) > _SHORT_WORD]
    # In a title whose words are all capitalised, a capital does not mark a place.
    tells = not words or any(word[0].islower() for word in words)
    return match["place"] if tells or _speaks_of(below, match["place"]) else None


def _speaks_of(paragraph: str, place: str) -> bool:
    """Return whether a paragraph uses a place with a possessive or a council, or within a sentence."""
    name = re.escape(place)
    return (
        re.search(rf"\b{name}(?:['\u2019]s?\b|['\u2019]\s|\s(?:Council|City|County|Borough)\b)", paragraph)
        is not None
        or re.search(rf"[a-z,]\s{name}\b", paragraph) is not None
    )


def _names(title: str, area: str, *, anywhere: bool) -> bool:
    """Return whether a title has an area in the position of a place, unlike "Reading difficulties"."""
    name = re.escape(area)
    if anywhere and re.search(rf"\w\W+{name}\b", title):
        return True
    before = r"(?:\A|[:(|\u2013\u2014-]\s*|\b(?:[Ii]n|[Oo]f|[Ff]rom|[Aa]cross|[Aa]t|[Oo]n|[Aa]round)\s)"
    behind = (
        r"(?=\Z|['\u2019]s\b|(?<=s)['\u2019]\s|\s?[:,)|]|\s[\u2013\u2014-]"
        r"|\s(?:[Cc]ouncil|[Cc]ity|[Cc]ounty|[Bb]orough)\b)"
    )
    return re.search(rf"{before}(?:the\s)?{name}{behind}", title) is not None


def _limited(
    heading: Heading,
    paragraphs: Sequence[Paragraph],
    number: int,
    stop: int,
    taken: Sequence[tuple[int, int]],
) -> Heading:
    """Return the heading with the end of its text, where only the paragraphs show it.

    Quoted lines are a box up to their end. In a text without levels, a section about an area ends with the
    last paragraph that names it and the quotes that follow directly.
    """
    if paragraphs[number].is_quoted:
        last = number
        while last + 1 < len(paragraphs) and paragraphs[last + 1].goes_on:
            last += 1
        return replace(heading, until=paragraphs[last].end)
    if heading.area is None or heading.level < _IN_CONTENTS:
        return heading
    names = (heading.area, *_subjects(heading))
    naming = [
        place for place in range(number + 1, stop) if any(name in paragraphs[place].body for name in names)
    ]
    if not naming:
        return heading
    last = naming[-1]
    while last + 1 < stop and _overlaps(paragraphs[last + 1], taken):
        last += 1
    return replace(heading, until=paragraphs[last].end, level=heading.level + 1)


def _subjects(heading: Heading) -> list[str]:
    """Return what a title about an area speaks of by name: "Open Door" of "Eastlow's Open Door"."""
    rest = heading.title.replace(heading.area or "", " ")
    return [match[0] for match in _SUBJECT.finditer(rest)]


def _overlaps(paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> bool:
    position = bisect_left(spans, (paragraph.end, 0))
    return position > 0 and spans[position - 1][1] > paragraph.start
