"""Finds whom a sentence quotes, by reporting verbs and constructions before and after a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.corpus.reports import reporting_words as words
from quotegrid.corpus.reports.clauses import Clause
from quotegrid.corpus.reports.phrase_finder import PhraseFinder
from quotegrid.corpus.reports.speaker_phrases import Phrase, PhraseKind, is_adverb, join_tokens
from quotegrid.domain.sources.model import Voice
from quotegrid.domain.text.normalise import singular

_FARTHEST_QUOTE = 40
_NEAR_WORDS = 6
_FEW_WORDS = 3
_MOST_WORDS_OF_THOSE = 8
_INTRODUCING = frozenset(
    "are as be became become becomes been being call called calling feel feels felt is it like quote said "
    "says that was were".split()
)
_BEFORE_WHAT_IS_INTRODUCED = frozenset(
    "a almost also an both effectively either just merely more not only quite really simply so something "
    "somewhat such too very".split()
)
_LEADING_ON = frozenset(
    "( , : about are as include included includes including is like of range ranged that was were".split()
)
"""Words between "one carer's words" and the quoted words themselves."""
_LEADING = frozenset({"to", "from"})
_TURNING = frozenset("although because but though whereas while".split())
_EXTENDED_BY = frozenset("at for from in of".split())
_DASHES = frozenset("-\u2013\u2014")
_QUOTING = frozenset("borrow paraphrase quote quoting".split())
_OF_WHOM = frozenset("among amongst by from of".split())
_VIEWPOINTS = frozenset("case experience eyes language mind opinion view views words".split())


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """A speaker named by a reporting construction."""

    phrase: Phrase
    direct: bool
    """Whether the construction itself says that the quoted words are the speaker's."""


@dataclass(frozen=True, slots=True)
class UnnamedSpeaker:
    """A construction such as "was described as", which reports speech without naming the speaker."""

    is_name: bool = False
    """Whether the quoted words are a name or term rather than speech."""


Finding = NamedSpeaker | UnnamedSpeaker | None


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """The properties of the quoted words that attribution depends on."""

    words: int
    is_title: bool
    """Whether every longer word is capitalised, as in the name of a programme."""
    modifies: bool
    """Whether a noun seems to follow the closing mark."""


def speaker_before(clause: Clause, quoted: QuotedWords) -> Finding:
    """Return the speaker named before a quotation.

    Args:
        clause: The text up to the opening mark.
        quoted: The quoted words.

    Returns:
        The speaker, or None if nobody is said to speak.
    """
    end = len(clause.tokens)
    if _is_announced(clause, end):
        return None
    if clause.low(end - 1) in words.DETACHED and not _calls_what(clause, end - 1):
        return UnnamedSpeaker(is_name=True)
    unnamed: Finding = None
    wish: Finding = None
    certain = True
    for place in range(end - 1, -1, -1):
        found = _at(clause, place, end)
        if isinstance(found, UnnamedSpeaker):
            unnamed, certain = found, False
        elif isinstance(found, NamedSpeaker):
            if found.phrase.kind is PhraseKind.AUTHORS:
                return None
            if found.phrase.kind is PhraseKind.PRONOUN and not found.direct and wish is None:
                wish = found
                continue
            direct = certain and found.direct and _governs(clause, place, end, found.phrase, quoted)
            if not direct and _is_term(clause, place, end, quoted):
                return None
            return NamedSpeaker(found.phrase, direct)
    return wish or unnamed or _labelled(clause, end, quoted)


def _is_announced(clause: Clause, end: int) -> bool:
    """Return whether "known as", "defined as" or "such as" precedes the mark, without a speaker."""
    return (
        clause.low(end - 1) == "as"
        and clause.low(end - 2) in {"known", "defined", "such"}
        and (clause.low(end - 2) != "such" or clause.low(end - 3) not in words.STATEMENTS)
    )


def _calls_what(clause: Clause, verb: int) -> bool:
    """Return whether a verb's object precedes its subject: "what one leader called"."""
    subject = clause.subject(verb) or clause.unlisted_before(verb)
    if subject is None:
        return False
    return bool({clause.low(subject.first), clause.low(subject.first - 1)} & {"what", "which", "that"})


def _at(clause: Clause, place: int, end: int) -> Finding:
    """Return the finding for the reporting verb or construction at one token."""
    low = clause.low(place)
    if clause.is_verb(place):
        return _by_verb(clause, place, end)
    phrase = clause.beginning_at(place + 1)
    if phrase is not None:
        if low in _QUOTING or (low == "to" and clause.low(place - 1) == "according"):
            return NamedSpeaker(clause.with_apposition(phrase), True)
        if low in _OF_WHOM and not phrase.owns and _is_statement(clause, place - 1):
            return NamedSpeaker(clause.with_apposition(phrase), True)
        if low == "in" and phrase.owns and clause.low(phrase.last + 1) in _VIEWPOINTS:
            return NamedSpeaker(phrase, True)
        if low == "for" and place == 0 and not phrase.owns and clause.low(phrase.last + 1) == ",":
            return NamedSpeaker(phrase, False)
    if singular(low) not in words.STATEMENTS:
        return None
    owner = next((p for p in clause.phrases if p.owns and p.last < place <= p.last + 3), None)
    is_led_on = any(token.low in _LEADING_ON for token in clause.tokens[place + 1 : end])
    return NamedSpeaker(owner, True) if owner is not None and (is_led_on or place == end - 1) else None


def _is_statement(clause: Clause, place: int) -> bool:
    """Return whether a noun such as "view" is at a place, or before a participle there: "view held by"."""
    noun = clause.low(place)
    if noun in words.PARTICIPLES or noun == "held":
        noun = clause.low(place - 1)
    return singular(noun) in words.STATEMENTS


def _by_verb(clause: Clause, verb: int, end: int) -> Finding:
    low = clause.low(verb)
    agent = clause.agent(verb, end) if low in words.PARTICIPLES else None
    certain = low in words.SAYING | words.NAMING | words.FEELING
    if agent is not None:
        return NamedSpeaker(clause.with_apposition(agent), certain)
    if clause.is_passive(verb):
        return UnnamedSpeaker() if low in words.SAYING | words.NAMING | words.FEELING else None
    subject = clause.subject(verb)
    if subject is None:
        subject = _inverted(clause, verb)
    if subject is None:
        subject = clause.unlisted_before(verb)
        certain = certain and subject is not None and clause.low(subject.first) in words.ONE
    if subject is None or (subject.kind is PhraseKind.NAME and low not in words.SAYING | words.NAMING):
        return (
            UnnamedSpeaker()
            if low in words.NAMING & words.PARTICIPLES and clause.low(verb + 1) == "as"
            else None
        )
    return NamedSpeaker(subject, certain and not _is_mere_intention(clause, verb))


def _is_mere_intention(clause: Clause, verb: int) -> bool:
    """Return whether "to" precedes the verb as in "ways to describe", unlike "went on to describe"."""
    return clause.low(verb - 1) == "to" and clause.low(verb - 2) not in words.GOING_ON


def _inverted(clause: Clause, verb: int) -> Phrase | None:
    """Return the subject after its verb: ", said one head, ", or where the verb follows a quotation."""
    phrase = clause.beginning_at(verb + 1, words.ANY_ONE)
    begins = verb == 0 or (verb == 1 and clause.low(0) in words.SIGNS_BETWEEN)
    if (
        not begins
        and phrase is not None
        and (clause.low(verb - 1), clause.low(phrase.last + 1)) != (",", ",")
    ):
        return None
    return clause.with_apposition(phrase) if phrase is not None else None


def _labelled(clause: Clause, end: int, quoted: QuotedWords) -> Finding:
    """Return the only speaker named in a sentence before a colon: "One parent: '...'"."""
    if clause.low(end - 1) != ":":
        return None
    named = [
        phrase
        for phrase in clause.phrases
        if phrase.kind in (PhraseKind.PERSON, PhraseKind.ORGANISATION)
        and not phrase.in_preposition
        and not phrase.owns
    ]
    if len(named) != 1:
        return None
    is_somebody = named[0].kind is PhraseKind.PERSON and named[0].voice is Voice.PERSON
    return NamedSpeaker(named[0], is_somebody or quoted.words > _FEW_WORDS)


def introduction(clause: Clause, end: int) -> str:
    """Return the word or sign that leads to the opening mark, skipping articles and minor adverbs."""
    place = end - 1
    while place >= 0 and clause.low(place) in _BEFORE_WHAT_IS_INTRODUCED:
        place -= 1
    return clause.low(place)


def _governs(clause: Clause, place: int, end: int, subject: Phrase, quoted: QuotedWords) -> bool:
    """Return whether the quoted words are surely the speaker's, and not a term in reported speech."""
    gap = clause.tokens[place + 1 : end]
    if len(gap) > _FARTHEST_QUOTE or any(token.low in _TURNING or token.text == ";" for token in gap):
        return False
    if quoted.is_title and introduction(clause, end) not in {"as", ":", ","}:
        return False
    if quoted.words > _FEW_WORDS:
        return True
    names = clause.low(place) in words.NAMING and (len(gap) <= _FEW_WORDS - 1 or clause.low(end - 1) == "as")
    if names or clause.low(end - 1) in {":", ","}:
        return True
    if clause.low(end - 1) in {"the", "this", "these", "their", "its"} and quoted.modifies:
        return False
    if introduction(clause, end) in _INTRODUCING or subject.voice is Voice.PERSON:
        return True
    is_part_of_phrase = len(gap) > 1 and clause.low(end - 1) in words.PREPOSITIONS - _LEADING
    return len(gap) <= _NEAR_WORDS and not is_part_of_phrase


def _is_term(clause: Clause, place: int, end: int, quoted: QuotedWords) -> bool:
    """Return whether a few quoted words name a thing that the sentence merely mentions."""
    if quoted.words > _FEW_WORDS and not quoted.is_title:
        return False
    return quoted.is_title or (
        quoted.modifies and clause.low(end - 1) in {"the", "this", "these", "their", "its", "of"}
    )


def speaker_after(clause: Clause, detached: bool, unnamed: bool) -> NamedSpeaker | None:
    """Return the speaker named after a quotation, or None if there is none.

    Args:
        clause: From the closing mark to the next one or the end of the sentence.
        detached: Whether a comma, a dash or the quote's own last sign separates the quote from what follows.
        unnamed: Whether the text before the quote reports speech without naming the speaker.
    """
    first = 0
    while clause.low(first) in _DASHES | {","}:
        first += 1
    detached = detached or first > 0
    for look in (_told_after, _as_told_after, _named_after):
        found = look(clause, first, detached)
        if found is not None:
            return (
                None
                if found.kind is PhraseKind.AUTHORS
                else NamedSpeaker(clause.with_apposition(found), True)
            )
    for place in range(first, min(len(clause.tokens), first + 14)):
        if clause.low(place) in words.BREAKS:
            break
        if clause.low(place) != "by":
            continue
        near_verb = any(clause.low(n) in words.PARTICIPLES for n in range(max(first, place - 3), place))
        agent = clause.beginning_at(place + 1)
        if agent is not None and (near_verb or (unnamed and place <= first + 2)):
            is_said = clause.low(first) in words.BE or clause.low(first) in {"a", "the", "used"} or unnamed
            return NamedSpeaker(clause.with_apposition(agent), True) if is_said else None
    return None


def _told_after(clause: Clause, first: int, detached: bool) -> Phrase | None:
    """Return the speaker in direct attributions such as ", said one head" and ", one head said"."""
    if not detached:
        return None
    if is_adverb(clause.low(first)):
        first += 1
    low = clause.low(first)
    if low in words.SAYING | words.FEELING and not low.endswith("ing"):
        teller = clause.beginning_at(first + 1, words.ANY_ONE)
        if teller is not None:
            return teller
    phrase = clause.beginning_at(first)
    if phrase is None or phrase.owns:
        return None
    for place in range(phrase.last + 1, min(phrase.last + 14, len(clause.tokens))):
        if not clause.is_verb(place) or clause.subject(place) is None:
            continue
        following = clause.low(place + 1)
        stops = (
            not following
            or following in ",.;:"
            or following in words.PREPOSITIONS | words.CONJUNCTIONS | {"me", "us"}
        )
        return clause.subject(place) if stops or is_adverb(following) else None
    return None


def _as_told_after(clause: Clause, first: int, detached: bool) -> Phrase | None:
    """Return the speaker referred to: ", as one head put it", ", according to one head"."""
    low = clause.low(first)
    if low == "as" or low == "which":
        phrase = clause.beginning_at(first + 1)
        for place in range(first + 1, min(first + 14, len(clause.tokens))):
            if clause.is_verb(place):
                return (
                    clause.subject(place)
                    or (phrase if phrase and phrase.last == place - 1 else None)
                    or (clause.beginning_at(place + 1) if place == first + 1 else None)
                )
        return None
    if low == "according" and clause.low(first + 1) == "to":
        return clause.beginning_at(first + 2)
    if low == "to" and clause.low(first + 1) in {"quote", "use", "borrow"}:
        return clause.beginning_at(first + 2)
    if low == "in" or clause.low(first + 1) in words.SPEAKING_NOUNS:
        for place in range(first, first + 5):
            if clause.low(place) == "of" and singular(clause.low(place - 1)) in words.STATEMENTS:
                return clause.beginning_at(place + 1)
        phrase = clause.beginning_at(first + 1)
        if phrase is not None and phrase.owns and clause.low(phrase.last + 1) in _VIEWPOINTS:
            return phrase
    return None


def _named_after(clause: Clause, first: int, detached: bool) -> Phrase | None:
    """Return the speaker in " was how one head described it" or ", a phrase that several heads used"."""
    is_clause = clause.low(first) in words.BE and any(
        clause.low(place) in {"how", "what"} or clause.low(place) in words.SPEAKING_NOUNS | {"way"}
        for place in range(first + 1, first + 5)
    )
    is_apposition = detached and any(
        clause.low(place) in words.SPEAKING_NOUNS for place in range(first, first + 3)
    )
    if clause.low(first) in words.BE:
        for place in range(first + 1, first + 6):
            if singular(clause.low(place)) in words.STATEMENTS and clause.low(place + 1) in _OF_WHOM:
                return clause.beginning_at(place + 2)
    if not (is_clause or is_apposition):
        return None
    for place in range(first + 1, min(first + 16, len(clause.tokens))):
        if clause.low(place) in words.REPORTING and not clause.is_passive(place):
            subject = clause.subject(place)
            if subject is not None:
                return subject
    return None


def extended_role(finder: PhraseFinder, clause: Clause, phrase: Phrase) -> str:
    """Return a phrase's role as printed, extended where only the following words identify the speaker.

    "leader" becomes "leader of the council" if the study knows councils, or "leader from Well House"; "those"
    becomes "those taking part".
    """
    if phrase.kind is not PhraseKind.PERSON or finder.group_known(phrase.role):
        return phrase.role
    if clause.low(phrase.last) == "those":
        last = _end_of_those(clause, phrase.last)
        return join_tokens(clause.text, clause.tokens, phrase.core, last)
    if clause.low(phrase.last + 1) not in _EXTENDED_BY:
        return phrase.role
    for other in clause.phrases:
        if other.first == phrase.last + 2 and (other.role[0].isupper() or finder.group_known(other.role)):
            return join_tokens(clause.text, clause.tokens, phrase.core, other.last)
    return phrase.role


def _end_of_those(clause: Clause, place: int) -> int:
    """Return the token at which "those who ..." ends: before the next known verb or sign."""
    last = place
    if clause.low(last + 1) == "who":
        last += 1
        while clause.low(last + 1) in words.AUXILIARIES or is_adverb(clause.low(last + 1)):
            last += 1
        last += 1
    while last + 1 < len(clause.tokens) and last - place <= _MOST_WORDS_OF_THOSE:
        token = clause.tokens[last + 1]
        if not token.is_word or token.low in words.AUXILIARIES | words.REPORTING:
            return last
        last += 1
    return last if last - place <= _MOST_WORDS_OF_THOSE else place
