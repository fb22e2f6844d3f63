"""Finds questions and answers that have no label, by their look, their number or their question mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotegrid.corpus.transcripts.asking import QUESTION_MARKS
from quotegrid.corpus.transcripts.blocks import Block, blocks_of
from quotegrid.corpus.transcripts.in_turn import taken_in_turn
from quotegrid.corpus.transcripts.questions.signs import (
    are_paragraphs,
    are_pure_questions,
    behind_dashes,
    dash_of_questions,
    from_first_question,
    is_asked_and_answered,
    places_of_questions,
    quoted_answers,
    share_below_particulars,
)
from quotegrid.corpus.transcripts.questions.tidying import (
    with_greeting,
    without_guide,
    without_lead,
    without_particulars,
)
from quotegrid.corpus.transcripts.sections import heads_an_interview
from quotegrid.domain.sources.model import ParagraphStyle, StyledParagraph, Turn

INTERVIEWER = "Interviewer"
"""The label given to questions that have none."""
WORDS_BETWEEN = re.compile(r"[^\W\d_]")
"""Matches words between two paragraphs that are neither's, which part them."""
_BULLETS = re.compile(r"[-*+>\u2013\u2014\u2022\u25cf\u25cb\u25aa\u25a0\u2192]")
_COUNTED = re.compile(
    r"(?:#{1,6}[ \t]+)?[*_]{0,3}(?:[Qq](?:uestion)?\.?[ \t]?)?\(?(?P<number>\d{1,2})"
    r"[ \t]?[.):\u2013\uff0e\u3001-]"
)
_FEWEST = 3
_FEWEST_TOLD = 2
_LEAST_SHARE, _GREATEST_SHARE = 0.2, 0.75
_ASKING, _ANSWERING = 0.5, 0.25
"""The least share of questions among paragraphs that ask, and the greatest among those that answer."""
_LEAST_SHARE_OF_QUESTIONS = 0.3
_MOSTLY = 0.9
_SELDOM = 0.1
_NEARLY_ALL = 0.7


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """Turns of which some have no label in the text."""

    turns: tuple[Turn, ...]
    how: str
    """The sign that tells the questions from the answers, as a clause: "in bold or italics"."""
    left_out: tuple[int, ...] = ()
    """The places where paragraphs begin that are neither questions nor answers."""

    @property
    def is_by_order(self) -> bool:
        """Return whether nothing but their order tells the questions from the answers."""
        return self.how == _BY_ORDER

    @property
    def is_told(self) -> bool:
        """Return whether the file says what is a question and what an answer."""
        return self.how == _TOLD.how

    @property
    def are_answers(self) -> bool:
        """Return whether the questions have a label, and the answers behind them have none."""
        return self.how == BEHIND_QUESTIONS


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign by which paragraphs are told to be questions."""

    how: str
    """The sign as a clause: "in bold or italics"."""
    shows: Callable[[Block], bool]
    """Whether a paragraph has it."""


_TOLD = Sign("called questions by the file", lambda block: block.style is ParagraphStyle.QUESTION)
_NOT = "not "
_BY_ORDER = "in every other place"
BEHIND_QUESTIONS = "up to a question mark"
"""The sign that marks the answers behind the questions of the only label."""
QUESTION_MARK = Sign("that end in a question mark", lambda block: block.asks)
_IN_BOLD, _IN_A_LIST, _HEADED = "in bold or italics", "in a list", "set as headings"
LOOKS = (
    Sign(_IN_BOLD, lambda block: block.style is ParagraphStyle.EMPHASISED),
    Sign(_HEADED, lambda block: block.style is ParagraphStyle.HEADING),
    Sign(_IN_A_LIST, lambda block: block.style is ParagraphStyle.NUMBERED),
)


def bare_turns(text: str, start: int, styles: Sequence[StyledParagraph] = ()) -> Unlabelled | None:
    """Return the turns of an interview without any label, or None if nothing tells questions from answers.

    The questions are the paragraphs that the file's format calls so, or those of one look (bold, a heading, a
    numbered list), if most of these ask and few of the others do, or the answers are, if it is the other way
    round; else they are the paragraphs that end in a question mark, if these are many and answers follow
    them. Where nothing else tells them, they are every other paragraph of a talk.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        styles: The looks of the text's paragraphs.
    """
    found = blocks_of(text, start, len(text), styles)
    blocks = [block for block in found if not heads_an_interview(text[block.start : block.end])]
    left_out: tuple[int, ...] = ()
    sign = _TOLD if _is_told(blocks) else None
    if sign is None:
        lines = blocks_of(text, start, len(text), styles, by_line=True)
        for marked in (blocks, lines):
            if sign is None and (sign := _bullets_of(text, marked)) is not None:
                blocks = marked
    sign = sign or _sign_of(blocks)
    if sign is None or sign is QUESTION_MARK or sign.how == _IN_A_LIST:
        counted = _counted(text, blocks)
        is_other = sign is None or any(
            counted is not None and counted.shows(block) != sign.shows(block) for block in blocks
        )
        sign = counted if counted is not None and is_other else sign
    if sign is None and are_paragraphs(lines, blocks):
        by_line = _counted(text, lines) or _sign_of(lines)
        sign, blocks = by_line, lines if by_line is not None else blocks
    if sign is _TOLD:
        told = _told_blocks(blocks)
        left_out = tuple(block.start for block in blocks if block not in told and block.ends)
        blocks = told
    if sign is None or sign is QUESTION_MARK or sign.how == _IN_A_LIST:
        in_turn = taken_in_turn(text, found)
        if in_turn is None:
            in_lines = taken_in_turn(text, lines)
            in_turn = in_lines if in_lines is not None and in_lines.is_marked else None
        if in_turn is not None and (sign is None or in_turn.is_marked):
            blocks = list(in_turn.blocks)
            sign = Sign(_BY_ORDER, lambda block: block.start in in_turn.asking)
    if sign is None and is_asked_and_answered(blocks):
        sign = QUESTION_MARK
    if sign is QUESTION_MARK and (places := places_of_questions(blocks)):
        # A question that an answer ends in, as in "..., right?", is the answer's.
        sign = Sign(QUESTION_MARK.how, lambda block: block.start in places)
    if sign is None and are_pure_questions(text, blocks):
        sign = QUESTION_MARK
    if (sign is None or sign is QUESTION_MARK) and (dash := dash_of_questions(text, found)) is not None:
        sign, blocks = (
            Sign(f'behind "{dash}"', lambda block: text[block.start] == dash),
            behind_dashes(text, found),
        )
    if sign is QUESTION_MARK and (quoted := quoted_answers(text, blocks)):
        sign = Sign(QUESTION_MARK.how, lambda block: block.asks and block.start not in quoted)
    if sign is None:
        return None
    first = next((number for number, block in enumerate(blocks) if sign.shows(block)), None)
    if first is None:
        return None
    if sign.how == _HEADED:
        first = next(
            (number for number, block in enumerate(blocks) if sign.shows(block) and block.asks), first
        )
    if sign.how.startswith(_NOT) and not (blocks[first].asks or blocks[first].ends):
        # A title stands above a question, a short question above its answer.
        first += all(map(sign.shows, blocks[first : first + 2]))
    if sign.how.startswith(_NOT):
        first = _behind_particulars(blocks, sign, first)
    is_by_place = sign is _TOLD or sign.how == _BY_ORDER
    kept = blocks if is_by_place else _spoken_blocks(blocks[first:], sign)
    if not is_by_place:
        heads = [block.start for block in found if heads_an_interview(text[block.start : block.end])]
        every = kept
        kept = without_lead(kept, list(map(sign.shows, kept)))
        kept = without_guide(text, kept, list(map(sign.shows, kept)))
        kept = without_particulars(heads, kept, list(map(sign.shows, kept)))
        if sign.how == _HEADED and kept and sign.shows(kept[-1]) and not kept[-1].asks:
            # Nobody answers a heading below the talk.
            kept = kept[:-1]
        spoken = {block.start for block in kept}
        left_out = tuple(block.start for block in every if block.start not in spoken)
    turns: list[Turn] = []
    for block in kept:
        asking = sign.shows(block)
        parted = turns and WORDS_BETWEEN.search(text, turns[-1].end, block.start)
        if turns and turns[-1].is_interviewer is asking and not parted:
            turns[-1] = replace(turns[-1], end=block.words_end if asking else block.end)
        else:
            turns.append(question_turn(block) if asking else Turn(_words_of(text, block), block.end, None))
    return Unlabelled(with_greeting(text, turns, blocks), sign.how, left_out)


def _answers_follow(blocks: Sequence[Block], sign: Sign) -> bool:
    """Return whether nearly every paragraph with a sign follows one without, as answers do questions."""
    shown = [sign.shows(block) for block in blocks]
    return sum(second and not first for first, second in pairwise(shown)) >= _MOSTLY * sum(shown)


def _behind_particulars(blocks: Sequence[Block], sign: Sign, first: int) -> int:
    """Return where the first question stands below several paragraphs that nobody answers."""
    answered = next((number for number in range(first, len(blocks)) if not sign.shows(blocks[number])), first)
    if answered - first <= _FEWEST:
        return first
    return next((number for number in range(first, answered) if blocks[number].asks), answered - 1)


def _words_of(text: str, block: Block) -> int:
    """Return where the words of an answer begin: behind the sign of a list, but not behind a number."""
    return block.start if text[block.start].isalnum() or text[block.start] in "([*_#" else block.words


def _told_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Return the paragraphs called questions and answers, and those alone between two questions."""
    found = []
    for number, block in enumerate(blocks):
        beside = blocks[number - 1 : number + 2 : 2] if number else []
        is_only_answer = len(beside) == 2 and all(map(_TOLD.shows, beside))
        if is_only_answer or block.style in (ParagraphStyle.QUESTION, ParagraphStyle.ANSWER):
            found.append(block)
    return found


def _is_told(blocks: Sequence[Block]) -> bool:
    counts = Counter(block.style for block in blocks)
    return min(counts[ParagraphStyle.QUESTION], counts[ParagraphStyle.ANSWER]) >= _FEWEST_TOLD


def _spoken_blocks(blocks: Sequence[Block], sign: Sign) -> list[Block]:
    """Return the questions and answers among paragraphs, without headings, nor what follows a last one."""
    last = max((number for number, block in enumerate(blocks) if sign.shows(block)), default=-1)
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if sign.shows(block):
            kept.append(block)
            continue
        is_further_answer = bool(kept) and not sign.shows(kept[-1])
        asked_next = number + 1 < len(blocks) and sign.shows(blocks[number + 1])
        beside = blocks[number - 1 : number + 2 : 2] if number else []
        is_only_answer = len(beside) == 2 and all(map(sign.shows, beside))
        is_set = block.style is ParagraphStyle.HEADING
        heads = is_set if is_only_answer or sign.how.startswith(_NOT) else block.is_heading
        if heads or (is_further_answer and asked_next and block.may_head and kept[-1].ends):
            if number > last + 1:
                break
            continue
        kept.append(block)
    return kept


def question_turn(block: Block) -> Turn:
    """Return a paragraph as a question of the interviewer."""
    return Turn(block.words, block.words_end, INTERVIEWER, is_interviewer=True)


def _inverse(blocks: Sequence[Block], sign: Sign) -> Sign:
    """Return the sign of what does not show one and is no heading, nor goes on with an answer.

    What asks nothing between an answer and a question goes on with the answer, where most questions ask.
    """
    others = [
        block
        for block in blocks
        if not sign.shows(block) and (block.asks or block.style is not ParagraphStyle.HEADING)
    ]
    places = {block.start for block in others}
    if sum(block.asks for block in others) >= _NEARLY_ALL * len(others):
        places -= {
            block.start
            for before, block, following in zip(blocks, blocks[1:], blocks[2:], strict=False)
            if sign.shows(before) and not block.asks and following.asks and following.start in places
        }
    return Sign(f"{_NOT}{sign.how}", lambda block: block.start in places)


def _without_headings(blocks: Sequence[Block], sign: Sign) -> Sign:
    """Return a sign that headings of the same look do not show, where nearly all questions end as such.

    A heading with a number is none where nearly all questions have one.
    """
    questions = [block for block in blocks if sign.shows(block) and block.asks]
    are_numbered = sum(block.is_numbered for block in questions) >= _MOSTLY * len(questions)
    return Sign(
        sign.how,
        lambda block: (
            sign.shows(block)
            and (block.asks or block.ends or not block.is_heading or (are_numbered and block.is_numbered))
        ),
    )


def _alternates(blocks: Sequence[Block], sign: Sign) -> bool:
    """Return whether nearly every paragraph with a sign is followed by one without, as in no list."""
    shown = [sign.shows(block) for block in blocks]
    followed = sum(first and not second for first, second in pairwise(shown))
    return sign.how.endswith("list") and sum(shown) > _FEWEST and followed >= _MOSTLY * sum(shown)


def _bullets_of(text: str, blocks: Sequence[Block]) -> Sign | None:
    """Return the sign before questions where nearly all paragraphs have one of two, in turn; else None."""
    signs = [text[block.start] if block.style is not ParagraphStyle.EMPHASISED else "" for block in blocks]
    two = [sign for sign, _ in Counter(filter(_BULLETS.fullmatch, signs)).most_common(2)]
    marked = [block for block, sign in zip(blocks, signs, strict=True) if sign in two]
    if len(two) < 2 or len(marked) < max(2 * _FEWEST, _MOSTLY * len(blocks)):
        return None
    changes = sum(text[first.start] != text[second.start] for first, second in pairwise(marked))
    asked = Counter(text[block.start] for block in marked if block.asks)
    asking = max(two, key=lambda sign: asked[sign])
    if changes < _MOSTLY * (len(marked) - 1) or 2 * asked[asking] <= 3 * (asked.total() - asked[asking]):
        return None
    return Sign(f'behind "{asking}"', lambda block: text[block.start] == asking)


def _are_questions_in_bold(blocks: Sequence[Block], sign: Sign) -> bool:
    """Return whether sentences in bold are each answered by others, and some of them ask."""
    bold = _without_headings(blocks, sign)
    shown = [bold.shows(block) for block in blocks]
    asking = sum(block.asks for block in blocks if bold.shows(block))
    followed = sum(first and not second for first, second in pairwise(shown))
    return sum(shown) > _FEWEST and followed >= _MOSTLY * sum(shown) and asking >= _ANSWERING * sum(shown)


def _counted(text: str, blocks: Sequence[Block]) -> Sign | None:
    """Return the sign of questions whose numbers count up from 1, whatever stands between them; else None."""
    counted: list[Block] = []
    following = 1
    for block in blocks:
        found = _COUNTED.match(text, block.start, block.end)
        number = int(found["number"]) if found is not None else 0
        if number in (following, 1) and (number == 1 or counted):
            counted.append(block)
            following = number + 1
    if len(counted) < _FEWEST or len(counted) > _GREATEST_SHARE * len(blocks):
        return None
    places = frozenset(block.start for block in counted)
    others = [block for block in blocks if block.start not in places]
    first = blocks.index(counted[0])
    are_answered = sum(following.start not in places for following in blocks[first + 1 :]) >= len(
        counted
    ) and all(second.start not in places for block, second in pairwise(blocks) if block.start in places)
    of_counted = sum(block.asks for block in counted) / len(counted)
    of_others = sum(block.asks for block in others) / len(others)
    if not are_answered or of_counted < _NEARLY_ALL or of_others > _ANSWERING:
        return None
    return Sign("numbered one by one", lambda block: block.start in places)


def _sign_of(blocks: Sequence[Block]) -> Sign | None:
    if len(blocks) < 2 * _FEWEST:
        return None
    for sign in LOOKS:
        shown = [block for block in blocks if sign.shows(block)]
        others = [block for block in blocks if not sign.shows(block)]
        if len(shown) < _FEWEST or len(shown) > _GREATEST_SHARE * len(blocks):
            continue
        if sign.how == _HEADED:
            shown = from_first_question(shown)
        of_shown = sum(block.asks for block in shown) / len(shown)
        of_others = sum(block.asks for block in others) / len(others)
        is_rare = len(shown) < _LEAST_SHARE * len(blocks)
        if is_rare and (sign.how == _IN_A_LIST or of_shown < _NEARLY_ALL or of_others > _SELDOM):
            continue
        if sign.how == _IN_BOLD and of_others <= _SELDOM and _are_questions_in_bold(blocks, sign):
            return _without_headings(blocks, sign)
        if (of_shown >= _ASKING and of_others <= _ANSWERING) or (
            of_shown >= of_others and _alternates(blocks, sign)
        ):
            return _without_headings(blocks, sign) if of_shown >= _NEARLY_ALL else sign
        if _answers_follow(blocks, sign):
            of_others = share_below_particulars(others)
        if of_others >= _ASKING and of_shown <= _ANSWERING:
            return _inverse(blocks, sign)
    asked = sum(block.asks for block in blocks)
    answered = sum(first.asks and not second.asks for first, second in pairwise(blocks))
    if asked >= _FEWEST and asked >= _LEAST_SHARE_OF_QUESTIONS * len(blocks) and answered >= 0.7 * asked:
        return QUESTION_MARK
    return None


def questions_in(text: str, start: int) -> tuple[int, int]:
    """Return how many questions a text asks, and how many paragraphs it has.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
    """
    blocks = blocks_of(text, start, len(text))
    return sum(text.count(mark, start) for mark in QUESTION_MARKS), len(blocks)
