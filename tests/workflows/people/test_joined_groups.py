from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.errors import DiskError
from quotegrid.storage.people.cases import list_cases
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study

ANSWERS = "id,group,answer\nR1,ward sister,No pumps.\nR2,Ward Sister,No time.\nR3,porter,No lifts.\n"


def test_groups_follow_the_table_without_another_import(tmp_path: Path) -> None:
    study = init_study(tmp_path / "ward", "Ward")
    answers = study.root / "corpus" / "answers.csv"
    answers.write_text(ANSWERS, encoding="utf-8")
    import_sources(study, [answers], ReadingOptions())
    study.close()
    config = study.root / "quotegrid.toml"
    as_made = config.read_text(encoding="utf-8")
    assert _groups(study.root) == ["ward sister", "Ward Sister", "porter"]
    config.write_text(f'{as_made}\n[stakeholders]\nnursing = ["ward sister"]\n', encoding="utf-8")
    assert _groups(study.root) == ["nursing", "nursing", "porter"]
    config.write_text(as_made, encoding="utf-8")
    assert _groups(study.root) == ["ward sister", "Ward Sister", "porter"]


def test_a_study_that_cannot_be_written_to_keeps_its_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = init_study(tmp_path / "ward", "Ward")
    study.close()
    config = study.root / "quotegrid.toml"
    config.write_text(config.read_text(encoding="utf-8") + "\n[stakeholders]\na = []\n", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise DiskError("read-only", file=config)

    monkeypatch.setattr(StudyFolder, "writing", refuse)
    assert _groups(study.root) == []


def _groups(root: Path) -> list[str | None]:
    study = open_study(root)
    with study.reading_session() as session:
        found = [case.group for case in list_cases(session)]
    study.close()
    return found
