"""The reports of faults in quotegrid itself, in the study's folder."""

from __future__ import annotations

import platform
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from quotegrid.errors import DataError, FaultError, UnreadableError
from quotegrid.workflows.study.folder import StudyFolder

_WITH = ("textual", "sqlmodel", "sqlalchemy")


def keep_fault(study: StudyFolder, error: BaseException) -> FaultError:
    """Write a report of a fault beside the study's database, and return the error for the user.

    It has the lines of code that led to the fault and no values, so no words of a source, but for what the
    error itself says.
    """
    try:
        path = _report(study, [error])
    except OSError as problem:
        return FaultError(f"{_SAID} No report could be written ({problem.strerror}): {error!r}.")
    return FaultError(
        _SAID,
        file=path,
        todo="The report says where; send it to who looks after quotegrid, then open the workbench again.",
    )


def with_report(study: StudyFolder, problems: Sequence[DataError]) -> list[DataError]:
    """Write a report of the files on which readers failed, and name it in the error of each of them.

    Returns:
        The same problems, in their order; where there is no such file among them no report is written.
    """
    failed = [problem for problem in problems if isinstance(problem, UnreadableError)]
    if not failed:
        return list(problems)
    try:
        report = _report(study, failed)
    except OSError:
        return list(problems)
    for problem in failed:
        problem.todo = f"{problem.todo} {report.name} says where it failed."
    return list(problems)


def _report(study: StudyFolder, errors: Sequence[BaseException]) -> Path:
    at = datetime.now(UTC)
    path = study.root / f"fault-{at:%Y-%m-%d-%H%M%S}.txt"
    lines = [
        f"quotegrid {version('quotegrid')}, {at.isoformat(timespec='seconds')}",
        f"Python {platform.python_version()}, {platform.platform()}",
        ", ".join(f"{name} {version(name)}" for name in _WITH),
    ]
    for error in errors:
        lines += ["", *traceback.format_exception(error)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


_SAID = "the workbench stopped because of a fault in quotegrid. Every decision is kept."
