"""Who is said to have said it: reporting verbs and constructions before and behind a quotation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from quotegrid.corpus import reporting_words as words
from quotegrid.corpus.speaker_phrases import Kind, Phrase, PhraseFinder, Token, is_adverb, printed
from quotegrid.domain.sources import Voice
from quotegrid.domain.text import singular

_FARTHEST_SUBJECT = 18
_FARTHEST_QUOTE = 40
_NEAR_WORDS = 6
_FEW_WORDS = 3
_MOST_UNLISTED_WORDS = 3
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
"""What stands between "one carer's words" and the words themselves."""
_LEADING = frozenset({"to", "from"})
_TURNING = frozenset("although because but though whereas while".split())
_OPENING_CLAUSES = frozenset("although because but that though when whereas while".split())
_BREAKS = frozenset(";:")
_SIGNS_BETWEEN = frozenset(",()\u2013\u2014-")
_AFTER_A_SUBJECT = frozenset(
    "across and at for from in near of on or outside that to under which who whose with within".split()
)
_EXTENDED_BY = frozenset("at for from in of".split())
_ONE = frozenset({"one", "another"})
_ANY_ONE = _ONE | {"a", "an"}
_DASHES = frozenset("-\u2013\u2014")
_OF_WHOM = frozenset("among amongst by from of".split())
_VIEWPOINTS = frozenset("case experience eyes language mind opinion view views words".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker that a construction names."""

    phrase: Phrase
    direct: bool
    """Whether the construction itself says that these words are the speaker's."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Words that somebody is said to have said, but not who: "was described as"."""

    is_name: bool = False
    """Whether they are rather what something is called."""


Finding = Named | Unnamed | None


class Clause:
    """The tokens of a sentence or a part of one, with the phrases among them."""

    def __init__(self, tokens: Sequence[Token], phrases: Sequence[Phrase], text: str) -> None:
        """Take what has been found in a text.

        Args:
            tokens: Its words and signs.
            phrases: The phrases among them.
            text: The text that their offsets are of.
        """
        self.text = text
        self.tokens = tokens
        self.phrases = phrases
        self._ending = {one.last: one for one in phrases}
        self._starting = {one.first: one for one in phrases} | {one.core: one for one in phrases}

    def low(self, place: int) -> str:
        """The folded word or sign at a place, empty outside the clause."""
        return self.tokens[place].low if 0 <= place < len(self.tokens) else ""

    def beginning_at(self, place: int, unlisted: Collection[str] = _ONE) -> Phrase | None:
        """The phrase that begins at a place, adverbs passed over.

        Args:
            place: The index of a token.
            unlisted: The words behind which a noun that no list has is somebody who speaks: "one glazier".
        """
        while is_adverb(self.low(place)):
            place += 1
        listed = self._starting.get(place)
        if listed is not None or self.low(place) not in unlisted:
            return listed
        last = place
        while last + 1 < len(self.tokens) and last - place < _MOST_UNLISTED_WORDS and self._is_noun(last + 1):
            last += 1
        return self.unlisted(place, last) if last > place else None

    def _is_noun(self, place: int) -> bool:
        """Whether a word can be part of a noun phrase, as far as lists of the other words tell."""
        token = self.tokens[place]
        return token.is_word and token.low not in words.FUNCTION_WORDS

    def unlisted(self, first: int, last: int) -> Phrase:
        """Somebody whom no list has, from a determiner to a noun."""
        plural = self.low(first) in words.PLURAL_QUANTIFIERS
        return Phrase(
            first,
            first + 1,
            last,
            Kind.PERSON,
            printed(self.text, self.tokens, first + 1, last),
            Voice.GROUP if plural else Voice.PERSON,
            self.low(first - 1) in words.PREPOSITIONS,
            self.tokens[last].owns,
        )

    def unlisted_before(self, verb: int) -> Phrase | None:
        """Some people whom no list has, right before a verb of saying: "one glazier said"."""
        last = verb - 1
        while self.low(last) in words.AUXILIARIES or is_adverb(self.low(last)):
            last -= 1
        first = last
        while first >= 0 and last - first < _MOST_UNLISTED_WORDS and self._is_noun(first):
            first -= 1
        is_said = self.low(verb) in words.SAYING | words.NAMING | words.FEELING and not self.is_passive(verb)
        if not is_said or not 0 <= first < last or self.low(first) not in words.COUNTING:
            return None
        one = self.unlisted(first, last)
        return None if one.in_preposition or one.owns else one

    def is_verb(self, place: int) -> bool:
        """Whether a reporting verb stands here; forms that are nouns too need a subject beside them."""
        low = self.low(place)
        if low not in words.REPORTING or any(one.core <= place <= one.last for one in self._around(place)):
            return False
        companions = words.ONLY_WITH.get(low)
        if companions and not any(one.low in companions for one in self.tokens[place + 1 : place + 8]):
            return False
        if low not in words.ALSO_NOUNS:
            return True
        before = place - 1
        while before >= 0 and (is_adverb(self.low(before)) or self.low(before) in words.AUXILIARIES):
            before -= 1
        one = self._ending.get(before)
        return (
            (one is not None and not one.owns)
            or self.low(before) in {"who", "to"}
            or low in words.PARTICIPLES
        )

    def _around(self, place: int) -> Iterator[Phrase]:
        for one in self.phrases:
            if one.first <= place <= one.last:
                yield one

    def is_passive(self, verb: int) -> bool:
        """Whether a form of "be" stands before a participle."""
        before = verb - 1
        while is_adverb(self.low(before)) or (self.low(before) in words.AUXILIARIES - words.BE):
            before -= 1
        return self.low(verb) in words.PARTICIPLES and self.low(before) in words.BE

    def subject(self, verb: int) -> Phrase | None:
        """Who does what a verb says."""
        if self.is_passive(verb):
            return None
        before = verb - 1
        while before >= 0 and (is_adverb(self.low(before)) or self.low(before) in words.AUXILIARIES):
            before -= 1
        return self._subject_ending(before, verb)

    def _subject_ending(self, place: int, verb: int) -> Phrase | None:
        if place < 0:
            return None
        one = self._ending.get(place)
        if one is not None and not one.owns:
            if one.in_preposition and not (place == verb - 1 and self.low(verb).endswith("ing")):
                return self._subject_left_of(one.first - 1)
            return self._with_relative_clause(one) or one
        low = self.low(place)
        if low in {"who", "whom", "that", "which"}:
            before = place - 1
            while self.low(before) in _SIGNS_BETWEEN:
                before -= 1
            return self._subject_ending(before, verb)
        if low in _SIGNS_BETWEEN or low in {"and", "but", "or", "then", "yet"}:
            return self._behind_interruption(place, verb)
        return self._subject_left_of(place)

    def _with_relative_clause(self, inner: Phrase) -> Phrase | None:
        """Who "had moved schools" in "those who had moved schools said"."""
        for place in range(inner.first - 1, max(inner.first - _FARTHEST_SUBJECT, 0), -1):
            low = self.low(place)
            if low == "who":
                return self._ending.get(place - 1)
            if (
                low in words.REPORTING
                or low in words.CONJUNCTIONS
                or low == "that"
                or not self.tokens[place].is_word
            ):
                return None
        return None

    def _subject_left_of(self, place: int) -> Phrase | None:
        """The nearest phrase to the left that is no object of a preposition and that something follows on."""
        for one in reversed(self.phrases):
            if one.last > place or one.in_preposition or one.owns or _may_be_a_common_word(one):
                continue
            if place - one.last > _FARTHEST_SUBJECT or any(
                token.low in _BREAKS for token in self.tokens[one.last : place + 1]
            ):
                return None
            met = self._met_by(one)
            if met is not None:
                return met
            following = self.low(one.last + 1)
            carries_on = following in _AFTER_A_SUBJECT or following in _SIGNS_BETWEEN
            return one if carries_on or following.endswith(("ing", "ed")) else None
        return None

    def _met_by(self, one: Phrase) -> Phrase | None:
        """Whom a clause such as "we met" or "to whom they spoke" describes."""
        if one.kind not in (Kind.AUTHORS, Kind.PRONOUN):
            return None
        before = one.first - 1
        while self.low(before) in words.RELATIVES | words.PREPOSITIONS:
            before -= 1
        met = self._ending.get(before)
        return met if met is not None and not met.in_preposition and not met.owns else None

    def _behind_interruption(self, place: int, verb: int) -> Phrase | None:
        """The subject of a verb that a comma, a bracket, a dash or "and" parts from it."""
        if self.low(place) in _SIGNS_BETWEEN and not self.low(verb).endswith("ing"):
            opening = next((n for n in range(place - 1, -1, -1) if self.low(n) in _SIGNS_BETWEEN), None)
            if opening is None:
                return None
            inside = [one for one in self.phrases if opening < one.first and one.last < place]
            apposition = next((one for one in inside if not one.in_preposition and not one.owns), None)
            is_relative = self.low(opening + 1) in words.RELATIVES | {"where"} or (
                self.low(opening + 1) in words.PREPOSITIONS
            )
            outer = self._ending.get(opening - 1)
            if apposition is None or is_relative:
                return self._subject_ending(opening - 1, verb)
            follows_name = outer is not None and outer.kind is Kind.NAME and apposition.kind is not Kind.NAME
            if outer is not None and not follows_name and not outer.in_preposition:
                return outer
            return apposition
        return self._clause_subject(place)

    def _clause_subject(self, place: int) -> Phrase | None:
        candidates = [
            one
            for one in self.phrases
            if one.last < place and not (one.in_preposition or one.owns or _may_be_a_common_word(one))
        ]
        last_break = max((n for n in range(place) if self.low(n) in _BREAKS), default=-1)
        candidates = [one for one in candidates if one.first > last_break]
        for one in reversed(candidates):
            if self.low(one.first - 1) in _OPENING_CLAUSES:
                return one
        return candidates[0] if candidates else None

    def agent(self, verb: int, stop: int) -> Phrase | None:
        """Who stands behind "by" soon after a participle."""
        for place in range(verb + 1, min(verb + 6, stop)):
            if self.low(place) == "by":
                return self.beginning_at(place + 1)
            if self.low(place) in _BREAKS:
                break
        return None

    def with_apposition(self, one: Phrase) -> Phrase:
        """For a name, what it says behind a comma who that is: "Jo Field, chair of the forum"."""
        if one.kind is Kind.NAME and self.low(one.last + 1) == ",":
            other = self.beginning_at(one.last + 2)
            if other is not None and other.kind in (Kind.PERSON, Kind.ORGANISATION) and not other.owns:
                return other
        return one


def _may_be_a_common_word(one: Phrase) -> bool:
    """Whether a name is one word, which only a verb right behind it shows to be somebody's."""
    return one.kind is Kind.NAME and one.core == one.last


@dataclass(frozen=True, slots=True)
class Quoted:
    """What counts about the quoted words themselves."""

    words: int
    is_title: bool
    """Whether every longer word is capitalised, as in the name of a programme."""
    modifies: bool
    """Whether a noun seems to follow on the closing mark."""


def speaker_before(clause: Clause, quoted: Quoted) -> Finding:
    """Who the text before a mark says is speaking; the clause ends right before the mark."""
    end = len(clause.tokens)
    if _is_announced(clause, end):
        return None
    if clause.low(end - 1) in words.DETACHED and not _calls_what(clause, end - 1):
        return Unnamed(is_name=True)
    unnamed: Finding = None
    wish: Finding = None
    certain = True
    for place in range(end - 1, -1, -1):
        found = _at(clause, place, end)
        if isinstance(found, Unnamed):
            unnamed, certain = found, False
        elif isinstance(found, Named):
            if found.phrase.kind is Kind.AUTHORS:
                return None
            if found.phrase.kind is Kind.PRONOUN and not found.direct and wish is None:
                wish = found
                continue
            direct = certain and found.direct and _governs(clause, place, end, found.phrase, quoted)
            if not direct and _is_term(clause, place, end, quoted):
                return None
            return Named(found.phrase, direct)
    return wish or unnamed or _labelled(clause, end, quoted)


def _is_announced(clause: Clause, end: int) -> bool:
    """Whether "known as", "defined as" or "the so-called" stands before the mark and nobody with it."""
    return (
        clause.low(end - 1) == "as"
        and clause.low(end - 2) in {"known", "defined", "such"}
        and (clause.low(end - 2) != "such" or clause.low(end - 3) not in words.STATEMENTS)
    )


def _calls_what(clause: Clause, verb: int) -> bool:
    """Whether a verb's object stands in front of its subject: "what one leader called"."""
    subject = clause.subject(verb) or clause.unlisted_before(verb)
    if subject is None:
        return False
    return bool({clause.low(subject.first), clause.low(subject.first - 1)} & {"what", "which", "that"})


def _at(clause: Clause, place: int, end: int) -> Finding:
    """What a reporting verb or construction at one place says."""
    low = clause.low(place)
    if clause.is_verb(place):
        return _by_verb(clause, place, end)
    one = (
        clause.beginning_at(place + 1)
        if low in {"of", "to", "from", "by", "among", "amongst", "in", "for"}
        else None
    )
    if low == "to" and clause.low(place - 1) == "according" and one is not None:
        return Named(clause.with_apposition(one), True)
    if (
        low in {"quote", "quoting", "paraphrase", "borrow"}
        and (quoted := clause.beginning_at(place + 1)) is not None
    ):
        return Named(quoted, True)
    if one is not None and _is_statement(clause, place - 1, low) and not one.owns:
        return Named(clause.with_apposition(one), True)
    if low == "in" and one is not None and one.owns and clause.low(one.last + 1) in _VIEWPOINTS:
        return Named(one, True)
    if low == "for" and place == 0 and one is not None and clause.low(one.last + 1) == "," and not one.owns:
        return Named(one, False)
    owner = next((p for p in clause.phrases if p.owns and p.last < place <= p.last + 3), None)
    is_led_on = any(one.low in _LEADING_ON for one in clause.tokens[place + 1 : end])
    if owner is not None and singular(low) in words.STATEMENTS and (is_led_on or place == end - 1):
        return Named(owner, True)
    return None


def _is_statement(clause: Clause, place: int, preposition: str) -> bool:
    noun = clause.low(place)
    if preposition == "in":
        return False
    if preposition in {"to", "for"}:
        return False
    if noun in words.PARTICIPLES and preposition in {"by", "from", "among", "amongst"}:
        noun = clause.low(place - 1)
    return singular(noun) in words.STATEMENTS


def _by_verb(clause: Clause, verb: int, end: int) -> Finding:
    low = clause.low(verb)
    agent = clause.agent(verb, end) if low in words.PARTICIPLES else None
    certain = low in words.SAYING | words.NAMING | words.FEELING
    if agent is not None:
        return Named(clause.with_apposition(agent), certain)
    if clause.is_passive(verb):
        return Unnamed() if low in words.SAYING | words.NAMING | words.FEELING else None
    subject = clause.subject(verb)
    if subject is None:
        subject = _inverted(clause, verb)
    if subject is None:
        subject = clause.unlisted_before(verb)
        certain = certain and subject is not None and clause.low(subject.first) in _ONE
    if subject is None or (subject.kind is Kind.NAME and low not in words.SAYING | words.NAMING):
        return Unnamed() if low in words.NAMING & words.PARTICIPLES and clause.low(verb + 1) == "as" else None
    return Named(subject, certain and not _is_mere_intention(clause, verb))


def _is_mere_intention(clause: Clause, verb: int) -> bool:
    """Whether "to" stands before the verb, as in "ways to describe", and not "went on to describe"."""
    return clause.low(verb - 1) == "to" and clause.low(verb - 2) not in words.GOING_ON


def _inverted(clause: Clause, verb: int) -> Phrase | None:
    """The subject behind its verb: "said one head", only where the verb follows on a quotation or begins."""
    if verb > 1 or (verb == 1 and clause.low(0) not in _SIGNS_BETWEEN):
        return None
    one = clause.beginning_at(verb + 1, _ANY_ONE)
    return clause.with_apposition(one) if one is not None else None


def _labelled(clause: Clause, end: int, quoted: Quoted) -> Finding:
    """The one speaker whom a sentence names before a colon: "One parent: '...'"."""
    if clause.low(end - 1) != ":":
        return None
    named = [
        one
        for one in clause.phrases
        if one.kind in (Kind.PERSON, Kind.ORGANISATION) and not one.in_preposition and not one.owns
    ]
    if len(named) != 1:
        return None
    is_somebody = named[0].kind is Kind.PERSON and named[0].voice is Voice.PERSON
    return Named(named[0], is_somebody or quoted.words > _FEW_WORDS)


def introduction(clause: Clause, end: int) -> str:
    """The word or sign that leads to the mark, articles and small adverbs passed over."""
    place = end - 1
    while place >= 0 and clause.low(place) in _BEFORE_WHAT_IS_INTRODUCED:
        place -= 1
    return clause.low(place)


def _governs(clause: Clause, place: int, end: int, subject: Phrase, quoted: Quoted) -> bool:
    """Whether the words in marks are surely the speaker's, and not a term in reported speech."""
    gap = clause.tokens[place + 1 : end]
    if len(gap) > _FARTHEST_QUOTE or any(one.low in _TURNING or one.text == ";" for one in gap):
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


def _is_term(clause: Clause, place: int, end: int, quoted: Quoted) -> bool:
    """Whether a few words in marks name a thing that a sentence only happens to speak of."""
    if quoted.words > _FEW_WORDS and not quoted.is_title:
        return False
    return quoted.is_title or (
        quoted.modifies and clause.low(end - 1) in {"the", "this", "these", "their", "its", "of"}
    )


def speaker_after(clause: Clause, detached: bool, unnamed: bool) -> Named | None:
    """Who the text behind a mark says is speaking; the clause begins right behind the mark.

    Args:
        clause: From the mark to the next one or the end of the sentence.
        detached: Whether a comma, a dash or the quote's own last sign parts the quote from what follows.
        unnamed: Whether the text before the quote says that somebody speaks, but not who.
    """
    first = 0
    while clause.low(first) in _DASHES | {","}:
        first += 1
    detached = detached or first > 0
    for look in (_told_after, _as_told_after, _named_after):
        found = look(clause, first, detached)
        if found is not None:
            return None if found.kind is Kind.AUTHORS else Named(clause.with_apposition(found), True)
    for place in range(first, min(len(clause.tokens), first + 14)):
        if clause.low(place) in _BREAKS:
            break
        if clause.low(place) != "by":
            continue
        near_verb = any(clause.low(n) in words.PARTICIPLES for n in range(max(first, place - 3), place))
        agent = clause.beginning_at(place + 1)
        if agent is not None and (near_verb or (unnamed and place <= first + 2)):
            is_said = clause.low(first) in words.BE or clause.low(first) in {"a", "the", "used"} or unnamed
            return Named(clause.with_apposition(agent), True) if is_said else None
    return None


def _told_after(clause: Clause, first: int, detached: bool) -> Phrase | None:
    """Who says so directly: ", said one head" and ", one head said"."""
    if not detached:
        return None
    if is_adverb(clause.low(first)):
        first += 1
    low = clause.low(first)
    if low in words.SAYING | words.FEELING and not low.endswith("ing"):
        teller = clause.beginning_at(first + 1, _ANY_ONE)
        if teller is not None:
            return teller
    one = clause.beginning_at(first)
    if one is None or one.owns:
        return None
    for place in range(one.last + 1, min(one.last + 14, len(clause.tokens))):
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
    """Who is referred to: ", as one head put it", ", according to one head", ", in the words of one head"."""
    low = clause.low(first)
    if low == "as" or low == "which":
        one = clause.beginning_at(first + 1)
        for place in range(first + 1, min(first + 14, len(clause.tokens))):
            if clause.is_verb(place):
                return (
                    clause.subject(place)
                    or (one if one and one.last == place - 1 else None)
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
        one = clause.beginning_at(first + 1)
        if one is not None and one.owns and clause.low(one.last + 1) in _VIEWPOINTS:
            return one
    return None


def _named_after(clause: Clause, first: int, detached: bool) -> Phrase | None:
    """Whose word it was: " was how one head described it", ", a phrase that several heads used"."""
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


def extended_role(finder: PhraseFinder, clause: Clause, one: Phrase) -> str:
    """A phrase's role as printed, with what follows where only that says who it is.

    "leader" becomes "leader of the council", where the study knows councils, or "leader from Well House",
    and "those" becomes "those taking part".
    """
    if one.kind is not Kind.PERSON or finder.group_known(one.role):
        return one.role
    if clause.low(one.last) == "those":
        last = _end_of_those(clause, one.last)
        return printed(clause.text, clause.tokens, one.core, last)
    if clause.low(one.last + 1) not in _EXTENDED_BY:
        return one.role
    for other in clause.phrases:
        if other.first == one.last + 2 and (other.role[0].isupper() or finder.group_known(other.role)):
            return printed(clause.text, clause.tokens, one.core, other.last)
    return one.role


def _end_of_those(clause: Clause, place: int) -> int:
    """Where "those who ..." ends: before the next verb that a list has, or sign."""
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
