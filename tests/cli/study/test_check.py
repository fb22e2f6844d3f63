"""The commands that check and repair a study."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result


def _damage(study: StudyFolder, statement: str) -> None:
    study.close()
    with closing(sqlite3.connect(study.database_path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_damage_is_named_and_made_again_or_left_to_a_backup(
    suggested: StudyFolder, run: Callable[..., Result]
) -> None:
    root = suggested.root
    assert run("-C", root, "decide", "1", "accept").code == 0
    whole = run("-C", root, "check")
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.splitlines()[-1].startswith("The study is whole: its journal up to number ")
    assert run("-C", root, "repair").out == "The study is whole.\n"

    _damage(suggested, "DELETE FROM coding")
    assert run("-C", root, "check", "--quick").code == 0
    found = run("-C", root, "check")
    assert found.code == 4
    assert "Damaged: the codings: by the journal 1 coding is missing." in found.out
    assert '"quotegrid repair" makes again' in found.err
    assert "a backup" not in found.err
    done = run("-C", root, "repair")
    assert done.code == 0
    assert "Made again: the codings" in done.out
    [copy] = root.glob("backups/*")
    assert copy.name in done.out
    assert run("-C", root, "check").code == 0

    _damage(suggested, "UPDATE source SET text = upper(text) WHERE name = 'head.md'")
    for words in (["check"], ["repair"]):
        left = run("-C", root, *words)
        assert left.code == 4
        assert '"head.md" has other words than when it was imported' in left.out
        assert 'with "quotegrid backup restore"' in left.err
        assert '"quotegrid repair"' not in left.err
