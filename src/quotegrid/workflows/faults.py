"""A report of a fault in quotegrid itself, kept in the study's folder."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from importlib.metadata import version

from quotegrid.errors import FaultError
from quotegrid.workflows.folder import StudyFolder

_WITH = ("textual", "sqlmodel", "sqlalchemy")


def keep_fault(study: StudyFolder, error: BaseException) -> FaultError:
    """Write a report of a fault beside the study's database, and make of it what the user is told.

    It has the lines of code that led to the fault and no values, so no words of a source, but for what the
    error itself says.
    """
    at = datetime.now(UTC)
    path = study.root / f"fault-{at:%Y-%m-%d-%H%M%S}.txt"
    lines = [
        f"quotegrid {version('quotegrid')}, {at.isoformat(timespec='seconds')}",
        f"Python {platform.python_version()}, {platform.platform()}",
        ", ".join(f"{name} {version(name)}" for name in _WITH),
        "",
        *traceback.format_exception(error),
    ]
    try:
        path.write_text("\n".join(lines), encoding="utf-8")
    except OSError as problem:
        return FaultError(f"{_SAID} No report could be written ({problem.strerror}): {error!r}.")
    return FaultError(
        _SAID,
        file=path,
        todo="The report says where; send it to who looks after quotegrid, then open the workbench again.",
    )


_SAID = "the workbench stopped because of a fault in quotegrid. Every decision is kept."
