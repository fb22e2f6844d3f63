"""Gives the thanks for a talk that close it without a label back to who asks."""

from __future__ import annotations

# ruff: noqa: RUF001 - Cyrillic has letters that look like others.
import re
from collections.abc import Sequence
from dataclasses import replace

from quotegrid.corpus.transcripts.blocks import Block, blocks_of
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
_REPLIED = re.compile(
    rf"\W*(?:(?:no|ah|oh|i|je|ich|ben|ja|io|eu|yo)\W+)?(?:{_THANKS}|(?:you['\u2019]re|you\s+are)\s+welcome|(?:my|a)\s+pleasure"
    r"|de\s+nada|por\s+nada|bitte|gerne?\b|prego|proszę|rica\s+ederi[mz]|je\s+vous\s+en\s+prie|de\s+rien|пожалуйста"
    r"|не\s+за\s+что|graag\s+gedaan|sama-sama|s['\u2019]ka\s+përse|kërgjë)",
    re.IGNORECASE,
)
"""Matches the beginning of a reply to thanks."""
_MOST_WORDS, _MOST_WORDS_OF_A_REPLY = 14, 30
_FEWEST_TURNS = 5


def with_closing_thanks(
    text: str, turns: Sequence[Turn], styles: Sequence[StyledParagraph] = ()
) -> tuple[Turn, ...]:
    """Return turns with a short last paragraph that thanks for the talk as the turn of who asks.

    A magazine prints it without a label behind the last answer, with or without a reply. One must ask.

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
    is_replied = len(blocks) > 2 and _is_replied(text, *blocks[-2:])
    if len(blocks) < 2 or not (is_replied or _thanks_for_the_talk(text, blocks[-1])):
        return tuple(turns)
    *answer, closing = blocks[:-1] if is_replied else blocks
    thanks = Turn(closing.words, closing.words_end, asking.pop(), is_interviewer=True)
    reply = replace(last, start=blocks[-1].start, time=None)
    return (*turns[:-1], replace(last, end=answer[-1].end), thanks, *([reply] if is_replied else []))


def _thanks_for_the_talk(text: str, block: Block) -> bool:
    return block.size <= _MOST_WORDS and _THANKED.search(text, block.start, block.end) is not None


def _is_replied(text: str, thanks: Block, reply: Block) -> bool:
    """Return whether a short paragraph thanks and the last one, short as well, thanks for the thanks."""
    is_short = max(thanks.size, reply.size) <= _MOST_WORDS_OF_A_REPLY
    thanked = re.search(_THANKS, text[thanks.start : thanks.end], re.IGNORECASE)
    return is_short and thanked is not None and _REPLIED.match(text, reply.start, reply.end) is not None
