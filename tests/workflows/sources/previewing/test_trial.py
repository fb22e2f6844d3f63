from __future__ import annotations

from collections.abc import Callable

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.errors import StudyBusyError
from quotegrid.storage.people.cases import list_cases
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.sources.previewing import trial
from quotegrid.workflows.study.change_settings import read_settings_again
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result

FIRST = "id,group,answer\nR1,porters,No pumps.\nR2,cooks,Yes we do.\n"
SECOND = "id,group,answer\nR1,porters,Still none.\nR7,cooks,Some at night.\n"
WHO = "speaker,shift\nR1,day\nR2,night\nR9,day\n"


def write(study: StudyFolder, name: str, text: str) -> None:
    (study.root / "corpus" / name).write_text(text, encoding="utf-8")


def attributes(study: StudyFolder) -> dict[str, dict[str, str]]:
    with study.reading_session() as session:
        return {case.name: dict(case.attributes) for case in list_cases(session)}


def test_a_changed_table_is_shown_as_a_difference_and_changes_nothing_yet(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    write(empty_study, "may.csv", FIRST)
    write(empty_study, "who.csv", WHO)
    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    before = attributes(empty_study)
    write(empty_study, "who.csv", WHO.replace("night", "day"))
    found = preview_import(empty_study, [empty_study.root / "corpus" / "who.csv"], ReadingOptions())
    assert found.effect.differences == ['R2: shift "day", was "night"']
    assert found.effect.unmatched == ['who.csv:4: nobody called "R9" speaks']
    assert attributes(empty_study) == before
    beside = preview_import(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    assert beside.effect.differences == found.effect.differences
    told = run("-C", empty_study.root, "import", empty_study.root / "corpus" / "who.csv", "--preview").out
    assert '  Would change: R2: shift "day", was "night"\n' in told
    import_sources(empty_study, [empty_study.root / "corpus" / "who.csv"], ReadingOptions())
    again = run("-C", empty_study.root, "import", empty_study.root / "corpus" / "who.csv", "--preview").out
    assert "The attributes would change nothing of what the study has." in again


def test_a_second_wave_says_who_is_in_the_study_already(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    write(empty_study, "may.csv", FIRST)
    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    write(empty_study, "june.csv", SECOND)
    told = run("-C", empty_study.root, "import", empty_study.root / "corpus", "--preview").out
    assert "R1: case R1, porters (in the study already); 1 turn" in told
    assert "R7: case R7, cooks; 1 turn" in told
    assert "People: 1 in the study already, 1 new" in told


def test_an_effect_that_cannot_be_tried_is_said(
    empty_study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(empty_study, "may.csv", FIRST)
    write(empty_study, "who.csv", WHO)
    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions())

    def refuse(*_: object) -> int:
        raise StudyBusyError("somebody else is writing.")

    monkeypatch.setattr(trial, "update_areas", refuse)
    found = preview_import(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    assert "somebody else is writing" in found.effect.why_not_known


def test_people_called_like_interviewers_answer_in_a_survey(empty_study: StudyFolder) -> None:
    write(
        empty_study, "may.csv", "id,group,answer\nQ1,a,No pumps.\nI2,b,Why none?\nI2,b,And why?\nI2,b,How?\n"
    )
    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    assert [quote.case for quote in all_quotes(empty_study)] == ["Q1", "I2", "I2", "I2"]


def test_a_turn_of_a_table_keeps_the_values_of_its_own_row(empty_study: StudyFolder) -> None:
    write(
        empty_study,
        "talk.csv",
        "Speaker,Words,Wave,Ward,Group\nJo,How was it at first?,1,A,\nAnn,We had none at all.,1,A,cooks\n"
        "Jo,And now?,2,A,\nAnn,We share them with others.,2,A,porters\n",
    )
    config = empty_study.root / "quotegrid.toml"
    table = '\n[tables."talk.csv"]\ntext = ["Words"]\nspeaker = "Speaker"\ngroup = "Group"\n'
    config.write_text(f'{config.read_text("utf-8")}{table}attributes = ["Wave", "Ward"]\n', encoding="utf-8")
    assert read_settings_again(empty_study)
    summary = import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    assert [dict(quote.attributes) for quote in all_quotes(empty_study)] == [
        {"wave": "1", "ward": "A"},
        {"wave": "2", "ward": "A"},
    ]
    told = [str(warning) for _, warning in summary.warnings]
    assert any('the group of "Ann" is "porters", but "cooks" on line 3.' in warning for warning in told)
    assert any("is read as each turn's own" in warning for warning in told)
