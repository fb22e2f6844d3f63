"""Finds the phrases of a sentence that name people, organisations, documents or anybody who can speak."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from quotegrid.corpus.reports import reporting_words as words
from quotegrid.corpus.reports.speaker_phrases import (
    Phrase,
    PhraseKind,
    Token,
    is_adverb,
    join_tokens,
    tokens_of,
)
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Voice
from quotegrid.domain.text.normalise import folded_words, singular

_MOST_MODIFIERS = 6
_MOST_ROLE_WORDS = 12
_IRREGULAR_PLURALS = frozenset("children everybody everyone men people staff those women youth".split())
_OWNED_BY_NATURE = frozenset({"children's", "people's", "women's", "men's", "adults'", "young people's"})
_VERBS_TOO = frozenset("act author chair head host lead mentor partner staff witness".split())
_BEFORE_VERBS = words.RELATIVES | words.AUXILIARIES | words.PERSONAL | words.AUTHORS
_COMMON_MODIFIERS = frozenset(
    "academy adoptive assistant authority care chief children's city college community council county "
    "deputy disabled district early education executive former foster general government head health "
    "individual junior key local lone mainstream national older other parish people's primary private "
    "public regional school secondary senior service single social special support teaching trust vice "
    "years young".split()
)
_PERSONAL_OBJECTS = frozenset("them these those us whom".split())
_JOINABLE = frozenset({PhraseKind.PERSON, PhraseKind.ORGANISATION})


class PhraseFinder:
    """Finds the phrases of a sentence, using the roles that a study knows."""

    def __init__(self, stakeholders: Stakeholders, common_words: Collection[str]) -> None:
        """Prepare the patterns of the study's groups and roles.

        Args:
            stakeholders: The study's groups and roles.
            common_words: The words that the text prints in lower case, which are therefore not names.
        """
        self._stakeholders = stakeholders
        self._common = common_words
        patterns = [
            folded_words(name) for group, roles in stakeholders.groups.items() for name in (group, *roles)
        ]
        self._longest = max((len(pattern) for pattern in patterns), default=0)
        self._pattern_words = frozenset(word for pattern in patterns for word in pattern)

    def find(self, text: str, tokens: Sequence[Token]) -> list[Phrase]:
        """Return the phrases among the tokens, in order and without overlaps.

        Args:
            text: The text that the tokens belong to.
            tokens: The tokens of a sentence or a part of one.
        """
        heads = list(self._heads(tokens))
        phrases: list[Phrase] = []
        free = 0
        for number, (pattern_first, head, kind) in enumerate(heads):
            following = heads[number + 1] if number + 1 < len(heads) else None
            if (
                following
                and not tokens[head].owns
                and following[0] <= head + 1
                and not self._ends(tokens, head)
            ):
                continue
            phrase = self._phrase(text, tokens, max(pattern_first, free), head, kind, free)
            free = head + 1
            phrases.append(phrase)
        taken = [False] * len(tokens)
        for phrase in phrases:
            taken[phrase.first : phrase.last + 1] = [True] * (phrase.last + 1 - phrase.first)
        others = [*self._pronouns(tokens, taken), *self._names(text, tokens, taken)]
        return _joined(text, tokens, sorted([*phrases, *others], key=lambda phrase: phrase.first))

    def is_role(self, text: str) -> bool:
        """Return whether a short text, such as the content of a bracket, only names a speaker."""
        tokens = tokens_of(text, 0, len(text))
        if (
            not tokens
            or len(tokens) > _MOST_ROLE_WORDS
            or any(token.low in words.AUXILIARIES for token in tokens)
        ):
            return False
        if len(tokens) == 1 and text.isupper():
            return False
        part_ends = [place for place, token in enumerate(tokens) if token.text in ",;"]
        for stop in [*part_ends, len(tokens)]:
            if stop and self._kind(tokens, stop - 1) not in (None, PhraseKind.DOCUMENT):
                return True
        return any(self._kind(tokens, place) is PhraseKind.PERSON for place in range(min(4, len(tokens))))

    def group_known(self, role: str) -> bool:
        """Return whether a role belongs to one of the study's groups."""
        return self._stakeholders.group_of_role(role) is not None

    def _ends(self, tokens: Sequence[Token], place: int) -> bool:
        """Return whether a compound ends here because the next word is a verb: "parents report that"."""
        if place + 1 >= len(tokens):
            return True
        following = tokens[place + 1].low
        return following in words.REPORTING and _is_plural(tokens[place].low)

    def _heads(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, PhraseKind]]:
        place = 0
        while place < len(tokens):
            best: tuple[int, int, PhraseKind] | None = None
            for length in range(self._longest, 1, -1):
                if self._is_pattern(tokens, place, place + length):
                    best = (place, place + length - 1, self._pattern_kind(tokens, place, place + length))
                    break
            if best is None:
                kind = None if self._is_mere_determiner(tokens, place) else self._kind(tokens, place)
                if kind is not None and not self._is_verb_here(tokens, place):
                    best = (place, place, kind)
            if best is None:
                place += 1
                continue
            yield best
            place = best[1] + 1

    def _is_pattern(self, tokens: Sequence[Token], first: int, stop: int) -> bool:
        if stop > len(tokens) or not all(token.is_word for token in tokens[first:stop]):
            return False
        if singular(tokens[first].low) not in self._pattern_words:
            return False
        return (
            self._stakeholders.group_named(" ".join(token.text for token in tokens[first:stop])) is not None
        )

    def _pattern_kind(self, tokens: Sequence[Token], first: int, stop: int) -> PhraseKind:
        names = {singular(token.low) for token in (tokens[first], tokens[stop - 1])}
        if names & words.PEOPLE:
            last = singular(tokens[stop - 1].low)
            return PhraseKind.ORGANISATION if last in words.ORGANISATIONS else PhraseKind.PERSON
        if singular(tokens[stop - 1].low) in words.ORGANISATIONS:
            return PhraseKind.ORGANISATION
        group = self._stakeholders.group_named(" ".join(token.text for token in tokens[first:stop])) or ""
        group_words = folded_words(group)
        is_body = bool(group_words) and group_words[-1] in words.ORGANISATIONS
        return PhraseKind.ORGANISATION if is_body else PhraseKind.PERSON

    def _kind(self, tokens: Sequence[Token], place: int) -> PhraseKind | None:
        token = tokens[place]
        if not token.is_word:
            return None
        name = singular(token.low)
        for kind, nouns in (
            (PhraseKind.PERSON, words.PEOPLE),
            (PhraseKind.ORGANISATION, words.ORGANISATIONS),
            (PhraseKind.DOCUMENT, words.DOCUMENTS),
        ):
            if token.low in nouns or name in nouns:
                return kind
        part = token.low.rpartition("-")[2]
        if part != token.low and singular(part) in words.PEOPLE:
            return PhraseKind.PERSON
        if self._is_pattern(tokens, place, place + 1):
            return self._pattern_kind(tokens, place, place + 1)
        return None

    def _is_mere_determiner(self, tokens: Sequence[Token], place: int) -> bool:
        """Return whether a noun belongs to a later one: "those working families", "a group of parents"."""
        if singular(tokens[place].low) in words.COLLECTIVES and place + 1 < len(tokens):
            return tokens[place + 1].low == "of"
        if tokens[place].low != "those":
            return False
        for ahead in range(place + 1, min(place + 4, len(tokens))):
            if self._kind(tokens, ahead) is not None:
                return True
            if not tokens[ahead].is_word or tokens[ahead].low in words.FUNCTION_WORDS:
                return False
        return False

    def _is_verb_here(self, tokens: Sequence[Token], place: int) -> bool:
        before = tokens[place - 1].low if place else ""
        name = singular(tokens[place].low)
        if name in _VERBS_TOO and before in _BEFORE_VERBS | {"to"}:
            return True
        if tokens[place].low not in words.REPORTING or not place:
            return False
        return before in words.AUXILIARIES | words.PERSONAL | words.AUTHORS or (
            not tokens[place - 1].owns
            and self._kind(tokens, place - 1) is PhraseKind.PERSON
            and _is_plural(before)
        )

    def _phrase(
        self, text: str, tokens: Sequence[Token], pattern_first: int, head: int, kind: PhraseKind, free: int
    ) -> Phrase:
        core = pattern_first
        while core > free and head - core < _MOST_MODIFIERS and self._modifies(tokens, core - 1):
            core -= 1
        first = core
        while first > free and tokens[first - 1].low in words.DETERMINERS | words.QUANTIFIERS:
            first -= 1
        determiners = {token.low for token in tokens[first:core]}
        last = head
        if kind is PhraseKind.PERSON and head + 1 < len(tokens) and tokens[head + 1].text.isdecimal():
            last = head if determiners or _is_plural(tokens[head].low) else head + 1
        if first == core:
            while core < pattern_first and not self._surely_modifies(tokens, core):
                core += 1
            first = core
        if first - 2 >= free and tokens[first - 1].low == "of":
            collective = singular(tokens[first - 2].low)
            if collective in words.COLLECTIVES or tokens[first - 2].low in words.COLLECTIVES:
                first -= 2
                determiners = {tokens[first].low}
                while first > free and tokens[first - 1].low in words.DETERMINERS | words.QUANTIFIERS:
                    first -= 1
        if first - 2 >= free and tokens[first - 1].low == "in" and determiners & words.NUMBERS:
            first -= 2 if tokens[first - 2].low in words.NUMBERS else 0
        before = tokens[first - 1].low if first else ""
        return Phrase(
            first=first,
            core=core,
            last=last,
            kind=kind,
            role=join_tokens(text, tokens, core, last),
            voice=_voice(kind, tokens[head].low, determiners),
            in_preposition=before in words.PREPOSITIONS,
            owns=tokens[head].owns,
        )

    def _modifies(self, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        if not token.is_word or token.text[0].isdigit():
            return False
        if token.owns:
            return f"{token.low}'s" in _OWNED_BY_NATURE or token.low in {"adults"}
        return token.low not in words.FUNCTION_WORDS and not (
            is_adverb(token.low) or token.low.endswith("'t")
        )

    def _surely_modifies(self, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        name = singular(token.low)
        return (
            token.text[0].isupper()
            or "-" in token.text
            or token.owns
            or name in self._pattern_words
            or token.low in _COMMON_MODIFIERS
            or self._kind(tokens, place) is not None
        )

    def _pronouns(self, tokens: Sequence[Token], taken: Sequence[bool]) -> Iterator[Phrase]:
        for place, token in enumerate(tokens):
            low = token.low.partition("'")[0]
            if taken[place] or not token.is_word:
                continue
            if low in words.PERSONAL or low in words.AUTHORS:
                kind = PhraseKind.PRONOUN if low in words.PERSONAL else PhraseKind.AUTHORS
                last = place
            elif low in words.REFERRING and self._stands_alone(tokens, place):
                kind = PhraseKind.REFERRING
                last = place
                if place + 2 < len(tokens) and tokens[place + 1].low == "of":
                    last = place + 2 if tokens[place + 2].low in _PERSONAL_OBJECTS else place
            else:
                continue
            plural = low == "they" or low in words.PLURAL_QUANTIFIERS or low in {"others", "majority"}
            before = tokens[place - 1].low if place else ""
            first = place - 1 if place and before in {"the", "a"} else place
            ahead = tokens[first - 1].low if first else ""
            yield Phrase(
                first,
                place,
                last,
                kind,
                token.text.partition("'")[0].partition("\u2019")[0],
                Voice.GROUP if plural else Voice.PERSON,
                ahead in words.PREPOSITIONS,
                token.owns,
            )

    def _stands_alone(self, tokens: Sequence[Token], place: int) -> bool:
        told = place > 0 and tokens[place - 1].low in words.REPORTING
        if place + 1 >= len(tokens) or not tokens[place + 1].is_word:
            return told
        low = tokens[place + 1].low
        if low == "of":
            return place + 2 < len(tokens) and tokens[place + 2].low in _PERSONAL_OBJECTS
        return low in words.AUXILIARIES or low in words.REPORTING or is_adverb(low) or low == "who"

    def _names(self, text: str, tokens: Sequence[Token], taken: Sequence[bool]) -> Iterator[Phrase]:
        place = 0
        while place < len(tokens):
            stop = place
            while stop < len(tokens) and not taken[stop] and self._is_name(tokens, stop):
                stop += 1
            if stop == place:
                place += 1
                continue
            if stop == place + 1 and stop < len(tokens) and _goes_on(tokens[stop]):
                place = stop
                continue
            before = tokens[place - 1].low if place else ""
            low = tokens[stop - 1].low
            many = tokens[stop - 1].text.isupper() and len(low) > 1
            yield Phrase(
                place - 1 if before == "the" else place,
                place,
                stop - 1,
                PhraseKind.NAME,
                join_tokens(text, tokens, place, stop - 1),
                Voice.GROUP if many else Voice.PERSON,
                before in words.PREPOSITIONS,
                tokens[stop - 1].owns,
            )
            place = stop

    def _is_name(self, tokens: Sequence[Token], place: int) -> bool:
        token = tokens[place]
        if not token.text[0].isupper() or token.low in words.FUNCTION_WORDS or is_adverb(token.low):
            return False
        return token.text.isupper() or token.low not in self._common


def _goes_on(token: Token) -> bool:
    """Return whether the word after a single capitalised one is the noun that it qualifies."""
    return token.text.islower() and token.low not in words.FUNCTION_WORDS


def _is_plural(low: str) -> bool:
    return low in _IRREGULAR_PLURALS or singular(low) != low


def _voice(kind: PhraseKind, head: str, determiners: set[str]) -> Voice:
    if kind is not PhraseKind.PERSON:
        return Voice.GROUP
    if "one" in determiners and not determiners & words.PLURAL_QUANTIFIERS:
        return Voice.PERSON
    return Voice.GROUP if _is_plural(head) or determiners & words.PLURAL_QUANTIFIERS else Voice.PERSON


def _joined(text: str, tokens: Sequence[Token], phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the phrases, merging those joined by "and" and titles with names: "parents and carers"."""
    found: list[Phrase] = []
    for phrase in phrases:
        title = found[-1] if found else None
        if (
            title
            and phrase.kind is PhraseKind.NAME
            and title.kind is PhraseKind.PERSON
            and title.last + 1 == phrase.first
        ):
            role = join_tokens(text, tokens, title.core, phrase.last)
            found[-1] = replace(title, last=phrase.last, role=role, owns=phrase.owns)
            continue
        found.append(phrase)
        if (
            phrase.kind not in _JOINABLE
            or phrase.first < 1
            or tokens[phrase.first - 1].low not in {"and", "or", "&"}
        ):
            continue
        between = phrase.first - 2
        chain = 1
        while (
            len(found) > chain and found[-chain - 1].last == between and found[-chain - 1].kind in _JOINABLE
        ):
            if found[-chain - 1].owns:
                break
            between = found[-chain - 1].first - 2
            chain += 1
            if between < 0 or tokens[between + 1].text != ",":
                break
        if chain > 1:
            first = found[-chain]
            merged = replace(
                first,
                last=phrase.last,
                role=join_tokens(text, tokens, first.core, phrase.last),
                voice=Voice.GROUP,
                owns=phrase.owns,
            )
            found[-chain:] = [merged]
    return found
