"""Represents a sentence or a part of one as a row of tokens, and finds the subject of each verb."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from quotegrid.corpus.reports import reporting_words as words
from quotegrid.corpus.reports.speaker_phrases import Phrase, PhraseKind, Token, is_adverb, join_tokens
from quotegrid.domain.sources.model import Voice

_FARTHEST_SUBJECT = 18
_MOST_UNLISTED_WORDS = 3
_OPENING_CLAUSES = frozenset("although because but that though when whereas while".split())
_AFTER_A_SUBJECT = frozenset(
    "across and at for from in near of on or outside that to under which who whose with within".split()
)


class Clause:
    """The tokens of a sentence or a part of one, with the phrases among them."""

    def __init__(self, tokens: Sequence[Token], phrases: Sequence[Phrase], text: str) -> None:
        """Store the tokens and phrases of a text.

        Args:
            tokens: Its words and signs.
            phrases: The phrases among them.
            text: The text that the offsets refer to.
        """
        self.text = text
        self.tokens = tokens
        self.phrases = phrases
        self._ending = {phrase.last: phrase for phrase in phrases}
        self._starting = {phrase.first: phrase for phrase in phrases} | {
            phrase.core: phrase for phrase in phrases
        }

    def low(self, place: int) -> str:
        """Return the case-folded word or sign at an index, or "" outside the clause."""
        return self.tokens[place].low if 0 <= place < len(self.tokens) else ""

    def beginning_at(self, place: int, unlisted: Collection[str] = words.ONE) -> Phrase | None:
        """Return the phrase that begins at a place, skipping adverbs.

        Args:
            place: The index of a token.
            unlisted: The words after which a noun in no list is taken as a speaker: "one glazier".
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
        """Return whether a word can be part of a noun phrase, because it is in no list of function words."""
        token = self.tokens[place]
        return token.is_word and token.low not in words.FUNCTION_WORDS

    def unlisted(self, first: int, last: int) -> Phrase:
        """Return a phrase for a person in no list, from a determiner to a noun."""
        plural = self.low(first) in words.PLURAL_QUANTIFIERS
        return Phrase(
            first,
            first + 1,
            last,
            PhraseKind.PERSON,
            join_tokens(self.text, self.tokens, first + 1, last),
            Voice.GROUP if plural else Voice.PERSON,
            self.low(first - 1) in words.PREPOSITIONS,
            self.tokens[last].owns,
        )

    def unlisted_before(self, verb: int) -> Phrase | None:
        """Return the people in no list who precede a verb of saying: "one glazier said"."""
        last = verb - 1
        while self.low(last) in words.AUXILIARIES or is_adverb(self.low(last)):
            last -= 1
        first = last
        while first >= 0 and last - first < _MOST_UNLISTED_WORDS and self._is_noun(first):
            first -= 1
        is_said = self.low(verb) in words.SAYING | words.NAMING | words.FEELING and not self.is_passive(verb)
        if not is_said or not 0 <= first < last or self.low(first) not in words.COUNTING:
            return None
        phrase = self.unlisted(first, last)
        return None if phrase.in_preposition or phrase.owns else phrase

    def is_verb(self, place: int) -> bool:
        """Return whether a reporting verb is at this place; a form that is also a noun needs a subject."""
        low = self.low(place)
        if low not in words.REPORTING or any(
            phrase.core <= place <= phrase.last for phrase in self._around(place)
        ):
            return False
        companions = words.ONLY_WITH.get(low)
        if companions and not any(token.low in companions for token in self.tokens[place + 1 : place + 8]):
            return False
        if low not in words.ALSO_NOUNS:
            return True
        before = place - 1
        while before >= 0 and (is_adverb(self.low(before)) or self.low(before) in words.AUXILIARIES):
            before -= 1
        phrase = self._ending.get(before)
        return (
            (phrase is not None and not phrase.owns)
            or self.low(before) in {"who", "to"}
            or low in words.PARTICIPLES
        )

    def _around(self, place: int) -> Iterator[Phrase]:
        for phrase in self.phrases:
            if phrase.first <= place <= phrase.last:
                yield phrase

    def is_passive(self, verb: int) -> bool:
        """Return whether a form of "be" precedes a participle."""
        before = verb - 1
        while is_adverb(self.low(before)) or (self.low(before) in words.AUXILIARIES - words.BE):
            before -= 1
        return self.low(verb) in words.PARTICIPLES and self.low(before) in words.BE

    def subject(self, verb: int) -> Phrase | None:
        """Return the subject of a verb, or None if the verb is passive or has none."""
        if self.is_passive(verb):
            return None
        before = verb - 1
        while before >= 0 and (is_adverb(self.low(before)) or self.low(before) in words.AUXILIARIES):
            before -= 1
        return self._subject_ending(before, verb)

    def _subject_ending(self, place: int, verb: int) -> Phrase | None:
        if place < 0:
            return None
        phrase = self._ending.get(place)
        if phrase is not None and not phrase.owns:
            if phrase.in_preposition and not (place == verb - 1 and self.low(verb).endswith("ing")):
                return self._subject_left_of(phrase.first - 1)
            return self._with_relative_clause(phrase) or phrase
        low = self.low(place)
        if low in {"who", "whom", "that", "which"}:
            before = place - 1
            while self.low(before) in words.SIGNS_BETWEEN:
                before -= 1
            return self._subject_ending(before, verb)
        if low in words.SIGNS_BETWEEN or low in {"and", "but", "or", "then", "yet"}:
            return self._behind_interruption(place, verb)
        return self._subject_left_of(place)

    def _with_relative_clause(self, inner: Phrase) -> Phrase | None:
        """Return the phrase described by a relative clause: "those" in "those who had moved said"."""
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
        """Return the nearest phrase to the left that can be a subject: not the object of a preposition."""
        for phrase in reversed(self.phrases):
            if phrase.last > place or phrase.in_preposition or phrase.owns or _may_be_a_common_word(phrase):
                continue
            if place - phrase.last > _FARTHEST_SUBJECT or any(
                token.low in words.BREAKS for token in self.tokens[phrase.last : place + 1]
            ):
                return None
            met = self._met_by(phrase)
            if met is not None:
                return met
            following = self.low(phrase.last + 1)
            carries_on = following in _AFTER_A_SUBJECT or following in words.SIGNS_BETWEEN
            return phrase if carries_on or following.endswith(("ing", "ed")) else None
        return None

    def _met_by(self, phrase: Phrase) -> Phrase | None:
        """Return the phrase described by a clause such as "we met" or "to whom they spoke"."""
        if phrase.kind not in (PhraseKind.AUTHORS, PhraseKind.PRONOUN):
            return None
        before = phrase.first - 1
        while self.low(before) in words.RELATIVES | words.PREPOSITIONS:
            before -= 1
        met = self._ending.get(before)
        return met if met is not None and not met.in_preposition and not met.owns else None

    def _behind_interruption(self, place: int, verb: int) -> Phrase | None:
        """Return the subject of a verb separated from it by a comma, a bracket, a dash or "and"."""
        if self.low(place) in words.SIGNS_BETWEEN and not self.low(verb).endswith("ing"):
            opening = next((n for n in range(place - 1, -1, -1) if self.low(n) in words.SIGNS_BETWEEN), None)
            if opening is None:
                return None
            inside = [phrase for phrase in self.phrases if opening < phrase.first and phrase.last < place]
            apposition = next(
                (phrase for phrase in inside if not phrase.in_preposition and not phrase.owns), None
            )
            is_relative = self.low(opening + 1) in words.RELATIVES | {"where"} or (
                self.low(opening + 1) in words.PREPOSITIONS
            )
            outer = self._ending.get(opening - 1)
            if apposition is None or is_relative:
                return self._subject_ending(opening - 1, verb)
            follows_name = (
                outer is not None and outer.kind is PhraseKind.NAME and apposition.kind is not PhraseKind.NAME
            )
            if outer is not None and not follows_name and not outer.in_preposition:
                return outer
            return apposition
        return self._clause_subject(place)

    def _clause_subject(self, place: int) -> Phrase | None:
        candidates = [
            phrase
            for phrase in self.phrases
            if phrase.last < place
            and not (phrase.in_preposition or phrase.owns or _may_be_a_common_word(phrase))
        ]
        last_break = max((n for n in range(place) if self.low(n) in words.BREAKS), default=-1)
        candidates = [candidate for candidate in candidates if candidate.first > last_break]
        for candidate in reversed(candidates):
            if self.low(candidate.first - 1) in _OPENING_CLAUSES:
                return candidate
        return candidates[0] if candidates else None

    def agent(self, verb: int, stop: int) -> Phrase | None:
        """Return the phrase after "by" soon after a participle."""
        for place in range(verb + 1, min(verb + 6, stop)):
            if self.low(place) == "by":
                return self.beginning_at(place + 1)
            if self.low(place) in words.BREAKS:
                break
        return None

    def with_apposition(self, phrase: Phrase) -> Phrase:
        """Return a name's description after a comma, if any: "Jo Field, chair of the forum"."""
        if phrase.kind is PhraseKind.NAME and self.low(phrase.last + 1) == ",":
            other = self.beginning_at(phrase.last + 2)
            if (
                other is not None
                and other.kind in (PhraseKind.PERSON, PhraseKind.ORGANISATION)
                and not other.owns
            ):
                return other
        return phrase


def _may_be_a_common_word(phrase: Phrase) -> bool:
    """Return whether a name is a single word, which is somebody's only if a verb directly follows."""
    return phrase.kind is PhraseKind.NAME and phrase.core == phrase.last
