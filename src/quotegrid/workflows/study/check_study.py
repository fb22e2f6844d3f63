"""The check whether a study is whole: its database, and the files that its sources were read from."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotegrid.domain.study.faults import Fault, Part, can_be_made_again
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import DiskError, StudyError, UsageError
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Database
    from quotegrid.storage.log_digests import LogDigest

DIGESTS = "quotegrid.digests"
"""The file in the study's folder with the digests of the last check that found everything whole."""
_OTHERS_MAY = 0o077


@dataclass(frozen=True, slots=True)
class StudyCheck:
    """The result of a check."""

    faults: tuple[Fault, ...]
    """The damage."""
    notes: tuple[str, ...]
    """Remarks that are worth knowing and tell of no damage."""
    entries: int
    """The number of the journal's newest entry."""
    size: int
    """The size of the database in bytes; 0 where a server holds it."""

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is damaged."""
        return not self.faults


def check_study(study: StudyFolder, *, quick: bool = False) -> StudyCheck:
    """Check a study, and remember how it is where all is well. Nothing of the study itself is changed.

    Args:
        study: The study.
        quick: Whether to leave out what takes long: indexes, codings, vectors and files.

    Raises:
        StudyError: If its database cannot be read at all.
    """
    from quotegrid.storage.checking import find_faults
    from quotegrid.storage.log_digests import LogDigest
    from quotegrid.storage.schema import HEAD

    kept = _kept(study)
    known = {table: LogDigest(**said) for table, said in kept.get("logs", {}).items()}
    database = study.database
    known = {table: digest for table, digest in known.items() if digest.schema == HEAD}
    with _examined(study, database, quick=quick) as examined:
        faults = [*_file_faults(study, kept), *find_faults(examined, known, quick=quick)]
        notes = [] if quick else [*_changed_files(study), *_seen_by_others(study)]
        newest, older = _newest_entries(examined, known, faults)
        if older:
            notes.insert(0, older)
        if not faults:
            _keep(study, examined)
    size = 0 if study.settings.is_on_server else study.database_path.stat().st_size
    return StudyCheck(tuple(faults), tuple(notes), newest, size)


def advice_on(study: StudyFolder, faults: Sequence[Fault]) -> str:
    """Return what to do about damage, in a sentence or two."""
    from quotegrid.storage.engines.sqlite_errors import newest_backup

    told = []
    parts = can_be_made_again(faults)
    if parts:
        told.append('"quotegrid repair" makes again what follows from the journal and the texts.')
    if any(fault.part not in parts for fault in faults):
        told.append(
            "What the journal or the texts have lost is only in a backup: put one in the study's place with "
            f'"quotegrid backup restore", which keeps what stands here{newest_backup(study.database_path)}.'
        )
    return " ".join(told)


def damage_in_words(study: StudyFolder, faults: Sequence[Fault]) -> str:
    """Return damage with what to do about it, for the workbench."""
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return (
        f'This study is damaged: {faults[0]}{more} Leave the workbench and run "quotegrid check". '
        f"{advice_on(study, faults)}"
    )


def seal(study: StudyFolder) -> None:
    """Remember the bytes of a database that nobody has open any more, if all was well at the last check."""
    kept = _kept(study)
    if kept and not study.settings.is_on_server and study.database_path.is_file():
        _write(study, {**kept, "file": _file_state(study.database_path)})


@contextmanager
def _examined(study: StudyFolder, database: Database, *, quick: bool) -> Iterator[Database]:
    """Yield the database itself or, where the check writes to it, a copy."""
    from quotegrid.storage.engines.database import Database
    from quotegrid.storage.engines.sqlite import SqliteEngine

    if quick or not isinstance(database.at, SqliteEngine):
        yield database
        return
    with tempfile.TemporaryDirectory(prefix="quotegrid-check-") as folder:
        path = Path(folder) / study.database_path.name
        try:
            database.at.copy_to(path)
        except DiskError as error:
            raise DiskError(
                f"there is no room in {folder} for a copy of the database, which is what is checked.",
                todo="Free some room there, or let TMPDIR name another folder.",
            ) from error
        copy = Database(path)
        try:
            yield copy
        finally:
            copy.close()


def _newest_entries(
    examined: Database, known: Mapping[str, LogDigest], faults: list[Fault]
) -> tuple[int, str]:
    """Return the journal's newest entry, and a note if there were later ones at the last check."""
    from quotegrid.storage.journal import newest_entry

    try:
        with examined.session() as session:
            newest = newest_entry(session)
    except StudyError as error:
        faults.append(Fault(Part.LOG, error.what.rstrip(".")))
        return 0, ""
    before = known.get("journal")
    if before is None or before.last <= newest:
        return newest, ""
    return newest, (
        f"the database is older than at the check of {before.at}: the entries {newest + 1} to {before.last} "
        "of its journal are not in it, as after a backup was put in its place."
    )


def _file_faults(study: StudyFolder, kept: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault if the file has other bytes than before, though nobody has written to it since."""
    before = kept.get("file")
    if study.settings.is_on_server or not before or not _is_settled(study.database_path):
        return
    said = study.database_path.stat()
    if (said.st_size, said.st_mtime_ns) == (before["size"], before["changed"]):
        now = _file_state(study.database_path)
        if now and now["digest"] != before["digest"]:
            yield Fault(Part.FILE, f"its bytes have changed since {kept['at']}, though nobody wrote to it")


def _changed_files(study: StudyFolder) -> Iterator[str]:
    """Yield notes on the files of sources that are gone or no longer as they were imported."""
    from quotegrid.storage.sources.sources import known_sources

    with study.reading_session() as session:
        sources = known_sources(session)
    gone: list[str] = []
    changed: list[str] = []
    for source in sources:
        file = study.root / source.path
        if not source.path or not file.is_file():
            gone.append(source.name)
        elif _digest(file) != source.file_hash:
            changed.append(source.name)
    if gone:
        yield (
            f"{counted(len(gone), 'file')} of sources are not where they were imported from: {_some(gone)}. "
            "Their texts are in the study."
        )
    if changed:
        yield (
            f"{counted(len(changed), 'file')} of sources have changed since the import: {_some(changed)}. "
            '"quotegrid sources replace" takes the new words in; the study has the old ones.'
        )


def _seen_by_others(study: StudyFolder) -> Iterator[str]:
    if study.settings.is_on_server or os.name != "posix":
        return
    if study.database_path.stat().st_mode & _OTHERS_MAY and study.root.stat().st_mode & _OTHERS_MAY:
        yield (
            "other users of this computer can read the study; "
            f'"chmod -R go= {study.root}" keeps it to yourself.'
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _keep(study: StudyFolder, examined: Database) -> None:
    from quotegrid.storage.log_digests import all_log_digests
    from quotegrid.storage.tables import now

    with examined.session() as session:
        logs = all_log_digests(session)
    file = None if study.settings.is_on_server else _file_state(study.database_path)
    _write(study, {"at": now(), "file": file, "logs": {name: asdict(logs[name]) for name in logs}})


def _write(study: StudyFolder, content: Mapping[str, Any]) -> None:
    """Write the file of digests whole; where the folder cannot be written to, it stays as it is."""
    from quotegrid.exports.files import write_whole

    try:
        write_whole(study.root / DIGESTS, json.dumps(content, indent=1).encode())
    except (StudyError, UsageError):
        return


def _kept(study: StudyFolder) -> dict[str, Any]:
    """Return the content of the file of digests; nothing where it is missing or is damaged itself."""
    try:
        content = json.loads((study.root / DIGESTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) and {"at", "file", "logs"} <= content.keys() else {}


def _is_settled(path: Path) -> bool:
    """Return whether all of a database is in its file, and nothing in the log beside it."""
    log = path.with_name(f"{path.name}-wal")
    return not (log.is_file() and log.stat().st_size)


def _file_state(path: Path) -> dict[str, Any] | None:
    """Return size, time of the last change and digest of a database's file; None where its log has more."""
    if not _is_settled(path):
        return None
    said = path.stat()
    return {"size": said.st_size, "changed": said.st_mtime_ns, "digest": _digest(path)}


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
