from __future__ import annotations

from pathlib import Path

from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records


def test_a_backup_is_made_listed_checked_and_put_back(run: Run, study: StudyFolder, tmp_path: Path) -> None:
    here = ("-C", study.root)
    assert_refused(run(*here, "backup", "restore"), 2, "this study has no backup")
    decide_segment(study, 1, Action.APPLY, "room to plan")
    study.close()
    made = run(*here, "backup", "now")
    (listed,) = records(run(*here, "backup", "list", "--format", "json"))
    assert made.out.startswith(f"Wrote {listed['folder']}: {listed['entries']} entries")
    assert "1 backup." in run(*here, "backup").out
    assert run(*here, "backup", "verify").out == f"{listed['name']}: whole\n1 backup checked.\n"
    assert run(*here, "undo").code == 0
    assert_refused(run(*here, "backup", "restore", "none"), 2, 'there is no backup "none"')
    asked = run(*here, "backup", "restore")
    assert (asked.code, asked.err) == (
        2,
        "quotegrid: nothing was changed: nobody can be asked here. --yes does it.\n",
    )
    restored = run(*here, "backup", "restore", "--yes")
    assert "what came since (1) is kept" in restored.out
    assert len(records(run(*here, "decisions", "--format", "json"))) == 1
    before = records(run(*here, "backup", "list", "--format", "json"))[-1]
    assert f'"quotegrid backup restore {before["name"]}" undoes this' in restored.out
    (Path(listed["folder"]) / "codebook.yaml").write_text("themes: []", encoding="utf-8")
    damaged = run(*here, "backup", "verify", listed["name"])
    assert damaged.code == 4
    assert "codebook.yaml has changed" in damaged.out
    copied = run(*here, "copy", tmp_path / "copy")
    assert copied.out.startswith("Copied ")
    assert len(records(run("-C", tmp_path / "copy", "decisions", "--format", "json"))) == 1
    assert_refused(run(*here, "copy", tmp_path / "copy"), 2, "this is there already")
