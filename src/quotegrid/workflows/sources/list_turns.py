"""The listing of turns: transcripts as they were read, with what the interviewer says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.exchange.listing import Record, as_record, column
from quotegrid.domain.sources.unspoken import unspoken
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import sources_called, unknown_source

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session

_RIGHT = {"justify": "right"}


@dataclass(frozen=True, slots=True)
class ListedTurn:
    """A turn of a transcript."""

    source: str = column("the source in which it stands", place=1)
    number: int = column("its place among the source's turns, counted from 1", place=2, layout=_RIGHT)
    speaker: str | None = column(
        "the speaker's label as it was read, in its first spelling; null where the text has none", place=3
    )
    case: str | None = column("the case who speaks; null for an interviewer", place=4)
    asks: bool = column(
        "whether the speaker is an interviewer, whose words are never coded",
        place=5,
        cell=lambda record: "yes" if record["asks"] else "",
    )
    time: str | None = column("when it begins in the recording; null where the text has no times", place=6)
    start: int = column("where its words begin in the source's text")
    end: int = column("where they end")
    text: str = column("exactly the source's text from `start` to `end`", place=7)


def turn_records(study: StudyFolder, source: str | None = None) -> list[Record]:
    """Return the turns in the order of the sources' names and texts.

    Args:
        study: The study.
        source: The name of a source or part of it; None for all sources.

    Raises:
        UnknownNameError: If no source has that name or contains that part in its name.
    """
    from quotegrid.storage.sources.reading import stored_turns

    with study.reading_session() as session:
        numbers = sources_asked(session, source)
        return [
            as_record(
                ListedTurn(
                    source=name,
                    number=number,
                    speaker=turn.label,
                    case=turn.case,
                    asks=turn.is_interviewer,
                    time=turn.time,
                    start=turn.start,
                    end=turn.end,
                    text=turn.text,
                )
            )
            for name in numbers
            for number, turn in enumerate(stored_turns(session, numbers[name]), start=1)
        ]


@dataclass(frozen=True, slots=True)
class UnspokenWords:
    """Words of a transcript that belong to nobody's turn: a note, a heading, what stands before the talk."""

    source: str = column("the source", place=1)
    line: int = column("the line of the source's text, counted from 1", place=2, layout=_RIGHT)
    start: int = column("where they begin in the source's text", place=3, layout=_RIGHT)
    end: int = column("where they end", place=4, layout=_RIGHT)
    text: str = column("exactly the source's text from `start` to `end`", place=5)


def unspoken_records(study: StudyFolder, source: str | None = None) -> list[Record]:
    """Return the words that are nobody's in transcripts, in the order of the sources' names and texts.

    Args:
        study: The study.
        source: The name of a source or part of it; None for all sources.

    Raises:
        UnknownNameError: If no source has that name or contains that part in its name.
    """
    from quotegrid.storage.sources.reading import turns_of
    from quotegrid.storage.sources.sources import source_texts

    found = []
    with study.reading_session() as session:
        numbers = sources_asked(session, source)
        texts = source_texts(session, list(numbers))
        for name, number in numbers.items():
            turns, text = turns_of(session, number), texts[name]
            found += [
                as_record(UnspokenWords(name, text.count("\n", 0, start) + 1, start, end, text[start:end]))
                for start, end in (unspoken(text, turns) if turns else ())
            ]
    return found


def sources_asked(session: Session, source: str | None) -> dict[str, int]:
    """Return the number of each source that a name or a part of it stands for, all without one; by name.

    Raises:
        UnknownNameError: If it stands for none.
    """
    from quotegrid.storage.sources.sources import source_numbers

    numbers = source_numbers(session)
    names = list(numbers) if source is None else sources_named(source, list(numbers))
    return {name: numbers[name] for name in names}


def sources_named(wanted: str, names: Sequence[str]) -> list[str]:
    """Return the sources that a name stands for, ignoring case, in order.

    A whole name takes precedence, then a file's name without its folder or suffix, then any part of a name.

    Raises:
        UnknownNameError: If it stands for none.
    """
    asked = wanted.strip().casefold()
    found = sources_called(wanted, names) or [name for name in names if asked and asked in name.casefold()]
    if not found:
        raise unknown_source(wanted, names)
    return found
