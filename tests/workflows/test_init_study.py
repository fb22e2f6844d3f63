from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from quotegrid.config import Settings
from quotegrid.workflows.init_study import STAKEHOLDERS, config_text, init_study


@pytest.mark.parametrize("name", ["Plain", 'With "quotes" and \\', "{braces} %s", "Über\tall", "two\x1b[31m"])
def test_any_name_gives_settings_that_can_be_read(name: str) -> None:
    config = tomllib.loads(config_text(name))
    assert config["study"] == {"name": name}
    assert {group: tuple(roles) for group, roles in config["stakeholders"].items()} == STAKEHOLDERS


def test_a_new_study_has_the_defaults_and_the_name_of_its_folder(tmp_path: Path) -> None:
    study = init_study(tmp_path / "Level Ground")
    assert study.settings == Settings(name="Level Ground", stakeholders=STAKEHOLDERS)
    assert study.codebook().codes == ()
    study.close()


@pytest.mark.parametrize(
    ("role", "group"),
    [
        ("LA leader", "local authority"),
        ("Local authority leaders", "local authority"),
        ("School SENCO", "school"),
        ("Principal", "school"),
        ("College principal", "college"),
        ("Parent carer forum representative", "parent carer forum"),
        ("PCF chair", "parent carer forum"),
        ("SENDIASS officer", "SENDIASS"),
        ("Parents", "parent"),
        ("Designated clinical officer", "health"),
        ("Astronaut", None),
    ],
)
def test_the_first_groups_know_the_usual_roles(tmp_path: Path, role: str, group: str | None) -> None:
    study = init_study(tmp_path)
    study.close()
    assert study.stakeholders.group_of_role(role) == group


def test_files_that_are_there_already_are_kept(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "talk.txt").write_text("A: Yes.\n", encoding="utf-8")
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "codebook.yaml").write_text("codes: [wait]\n", encoding="utf-8")
    study = init_study(tmp_path)
    assert [code.name for code in study.codebook().codes] == ["wait"]
    study.close()
    assert (tmp_path / "corpus" / "talk.txt").read_text(encoding="utf-8") == "A: Yes.\n"
