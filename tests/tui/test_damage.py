"""Damage to a study is told in the workbench, by itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from quotegrid.tui.app import Workbench
from quotegrid.workflows.study.check_study import DIGESTS
from quotegrid.workflows.study.folder import StudyFolder


async def _notes(study: StudyFolder) -> list[str]:
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.look_for_damage().wait()
        await pilot.pause()
        return [note.message for note in app._notifications if note.severity == "error"]


async def test_opening_a_study_checks_in_the_background_whether_it_is_whole(suggested: StudyFolder) -> None:
    assert await _notes(suggested) == []
    assert (suggested.root / DIGESTS).is_file()
    suggested.close()
    with closing(sqlite3.connect(suggested.database_path)) as connection:
        connection.execute("UPDATE source SET text = replace(text, 'What did', 'When did')")
        connection.commit()
    [told] = await _notes(suggested)
    assert told.startswith("This study is damaged: the texts of sources: ")
    assert '"quotegrid check"' in told
    assert 'with "quotegrid backup restore"' in told
