"""Finds what speakers say they are ("I'm a SENCO in a primary school"), to be offered and never assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.text.normalise import folded_words, one_line

_SENTENCE = re.compile(r"(?:[^.?!\u2026\n]|\n(?!\s*\n))+[.?!\u2026]*")
_ADVERBS = r"(?:(?:also|actually|currently|still|now|just|both|mainly|really|obviously|myself|here)\s+)*"
_ARTICLE = r"(?:an?|the|one\s+of\s+the|one\s+of\s+our)\s+"
_WORD = r"[^\s,;:.!?\u2026()\"\u201c\u201d\u2013\u2014]+"
_WORDS = rf"(?P<words>{_WORD}(?:\s+{_WORD}){{0,9}})"
_BEING = re.compile(
    rf"""\b(?:I'm|I\s+am|I've\s+been|I\s+have\s+been|we're|we\s+are)\s+{_ADVERBS}
        (?:(?:from|representing)\s+(?={_ARTICLE}))?(?P<article>{_ARTICLE})?{_WORDS}""",
    re.VERBOSE | re.IGNORECASE,
)
_WORKING = re.compile(
    rf"""\b(?:I|we)\s+{_ADVERBS}(?:work|volunteer|represent)\s+{_ADVERBS}
        (?:as|for|in|at)?\s*(?P<article>{_ARTICLE})?{_WORDS}""",
    re.VERBOSE | re.IGNORECASE,
)
_TITLE = re.compile(
    rf"\bmy\s+(?:current\s+)?(?:role|job|job\s+title|title|post|position)\s+(?:is|as)\s+{_ADVERBS}"
    rf"(?P<article>{_ARTICLE})?{_WORDS}",
    re.IGNORECASE,
)
_AS = re.compile(rf"\bas\s+(?P<article>{_ARTICLE}){_WORDS}", re.IGNORECASE)
_OWN = re.compile(r"\s*,?\s*(?:I|I'\w+|we|we'\w+|my|our)\b")
"""Matches words that continue "as a parent of two" in the first person."""
_SPEAKING = re.compile(
    r"\b(?:(?:I|I'm|we|we're)\s+(?:\w+\s+){0,3}|\A\W*)"
    r"(?:speak|speaking|say|talk|talking|come|coming|here|know|tell\s+you|say\s+this|say\s+that)\s+\Z",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\A\W*(?:(?:and|but|so|well|yes|no|also|then|because|I\s+think|for\s+me|\W)\s*)*\Z", re.I
)
"""Matches what may precede "as a parent" where the speaker continues with "I"."""
_OTHERWISE = re.compile(
    r"\b(?:not|never|no\s+longer|if|wish|imagine|pretend|suppose|supposing|as\s+though|like|unless|whether|"
    r"thinks?|thought|assumed?|says?|said|told|tells?|calls?|called|believed?|until|when)\b|n't\b",
    re.IGNORECASE,
)
"""Matches words that negate what follows in the clause or attribute it to somebody else."""
_END = frozenset(
    "who that which and but so because or when where while if would could might should can will is are was "
    "were have has had do does did i i'm i've we we're you they he she it there not no nor than then".split()
)
"""Words at which a description ends."""
_AFTER_HEAD = frozenset(
    "of in at for with from to on by about around across within under over behind against into near the a an "
    "my our their his her your this these those as too here now myself ourselves first".split()
)
"""Words at which the noun of a description ends: in "SENCO in a primary school" the noun is SENCO."""
_BELONGING = re.compile(
    r"(?:(?:\w+\s+)?(?:member|chair|co-chair|part|trustee|representative|rep|one)\s+(?:of|for|from)|from|for)"
    r"\s+(?:the\s+|our\s+|my\s+|an?\s+)?(?=\S)",
    re.IGNORECASE,
)
_NO_LONGER = frozenset("former formerly previous ex retired past potential prospective future".split())
_BEFORE_TITLES = frozenset("deputy assistant interim acting senior lead vice executive head chief".split())
_LONGEST_PATTERN = 6


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """A role that a speaker claims for themselves."""

    start: int
    """The offset at which it begins in the text."""
    end: int
    role: str
    """The role in the speaker's words: "SENCO in a primary school"."""
    group: str


def find_self_descriptions(
    text: str, turns: Iterable[tuple[int, int]], stakeholders: Stakeholders
) -> list[SelfDescription]:
    """Return the first-person descriptions that name a role of the study, in order, each role once.

    Questions, negations, reported speech and descriptions of other people are ignored.

    Args:
        text: The source's text.
        turns: The start and end of each of the participant's turns, as offsets into `text`.
        stakeholders: The study's groups and roles.
    """
    found: dict[tuple[str, ...], SelfDescription] = {}
    for start, end in turns:
        # The replacement has the same length, so offsets stay valid.
        said = text[start:end].replace("\u2019", "'")
        for sentence in _SENTENCE.finditer(said):
            if sentence.group().endswith("?"):
                continue
            for match in _matches(sentence.group()):
                before = said[: sentence.start() + match.start()]
                described = None if _is_quoted(before) else _described(match, stakeholders)
                if described is not None:
                    role, group, length = described
                    first = start + sentence.start() + match.start()
                    last = start + sentence.start() + match.start("words") + length
                    found.setdefault(folded_words(role), SelfDescription(first, last, role, group))
    return sorted(found.values(), key=lambda description: description.start)


def _matches(sentence: str) -> Iterator[re.Match[str]]:
    for pattern in (_BEING, _WORKING, _TITLE):
        for match in pattern.finditer(sentence):
            clause = re.split(r"[,;:\u2013\u2014]", sentence[: match.start()])[-1]
            if not _OTHERWISE.search(clause):
                yield match
    for match in _AS.finditer(sentence):
        before = sentence[: match.start()]
        after = sentence[match.start("words") + len(_until_end(match["words"])) :]
        if re.search(r"\b(?:not|never|if)\b|n't\b", before, re.IGNORECASE):
            continue
        if _SPEAKING.search(before) or (_OPENING.match(before) and _OWN.match(after)):
            yield match


def _described(match: re.Match[str], stakeholders: Stakeholders) -> tuple[str, str, int] | None:
    """Return the role, its group, and how far into the words the role reaches; None if there is no role."""
    words = _until_end(match["words"])
    belonging = _BELONGING.match(words)
    skipped = belonging.end() if belonging is not None else 0
    role = words[skipped:]
    folded: list[str] = []
    head: int | None = None
    for token in role.split():
        if head is None and token.casefold() in _AFTER_HEAD:
            head = len(folded)
        folded += folded_words(token)
    head = len(folded) if head is None else head
    if not head or folded[0].endswith("ing") or _NO_LONGER & set(folded[:head]):
        return None
    has_article = match["article"] is not None or belonging is not None
    for length in range(_LONGEST_PATTERN, 0, -1):
        for first in range(head):
            last = first + length
            if last < head or last > len(folded):
                continue
            group = stakeholders.group_of_words(tuple(folded[first:last]))
            if group is not None and (has_article or set(folded[:first]) <= _BEFORE_TITLES):
                return one_line(role), group, len(words)
    return None


def _until_end(words: str) -> str:
    """Return the words up to the first that belongs to what follows the description."""
    reach = 0
    for token in re.finditer(r"\S+", words):
        if token.group().casefold() in _END:
            break
        reach = token.end()
    return words[:reach]


def _is_quoted(before: str) -> bool:
    """Return whether the words that follow are inside quotation marks."""
    if before.endswith(("'", "\u2018")):
        return True
    return before.count("\u201c") > before.count("\u201d") or before.count('"') % 2 == 1
