"""Gives the thanks for a talk that close it without a label back to who asks."""

from __future__ import annotations

# ruff: noqa: RUF001 - Cyrillic has letters that look like others.
import re
from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.transcripts.blocks import blocks_of
from quotegrid.domain.sources.model import StyledParagraph, Turn

_TALK = (
    r"(?:interview\w*|conversation|talk|entretien|interviewé\w*|entrevista\w*|conversa\w*|charla|intervista\w*"
    r"|chiacchierata|gespräch\w*|gesprek\w*|vraaggesprek|rozmow\w*|wywiad\w*|rozhovor\w*|intervju\w*|samtal\w*"
    r"|haastattelu\w*|intervist\w*|röportaj\w*|söyleşi\w*|interviu\w*|interjú\w*|beszélget\w*|wawancara\w*"
    r"|интервью|бесед\w*|разговор\w*|інтерв['\u2019]ю|розмов\w*)"
)
_THANKS = (
    r"(?:thank(?:s|\s+you)|merci|gracias|obrigad[oa]|grazie|danke|dank\b|bedankt|dziękuj\w+|děkuj\w+|ďakuj\w+"
    r"|tack\b|takk?\b|kiitos|kiitämme|faleminderit|teşekkür\w*|mulțumesc|mulțumim|köszön\w+|terima\s+kasih"
    r"|спасибо|благодар\w+|дякую\w*)"
)
_THANKED = re.compile(
    rf"{_THANKS}[^.!?\n]{{0,60}}\b{_TALK}|\b{_TALK}[^.!?\n]{{0,40}}{_THANKS}"
    r"|(?:感谢|謝謝|谢谢)[^。！\n]{0,20}(?:采访|访谈|訪問)|ありがとうございました",
    re.IGNORECASE,
)
_MOST_WORDS = 14
_FEWEST_TURNS = 5


def with_closing_thanks(
    text: str, turns: Sequence[Turn], styles: Sequence[StyledParagraph] = ()
) -> tuple[Turn, ...]:
    """Return turns with a short last paragraph that thanks for the talk as the turn of who asks.

    A magazine prints it without a label behind the last answer. Two people must talk, one of whom asks.

    Args:
        text: The normalised text.
        turns: The turns, in order, those of the interviewer marked.
        styles: The looks of the text's paragraphs.
    """
    asking = {turn.label for turn in turns if turn.is_interviewer}
    if len(turns) < _FEWEST_TURNS or len(asking) != 1 or turns[-1].is_interviewer:
        return tuple(turns)
    last = turns[-1]
    blocks = blocks_of(text, last.start, last.end, styles)
    if len(blocks) < 2 or blocks[-1].size > _MOST_WORDS:
        return tuple(turns)
    closing = blocks[-1]
    if _THANKED.search(text, closing.start, closing.end) is None:
        return tuple(turns)
    thanks = Turn(closing.words, closing.words_end, asking.pop(), is_interviewer=True)
    return (*turns[:-1], replace(last, end=blocks[-2].end), thanks)
