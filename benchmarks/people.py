"""Benchmark of the grid of people: the time from a key to the end of painting.

    python benchmarks/people.py [FOLDER]

makes a study of 2,000 people with 40 attributes each, their group, role and area besides, in FOLDER (or in a
temporary folder) where it is not there yet, and edits it with the keys in the table below, as
`benchmarks/tui.py` does on the other screens. Every edit is on disk before it is painted; a time ends when
what was typed, or what stands after an undo, can be read on the screen.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy import insert
from textual import events
from textual.keys import _character_to_key

from benchmarks.large_study import Size, make_large_study
from benchmarks.painting import MeasureError, seconds_to_paint
from benchmarks.tui import TERMINAL, TimedDriver
from quotegrid.domain.people.case_values import Origin
from quotegrid.storage.people.case_values import case_rows, settle
from quotegrid.storage.tables import CaseValueRow
from quotegrid.tui.app import Workbench
from quotegrid.workflows.study.folder import StudyFolder, open_study

PEOPLE, ATTRIBUTES = 2_000, 40
_EDITS = 30
_SIZE = (160, 50)


def make_people_study(folder: Path, people: int, attributes: int) -> StudyFolder:
    """Create a study of so many people, each of whom has all attributes but one or two."""
    study = make_large_study(folder, Size(segments=3 * people, codings=0, cases=people, sources=100))
    with study.writing_session("adding attributes") as session:
        rows: list[dict[str, object]] = []
        for case in case_rows(session, None):
            who = {"group": case.group, "role": case.role, "area": case.area}
            own = {
                f"attribute_{number:02}": f"value {(case.id or 0) * number % 9}"
                for number in range(attributes)
                if ((case.id or 0) + number) % 31
            }
            rows += [
                {
                    "case_id": case.id,
                    "source_id": 1,
                    "label": case.name,
                    "field": field,
                    "value": value,
                    "origin": Origin.TABLE.value,
                    "place": "people.csv",
                    "line": (case.id or 0) + 1,
                    "written": "",
                }
                for field, value in {**who, **own}.items()
            ]
        session.connection().execute(insert(CaseValueRow), rows)
        settle(session)
    return study


async def _painted(app: Workbench, key: str, *, shows: str = "") -> float:
    """Return the seconds from a key to the end of painting."""
    event = events.Key(key, None) if len(key) > 1 else events.Key(_character_to_key(key), key)
    try:
        return await seconds_to_paint(TERMINAL, lambda: app.post_message(event), shows=shows)
    except MeasureError as error:
        raise MeasureError(f"Key “{key}”: {error}") from error


async def _typed(app: Workbench, word: str) -> float:
    """Type a value, and return the seconds from Enter until it is painted as saved."""
    for key in ("enter", *word):
        await _painted(app, key)
    taken = await _painted(app, "enter", shows=f": attribute 02 {word}")
    await _painted(app, "escape")
    return taken


def _line(what: str, times: list[float]) -> str:
    ordered = sorted(times)
    at = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    figures = " ".join(f"{1000 * seconds:6.0f} ms" for seconds in (statistics.median(times), at, ordered[-1]))
    return f"{what:16} {len(times):6} {figures}"


async def _press(study: StudyFolder) -> list[str]:
    app = Workbench(study, start="settings")
    app.driver_class = TimedDriver
    tasks: list[asyncio.Task[None]] = []
    await seconds_to_paint(
        TERMINAL,
        lambda: tasks.append(asyncio.create_task(app.run_async(size=_SIZE))),
        shows="Settings of this study",
        longest=60.0,
    )
    lines = [f"{'what':16} {'keys':>6} {'median':>9} {'95 %':>9} {'worst':>9}"]
    try:
        lines.append(_line("show", [await _painted(app, "9", shows="lack something")]))
        moves = "down right pagedown up left down".split() * 4
        lines.append(_line("move", [await _painted(app, key) for key in moves]))
        for _ in range(5):
            await _painted(app, "right")
        words = [f"x{number:02}" for number in range(_EDITS)]
        lines.append(_line("edit a value", [await _typed(app, word) for word in words]))
        undone = [await _painted(app, "u", shows=f'the attribute 02 "{word}"') for word in reversed(words)]
        lines.append(_line("undo", undone))
    finally:
        app.exit()
        await tasks[0]
    return lines


def main() -> None:
    """Print a line for each kind of key."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "study"
        study = open_study(folder) if folder.exists() else make_people_study(folder, PEOPLE, ATTRIBUTES)
        with closing(study):
            try:
                print("\n".join(asyncio.run(_press(study))))
            except MeasureError as error:
                raise SystemExit(f"Not measured: {error}") from error


if __name__ == "__main__":
    main()
