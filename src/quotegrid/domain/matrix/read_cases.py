"""The cases that are read to the end, of whom alone silence is a finding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.measures import Tally
from quotegrid.domain.text.normalise import counted

READ_TO_THE_END = "read to the end"
HOW_TO_MARK = f'R in the reader, or "quotegrid sources read", marks a source as {READ_TO_THE_END}.'
_Counts = TypeVar("_Counts", bound=Tally)


class SharesOf(StrEnum):
    """The cases that shares and amounts are of."""

    READ = "read"
    """The cases whose sources are read to the end."""
    HEARD = "heard"
    """All who were heard."""


def read_cases(heard: HeardQuotes) -> frozenset[str]:
    """Return the cases that are read: those of whom every source in which they speak is read to the end."""
    speakers = [heard.speakers[place] for place in heard.heard_speakers]
    read = heard.read_sources
    not_read = {speaker.case for speaker in speakers if read is not None and speaker.source not in read}
    return frozenset(
        speaker.case for speaker in speakers if speaker.case is not None and speaker.case not in not_read
    )


def among_read(heard: HeardQuotes) -> HeardQuotes:
    """Return what the cases said who are read, and what names nobody, as if nothing else had been heard."""
    read = read_cases(heard)
    places = {
        place for place, speaker in enumerate(heard.speakers) if speaker.case is None or speaker.case in read
    }
    return heard.among([number for number, place in heard.speaker_of.items() if place in places])


def of_read(counts: _Counts) -> _Counts:
    """Return counts that count as cases only those that are read."""
    return replace(counts, cases=counts.read)


def reading_note(
    cases: Collection[str],
    read: Collection[str],
    coded: Collection[str],
    of: SharesOf | None,
    minimum: int = 1,
) -> str:
    """Return the note on the cases that are not read to the end; empty if there are none.

    Args:
        cases: All cases heard.
        read: Those that are read.
        coded: Those of whom anything is coded.
        of: The cases that the shares shown are of; None where no shares are shown.
        minimum: The fewest cases that a number may stand for: where either side is smaller, none is told.
    """
    heard, unread = set(cases), set(cases) - set(read)
    if not unread:
        return ""
    is_told = not any(0 < number < minimum for number in (len(unread), len(heard) - len(unread)))
    is_one = is_told and len(unread) == 1
    who = f"{len(unread)} of the {counted(len(heard), 'case')} heard" if is_told else "Some cases"
    who = f"{who} {'is' if is_one else 'are'} not {READ_TO_THE_END}"
    if of is SharesOf.HEARD:
        return f"{who}, and {'counts' if is_one else 'count'} as silent where nothing is coded."
    if of is None:
        return f"{who}: that nothing is coded of them somewhere is no finding yet. {HOW_TO_MARK}"
    said = len(unread & set(coded))
    outside = f", not even the {said} with a code" if said and minimum == 1 else ""
    return f"{who} and {'stands' if is_one else 'stand'} in no share{outside}. {HOW_TO_MARK}"
