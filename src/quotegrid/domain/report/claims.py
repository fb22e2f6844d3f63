"""Reads the claims of a report's sentences: how many of whom said what a code stands for.

A claim is an amount, the people it is about, and a code in double square brackets. The rules use words and
their order, not grammar; docs/claims.md reports how often they are right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.report.amounts import ALL, BOTH, Scale
from quotegrid.domain.report.claim_subjects import (
    EVERYBODY,
    AreaMention,
    Mention,
    Subject,
    Vocabulary,
    find_areas,
    find_mentions,
)
from quotegrid.domain.report.claim_words import is_negated, stance_of
from quotegrid.domain.report.find_amounts import NUMBER, add_base, find_amounts
from quotegrid.domain.report.stated_amounts import AmountKind, StatedAmount

CODE = re.compile(r"\[\[([^\[\]]+)\]\]")
_COVER = "\x01"
_LEADS = r"(?:\s*of\b)?(?:\s*(?:the|our|these|those|all|both|other|interviewed|participating)\b)*\s*"
_BASE = rf"(?:(?P<base>{NUMBER})\s+)?"
_JOINS = re.compile(r"\s*(?:,|and|or|nor|&|as well as|,\s*and|,\s*or)\s*(?:the\s+)?", re.IGNORECASE)
_CLAUSES = re.compile(r";|,?\s+(?:while|whereas|although|though|but|yet)\s+", re.IGNORECASE)
_SPEAKS = (
    r"(?:spoke|speak|talked|talk|said|say|mentioned|mention|raised|raise|described|describe|brought|told|"
    r"disputed|dispute|agreed|agree|disagreed|disagree|rejected|welcomed|questioned|doubted|denied)"
)
_AMONG = re.compile(r"\b(?:among|amongst|of|for)\s+(?:the\s+|our\s+)?$", re.IGNORECASE)
_LONELY = re.compile(rf"\s+(?:also\s+)?{_SPEAKS}\b", re.IGNORECASE)
_RESTRICTS = re.compile(
    rf"\s*,?\s*(?:who(?!m?\s+(?:we|I)\b)(?!\s+(?:also\s+)?{_SPEAKS}\b)|whose|without|with\s+(?!\x01)|"
    rf"(?:but|bar|except(?:\s+for)?)\s+{NUMBER}|except\b|excluding\b|apart\s+from\b|other\s+than\b)",
    re.IGNORECASE,
)
_OF_BASE = re.compile(r"\b(?:of|among|amongst)\s+(?:(?:all|the|our|these)\s+)*$", re.IGNORECASE)
_THEM = re.compile(r"\s*of\s+(?:them|whom|these|those)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,(\u2013\u2014-]*")
_OUT_OF = re.compile(
    rf"\s+(?P<how>in|out\s+of|of)\s+(?:the\s+|our\s+|every\s+)?(?P<base>{NUMBER})\b", re.IGNORECASE
)
_ELLIPSIS = re.compile(
    r"\s*(?:did|do|does)(?P<not>\s+not|n['\u2019]t)?\s*(?:so\s*)?[.,;!)]?\s*$", re.IGNORECASE
)
_NOUNS = re.compile(r"(?:[a-z'\u2019-]+\s+){0,2}?[a-z'\u2019-]+s\b", re.IGNORECASE)
_NO_PEOPLE = frozenset(
    "times years months weeks days hours ways things reasons respects points examples quotes themes codes "
    "interviews passages cases places areas groups sides accounts regions was is has does this its as".split()
)
_MOST_WORDS = 2
_PARTICLES = frozenset(
    "of in with that the who why and or for on at to which when how from by was is".split()
)


class Fault(StrEnum):
    """The reason why a sentence with a code makes no claim that can be checked."""

    NO_AMOUNT = "no amount"
    NO_GROUP = "no group"
    UNKNOWN_GROUP = "unknown group"
    RESTRICTED = "restricted"
    """About some members of a group only, whom the study cannot identify."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An amount, the group or groups it is about, and one code."""

    code: str
    """The code as written in the brackets."""
    amounts: tuple[StatedAmount, ...] = ()
    """Amounts that must all hold; a word may come with its number in brackets."""
    subjects: tuple[Subject, ...] = ()
    """The people it is about; several groups are counted together."""
    areas: tuple[str, ...] = ()
    """The areas, any of which counts; empty for everywhere."""
    stance: Stance | None = None
    is_negated: bool = False
    """Whether it is about those who did not."""
    fault: Fault | None = None
    phrase: str = ""
    """The words that name nobody known to the study, or that restrict a group."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """An amount and the people it is about."""

    amounts: tuple[StatedAmount, ...]
    mentions: tuple[Mention, ...]
    start: int
    end: int
    fault: Fault | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class _Code:
    name: str
    start: int
    end: int


def read_claims(sentence: str, known: Vocabulary, scale: Scale) -> list[Claim]:
    """Return the claims of a sentence, including one without an amount for each code without one.

    Args:
        sentence: A sentence with its numbers in plain digits; without a code in double square brackets it
            makes no claim.
        known: The study's names for its groups, roles and areas.
        scale: Its words for amounts.
    """
    codes = [
        _Code(match[1].partition("|")[0].strip(), match.start(), match.end())
        for match in CODE.finditer(sentence)
    ]
    if not codes:
        return []
    text = CODE.sub(lambda match: _COVER * len(match.group()), sentence)
    areas = find_areas(text, known)
    plain = _without(text, areas)
    amounts = find_amounts(plain, scale)
    pairs = _pairs(plain, amounts, find_mentions(plain, known), areas)
    claims: list[Claim] = []
    used: set[_Code] = set()
    for place, pair in enumerate(pairs):
        before = [code for code in codes if code.end <= pair.start]
        for code in _codes_of(plain, codes, pairs, place):
            used.add(code)
            region = _region(plain, codes, pairs, place, first=code in before)
            claims += _claims(
                pair, code.name, _areas_of(plain, areas, pairs, place), region, plain[pair.end :], claims
            )
    idle = [code for code in codes if code not in used]
    lonely = any(_LONELY.match(plain, said.end) for said in amounts)
    fault = Fault.NO_GROUP if lonely and not pairs else Fault.NO_AMOUNT
    loose = next((said for said in amounts if said.base is not None or said.kind is AmountKind.PERCENT), None)
    if loose is not None and not pairs:
        written = replace(loose, kind=AmountKind.UNREAD, words=(text[loose.start : loose.end],), base=None)
        return [Claim(code.name, (written,)) for code in idle]
    return [*claims, *(Claim(code.name, fault=fault) for code in idle)]


def _without(text: str, areas: Sequence[AreaMention]) -> str:
    """Return the text with areas, and the "in" before them, replaced by spaces."""
    for area in areas:
        before = re.search(r"\b(?:in|from|across|around)\s+(?:the\s+)?$", text[: area.start], re.IGNORECASE)
        start = area.start if before is None else before.start()
        text = text[:start] + " " * (area.end - start) + text[area.end :]
    return text


def _pairs(
    text: str, amounts: Sequence[StatedAmount], mentions: Sequence[Mention], areas: Sequence[AreaMention]
) -> list[_Pair]:
    pairs: list[_Pair] = []
    waiting: list[StatedAmount] = []
    for said in amounts:
        if pairs and said.start < pairs[-1].end:
            continue
        if pairs and _in_brackets(text, said) and not _between(text, pairs[-1].end, said):
            last = pairs[-1]
            pairs[-1] = _Pair(
                (*last.amounts, said), last.mentions, last.start, said.end + 1, last.fault, last.phrase
            )
            continue
        if waiting and _in_brackets(text, said) and not _between(text, waiting[-1].end, said):
            waiting.append(said)
        else:
            waiting = [said]
        pair = _pair(text, waiting, mentions, areas, pairs)
        if pairs and _is_base(text, pairs[-1], said):
            whole = pairs.pop()
            of_base = add_base(said, str(whole.amounts[0].number), is_share=False)
            pairs.append(_Pair((of_base,), whole.mentions, whole.start, said.end))
            waiting = []
        elif pair is not None:
            pairs.append(pair)
            waiting = []
    return pairs


def _is_base(text: str, pair: _Pair, said: StatedAmount) -> bool:
    """Return whether a pair says of how many an amount speaks: "of the nine parents, seven"."""
    whole = pair.amounts[0]
    is_plain = whole.kind is AmountKind.CASES and whole.base is None and not whole.bound and not whole.upper
    is_of = _OF_BASE.search(text[: pair.start]) is not None
    return is_plain and is_of and said.base is None and not text[pair.end : said.start].strip(" ,")


def _in_brackets(text: str, said: StatedAmount) -> bool:
    """Return whether an amount is set apart, in brackets or as "3 of 4" between commas."""
    before, after = text[max(said.start - 9, 0) : said.start].rstrip(), text[said.end : said.end + 1]
    if before.endswith("(") and after == ")":
        return True
    return said.base is not None and before.endswith(",") and after == ","


def _between(text: str, end: int, said: StatedAmount) -> str:
    return text[end : said.start].strip(" \n(,")


def _pair(
    text: str,
    said: Sequence[StatedAmount],
    mentions: Sequence[Mention],
    areas: Sequence[AreaMention],
    before: Sequence[_Pair],
) -> _Pair | None:
    start, end = said[0].start, said[-1].end + _in_brackets(text, said[-1])
    following = _following(text, end, mentions)
    if following:
        ends = following[-1].end
        heard = re.fullmatch(_LEADS + _BASE, text[end : following[0].start], re.IGNORECASE)
        if heard is not None and heard["base"] and said[-1].base is None:
            said = [*said[:-1], add_base(said[-1], heard["base"], is_share=False)]
        beyond = _OUT_OF.match(text, ends)
        if (
            beyond is not None
            and len(said) == 1
            and said[0].kind is AmountKind.CASES
            and said[0].base is None
        ):
            whole = (add_base(said[0], beyond["base"], is_share=beyond["how"].casefold() == "in"),)
            return _Pair(whole, following, start, beyond.end())
        after = _RESTRICTS.match(text, ends)
        fault = Fault.RESTRICTED if after else None
        phrase = " ".join(text[ends:].split(_COVER)[0].split()[:5]) if after else ""
        if len(following) > 1 and said[0].words == (BOTH,):
            # "Both parents and leaders" names two groups, and says of neither how many.
            said = [replace(said[0], kind=AmountKind.UNREAD)]
        return _Pair(tuple(said), following, start, ends if after is None else after.end(), fault, phrase)
    if said[0].stands_alone:
        return _Pair(tuple(said), (Mention(EVERYBODY, start, end),), start, end)
    them = _THEM.match(text, end)
    if them is not None and before and said[0].kind is AmountKind.CASES:
        return _Pair(tuple(said), before[-1].mentions, start, them.end())
    taken = before[-1].end if before else 0
    ahead = [mention for mention in mentions if taken <= mention.start and mention.end <= start]
    gap = text[ahead[-1].end : start] if ahead else ""
    floats = said[0].words in ((ALL,), (BOTH,)) and not gap.strip()
    if ahead and (floats or (them is not None and _BETWEEN.fullmatch(gap))):
        return _Pair(tuple(said), (ahead[-1],), start, end if them is None else them.end())
    among = bool(ahead) and gap.strip() == "," and _AMONG.search(text[: ahead[-1].start]) is not None
    if among and _LONELY.match(text, end):
        return _Pair(tuple(said), (ahead[-1],), start, end)
    if before and _LONELY.match(text, end) and _CLAUSES.search(text[before[-1].end : start] + " "):
        return _Pair(tuple(said), before[-1].mentions, start, end)
    if before and any(end < area.end and not text[end : area.end].strip() for area in areas):
        return _Pair(tuple(said), before[-1].mentions, start, end)
    return _unknown(text, said, end, mentions)


def _unknown(text: str, said: Sequence[StatedAmount], end: int, mentions: Sequence[Mention]) -> _Pair | None:
    """Return an amount of people unknown to the study, or of part of a group: "young people"."""
    if said[0].kind in (AmountKind.CASES, AmountKind.UNREAD):
        return None
    leads = re.compile(_LEADS, re.IGNORECASE).match(text, end)
    first = end if leads is None else leads.end()
    following = next((mention for mention in mentions if mention.start > first), None)
    between = [] if following is None else text[first : following.start].split()
    if following is not None and len(between) <= _MOST_WORDS and all(word.isalpha() for word in between):
        if not _PARTICLES.isdisjoint(word.casefold() for word in between):
            return None
        last = following.end
    else:
        noun = _NOUNS.match(text, first)
        if noun is None or noun.group().split()[-1].casefold() in _NO_PEOPLE:
            return None
        last = noun.end()
    phrase = " ".join(text[first:last].split())
    return _Pair(tuple(said), (), said[0].start, last, Fault.UNKNOWN_GROUP, phrase)


def _following(text: str, end: int, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the people an amount is about: those named next, and those joined to them by "and"."""
    found: list[Mention] = []
    for mention in mentions:
        if mention.start < end:
            continue
        gap = text[found[-1].end if found else end : mention.start]
        if not (_JOINS.fullmatch(gap) if found else re.fullmatch(_LEADS + _BASE, gap, re.IGNORECASE)):
            break
        found.append(mention)
    return tuple(found)


def _codes_of(text: str, codes: Sequence[_Code], pairs: Sequence[_Pair], place: int) -> list[_Code]:
    """Return the codes of a pair: those after it, or before it if the clause begins with a code."""
    pair = pairs[place]
    first, last = _clause(text, codes, pair)
    here = [code for code in codes if first <= code.start < last]
    in_clause = [found for found in pairs if first <= found.start < last]
    after = [code for code in here if code.start >= pair.end]
    ahead = [code for code in here if code.end <= pair.start]
    if here and in_clause and here[0].start < in_clause[0].start:
        return _run(text, ahead[::-1], pairs)[::-1] or _run(text, after, pairs)
    return (
        _run(text, after, pairs) or _run(text, ahead[::-1], pairs)[::-1] or _before(text, codes, pairs, first)
    )


def _before(text: str, codes: Sequence[_Code], pairs: Sequence[_Pair], first: int) -> list[_Code]:
    return _run(text, [code for code in codes if code.end <= first][::-1], pairs)[::-1]


def _run(text: str, codes: Sequence[_Code], pairs: Sequence[_Pair]) -> list[_Code]:
    """Return the first code and those that follow it before another amount."""
    run: list[_Code] = []
    for code in codes:
        if run:
            low, high = sorted((run[-1], code), key=lambda side: side.start)
            if any(low.end <= pair.start < high.start for pair in pairs):
                break
        run.append(code)
    return run


def _clause(text: str, codes: Sequence[_Code], pair: _Pair) -> tuple[int, int]:
    """Return the offsets of a pair's clause, bounded by separators with a code on both sides."""
    ends = [0, len(text)]
    for match in _CLAUSES.finditer(text):
        left = any(code.end <= match.start() for code in codes)
        right = any(code.start >= match.end() for code in codes)
        if left and right:
            ends.append(match.start())
    first = max(end for end in ends if end <= pair.start)
    return first, min(end for end in ends if end > pair.start)


def _region(text: str, codes: Sequence[_Code], pairs: Sequence[_Pair], place: int, *, first: bool) -> str:
    """Return the words that relate a pair to a code: between them, and after the later of the two."""
    pair = pairs[place]
    begins, ends = _clause(text, codes, pair)
    following = [later.start for later in pairs[place + 1 :] if later.start < ends]
    until = min([ends, *following])
    if not first:
        codes_after = [code for code in codes if code.start >= pair.end]
        shared = codes_after and any(later.start < codes_after[0].start for later in pairs[place + 1 :])
        return _to_next_clause(text[pair.end : ends if shared else until])
    ahead = [code for code in codes if code.end <= pair.start]
    return text[max(begins, ahead[0].end) : until]


def _to_next_clause(words: str) -> str:
    """Return words up to the clause after their last code, because that clause is not about the code."""
    last = words.rfind(_COVER)
    parted = _CLAUSES.search(words, last + 1) if last >= 0 else None
    return words if parted is None else words[: parted.start()]


def _owner(text: str, area: AreaMention, pairs: Sequence[_Pair]) -> int:
    """Return the index of the pair that an area belongs to: directly after it, or else before it."""
    for place, pair in enumerate(pairs):
        if area.end <= pair.start and not text[area.end : pair.start].strip(" ,"):
            return place
    return max((place for place, pair in enumerate(pairs) if pair.start <= area.start), default=0)


def _areas_of(text: str, areas: Sequence[AreaMention], pairs: Sequence[_Pair], place: int) -> tuple[str, ...]:
    """Return the areas of a pair: its own, or else those before all pairs."""
    own = [area.area for area in areas if _owner(text, area, pairs) == place]
    own = own or [area.area for area in areas if area.end <= pairs[0].start]
    return tuple(dict.fromkeys(own))


def _claims(
    pair: _Pair, code: str, areas: tuple[str, ...], region: str, tail: str, before: Sequence[Claim]
) -> list[Claim]:
    stance = stance_of(region)
    negated = stance is None and is_negated(region) and not _denies(pair)
    ellipsis = _ELLIPSIS.fullmatch(tail)
    if ellipsis is not None and before and before[-1].code == code:
        stance, negated = before[-1].stance, bool(ellipsis["not"])
    subjects = tuple(dict.fromkeys(mention.who for mention in pair.mentions))
    together = any(
        said.kind in (AmountKind.CASES, AmountKind.ALL_BUT) or said.base is not None for said in pair.amounts
    )
    apart = [subjects] if together or len(subjects) < 2 else [(who,) for who in subjects]
    return [Claim(code, pair.amounts, who, areas, stance, negated, pair.fault, pair.phrase) for who in apart]


def _denies(pair: _Pair) -> bool:
    """Return whether the amount is itself negative, so that a "not" after it is not about those counted."""
    return pair.amounts[0].kind is AmountKind.NOT_ALL
