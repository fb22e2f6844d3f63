"""The recognition of an import's files: what the study already has of each."""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.corpus.sources.read_source import ReadSource
from quotegrid.corpus.text.speaker_names import stands_for
from quotegrid.domain.sources.model import ReadWarning, Source, WarningKind
from quotegrid.domain.sources.recognition import Catalogue, KnownSource, Recognition, Standing
from quotegrid.domain.text.normalise import counted, text_hash, word_hash
from quotegrid.errors import ReadError
from quotegrid.workflows.sources.reading_files import Reading
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session


@dataclass(frozen=True, slots=True)
class RecognisedFile:
    """A file of an import, and its counterpart in the study."""

    recognised: Recognition
    file: KnownSource
    """The file's identifying data, as they would be stored."""
    read: ReadSource | None
    """The read file; None where its bytes alone suffice to recognise it."""
    warnings: tuple[ReadWarning, ...] = ()
    """The warnings about the file or a table."""


class Recogniser:
    """The recogniser of files, one by one.

    Args:
        session: A session.
        study: The study.
        reading: The options and settings of the import.
        again: Whether files whose words the study has under another name count as new.
    """

    def __init__(
        self, session: Session, study: StudyFolder, reading: Reading, *, again: bool = False
    ) -> None:
        from quotegrid.storage.sources.sources import known_sources

        self._session = session
        self._study = study
        self._reading = reading
        self._catalogue = Catalogue(known_sources(session), self._is_there, again=again)

    def recognise(self, path: Path, name: str, *, always_read: bool = False) -> RecognisedFile:
        """Recognise a file, reading it where its bytes do not suffice.

        Raises:
            DataError: If it cannot be used, or has changed and decisions stand on it.
        """
        try:
            file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
            recognised = self._catalogue.by_file(name, file_hash)
            read = None
            must_read = recognised is None or self._asks_now(recognised) or self._reading.sets_reading(name)
            if must_read or always_read or self._reading.sets_speakers():
                read = self._reading.read(path, name)
        except OSError as error:
            raise ReadError(f"this file cannot be read ({error.strerror}).", file=path) from error
        file = KnownSource(None, name, self.place(path), file_hash, "", "")
        warnings: tuple[ReadWarning, ...] = ()
        if read is not None:
            text = read.source.text
            file = replace(file, text_hash=text_hash(text), word_hash=word_hash(text))
            if must_read:
                recognised = self._catalogue.by_text(name, file.text_hash, file.word_hash)
                if self._has_other_turns(recognised, read.source):
                    recognised, warnings = _spoken_by_others(recognised)
        if recognised is None:
            raise AssertionError("a file was neither read nor recognised")
        known = recognised.known
        if recognised.standing is Standing.CHANGED and known is not None and known.id is not None:
            self._refuse_earlier_version(path, known, file.text_hash)
        if recognised.standing is Standing.CHANGED and known is not None and known.decisions:
            raise ReadError(
                f"this file has changed since it was imported; {_stand(known)} on the old text.",
                file=path,
                todo=_how_to_replace(known.name, path),
            )
        if recognised.standing is Standing.CHANGED and known is not None and known.id is not None:
            self._refuse_lost_memos(path, known.id, name)
        return RecognisedFile(recognised, file, read, warnings)

    def _refuse_earlier_version(self, path: Path, known: KnownSource, words: str) -> None:
        """Refuse a file that holds what a corrected one has replaced.

        Raises:
            ReadError: If it does.
        """
        from quotegrid.storage.sources.versions.standing import is_earlier_version

        if known.id is not None and is_earlier_version(self._session, known.id, words):
            raise ReadError(
                f'this is the earlier version of "{known.name}", which {known.path} has replaced.',
                file=path,
                todo="Nothing was changed. Put the corrected file in its place.",
            )

    def _refuse_lost_memos(self, path: Path, source: int, name: str) -> None:
        """Refuse a changed file when somebody has written memos on the old one.

        Raises:
            ReadError: If so.
        """
        from quotegrid.storage.sources.memos import count_own_memos

        memos = count_own_memos(self._session, source)
        if memos:
            stand = "1 memo of yours stands" if memos == 1 else f"{memos} memos of yours stand"
            raise ReadError(
                f"this file has changed since it was imported; {stand} on the old text.",
                file=path,
                todo=_how_to_replace(name, path),
            )

    def remember(self, seen: RecognisedFile, number: int | None) -> None:
        """Record that a file has been stored or has become the file of a source."""
        known = seen.recognised.known
        file = replace(seen.file, id=number)
        if known is not None and seen.recognised.standing in (Standing.UNCHANGED, Standing.RENAMED):
            file = replace(known, name=file.name, path=file.path, file_hash=file.file_hash)
        self._catalogue.remember(file, instead_of=None if known is None else known.name)

    def knows(self, name: str) -> bool:
        """Return whether the study has a source with that name."""
        return self._catalogue.knows(name)

    def place(self, path: Path) -> str:
        """Return a file's path, relative to the study where it is inside it: studies can be moved."""
        root = self._study.root.resolve()
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()

    def _is_there(self, source: KnownSource) -> bool:
        return bool(source.path) and (self._study.root / source.path).is_file()

    def _asks_now(self, recognised: Recognition) -> bool:
        """Return whether an attributes table marks a speaker with stored passages as an interviewer."""
        from quotegrid.storage.sources.source_attributes import labels_of

        known = recognised.known
        if recognised.standing is not Standing.UNCHANGED or known is None or known.id is None:
            return False
        asking = self._reading.interviewers(known.name)
        return any(stands_for(label, asking) for label in labels_of(self._session, known.id))

    def _has_other_turns(self, recognised: Recognition, source: Source) -> bool:
        """Return whether a source's text is the same but its speakers differ."""
        from quotegrid.storage.sources.sources import has_turns

        known = recognised.known
        if recognised.standing is not Standing.UNCHANGED or known is None or known.id is None:
            return False
        return not has_turns(self._session, known.id, source.turns)


def _spoken_by_others(recognised: Recognition) -> tuple[Recognition, tuple[ReadWarning, ...]]:
    known = recognised.known
    if known is None or not known.decisions:
        return Recognition(Standing.CHANGED, known), ()
    what = (
        "its speakers are read differently now; it was left unchanged because "
        f"{_stand(known)} on it. To read it so all the same, with the same options: "
        f"quotegrid sources reread {shlex.quote(known.name)}."
    )
    return recognised, (ReadWarning(WarningKind.SPEAKER, what),)


def _how_to_replace(name: str, path: Path) -> str:
    return (
        "To take the corrected text with what is coded: "
        f"quotegrid sources replace {shlex.quote(name)} {shlex.quote(path.as_posix())}. "
        "Or put the old file back, or import the new one under another name."
    )


def _stand(known: KnownSource) -> str:
    """Return what stands on a source, with its verb."""
    told = [counted(known.standing, "decision")] if known.standing else []
    told += [f"{counted(known.edits, 'edit')} of its turns"] if known.edits else []
    if not told:
        return "decisions that were taken back, and can be brought again, stand"
    return f"{' and '.join(told)} {'stands' if known.standing + known.edits == 1 else 'stand'}"
