"""The interviewers of a whole study, told by the talks of all its files together."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotegrid.corpus.sources.source_file import ReadSource
from quotegrid.corpus.sources.usual_interviewers import usual_interviewers, usual_labels
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.domain.sources.voices import Talk, voices_of
from quotegrid.workflows.sources.reading_files import Reading

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


@dataclass(slots=True)
class Talks:
    """The talks that a study holds and those of one import, without the words."""

    reading: Reading
    held: Mapping[str, Talk] = field(default_factory=dict)
    """The talks of the study before the import, by the names of their sources."""
    new: dict[str, Talk] = field(default_factory=dict)
    """The talks of the import's files, by their names."""

    @classmethod
    def of_study(cls, session: Session, reading: Reading) -> Talks:
        """Return the talks of a study before an import."""
        from quotegrid.storage.sources.turns.voices import talks_of_sources

        return cls(reading, talks_of_sources(session))

    def add(self, read: ReadSource) -> None:
        """Record the talk of a file, if labels tell who speaks in it."""
        if read.convention is not None:
            self.new[read.source.name] = voices_of(read.source.turns)

    def usual(self) -> Mapping[str, int]:
        """Return who interviews in many of all talks, by the folded name."""
        return usual_interviewers({**self.held, **self.new}.values())

    def reading_again(self) -> tuple[Reading, list[str]]:
        """Return the files that are to be read again, and how: with those who interview in many."""
        usual = self.usual()
        reading = self.reading.with_usual_interviewers(usual)
        return reading, [name for name, talk in self.new.items() if _answering(talk, usual)]

    def left_as_they_are(self) -> list[tuple[str, ReadWarning]]:
        """Return a warning for each source of the study in which somebody is a participant who now asks."""
        usual = self.usual()
        found = {name: usual[name] for name in usual.keys() - self.reading.options.usual_interviewers.keys()}
        return [
            (
                name,
                ReadWarning(
                    WarningKind.SPEAKER,
                    f'"{label}" is taken for the interviewer of other files and is read as a participant of '
                    f"this source; to read it again: quotegrid sources reread {shlex.quote(name)}.",
                ),
            )
            for name, talk in self.held.items()
            if name not in self.new
            for label in _answering(talk, found)
        ]


def _answering(talk: Talk, usual: Mapping[str, int]) -> list[str]:
    """Return the labels of those who interview in many talks, if nobody asks in this one."""
    if any(voice.asks for voice in talk):
        return []
    return usual_labels([voice.label for voice in talk], usual)
