"""Reads the attributions that reports print beside quotes: a role, a participant's number, further facts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Voice
from quotegrid.domain.text.normalise import one_line, singular

_LONGEST_WORDS = 9
_LONGEST_UNKNOWN_WORDS = 5
_CITED = re.compile(
    r"""\b(?:1[89]|20)\d\d\b | \d{4} | \bet\ al\b | https?: | www\. | [&@=<>%$£€"“”{}\t] | [.?!:]$ | [.?!:]\s
    | \b(?:january|february|march|april|june|july|august|september|october|november|december)\b
    | \b\d{1,2}\ may\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Matches years, dates, addresses, sums and sentences, found in citations and remarks but not attributions.
"""
_OPENS_A_REMARK = frozenset(
    "see cf eg ie ibid op source figure fig table chart chapter section appendix annex box page p pp para "
    "paragraph note footnote n not no including excluding incl excl such for from as based adapted "
    "translated emphasis our author authors my all both some most only mainly also and or but with without "
    "about approximately continued cont if in on at to of by than which who that this these those it there "
    "sic laughs laughing laughter pause pauses inaudible unclear crosstalk applause crying cries sighs "
    "silence emphasis redacted name names".split()
)
_PERSON_WORDS = frozenset(
    "participant respondent interviewee informant speaker subject person contributor member case".split()
)
_NOT_PEOPLE = frozenset(
    "group year stage wave section chapter figure table part phase step box appendix annex question item "
    "article volume grade level week day round page note band tier area site".split()
)
_NUMBERED = re.compile(r"(?P<what>[^\W\d_][^\d]{0,40}?)\s*(?:\bno\b\.?|\bnumber\b|#)?\s*\d{1,3}[a-z]?", re.I)
_CODE = re.compile(r"(?:FG\d{1,2}[-/ ]?)?(?P<prefix>[A-Z]{1,4})[-_ ]?\d{1,3}[a-z]?(?:[-/ ]?FG\d{1,2})?")
_CODES_OF_OTHER_THINGS = frozenset({"A", "B", "COP", "FG", "G", "KS", "L", "M", "Q", "Y", "YR"})
"""Prefixes of numbered roads, forums of states, focus groups, levels, key stages, questions and school years.
"""
_SESSION = re.compile(
    r"(?:focus group|fg|discussion group|interview|workshop|group)\s*(?:no\.?\s*)?(?:\d{1,3}|[A-Z])", re.I
)
_FACT = re.compile(
    r"""(?:fe)?male|m|f|man|woman|non-binary|(?:aged?\s)?\d{1,2}(?:\s?(?:years?(?:\sold)?|yrs?))?
    |(?:aged?\s)?\d{2}\s?[-\u2013]\s?\d{2}|\d0s|(?:early|mid|late)[ -]\d0s""",
    re.VERBOSE | re.IGNORECASE,
)
"""Matches a sex or an age."""
_PLURAL = frozenset({"people", "children", "women", "men", "staff", "families"})
_BEHIND_THE_NOUN = re.compile(r"\s(?:of|in|from|at|with|for|on|who|working)\s|\s[-\u2013\u2014]\s|[,;|(]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The person quoted, according to the printed words."""

    role: str
    """The words as printed, on one line, without the area if it is one of the study's."""
    case: str | None = None
    """The participant's number as printed ("P7", "Participant 12")."""
    area: str | None = None
    """The study's area that it names."""
    voice: Voice = Voice.PERSON
    is_known: bool = False
    """Whether it names a role of the study."""
    is_numbered: bool = False
    """Whether it identifies a participant by number, rather than by a numbered role that belongs to no group.
    """
    is_session: bool = False
    """Whether it names the focus group or interview that the words come from."""

    @property
    def is_strong(self) -> bool:
        """Return whether it does more than look like a role."""
        return self.is_known or self.is_numbered or self.is_session


def read_attribution(
    printed: str, stakeholders: Stakeholders, areas: Collection[str] = ()
) -> Attribution | None:
    """Parse an attribution.

    Args:
        printed: The words, without the dash or brackets around them.
        stakeholders: The study's groups and roles.
        areas: The study's areas.

    Returns:
        None for words that cannot be one: a citation, a cross-reference, a date, a remark, a sentence.
    """
    text = one_line(printed.replace("*", "")).strip("_ ")
    words = text.split()
    if not words or len(words) > _LONGEST_WORDS or _CITED.search(re.sub(r"\b[Nn]o\.", "", text)):
        return None
    if words[0].strip(".,;").casefold() in _OPENS_A_REMARK or not (text[0].isalpha()):
        return None
    text, area = _without_area(text, areas)
    parts = [part.strip() for part in re.split(r"[,;|]|\s[-\u2013\u2014]\s|\s/\s", text)]
    if not all(parts):
        return None
    numbers = [part for part in parts if _is_number(part)]
    if len(numbers) > 1:
        return None
    case = numbers[0] if numbers else _numbered_role(parts[0])
    known = next((part for part in parts if stakeholders.group_of_role(part)), None)
    found = Attribution(
        role=text,
        case=case,
        area=area,
        voice=Voice.PERSON if case else voice_of(known or parts[0]),
        is_known=known is not None,
        is_numbered=bool(numbers),
        is_session=any(_SESSION.fullmatch(part) for part in parts),
    )
    return found if found.is_strong or _looks_like_a_role(parts) else None


def voice_of(role: str) -> Voice:
    """Return whether a role is one person's or, in the plural, a group's: "LA leaders"."""
    words = _BEHIND_THE_NOUN.split(one_line(role), maxsplit=1)[0].split()
    if not words:
        return Voice.PERSON
    noun = words[-1].strip("*_.'\u2019")
    in_plural = noun.endswith("s") and singular(noun) != noun
    return Voice.GROUP if in_plural or noun.casefold() in _PLURAL else Voice.PERSON


def _without_area(text: str, areas: Collection[str]) -> tuple[str, str | None]:
    """Return the text without a study area at its end, and that area as the study spells it."""
    for area in areas:
        before = rf"(?:\s?[,;|/]|\s[-\u2013\u2014]|\s(?:in|from|at))\s+{re.escape(area)}"
        match = re.search(before + r"\Z", text, re.IGNORECASE)
        if match is not None and match.start():
            return text[: match.start()], area
    return text, None


def _is_number(part: str) -> bool:
    """Return whether a part is a participant's number and nothing else."""
    code = _CODE.fullmatch(part)
    if code is not None:
        return code["prefix"] not in _CODES_OF_OTHER_THINGS
    numbered = _NUMBERED.fullmatch(part)
    return numbered is not None and numbered["what"].casefold().split()[-1] in _PERSON_WORDS


def _numbered_role(part: str) -> str | None:
    """Return the part if it is a role with a number ("Headteacher 2"), which denotes one participant."""
    numbered = _NUMBERED.fullmatch(part)
    if numbered is None or _CODE.fullmatch(part) or _SESSION.fullmatch(part):
        return None
    words = numbered["what"].casefold().split()
    return None if words[-1] in _NOT_PEOPLE else part


def _looks_like_a_role(parts: list[str]) -> bool:
    """Return whether the parts are a few capitalised words followed only by facts about a person or names."""
    first, *others = parts
    return (
        first[0].isupper()
        and len(first.split()) <= _LONGEST_UNKNOWN_WORDS
        and (_numbered_role(first) is not None or not re.search(r"\d", first))
        and all(_FACT.fullmatch(part) or (part[0].isupper() and not part[-1].isdigit()) for part in others)
    )
