"""Tells questions in any script, and who asks them in a transcript that does not name an interviewer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from quotegrid.corpus.text.speaker_names import is_interviewer
from quotegrid.corpus.transcripts.questions.leading import leading_speaker, self_called_interviewers
from quotegrid.corpus.transcripts.questions.question_words import asks_in_words
from quotegrid.corpus.transcripts.shapes.stamps import stamp_behind
from quotegrid.domain.sources.model import Turn

QUESTION_MARKS = "?\uff1f\u061f\u037e\u2e2e\u1367\ua60f\ufe56"
"""Question marks: Latin, full-width, Arabic, Greek, reversed, Ethiopic, Vai and small."""
_CLOSING = " \t\n\u00a0\u3000)]\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u300d\u300f*_\u200f\u200e"
_LONGEST = 200
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
"""Matches a Greek letter, behind which a semicolon is a question mark, as Unicode's normal form has it."""
_IS = r"(?:is|are|was|were|ist|sind|war|est|sont|es|son|fue)"
_CALLED = re.compile(
    rf"\b(?P<part>[^\W\d_]{{3,}}(?=[ \t]+{_IS}\b)|(?<=interviewed )by)"
    rf"(?:[ \t]+{_IS})?[ \t]+(?P<names>[^.;:\n]{{2,80}})",
    re.IGNORECASE,
)
"""Matches a sentence that names who asks: "The interviewers are Jo Field and Ann Lee"."""
_AND = re.compile(r",|&|\b(?:and|und|et|y|e)\b", re.IGNORECASE)
_LEAST_SHARE = 0.25
"""In 25 transcripts, interviewers end 26 to 92 % of their turns with a question, participants 0 to 35 %."""
_TIMES_THE_NEXT = 2
_FEWEST_QUESTIONS, _FEWEST_IN_WORDS = 2, 3
"""The fewest questions by their marks, and by their words as well, which are less sure."""
_LEAST_SHARE_OF_BRIEF, _FEWEST_OF_BRIEF, _LEAST_OF_ALL_OF_BRIEF = 0.1, 4, 0.8
_FEWEST_OF_LIKELY, _LEAST_OF_ALL_OF_LIKELY = 5, 0.4
_TIMES_THE_WORDS = 3
"""The least ratio of the others' turns to those of who is brief and asks now and then."""
_SELDOM = 0.25
"""The share of the mean number of turns below which somebody speaks too seldom to be compared."""
_FEWEST_PARTNERS, _LEAST_SHARE_OF_PARTNERS = 4, 0.7
_FROM_THE_HALL = 0.02
"""The greatest share of turns of those called "Question" where others lead the talk."""
_LEAST_OF_ALL = 0.6
"""The least share of all questions that somebody must ask to be taken for the interviewer."""


@dataclass(frozen=True, slots=True)
class Asker:
    """A speaker who asks far more of the questions of a transcript than those who answer."""

    label: str
    questions: int
    of_all: int
    """The number of turns of all speakers that end in a question."""
    is_leading: bool = False
    """Whether their questions alone do not show it, but with brevity and the words by which a talk is led."""


def asks(text: str, start: int, end: int) -> bool:
    """Return whether the words between two offsets end in a question, leaving a time behind them aside."""
    closed = stamp_behind(text, start, end)
    stop = end if closed is None else closed[0]
    last = text[max(start, stop - _LONGEST) : stop].rstrip(_CLOSING)
    return last.endswith(tuple(QUESTION_MARKS)) or (last.endswith(";") and _GREEK.search(last) is not None)


def who_asks(text: str, turns: Sequence[Turn], language: str | None = None) -> list[Asker]:
    """Return the speakers who ask far more than all others, if no interviewer is known.

    A turn asks if it ends in a question mark of any script. Each of them must end at least a quarter of their
    turns so, twice as large a share as anybody who is not one of them, and together they must ask most of
    all questions. Less is enough of somebody whose turns are a third as long as the others', and of one who
    stands out by questions in words, brevity and phrases by which a talk is led taken together.

    Args:
        text: The normalised text of a source.
        turns: Its turns, with offsets into `text`.
        language: The code of its language, by whose words questions without a mark are told.

    Returns:
        The speakers, who asks most first; empty if an interviewer is known or nobody stands out.
    """
    if _is_asker_known(turns):
        return []
    labelled = [turn for turn in turns if turn.label is not None]
    marked = _asked(labelled, lambda turn: asks(text, turn.start, turn.end))
    found = _outstanding_askers(marked, _FEWEST_QUESTIONS) or _brief_asker(turns, marked)
    if found or language is None:
        return found or _leading_askers(text, turns, language)
    worded = _asked(labelled, lambda turn: _asks_somehow(text, turn, language))
    return _outstanding_askers(worded, _FEWEST_IN_WORDS) or _leading_askers(text, turns, language)


def likeliest_asker(text: str, turns: Sequence[Turn]) -> Asker | None:
    """Return who asks a large part of many questions, if no interviewer is known; else None.

    Args:
        text: The normalised text of a source.
        turns: Its turns, with offsets into `text`.
    """
    labelled = [turn for turn in turns if turn.label is not None]
    said = _asked(labelled, lambda turn: asks(text, turn.start, turn.end))
    if _is_asker_known(turns) or len(said) < _FEWEST_QUESTIONS:
        return None
    label = max(said, key=lambda name: sum(said[name]))
    asked, of_all = sum(said[label]), sum(map(sum, said.values()))
    is_likely = asked >= max(_FEWEST_OF_LIKELY, _LEAST_OF_ALL_OF_LIKELY * of_all)
    return Asker(label, asked, of_all) if is_likely else None


def speaks_with_all(turns: Sequence[Turn]) -> str | None:
    """Return the one person who speaks beside most of several others, as a host does; else None.

    Args:
        turns: The turns of a source.
    """
    if _is_asker_known(turns):
        return None
    partners: dict[str, set[str]] = {turn.label: set() for turn in turns if turn.label}
    for first, second in pairwise(turns):
        if first.label and second.label and first.label != second.label:
            partners[first.label].add(second.label)
            partners[second.label].add(first.label)
    others = len(partners) - 1
    hosts = [
        label
        for label, beside in partners.items()
        if len(beside) >= max(_FEWEST_PARTNERS, _LEAST_SHARE_OF_PARTNERS * others)
    ]
    return hosts[0] if len(hosts) == 1 else None


def _is_asker_known(turns: Sequence[Turn]) -> bool:
    """Return whether interviewers are known who say more than a question from the hall now and then."""
    asked = sum(turn.is_interviewer for turn in turns)
    return asked > _FROM_THE_HALL * len(turns)


_Asked = Mapping[str, Sequence[bool]]
"""For each speaker, by label, whether each of their turns asks."""


def _asked(turns: Sequence[Turn], is_question: Callable[[Turn], bool]) -> _Asked:
    said: dict[str, list[bool]] = {}
    for turn in turns:
        said.setdefault(turn.label or "", []).append(is_question(turn))
    return said


def _asks_somehow(text: str, turn: Turn, language: str | None) -> bool:
    """Return whether a turn ends in a question mark or in the words of a question."""
    return asks(text, turn.start, turn.end) or asks_in_words(text[turn.start : turn.end], language)


def _outstanding_askers(said: _Asked, fewest: int) -> list[Asker]:
    # Who speaks now and then in a long talk, as from a hall, shows too little to be compared.
    seldom = _SELDOM * sum(map(len, said.values())) / max(len(said), 1)
    often = [label for label in said if len(said[label]) >= seldom]
    return _outstanding_of(list(said), said, fewest) or _outstanding_of(often, said, fewest)


def _outstanding_of(labels: Sequence[str], said: _Asked, fewest: int) -> list[Asker]:
    ranked = sorted(labels, key=lambda label: (-sum(said[label]) / len(said[label]), label))
    shares = [sum(said[label]) / len(said[label]) for label in ranked]
    of_all = sum(map(sum, said.values()))
    for number in range(1, len(ranked)):
        asking = ranked[:number]
        if shares[number - 1] < _LEAST_SHARE or sum(said[asking[-1]]) < fewest:
            break
        stands_out = shares[number - 1] >= _TIMES_THE_NEXT * shares[number]
        if stands_out and sum(sum(said[label]) for label in asking) >= _LEAST_OF_ALL * of_all:
            return [Asker(label, sum(said[label]), of_all) for label in asking]
    return []


def _leading_askers(text: str, turns: Sequence[Turn], language: str | None) -> list[Asker]:
    """Return who leads a talk, and who calls themselves an interviewer in it."""
    asked = {turn.start: _asks_somehow(text, turn, language) for turn in turns}
    leading = leading_speaker(text, turns, lambda turn: asked[turn.start])
    labels = {turn.label for turn in turns}
    found = list(dict.fromkeys([*([leading] if leading else []), *self_called_interviewers(text, turns)]))
    if len(found) == len(labels):
        return []
    counts = {label: sum(asked[turn.start] for turn in turns if turn.label == label) for label in found}
    return [Asker(label, counts[label], sum(asked.values()), is_leading=True) for label in found]


def called_interviewers(text: str, turns: Sequence[Turn]) -> list[str]:
    """Return the labels of those whom a sentence above the talk calls interviewers.

    "Interviewer is Jo Field." and "Interviewed by Jo Field" call "Jo Field" and "Jo" so.

    Args:
        text: The normalised text of a source.
        turns: Its turns, with offsets into `text`.
    """
    if not turns:
        return []
    called = [
        {word.casefold() for word in re.findall(r"[\w'\u2019-]+", name)}
        for match in _CALLED.finditer(text, 0, turns[0].start)
        if is_interviewer(match["part"]) or match["part"].casefold() == "by"
        for name in _AND.split(match["names"])
    ]
    labels = dict.fromkeys(turn.label for turn in turns if turn.label)
    found = [label for label in labels if any(set(label.casefold().split()) <= name for name in called)]
    return found if len(found) < len(labels) else []


def _brief_asker(turns: Sequence[Turn], said: _Asked) -> list[Asker]:
    """Return who asks nearly all of few questions and says little at a time, as a host often does."""
    of_all = sum(map(sum, said.values()))
    label = max(said, key=lambda name: sum(said[name]), default=None)
    if label is None or len(said) < _FEWEST_QUESTIONS:
        return []
    asked = sum(said[label])
    lengths = [turn.end - turn.start for turn in turns if turn.label == label]
    others = [turn.end - turn.start for turn in turns if turn.label not in (label, None)]
    is_asking = asked >= max(_FEWEST_OF_BRIEF, _LEAST_SHARE_OF_BRIEF * len(said[label]))
    is_alone = asked >= _LEAST_OF_ALL_OF_BRIEF * of_all
    is_brief = fmean(others) >= _TIMES_THE_WORDS * fmean(lengths)
    return [Asker(label, asked, of_all)] if is_asking and is_alone and is_brief else []
