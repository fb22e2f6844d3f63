"""A study's database file, and the marker by which a lost one is never silently replaced."""

from __future__ import annotations

from pathlib import Path

from quotegrid.errors import RepairError
from quotegrid.settings_values import BACKUPS

MARKER = "quotegrid.database"
"""The marker in the study's folder, whose first line names the database."""
_CODEBOOK = "quotegrid.codebook"
"""The file that is written when a codebook is first read into a database."""
_SAID = """\
{name}
The line above names the database of this study. While this file is here, quotegrid makes no new one
in its place. Delete this file only if the study is to begin anew without what was imported and decided.
"""


def refuse_lost(root: Path, path: Path) -> None:
    """Refuse to continue where the study's database is missing or empty although it had one.

    Args:
        root: The study's folder.
        path: The database's file, not opened yet: opening an empty one deletes its log.

    Raises:
        RepairError: If so.
    """
    if path.is_file() and path.stat().st_size:
        return
    log = path.with_name(f"{path.name}-wal")
    has_log = log.is_file() and log.stat().st_size > 0
    signs = _signs(root, path) + ([log] if has_log else [])
    if signs:
        raise _lost(root, path, signs, "is empty" if path.exists() else "is not there")


def refuse_emptied(root: Path, path: Path) -> None:
    """Refuse to fill a database that holds nothing although the study had one.

    Raises:
        RepairError: If so.
    """
    signs = _signs(root, path)
    if signs:
        raise _lost(root, path, signs, "is empty")


def remember(root: Path, path: Path) -> None:
    """Write the marker that the study has a database; on a read-only or full disk this may wait."""
    marker = root / MARKER
    name = _named(root, path)
    if _remembered(root) == name:
        return
    try:
        marker.write_text(_SAID.format(name=name), encoding="utf-8")
    except OSError:
        return


def _signs(root: Path, path: Path) -> list[Path]:
    from quotegrid.storage.engines.sqlite_errors import backup_files

    kept = {file if file.parent == path.parent else path.parent / BACKUPS for file in backup_files(path)}
    return [file for file in (root / MARKER, root / _CODEBOOK) if file.is_file()] + sorted(kept)


def _lost(root: Path, path: Path, signs: list[Path], how: str) -> RepairError:
    from quotegrid.storage.engines.sqlite_errors import newest_backup

    known = _remembered(root)
    log = path.with_name(f"{path.name}-wal")
    todo = "Nothing was made in its place. "
    if known and known != _named(root, path) and (root / known).is_file():
        todo += f"The study's database was {known}, which is there: put that name into quotegrid.toml. "
    elif newest_backup(path):
        todo += (
            f'Put it back, or a backup in its place with "quotegrid backup restore"{newest_backup(path)}. '
        )
    else:
        todo += "Put it back from where you keep copies of the study; there is no backup beside it. "
    if log in signs:
        todo += f"{log.name} has what was decided last; a restore keeps it with the backups. "
    todo += f"To start the study anew without it, move away {_listed(signs)}."
    return RepairError(f"this study's database {how}, and the study had one.", file=path, todo=todo)


def _listed(signs: list[Path]) -> str:
    *others, last = [sign.name for sign in signs]
    return f"{', '.join(others)} and {last}" if others else last


def _named(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _remembered(root: Path) -> str:
    marker = root / MARKER
    try:
        lines = marker.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[0].strip() if lines else ""
