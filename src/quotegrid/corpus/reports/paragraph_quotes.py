"""Attributes the quotes in one paragraph of running text to their speakers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.corpus.reports import reporting_words as words
from quotegrid.corpus.reports.clauses import Clause
from quotegrid.corpus.reports.phrase_finder import PhraseFinder
from quotegrid.corpus.reports.quotation_marks import quoted_spans
from quotegrid.corpus.reports.reporting_constructions import (
    Finding,
    NamedSpeaker,
    QuotedWords,
    UnnamedSpeaker,
    extended_role,
    speaker_after,
    speaker_before,
)
from quotegrid.corpus.reports.speaker_phrases import Phrase, PhraseKind, is_adverb, tokens_of
from quotegrid.corpus.text.sentence_ends import ABBREVIATIONS
from quotegrid.domain.sources.model import AttributedQuote, Certainty, QuoteKind, Voice
from quotegrid.domain.text.normalise import one_line, singular

_MARKS = "\"'\u2018\u2019\u201c\u201d"
_SENTENCE_END = re.compile(
    rf"[.?!\u2026][{_MARKS})\]]*(?:\d{{1,3}}|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)?\s+(?=[{_MARKS}(\[*_]*[^\W\d_a-z]|[{_MARKS}(\[]*\d)"
)
_AND = re.compile(r"\b(?:and|or|but)\b")
_LAST_WORD = re.compile(r"[^\s(\[]*\Z")
_BRACKET = re.compile(r"[^\S\n]*\n?[^\S\n]*[(\[]([^()\[\]]{2,90})[)\]]")
_DASH_AND_ROLE = re.compile(
    r"\s{0,3}[\u2013\u2014-]\s{0,3}[*_]{0,2}([^\W\d_][^.?!\n*_\"\u201c\u201d]{1,70})[*_]{0,2}[.\s]*\Z"
)
_PARTICIPANT = re.compile(
    r"(?:P|FG|INT|Participant|Interviewee|Respondent|Parent|Teacher)[\s-]?\d{1,3}\b", re.IGNORECASE
)
_ROUND = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DASHED = re.compile(r"\s[\u2013\u2014-]\s[^\u2013\u2014;]{1,200}?\s[\u2013\u2014-]\s")
_JOINED = re.compile(r"\s*[,;]?\s*(?:and|or|but|nor|to|as well as|&)?\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_FOLLOWING = re.compile(r"[^\S\n]*\n?[^\S\n]*([^\W\d_]+)")
_LONGEST_LOOK = 700
"""Characters before or after a mark in which a speaker is searched for."""
_MOST_QUOTES_BACK = 4
_LONGEST_LOOK_BACK = 300
"""The same limit for what a pronoun after other quotes of the sentence refers to."""
_MOST_JOINING_WORDS = 7
_LONG_QUOTE = 5
_SENTENCES_BACK = 3
_SMALL = frozenset("a an and as at by for from in of on or the to with".split())


@dataclass(frozen=True, slots=True)
class _Attribution:
    """The speaker of a quote, and how certain that is."""

    role: str
    voice: Voice
    sure: bool
    from_behind: bool = False
    """Whether the text after the quote names the speaker."""


class ParagraphQuotes:
    """Attributes the quoted spans of one paragraph, one after the other."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        spans: Sequence[tuple[int, int]],
        finder: PhraseFinder,
        before: tuple[int, int] | None,
    ) -> None:
        """Store a paragraph and find its sentences.

        Args:
            text: The normalised text.
            start: The offset at which the paragraph begins.
            end: The offset at which it ends.
            spans: The start and end of the words between marks in it.
            finder: Finds the phrases that name speakers.
            before: The start and end of the paragraph before it; None after a block quote.
        """
        self._text = text
        self._start = start
        self._end = end
        self._spans = spans
        self._finder = finder
        self._paragraph_before = before
        self._sentences = self._sentence_starts()
        self._whole_sentences: dict[int, Clause] = {}

    def _sentence_starts(self) -> list[int]:
        starts = [self._start]
        number = 0
        for match in _SENTENCE_END.finditer(self._text, self._start, self._end):
            while number < len(self._spans) and self._spans[number][1] < match.start():
                number += 1
            inside = (
                number < len(self._spans) and self._spans[number][0] <= match.end() <= self._spans[number][1]
            )
            word = _LAST_WORD.search(self._text, max(self._start, match.start() - 15), match.start())
            last = word.group().casefold() if word else ""
            if not inside and not (match.group()[0] == "." and (last in ABBREVIATIONS or len(last) == 1)):
                starts.append(match.end())
        return starts

    def quotes(self) -> list[AttributedQuote]:
        """Return every span as a quote, inline or scare."""
        attributions: list[_Attribution | None] = []
        unnamed: list[bool] = []
        chain = 0
        for number in range(len(self._spans)):
            if not self._is_joined(number):
                chain = number
            attribution, is_unnamed = self._attribute(number, attributions, chain < number and unnamed[-1])
            attributions.append(attribution)
            unnamed.append(is_unnamed)
            if attribution is not None and attribution.from_behind:
                for earlier in range(chain, number):
                    attributions[earlier] = attributions[earlier] or attribution
        return [self._quote(*each) for each in zip(self._spans, attributions, unnamed, strict=True)]

    def _quote(
        self, span: tuple[int, int], attribution: _Attribution | None, unnamed: bool
    ) -> AttributedQuote:
        start, end = span
        if attribution is None:
            is_long = len(_WORD.findall(self._text, start, end)) >= _LONG_QUOTE
            certainty = Certainty.UNSURE if unnamed or is_long else Certainty.SURE
            return AttributedQuote(start, end, None, None, QuoteKind.SCARE, certainty)
        certainty = Certainty.SURE if attribution.sure else Certainty.UNSURE
        return AttributedQuote(
            start, end, attribution.role, None, QuoteKind.INLINE, certainty, attribution.voice
        )

    def _attribute(
        self, number: int, earlier: Sequence[_Attribution | None], joined_unnamed: bool
    ) -> tuple[_Attribution | None, bool]:
        end = self._spans[number][1]
        beside = self._beside(end)
        if beside is not None:
            return beside, False
        begin, found, clause = self._before(number)
        named = self._resolved(found, clause, begin)
        if named is not None and named.sure:
            return named, False
        unnamed = joined_unnamed or (isinstance(found, UnnamedSpeaker) and not found.is_name)
        behind = self._behind(number, unnamed or isinstance(found, UnnamedSpeaker))
        if behind is not None:
            return behind, False
        if named is not None:
            return named, False
        previous = earlier[-1] if earlier else None
        if previous is not None and (self._is_joined(number) or self._continues(number, previous)):
            return previous, False
        return (None if unnamed else self._from_afar(number)), unnamed

    def _sentence_of(self, place: int) -> int:
        """Return the number of the sentence that contains an offset."""
        return bisect_right(self._sentences, place) - 1

    def _before(self, number: int) -> tuple[int, Finding, Clause]:
        """Return where the text before a quote begins, the speaker found in it, and its clause."""
        mark = self._spans[number][0] - 1
        begin = max(self._sentences[self._sentence_of(mark)], mark - _LONGEST_LOOK)
        if number:
            begin = max(begin, self._spans[number - 1][1] + 1)
        return (begin, *self._look_before(begin, number))

    def _look_before(self, begin: int, number: int) -> tuple[Finding, Clause]:
        mark = self._spans[number][0] - 1
        clause = self._clause(begin, mark, without_asides=True)
        found = speaker_before(clause, self._quoted(number))
        if not isinstance(found, NamedSpeaker):
            whole = self._clause(begin, mark, without_asides=False)
            if len(whole.tokens) != len(clause.tokens):
                again = speaker_before(whole, self._quoted(number))
                if isinstance(again, NamedSpeaker):
                    return again, whole
        return found, clause

    def _from_afar(self, number: int) -> _Attribution | None:
        """Return a speaker named before other quotes of the sentence, or in the sentence before."""
        mark = self._spans[number][0] - 1
        sentence = self._sentences[self._sentence_of(mark)]
        if number and self._spans[number - 1][1] > sentence:
            begin = max(sentence, mark - _LONGEST_LOOK)
            if number > _MOST_QUOTES_BACK:
                begin = max(begin, self._spans[number - _MOST_QUOTES_BACK - 1][1] + 1)
            found, clause = self._look_before(begin, number)
            named = self._resolved(found, clause, begin)
            gap = self._text[self._spans[number - 1][1] + 1 : mark]
            is_long = self._quoted(number).words >= _LONG_QUOTE
            goes_on = _begins_joining(gap) or (is_long and _AND.search(gap) is not None)
            return named and _Attribution(named.role, named.voice, named.sure and goes_on)
        if sentence != mark or self._quoted(number).words < _LONG_QUOTE:
            return None
        speakers = self._speakers_before(mark, {PhraseKind.PERSON})
        return _Attribution(speakers[0].role, speakers[0].voice, False) if len(speakers) == 1 else None

    def _behind(self, number: int, unnamed: bool) -> _Attribution | None:
        end = self._spans[number][1]
        last = self._text[end - 1]
        stop = min(self._end, end + 1 + _LONGEST_LOOK)
        after = self._sentence_of(end + 1 if last == "." else end + 3) + 1
        if after < len(self._sentences):
            stop = min(stop, self._sentences[after])
        is_cut = number + 1 < len(self._spans) and self._spans[number + 1][0] - 1 < stop
        if is_cut:
            stop = self._spans[number + 1][0]
        if stop <= end + 1:
            return None
        clause = self._clause(end + 1, stop, without_asides=False)
        found = speaker_after(clause, last in ".,?!\u2026", unnamed)
        named = self._resolved(found, clause, end + 1)
        return named and _Attribution(named.role, named.voice, named.sure, from_behind=True)

    def _beside(self, end: int) -> _Attribution | None:
        """Return a role in brackets after the closing mark, or after a dash at the end of the paragraph."""
        match = _BRACKET.match(self._text, end + 1, self._end) or _DASH_AND_ROLE.match(
            self._text, end + 1, self._end
        )
        if match is None:
            return None
        role = one_line(match[1])
        if not (_PARTICIPANT.match(role) or self._finder.is_role(role)):
            return None
        head = role.split(",")[0].split()[-1].casefold()
        return _Attribution(role, Voice.PERSON if singular(head) == head else Voice.GROUP, True, True)

    def _is_joined(self, number: int) -> bool:
        """Return whether "and", "or" or a comma joins the quote to the previous one."""
        if not number:
            return False
        begin, mark = self._spans[number - 1][1] + 1, self._spans[number][0] - 1
        if self._sentences[self._sentence_of(mark)] >= begin:
            return False
        gap = self._text[begin:mark]
        return _begins_joining(gap) and len(gap.split()) <= _MOST_JOINING_WORDS

    def _continues(self, number: int, previous: _Attribution) -> bool:
        """Return whether the previous speaker continues: "'We tried,' said one head. 'It failed.'"."""
        begin, mark = self._spans[number - 1][1] + 1, self._spans[number][0] - 1
        gap = self._text[begin:mark].strip()
        if not gap:
            return True
        if not previous.from_behind:
            return False
        between = self._sentence_of(mark) - self._sentence_of(begin)
        starts_here = self._sentences[self._sentence_of(mark)] == mark
        return (between == 1 and starts_here) or (between == 0 and gap[-1] in ",:;")

    def _quoted(self, number: int) -> QuotedWords:
        start, end = self._spans[number]
        said = _WORD.findall(self._text, start, end)
        heavy = [word for word in said if word.casefold() not in _SMALL]
        following = _FOLLOWING.match(self._text, end + 1, self._end)
        low = following[1] if following else ""
        return QuotedWords(
            words=len(said),
            is_title=len(heavy) > 1 and all(word[0].isupper() or word[0].isdigit() for word in heavy),
            modifies=low.islower() and low not in words.FUNCTION_WORDS and not is_adverb(low),
        )

    def _clause(self, begin: int, end: int, *, without_asides: bool) -> Clause:
        """Return the tokens of a stretch of text, with each quote in it as one sign."""
        said = self._masked(begin, end)
        if without_asides:
            said = _DASHED.sub(_blank, _ROUND.sub(_blank, said))
        tokens = tokens_of(said, 0, len(said))
        return Clause(tokens, self._finder.find(said, tokens), said)

    def _masked(self, begin: int, end: int) -> str:
        parts = []
        number = bisect_right(self._spans, (begin, begin))
        if number and self._spans[number - 1][1] > begin:
            number -= 1
        while number < len(self._spans) and self._spans[number][0] - 1 < end:
            first, last = self._spans[number]
            number += 1
            parts.append(self._text[begin : max(first - 1, begin)])
            parts.append("\ue000".ljust(min(last + 1, end) - max(first - 1, begin)))
            begin = min(last + 1, end)
        return "".join([*parts, self._text[begin:end]])

    def _resolved(self, found: Finding, clause: Clause, begin: int) -> _Attribution | None:
        if not isinstance(found, NamedSpeaker):
            return None
        phrase = found.phrase
        if phrase.kind is PhraseKind.DOCUMENT and clause.low(phrase.first) in {"this", "our"}:
            return None
        if phrase.kind not in (PhraseKind.PRONOUN, PhraseKind.REFERRING):
            role = extended_role(self._finder, clause, phrase)
            return _Attribution(role, phrase.voice, found.direct)
        speakers = self._antecedents(phrase, clause, begin)
        if len(speakers) == 1:
            voice = speakers[0].voice if phrase.role.casefold() in {"they", "it"} else phrase.voice
            return _Attribution(speakers[0].role, voice, found.direct)
        if phrase.role.casefold() == "it" and not found.direct:
            return None
        return _Attribution(phrase.role, phrase.voice, False)

    def _antecedents(self, phrase: Phrase, clause: Clause, begin: int) -> list[Phrase]:
        low = phrase.role.casefold()
        kinds = {PhraseKind.PERSON, PhraseKind.ORGANISATION, PhraseKind.NAME}
        if low in {"he", "she"}:
            kinds = {PhraseKind.PERSON, PhraseKind.NAME}
        elif low == "it":
            kinds = {PhraseKind.ORGANISATION, PhraseKind.DOCUMENT}
        here = _distinct([other for other in clause.phrases if other.last < phrase.first], kinds)
        if low in {"he", "she"}:
            here = [other for other in here if other.voice is Voice.PERSON]
        if len(here) > 1:
            tellers = [clause.subject(place) for place in range(phrase.first) if clause.is_verb(place)]
            here = [other for other in here if other in tellers][-1:] or here
        sentence = self._sentences[self._sentence_of(begin)]
        if not here and sentence < begin:
            same = self._clause(max(sentence, begin - _LONGEST_LOOK_BACK), begin, without_asides=True)
            here = _distinct(same.phrases, kinds)
        return here or self._speakers_before(begin, kinds) or self._speakers_at_end_of_paragraph_before(kinds)

    def _speakers_at_end_of_paragraph_before(self, kinds: set[PhraseKind]) -> list[Phrase]:
        """Return who is named in the last sentence of the previous paragraph, unless that is a heading."""
        if self._paragraph_before is None:
            return []
        start, end = self._paragraph_before
        before = self._text[start:end].rstrip()
        if not before.endswith(
            (*".?!\u2026", *(f".{mark}" for mark in _MARKS), *(f"{mark}." for mark in _MARKS))
        ):
            return []
        spans = quoted_spans(self._text, start, end)
        paragraph = ParagraphQuotes(self._text, start, end, spans, self._finder, None)
        begin = max(paragraph._sentences[-1], end - _LONGEST_LOOK)
        return _distinct(paragraph._clause(begin, end, without_asides=True).phrases, kinds)

    def _speakers_before(self, place: int, kinds: set[PhraseKind]) -> list[Phrase]:
        """Return who is named in the nearest preceding sentence that names anybody."""
        last = self._sentence_of(place)
        for sentence in range(last - 1, max(last - 1 - _SENTENCES_BACK, -1), -1):
            if sentence not in self._whole_sentences:
                begin = max(self._sentences[sentence], self._sentences[sentence + 1] - _LONGEST_LOOK)
                clause = self._clause(begin, self._sentences[sentence + 1], without_asides=True)
                self._whole_sentences[sentence] = clause
            speakers = _distinct(self._whole_sentences[sentence].phrases, kinds)
            if speakers:
                return speakers
        return []


def _begins_joining(gap: str) -> bool:
    """Return whether the text between two quotes begins with a comma, "and" or the like."""
    match = _JOINED.match(gap)
    return match is not None and bool(match.group().strip())


def _distinct(phrases: Sequence[Phrase], kinds: set[PhraseKind]) -> list[Phrase]:
    """Return the different speakers of the given kinds; only the subjects if there are any."""
    named = [phrase for phrase in phrases if phrase.kind in kinds and not phrase.owns]
    subjects = [phrase for phrase in named if not phrase.in_preposition] or named
    return list(
        {tuple(map(singular, subject.role.casefold().split())): subject for subject in subjects}.values()
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
