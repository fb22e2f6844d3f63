"""Finds where sentences begin in any script, by rules for spoken text, in a time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev st sr jr vs approx dept est gov hon e.g i.e eg ie cf "
    "jan feb mar apr jun jul aug sept oct nov dec".split()
)
"""Words whose full stop never ends a sentence."""
_SHORT_NAMES = frozenset(
    "Adm Ala Ariz Ark Bros Calif Co Colo Conn Corp Del Fla Ga Gen Ia Id Ill Ind Kan Kans Ky La Mass Md "
    "Messrs Mich Minn Miss Mo Mont Mt Neb Nebr Nev Okla Ore Pa Ph.D Rep Sen Sep Tenn Va Wash Wis "
    "D.C N.C N.D N.H N.J N.M N.Y S.C co v.s".split()
)
"""Shortened names and titles, as they are written, whose full stop never ends a sentence."""
_BEFORE_NUMBERS = frozenset({"no", "nos", "fig", "p", "pp", "para", "vol"})
_MAY_END = frozenset({"etc", "al", "inc", "ltd", "a.m", "p.m"})
_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million first second third fourth fifth sixth seventh eighth ninth tenth".split()
)
OF_OTHER_SCRIPTS = (
    "\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u104a\u104b\u1362"
    "\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b5a\u1b5b\u1b5e\u1b5f"
    "\u1c3b\u1c3c\u1c7e\u1c7f\u203c\u203d\u2047-\u2049\u2e2e\u2e3c\u3002\ua4ff\ua60e\ua60f\ua6f3\ua6f7"
    "\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe52\ufe56"
    "\ufe57\uff01\uff0e\uff1f\uff61\U00011047\U00011048\U000110be-\U000110c1\U00011141-\U00011143"
)
"""Unicode's sentence terminals (Sentence_Terminal) besides those of ASCII, for scripts in use."""
_MARKS = re.compile(rf"[.!?\u2026{OF_OTHER_SCRIPTS}][.!?\u2026{OF_OTHER_SCRIPTS}]*")
"""Matches what may end a sentence; it begins with a class of characters, which is quick to search for."""
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_MARKS_OF_GREEK = re.compile(rf"{_MARKS.pattern}|(?<={_GREEK.pattern});(?=[\s\"'\u00bb\u201d)]|\Z)")
"""Matches those and the question mark of Greek, a semicolon."""
_END_ELSEWHERE = re.compile(rf"[{OF_OTHER_SCRIPTS};]")
_BEHIND = re.compile(
    r"(?:[^\w\s<>=|~^`$+\u00a2-\u00a9\u00ac-\u00b4\u20a0-\u20cf\u2190-\u2bff\U0001f000-\U0001faff/\\@\u2022-]|_"
    r"|[-/\\@\u2022]+(?=\s|\Z)| (?=\S))*"
)
"""Matches the punctuation and single spaces between the end of a sentence and the first word of the next."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LAST_WORD = re.compile(r"[\w.]+\Z")
_LONGEST_ABBREVIATION = 12
_FIRST_PERSON = re.compile(r"I\b")
_BRACKET = re.compile(r"[()\[\]](?<![:;=8].)(?<![:;=8][-'^o].)")
"""Matches a bracket that is not the mouth of an emoticon."""
_APOSTROPHES = ("'", "\u2019")
_SPACES = re.compile(r"\s*")
_WORD = re.compile(r"\w+")
_BRACKETS, _ALWAYS_OPENING = (
    frozenset("[("),
    frozenset("[(\u00bf\u00a1\u300c\u300e\uff08\u3010\u300a\u3008\u201e"),
)
_OPENING_QUOTES, _EITHER_QUOTES = frozenset("\u201c\u2018\u00ab\u2039"), frozenset("\"'\u00bb\u203a")
_SPACED_QUOTES = frozenset("\u00ab\u2039")


def sentence_starts(text: str, start: int, end: int) -> list[int]:
    """Return the offsets in `text[start:end]` at which a sentence begins, besides `start`.

    A full stop ends no sentence after an abbreviation or initial, dots end one only before a capital letter,
    and nothing within brackets does. White space may follow the offsets.
    """
    starts: list[int] = []
    brackets = _closed_brackets(text, start, end)
    inside = next(brackets, None)
    position = start
    marks = _MARKS_OF_GREEK if _GREEK.search(text, start, end) else _MARKS
    while mark := marks.search(text, position, end):
        position = mark.end()
        if _ends_nothing(text, start, mark):
            continue
        after = _end_of(_BEHIND, text, position, end)
        if after >= end:
            break
        if not (text[after].isspace() or " " in text[position:after]) and not _ends_unspaced(
            text, mark, after
        ):
            continue
        position = after
        first = _before_openings(text, mark.end(), after)
        while inside is not None and inside[1] < first:
            inside = next(brackets, None)
        if (inside is None or first <= inside[0]) and not _continues(text, start, first, end, mark):
            starts.append(first)
    return starts


def _closed_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of brackets and of those that close them, without what stands within others.

    Brackets that are never closed are left out.
    """
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if bracket.group() in _BRACKETS:
            open_at.append(bracket.start())
        elif open_at:
            first = open_at.pop()
            while pairs and pairs[-1][0] > first:
                pairs.pop()
            pairs.append((first, bracket.start()))
    return iter(pairs)


def _ends_nothing(text: str, start: int, mark: re.Match[str]) -> bool:
    """Return whether a mark belongs to an initial, a shortened name or a number, or is dots in brackets."""
    at = mark.start()
    if mark.group() not in (".", "\uff0e"):
        behind = text[mark.end() : mark.end() + 1]
        return mark.group().endswith("..") and not (behind.isspace() or behind.isalnum())
    if mark.group() == "\uff0e":
        return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
    word = _word_before(text, start, at)
    if len(word) == 1:
        is_contraction = text[at - 2 : at - 1] in _APOSTROPHES and at - 2 > start
        return word.isalpha() and word not in "iI" and not is_contraction and not _UNSPACED.match(word)
    return word in _SHORT_NAMES


def _word_before(text: str, start: int, at: int) -> str:
    found = _LAST_WORD.search(text[max(start, at - _LONGEST_ABBREVIATION) : at])
    return found.group().rstrip(".") if found else ""


def _ends_unspaced(text: str, mark: re.Match[str], after: int) -> bool:
    """Return whether a mark ends a sentence although the next one follows without a space."""
    first, last = text[mark.start() - 1 : mark.start()], mark.group()[-1]
    if _END_ELSEWHERE.match(last) or last == "\u2026" or mark.group().endswith(".."):
        return True
    if _UNSPACED.match(first):
        return _UNSPACED.match(text, after) is not None
    return mark.group() == "." and not first.isupper() and not first.isdigit() and text[after].isupper()


def _end_of(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where a pattern that is matched at an offset ends; there, if it does not match."""
    found = pattern.match(text, start, end)
    return start if found is None else found.end()


def _before_openings(text: str, ended: int, after: int) -> int:
    """Return the offset before the brackets and quotation marks that open before an offset."""
    first = after
    while first > ended:
        if text[first - 1] == " " and text[first - 2] in _SPACED_QUOTES and text[first - 3].isspace():
            first -= 2
            continue
        char = text[first - 1]
        is_spaced, goes_on = text[first - 2].isspace(), not text[first].isspace()
        if char not in _ALWAYS_OPENING and not (
            (char in _OPENING_QUOTES and (is_spaced or goes_on))
            or (char in _EITHER_QUOTES and is_spaced and goes_on)
        ):
            break
        first -= 1
    return first


def _continues(text: str, start: int, first: int, end: int, mark: re.Match[str]) -> bool:
    """Return whether what begins at an offset continues the sentence although a mark precedes it."""
    begin = _end_of(_SPACES, text, first, end)
    char = text[begin : begin + 1]
    if begin >= end or _END_ELSEWHERE.match(mark.group()[-1]):
        return False
    at = first
    while text[at - 1].isspace():
        at -= 1
    before = text[at - 1]
    if before == "\u2026" or text[at - 2 : at] == "..":
        is_new = char.isupper() and not _FIRST_PERSON.match(text, begin, end)
        return not is_new and char not in _BRACKETS
    is_apart = text[first].isspace()
    if char.islower() and not is_apart:
        return True
    if before != ".":
        return False
    word = _word_before(text, start, at - 1).casefold()
    if word in _BEFORE_NUMBERS:
        said = _WORD.match(text, begin, end)
        return said is not None and (char.isdigit() or said.group().casefold() in _NUMBER_WORDS)
    if word in _MAY_END:
        return not char.isupper()
    return word in ABBREVIATIONS
