from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.errors import DiskError, UsageError
from quotegrid.storage.people.cases import list_cases
from quotegrid.workflows.people.joining import Spellings, join, leave, rename, restore
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.people.written_groups import offered_groups, written_groups
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from tests.conftest import Result

ANSWERS = "id,group,answer\nR1,ward sister,No pumps.\nR2,Ward Sister,No time.\nR3,porter,No lifts.\n"


def test_groups_follow_the_table_without_another_import(tmp_path: Path) -> None:
    study = _imported(tmp_path, ANSWERS)
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


def test_spellings_that_are_near_are_offered_and_joined(tmp_path: Path) -> None:
    study = _imported(tmp_path, ANSWERS)
    assert [tuple(record.values()) for record in written_groups(study)] == [
        ("porter", "group", 1, None),
        ("ward sister", "group", 1, None),
        ("Ward Sister", "group", 1, None),
    ]
    (offer,) = offered_groups(study)
    assert (offer.spellings, offer.people) == (("ward sister", "Ward Sister"), 2)
    assert tomllib.loads(offer.line) == {"ward sister": ["Ward Sister"]}
    config = study.root / "quotegrid.toml"
    config.write_text(f"{config.read_text('utf-8')}\n# Ours.\n[stakeholders]\ncare = ['x'] # kept\n", "utf-8")
    study.close()
    study = open_study(study.root)
    said = join(study, Spellings.GROUPS, ["ward sister", "Ward Sister"], "nursing")
    assert said == 'ward sister, Ward Sister: joined under "nursing", a group of 2 people now.'
    join(study, Spellings.GROUPS, ["porter"], "care")
    assert "# Ours.\n[stakeholders]\ncare = ['x', \"porter\"] # kept\n" in config.read_text("utf-8")
    assert tomllib.loads(config.read_text("utf-8"))["stakeholders"]["nursing"] == ["ward sister"]
    assert offered_groups(study) == []
    assert [record["joined"] for record in written_groups(study)] == ["care", "nursing", "nursing"]
    study.close()
    assert _groups(study.root) == ["nursing", "nursing", "care"]


def test_a_spelling_is_joined_to_one_group_only(tmp_path: Path) -> None:
    study = _imported(tmp_path, ANSWERS)
    join(study, Spellings.GROUPS, ["porter"], "care")
    config = study.root / "quotegrid.toml"
    before = config.read_bytes()
    for spellings, under, what in (
        (["Porters"], "nursing", '"Porters" is joined to "care" already.'),
        (["ward sister"], "porter", '"porter" is joined to "care" already.'),
        (["-"], "care", "a group and its spellings must be words."),
    ):
        with pytest.raises(UsageError) as refused:
            join(study, Spellings.GROUPS, spellings, under)
        assert refused.value.what == what
    assert config.read_bytes() == before
    study.close()


def test_the_commands_list_offer_and_join(tmp_path: Path, run: Callable[..., Result]) -> None:
    study = _imported(tmp_path, ANSWERS)
    study.close()
    listed = run("-C", study.root, "stakeholders").out
    assert "ward sister, Ward Sister (2 people): join them?" in listed
    assert listed.endswith('[stakeholders]\n"ward sister" = ["Ward Sister"]\n')
    joined = run("-C", study.root, "stakeholders", "join", "ward sister", "--under", "nursing")
    assert (joined.code, joined.out) == (0, 'ward sister: joined under "nursing", a group of 2 people now.\n')
    assert "join them" not in run("-C", study.root, "stakeholders").out


def test_a_join_names_those_whose_group_was_set_by_hand(tmp_path: Path) -> None:
    study = _imported(tmp_path, ANSWERS)
    set_case(study, "R3", {"group": "matron"})
    assert "matron" not in [record["written"] for record in written_groups(study)]
    said = join(study, Spellings.GROUPS, ["ward sister", "matron"], "nursing")
    assert said == (
        'ward sister, matron: joined under "nursing", a group of 2 people now. '
        'Set by hand, and kept: "matron" (1 person).'
    )
    with study.reading_session() as session:
        assert [case.group for case in list_cases(session)] == ["nursing", "nursing", "matron"]
    study.close()


def _imported(folder: Path, answers: str) -> StudyFolder:
    study = init_study(folder / "ward", "Ward")
    table = study.root / "corpus" / "answers.csv"
    table.write_text(answers, encoding="utf-8")
    import_sources(study, [table], ReadingOptions())
    return study


def test_groups_are_renamed_left_and_put_back_with_comments_kept(tmp_path: Path) -> None:
    study = _imported(tmp_path, ANSWERS)
    config = study.root / "quotegrid.toml"
    config.write_text(
        f"{config.read_text('utf-8')}\n# Ours.\n[stakeholders]\ncare = ['porter'] # kept\n", "utf-8"
    )
    study.close()
    study = open_study(study.root)
    join(study, Spellings.GROUPS, ["ward sister"], "nursing")
    before = dict(study.stakeholders.groups)
    said = rename(study, Spellings.GROUPS, "nursing", "nurses")
    assert said == '"nursing" is called "nurses" now, a group of 2 people.'
    assert study.stakeholders.groups["nurses"] == ("ward sister", "nursing")
    said = leave(study, Spellings.GROUPS, ["Porters"])
    assert said == "Porters: joined to no group any more."
    assert study.stakeholders.groups["care"] == ()
    with study.reading_session() as session:
        assert [case.group for case in list_cases(session)] == ["nurses", "nurses", "porter"]
    leave(study, Spellings.GROUPS, ["nurses", "care"])
    assert study.stakeholders.groups == {}
    restore(study, Spellings.GROUPS, before)
    assert study.stakeholders.groups == before
    with study.reading_session() as session:
        assert [case.group for case in list_cases(session)] == ["nursing", "nursing", "care"]
    assert "# Ours.\n[stakeholders]\n" in config.read_text("utf-8")
    with pytest.raises(UsageError):
        leave(study, Spellings.GROUPS, ["porter", "surgeon"])
    for name, new in (("surgeons", "x"), ("care", "nursing")):
        with pytest.raises(UsageError):
            rename(study, Spellings.GROUPS, name, new)
    assert study.stakeholders.groups == before
    study.close()
