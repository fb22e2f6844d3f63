from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.errors import DiskError, UsageError
from quotegrid.storage.people.cases import list_cases
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.undo import redo_in_words, undo_in_words
from quotegrid.workflows.people.joins.join_view import join_lines
from quotegrid.workflows.people.joins.joining import join, leave, rename
from quotegrid.workflows.people.joins.spellings import Spellings
from quotegrid.workflows.people.joins.written_groups import offered_groups, written_groups
from quotegrid.workflows.people.set_values import set_case
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


def test_groups_set_by_hand_are_listed_joined_and_as_typed_again(tmp_path: Path) -> None:
    study = _imported(tmp_path, ANSWERS)
    set_case(study, "R3", {"group": "Matron"})
    assert ("Matron", "group", 1, None) in [tuple(record.values()) for record in written_groups(study)]
    said = join(study, Spellings.GROUPS, ["ward sister", "matron"], "nursing")
    assert said == 'ward sister, matron: joined under "nursing", a group of 3 people now.'
    assert _stand(study) == ["nursing", "nursing", "nursing"]
    told = [line.told for line in join_lines(study, Spellings.GROUPS)]
    assert told[1:] == [
        "ward sister   1 person",
        "Matron   1 person",
        "Ward Sister   1 person",
        "porter   1 person",
    ]
    # What is set by hand later is joined at once, and an undo of it brings back what was typed.
    set_case(study, "R1", {"group": "MATRON"})
    set_case(study, "R1", {"group": "porter"})
    assert _stand(study) == ["porter", "nursing", "nursing"]
    undo_in_words(study)
    assert _stand(study) == ["nursing", "nursing", "nursing"]
    leave(study, Spellings.GROUPS, ["matron"])
    assert _stand(study) == ["MATRON", "nursing", "Matron"]
    assert undo_in_words(study) == ('Took back a change of spellings: took "matron" out of the groups.')
    assert _stand(study) == ["nursing", "nursing", "nursing"]
    study.close()


def test_joins_are_entries_of_the_journal_undone_and_redone_to_the_letter(
    tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    study = _imported(tmp_path, ANSWERS)
    config = study.root / "quotegrid.toml"
    config.write_text(
        f"{config.read_text('utf-8')}\n[stakeholders] # Ours.\ncare = [\n  'x', # first\n]\n", "utf-8"
    )
    files = [config.read_bytes()]
    groups: list[list[str | None]] = [["ward sister", "Ward Sister", "porter"]]
    changes: tuple[Callable[[], str], ...] = (
        lambda: join(study, Spellings.GROUPS, ["ward sister"], "nursing"),
        lambda: rename(study, Spellings.GROUPS, "nursing", "nurses"),
        lambda: join(study, Spellings.GROUPS, ["porter", "x"], "moving", moves=True),
        lambda: leave(study, Spellings.GROUPS, ["ward sister", "care"]),
    )
    for change in changes:
        change()
        files.append(config.read_bytes())
        groups.append(_stand(study))
    assert groups[1:] == [
        ["nursing", "nursing", "porter"],
        ["nurses", "nurses", "porter"],
        ["nurses", "nurses", "moving"],
        ["ward sister", "Ward Sister", "moving"],
    ]
    assert [entry.what for entry in read_history(study, kind="case")] == [
        'joined "ward sister" to the group "nursing"',
        'renamed the group "nursing" to "nurses"',
        'joined "porter", "x" to the group "moving"',
        'took "ward sister", "care" out of the groups',
    ]
    for place in (3, 2, 1, 0):
        assert undo_in_words(study).startswith("Took back a change of spellings: ")
        assert (config.read_bytes(), _stand(study)) == (files[place], groups[place])
    assert undo_in_words(study) == "There is nothing to undo."
    for place in (1, 2, 3, 4):
        assert redo_in_words(study).startswith("Restored a change of spellings: ")
        assert (config.read_bytes(), _stand(study)) == (files[place], groups[place])
    study.close()
    assert run("-C", study.root, "cases", "undo").code == 0
    assert (config.read_bytes(), _groups(study.root)) == (files[3], groups[3])
    # Elsewhere in the file, and of other groups, anybody may change something meanwhile.
    config.write_text(
        config.read_text("utf-8").replace('name = "Ward"', 'name = "Ward 4"') + "extra = ['y']\n", "utf-8"
    )
    assert run("-C", study.root, "undo").code == 0
    assert _groups(study.root) == groups[2]
    edited = config.read_text("utf-8")
    assert (
        'name = "Ward 4"' in edited
        and "[stakeholders] # Ours.\ncare = [" in edited
        and "extra = ['y']" in edited
    )
    # Where the file was changed by hand, nothing is overwritten.
    config.write_text(edited.replace("nurses = ", "nurses = ['z'] #"), "utf-8")
    edited = config.read_text("utf-8")
    refused = run("-C", study.root, "undo")
    assert refused.code == 2
    assert '"nurses" in [stakeholders] of quotegrid.toml was changed by hand since.' in refused.err
    assert config.read_text("utf-8") == edited
    config.write_text("[study\n", "utf-8")
    assert run("-C", study.root, "undo").code == 3
    config.write_text(edited.replace("['z'] #", ""), "utf-8")
    monkeypatch.setenv("QUOTEGRID_CODER", "bea")
    assert run("-C", study.root, "stakeholders", "rename", "nurses", "sisters").code == 0
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    refused = run("-C", study.root, "undo")
    assert 'since then bea renamed the group "nurses" to "sisters".' in refused.err


def test_a_join_that_cannot_be_stored_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = _imported(tmp_path, ANSWERS)
    config = study.root / "quotegrid.toml"
    before = config.read_bytes()

    def refuse(*_: object) -> None:
        raise DiskError("full", file=config)

    with monkeypatch.context() as patched:
        patched.setattr("quotegrid.workflows.people.joins.spellings.follow_joins", refuse)
        with pytest.raises(DiskError):
            join(study, Spellings.GROUPS, ["porter"], "care")
    assert (config.read_bytes(), dict(study.stakeholders.groups)) == (before, {})
    assert read_history(study, kind="case") == []
    study.close()


def _stand(study: StudyFolder) -> list[str | None]:
    with study.reading_session() as session:
        return [case.group for case in list_cases(session)]


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
    undo_in_words(study)
    undo_in_words(study)
    undo_in_words(study)
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
