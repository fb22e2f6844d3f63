from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.settings import Settings
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.describe_settings import config_text
from quotegrid.workflows.study.init_study import init_study


@pytest.mark.parametrize("name", ["Plain", 'With "quotes" and \\', "{braces} %s", "Über\tall", "two\x1b[31m"])
def test_any_name_gives_settings_that_can_be_read(name: str) -> None:
    config = tomllib.loads(config_text(name))
    assert config["study"] == {"name": name}
    assert "stakeholders" not in config


def test_a_new_study_has_the_defaults_and_the_name_of_its_folder(tmp_path: Path) -> None:
    study = init_study(tmp_path / "Level Ground")
    assert study.settings == Settings(name="Level Ground")
    assert current_codebook(study).codes == ()
    study.close()


def test_a_new_study_has_no_groups_and_no_attributes_of_its_own(tmp_path: Path) -> None:
    study = init_study(tmp_path)
    study.close()
    assert study.stakeholders.names == ()
    assert study.settings.attributes == ()
    written = (tmp_path / "quotegrid.toml").read_text(encoding="utf-8").casefold()
    assert not any(word in written for word in ("sendiass", "senco", "parent", "on_track"))


def test_the_table_that_a_new_studys_settings_show_can_be_used(tmp_path: Path) -> None:
    written = config_text("T")
    start = written.index("# [stakeholders]")
    shown = written[start : written.index("\n\n", start)]
    config = tomllib.loads(written + "\n".join(line.removeprefix("# ") for line in shown.splitlines()))
    assert Stakeholders({g: tuple(r) for g, r in config["stakeholders"].items()}).group_of_role("Ward sister")


def test_files_that_are_there_already_are_kept(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "talk.txt").write_text("A: Yes.\n", encoding="utf-8")
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "codebook.yaml").write_text("codes: [wait]\n", encoding="utf-8")
    study = init_study(tmp_path)
    assert [code.name for code in current_codebook(study).codes] == ["wait"]
    study.close()
    assert (tmp_path / "corpus" / "talk.txt").read_text(encoding="utf-8") == "A: Yes.\n"


def test_a_survey_with_any_groups_is_imported_whole_into_a_new_study(tmp_path: Path) -> None:
    study = init_study(tmp_path)
    groups = ("manager", "ward sister", "Porter")
    answers = "".join(f"R{number},{groups[number % 3]},Too few staff.\n" for number in range(200))
    (tmp_path / "corpus" / "survey.csv").write_text(f"ID,Group,Answer\n{answers}", encoding="utf-8")
    summary = import_sources(study, [tmp_path / "corpus"], ReadingOptions())
    assert (summary.problems, summary.warnings) == ([], [])
    assert make_matrix(study, rows="code", columns="group").matrix.columns == (
        "manager",
        "Porter",
        "ward sister",
    )
    study.close()
