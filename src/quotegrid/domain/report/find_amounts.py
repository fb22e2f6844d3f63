"""Reads amounts in a report's sentences: "most", "7 of the 9", "at least three", "a third of"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from quotegrid.domain.report.amounts import ALL, BOTH, NEITHER, NONE, Scale
from quotegrid.domain.report.stated_amounts import AmountKind, StatedAmount

NUMBER = r"(?<!\d[.,])\d+(?![.,]?\d)"
SYNONYMS = {
    "a few": (
        "very few",
        "only a few",
        "just a few",
        "few",
        "a handful of",
        "a small number of",
        "hardly any",
        "almost none",
        "almost no",
        "next to none",
    ),
    "some": ("several", "a number of"),
    "many": ("a lot of", "lots of", "a large number of", "a good many"),
    "most": (),
    "almost all": ("nearly all", "virtually all", "practically all", "almost every", "nearly every"),
}
"""Words read as a word of the default scale; a synonym is unknown if the study's scale lacks the word."""
_SEVERAL_WORDS = {"quite a few": ("some", "many"), "majority": ("most", "almost all")}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_ORDINALS_TOO = r"(?:fifth|sixth|seventh|eighth|ninth|tenth)(?=\s+of\b)"
"""Matches fractions that may be ordinals: "a fifth parent" does not say how many."""
_BOUNDS = {
    "at least": "at least",
    "no fewer than": "at least",
    "more than": "over",
    "over": "over",
    "fewer than": "under",
    "less than": "under",
    "under": "under",
    "at most": "at most",
    "no more than": "at most",
    "up to": "at most",
    "about": "about",
    "around": "about",
    "roughly": "about",
    "nearly": "about",
    "almost": "about",
    "only": "",
    "just": "",
    "exactly": "",
    "as many as": "",
    "as few as": "",
}
_BOUND = rf"(?:(?P<bound>{'|'.join(sorted(_BOUNDS, key=len, reverse=True))})\s+)?"

_ALL_OR_NONE = r"(?:all|everybody|everyone|none|nobody|no[\s-]one|not\s+one)"
_ABOUT = r"(?:(?P<about>about|around|roughly)\s+|only\s+|just\s+)?"
_DASH = r"\s*[-\u2010-\u2015]\s*"
_RANGE = (
    rf"{_ABOUT}(?:between\s+(?P<between>)|from\s+)?(?P<number>{NUMBER})"
    rf"(?:{_DASH}|\s+to\s+|\s+(?P<or>or)\s+|\s+and\s+(?(between)|(?!)))(?P<upper>{NUMBER})"
)
_SHARE_OF_100 = r"\d{1,3}(?:\.\d+)?"
_SIGN = r"\s*(?:%|per\s*cent\b)"
_PERCENT_RANGE = (
    rf"{_ABOUT}(?:between\s+(?P<between>)|from\s+)?(?P<number>{_SHARE_OF_100})(?:{_SIGN})?"
    rf"(?:{_DASH}|\s+to\s+|\s+and\s+(?(between)|(?!)))(?P<upper>{_SHARE_OF_100}){_SIGN}"
)


def find_amounts(text: str, scale: Scale) -> list[StatedAmount]:
    """Return the amounts in a sentence, from left to right, without overlaps.

    Args:
        text: The sentence, with its numbers in plain digits; case is ignored.
        scale: The words that stand for shares.
    """
    lower = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    found = [
        build(match)
        for pattern, build in (*_patterns(), *_word_patterns(scale))
        for match in pattern.finditer(lower)
    ]
    found.sort(key=lambda said: (said.start, -said.end))
    apart: list[StatedAmount] = []
    for said in found:
        if not apart or said.start >= apart[-1].end:
            apart.append(said)
    return apart


_Pattern = tuple[re.Pattern[str], Callable[[re.Match[str]], StatedAmount]]


def _pattern(expression: str, build: Callable[[re.Match[str]], StatedAmount]) -> _Pattern:
    return re.compile(rf"(?<![\w-]){expression}(?![\w-])"), build


def _word_patterns(scale: Scale) -> Iterable[_Pattern]:
    for word in dict.fromkeys([*scale.words, *SYNONYMS]):
        spellings = [word, *SYNONYMS.get(word, ())]
        for spelling in spellings:
            words = re.escape(spelling.casefold()).replace(r"\ ", r"\s+")
            yield _pattern(words, _word((word,)))
            yield _pattern(rf"(?:not|(?:more|fewer|less)\s+than|{_ALL_OR_NONE}\s+but)\s+{words}", _unread)


def _word(words: tuple[str, ...], *, stands_alone: bool = False) -> Callable[[re.Match[str]], StatedAmount]:
    return lambda match: StatedAmount(
        AmountKind.WORD, match.start(), match.end(), words, stands_alone=stands_alone
    )


def _patterns() -> Iterable[_Pattern]:
    of = r"\s*(?:of|out\s+of|/)\s*(?:(?:all|the|our|these)\s+)*"
    yield _pattern(rf"{_BOUND}(?P<number>{NUMBER}){of}(?P<base>{NUMBER})", _cases)
    yield _pattern(rf"{_RANGE}(?:{of}(?P<base>{NUMBER}))?", _range)
    yield re.compile(rf"(?<![\w.]){_PERCENT_RANGE}"), _percent_range
    yield _pattern(
        rf"{_BOUND}(?:(?P<half>half\s+)?a|(?P<number>{NUMBER}))\s+dozen(?P<about>\s+or\s+so)?", _dozen
    )
    yield _pattern(
        rf"{_BOUND}(?P<number>{NUMBER})\s+(?:in|(?:out\s+)?of(?=\s+every))\s+(?:every\s+)?(?P<base>{NUMBER})",
        _in,
    )
    yield _pattern(
        rf"(?P<number>{NUMBER})(?:\s+or\s+(?:more|(?P<less>fewer|less))|\+)(?:{of}(?P<base>{NUMBER}))?",
        _or_more,
    )
    yield _pattern(rf"{_BOUND}(?P<number>{NUMBER}|a\s+single|a\s+couple\s+of|a\s+pair\s+of)", _cases)
    yield _pattern(rf"all\s+but\s+(?P<number>{NUMBER})", _all_but)
    yield _pattern(rf"(?:all|each|every\s+one)(?:\s+of)?(?:\s+(?:the|our))?\s+(?P<base>{NUMBER})", _all_of)
    yield re.compile(rf"(?<![\w.]){_BOUND}(?P<number>\d{{1,3}}(?:\.\d+)?)\s*(?:%|per\s*cent\b)"), _percent
    yield _pattern(rf"{_BOUND}(?:(?:an?|(?P<number>{NUMBER}))[\s-]+)?(?P<part>half)", _fraction)
    yield _pattern(rf"{_BOUND}an?\s+(?P<part>third|quarter|{_ORDINALS_TOO})", _fraction)
    yield _pattern(rf"{_BOUND}(?P<number>{NUMBER})[\s-]+(?P<part>{'|'.join(_PARTS)})s?", _fraction)
    yield _pattern(r"\d+(?:[.,'\u2019]\d+)+", _unread)
    yield _pattern(rf"{NUMBER}\s+{NUMBER}", _unread)
    yield _pattern(rf"{NUMBER}\s+and\s+{NUMBER}", _unread)
    share = rf"(?:(?:an?|{NUMBER})[\s-]+)?(?:{'|'.join(_PARTS)})s?"
    yield _pattern(rf"(?:between\s+)?(?:{share}|{NUMBER})\s+(?:or|to|and)\s+{share}", _unread)
    yield _pattern(rf"{_ALL_OR_NONE}\s+but", _unread)
    yield _pattern(
        rf"(?:(?:twice|half|{NUMBER}\s+times)\s+)?(?:as|so|too|how|equally)\s+(?:many|few)", _unread
    )
    yield _pattern(
        rf"[<>~\u2248\u2264\u2265]\s*{NUMBER}|{NUMBER}[\s-]odd|\d*[\u00bc-\u00be\u2150-\u215e]", _unread
    )
    yield _pattern(r"neither(?=\s[^,;]*\bnor\b)", _word((NONE,)))
    yield _pattern(rf"every\s+(?:other|second|{'|'.join(_PARTS)})", _unread)
    yield _pattern(rf"not\s+(?:even\s+|quite\s+)?(?:{NUMBER}|both|neither|{share})", _unread)
    yield _pattern(
        rf"(?:several|many|some|a\s+few|a\s+couple\s+of)\s+(?:{NUMBER}|dozen|hundred|thousand)", _unread
    )
    yield _pattern(rf"{NUMBER}\s+and\s+(?:an?|{NUMBER})[\s-]+(?:{'|'.join(_PARTS)})s?", _unread)
    yield _pattern(rf"(?:half\s+)?(?:an?|{NUMBER})\s+score(?:\s+or\s+so)?", _unread)
    yield _pattern(r"(?:dozens|scores|hundreds|thousands|millions)", _unread)
    large = r"(?:the|a|an)\s+(?:vast|overwhelming|great|large)\s+majority"
    yield _pattern(large, _word(_SEVERAL_WORDS["majority"]))
    yield _pattern(r"quite\s+a\s+few", _word(_SEVERAL_WORDS["quite a few"]))
    yield _pattern(r"(?:the|a)\s+(?:(?:small|narrow|slim|clear)\s+)?majority", _more_than_half)
    yield _pattern(
        r"(?:(?:only|just)\s+)?(?:the|a)\s+(?:(?:small|sizeable|large)\s+)?minority", _of(AmountKind.MINORITY)
    )
    yield _pattern(r"not\s+(?:all|every|each)", _of(AmountKind.NOT_ALL))
    yield _pattern(r"not\s+(?:everyone|everybody)", _of(AmountKind.NOT_ALL, stands_alone=True))
    yield _pattern(r"(?:everyone|everybody)", _word((ALL,), stands_alone=True))
    yield _pattern(r"(?:nobody|no[\s-]one)", _word((NONE,), stands_alone=True))
    yield _pattern(r"(?:all|every(?:\s+single)?|each)", _word((ALL,)))
    yield _pattern(r"(?:none|no|not\s+one|not\s+a\s+single|not\s+any)", _word((NONE,)))
    yield _pattern(r"both", _word((BOTH,)))
    yield _pattern(r"neither", _word((NEITHER,)))


def add_base(said: StatedAmount, base: str, *, is_share: bool) -> StatedAmount:
    """Return the amount with the base that follows the group: "four parents out of five".

    Args:
        said: The amount.
        base: The base, in digits or words.
        is_share: Whether amount and base form a share.
    """
    heard = _value(base.casefold())
    if is_share:
        return replace(said, kind=AmountKind.SHARE, number=said.number / heard if heard else said.number)
    return replace(said, base=heard)


def _value(text: str) -> int:
    words = " ".join(text.split())
    return int(words) if words.isdecimal() else {"a single": 1, "a couple of": 2, "a pair of": 2}[words]


def _bound(match: re.Match[str]) -> str:
    return _BOUNDS[match["bound"]] if match["bound"] else ""


def _cases(match: re.Match[str]) -> StatedAmount:
    base = match.groupdict().get("base")
    return StatedAmount(
        AmountKind.CASES,
        match.start(),
        match.end(),
        number=Fraction(_value(match["number"])),
        bound=_bound(match) if "bound" in match.groupdict() else "",
        base=None if base is None else _value(base),
    )


def _in(match: re.Match[str]) -> StatedAmount:
    base = _value(match["base"])
    share = Fraction(_value(match["number"]), base) if base else Fraction(0)
    return StatedAmount(AmountKind.SHARE, match.start(), match.end(), number=share, bound=_bound(match))


def _all_but(match: re.Match[str]) -> StatedAmount:
    return StatedAmount(
        AmountKind.ALL_BUT, match.start(), match.end(), number=Fraction(_value(match["number"]))
    )


def _all_of(match: re.Match[str]) -> StatedAmount:
    return StatedAmount(AmountKind.WORD, match.start(), match.end(), (ALL,), base=_value(match["base"]))


def _or_more(match: re.Match[str]) -> StatedAmount:
    return replace(_cases(match), bound="at most" if match["less"] else "at least")


def _range(match: re.Match[str]) -> StatedAmount:
    lower, upper, base = int(match["number"]), int(match["upper"]), match["base"]
    # "Three or five" leaves out four, and the end of a range comes last.
    if upper <= lower or (match["or"] and upper > lower + 1):
        return _unread(match)
    return StatedAmount(
        AmountKind.CASES,
        match.start(),
        match.end(),
        number=Fraction(lower),
        upper=Fraction(upper),
        bound="about" if match["about"] else "",
        base=None if base is None else int(base),
    )


def _percent_range(match: re.Match[str]) -> StatedAmount:
    lower, upper = Fraction(match["number"]), Fraction(match["upper"])
    if upper <= lower:
        return _unread(match)
    bound = "about" if match["about"] else ""
    return StatedAmount(
        AmountKind.PERCENT, match.start(), match.end(), number=lower, upper=upper, bound=bound
    )


def _dozen(match: re.Match[str]) -> StatedAmount:
    number = 6 if match["half"] else 12 * int(match["number"] or 1)
    bound = "about" if match["about"] else _bound(match)
    return StatedAmount(AmountKind.CASES, match.start(), match.end(), number=Fraction(number), bound=bound)


def _percent(match: re.Match[str]) -> StatedAmount:
    number = Fraction(match["number"])
    return StatedAmount(AmountKind.PERCENT, match.start(), match.end(), number=number, bound=_bound(match))


def _fraction(match: re.Match[str]) -> StatedAmount:
    written = match.groupdict().get("number")
    share = Fraction(1 if written is None else _value(written), _PARTS[match["part"]])
    return StatedAmount(AmountKind.SHARE, match.start(), match.end(), number=share, bound=_bound(match))


def _unread(match: re.Match[str]) -> StatedAmount:
    return StatedAmount(AmountKind.UNREAD, match.start(), match.end(), (match.group(),))


def _more_than_half(match: re.Match[str]) -> StatedAmount:
    return StatedAmount(AmountKind.SHARE, match.start(), match.end(), number=Fraction(1, 2), bound="over")


def _of(kind: AmountKind, *, stands_alone: bool = False) -> Callable[[re.Match[str]], StatedAmount]:
    return lambda match: StatedAmount(kind, match.start(), match.end(), stands_alone=stands_alone)
