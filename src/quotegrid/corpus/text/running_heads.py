"""Finds running heads and page numbers that stand between the words of a text without pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, pstdev

from quotegrid.domain.sources.model import ReadText, ReadWarning, WarningKind
from quotegrid.domain.text.normalise import shortened

_NUMBER = re.compile(r"\d+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_PAGE = re.compile(
    r"\W*(?:(?:page|p\.|pg\.?|seite|s\.|p\u00e1gina|pagina|side|sida|strona|str\.|\u0441\u0442\u0440\.)\s*0"
    r"(?:\s*(?:/|of|von|sur|de|di|van|av|af|z|\u0438\u0437)\s*0)?|0\s*(?:/|of|von|sur|de|di|van|z)\s*0"
    r"|[-\u2013\u2014]\s*0\s*[-\u2013\u2014]|\u7b2c\s*0\s*\u9875.*)\W*",
    re.IGNORECASE,
)
"""Matches a line that says by itself that it is a page number, with 0 for each number."""
_SENTENCE_END = re.compile(r"[.!?:;\u2026\u3002\uff01\uff1f\u0964][\"'\u201d\u2019\u00bb)\]*_]*\s*\Z")
_OF_THE_TEXT = re.compile(
    r"[|#>*\u2022+-](?:\s.*)?\S.*|[\W_]*[^\W\d_]+\W{0,3}(?:(?:no|nr)\.?\s*)?0\W*|[\W_]+"
)
"""Matches the form of a list item, table row or heading, of a numbered heading or label, and of a rule."""
_TIME = re.compile(r"0:0")
"""Matches a time in the form of a line; times stand beside speakers and count up as pages do."""
_LONGEST_HEAD, _MOST_WORDS = 100, 12
_FEWEST_PAGES = 3
_FEWEST_OF_REGULAR = 5
_SHORTEST_PAGE = 600
"""The median number of characters from one page to the next from which lines may be running heads."""
_MOST_VARIATION = 0.25
"""The greatest deviation of the lengths of pages, as a share of their mean, that is regular."""
_LEAST_SHARE_OF_CUTS = 0.15
_LEAST_SHARE_OF_NEIGHBOURS = 0.6
_MOST_NEIGHBOURS = 1.3
"""The most times, in multiples of the pages, that a line beside page numbers may occur."""
_FARTHEST_STEP = 3
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    form: str
    """Its words in lower case, with 0 for each number."""
    numbers: tuple[int, ...]


def without_running_heads(read: ReadText, *, joins: bool) -> ReadText:
    """Return a text without its running heads and page numbers, and with a warning that lists them.

    A line is one if it comes back with a number that counts up from page to page and cuts sentences in two or
    says that it is a page number, if it comes back at a regular distance, or if it stands beside such lines.

    Args:
        read: The text.
        joins: Whether a sentence cut in two by them is joined; False if lines have the numbers that they have
            in the file.
    """
    lines = _lines(read.text, read.body_start)
    heads = [lines[number] for number in _running_heads(read.text, lines)]
    if not heads:
        return read
    line = read.text.count("\n", 0, heads[0].start) + 1
    shown = shortened(read.text[heads[0].start : heads[0].end].strip(), 60)
    what = (
        f'{len(heads)} lines, from "{shown}" on, come back from page to page; they are taken for page heads, '
        "which nobody says, and left out."
    )
    warning = ReadWarning(WarningKind.TEXT, what, line)
    gaps = _gaps(read.text, heads, joins=joins)
    return replace(_without(read, gaps), warnings=(*read.warnings, warning))


def _lines(text: str, start: int) -> list[_Line]:
    found = []
    for match in _LINE.finditer(text, start):
        words = match.group().strip()
        numbers = tuple(int(number) for number in _NUMBER.findall(words) if len(number) < 6)
        form = " ".join(_NUMBER.sub("0", words).casefold().split())
        found.append(_Line(match.start(), match.end(), form, numbers))
    return found


def _running_heads(text: str, lines: Sequence[_Line]) -> list[int]:
    """Return the numbers of the lines that are running heads, in order."""
    alike: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        is_short = len(line.form) <= _LONGEST_HEAD and len(line.form.split()) <= _MOST_WORDS
        is_short = is_short and not _TIME.search(line.form)
        if is_short and (_PAGE.fullmatch(line.form) or not _OF_THE_TEXT.fullmatch(line.form)):
            alike[line.form].append(number)
    groups = {form: found for form, found in alike.items() if len(found) >= _FEWEST_PAGES}
    heads: set[int] = set()
    for form, found in groups.items():
        counting = _counting(lines, found)
        if _are_apart(lines, counting) and (_PAGE.fullmatch(form) or _cut_sentences(text, lines, counting)):
            heads.update(counting)
        elif (
            not _SENTENCE_END.search(form)
            and _is_regular(lines, found)
            and (_beside_numbers(lines, found) or _cut_sentences(text, lines, found))
        ):
            heads.update(found)
    pages = len(heads)
    for _ in range(_ROUNDS if heads else 0):
        beside = {number + step for number in heads for step in (-1, 1)} - heads
        for found in groups.values():
            near = [number for number in found if number in beside]
            if len(near) < max(_FEWEST_PAGES, _LEAST_SHARE_OF_NEIGHBOURS * len(found)):
                near = _counting(lines, near)
                if not (_is_number(lines[found[0]].form) and _are_apart(lines, near)):
                    continue
            if len(found) <= _MOST_NEIGHBOURS * pages or _is_number(lines[found[0]].form):
                heads.update(near)
    return sorted(heads)


def _is_number(form: str) -> bool:
    return form.strip("-\u2013\u2014 ") == "0"


def _counting(lines: Sequence[_Line], found: Sequence[int]) -> list[int]:
    """Return the longest run of lines of one form in which a single number counts up and others stay."""
    best: list[int] = []
    run: list[int] = []
    for number in found:
        if run and not _counts_up(lines[run[-1]].numbers, lines[number].numbers):
            run = []
        run.append(number)
        best = max(best, run, key=len)
    return best if len(best) >= _FEWEST_PAGES and best[0] != best[-1] else []


def _counts_up(first: Sequence[int], second: Sequence[int]) -> bool:
    steps = [after - before for before, after in zip(first, second, strict=False) if after != before]
    return len(steps) == 1 and 1 <= steps[0] <= _FARTHEST_STEP


def _beside_numbers(lines: Sequence[_Line], found: Sequence[int]) -> bool:
    """Return whether most of the lines stand beside page numbers that count up."""
    beside = [
        other
        for number in found
        for other in (number - 1, number + 1)
        if 0 <= other < len(lines) and _is_number(lines[other].form)
    ]
    return len(_counting(lines, beside)) > len(found) / 2


def _are_apart(lines: Sequence[_Line], found: Sequence[int]) -> bool:
    if len(found) < _FEWEST_PAGES:
        return False
    distances = [lines[second].start - lines[first].start for first, second in pairwise(found)]
    return median(distances) >= _SHORTEST_PAGE


def _is_regular(lines: Sequence[_Line], found: Sequence[int]) -> bool:
    if len(found) < _FEWEST_OF_REGULAR or not _are_apart(lines, found):
        return False
    distances = [second - first for first, second in pairwise(found)]
    return min(distances) > 1 and pstdev(distances) <= _MOST_VARIATION * fmean(distances)


def _cut_sentences(text: str, lines: Sequence[_Line], found: Sequence[int]) -> bool:
    """Return whether sentences go on behind some of the lines, in a small letter."""
    cuts = sum(
        _goes_on(text, lines[number - 1].end, lines[min(number + step, len(lines) - 1)].start)
        for number in found
        if number
        for step in (1, 2)
    )
    return cuts >= max(1, _LEAST_SHARE_OF_CUTS * len(found))


def _goes_on(text: str, end: int, start: int) -> bool:
    before = text[max(end - 8, 0) : end]
    behind = text[start : start + 8].lstrip()
    return not _SENTENCE_END.search(before) and behind[:1].islower()


def _gaps(text: str, heads: Sequence[_Line], *, joins: bool) -> list[tuple[int, int, str]]:
    """Return the stretches to take out, with what stands in the place of each."""
    if not joins:
        return [(line.start, line.end, "") for line in heads]
    found: list[tuple[int, int, str]] = []
    for line in heads:
        start = line.start - len(text[: line.start]) + len(text[: line.start].rstrip()) if line.start else 0
        rest = re.compile(r"\s*").match(text, line.end)
        end = line.end if rest is None else rest.end()
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end, "\n" if _goes_on(text, start, end) else "\n\n"))
    return [
        (start, end, "" if not start else "\n" if end == len(text) else between)
        for start, end, between in found
    ]


def _without(read: ReadText, gaps: Sequence[tuple[int, int, str]]) -> ReadText:
    """Return a text without some stretches, with the offsets of what it holds moved."""
    pieces: list[str] = []
    places: list[int] = [0]
    moved: list[int] = [0]
    behind = 0
    for start, end, between in gaps:
        pieces += [read.text[behind:start], between]
        behind = end
        places.append(end)
        moved.append(moved[-1] + len(between) - (end - start))
    text = "".join([*pieces, read.text[behind:]])
    starts = [start for start, _, _ in gaps]

    def new(offset: int) -> int:
        number = bisect_left(starts, offset) - 1
        if number >= 0 and offset < gaps[number][1]:
            return gaps[number][0] + moved[number]
        return offset + moved[bisect_right(places, offset) - 1]

    styles = [replace(style, start=new(style.start), end=new(style.end)) for style in read.styles]
    return replace(
        read,
        text=text,
        styles=tuple(style for style in styles if style.start < style.end),
        comments=tuple(
            replace(comment, start=new(comment.start), end=new(comment.end)) for comment in read.comments
        ),
        pages=tuple(map(new, read.pages)),
    )
