from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from quotegrid.domain.coding.decisions import Action
from quotegrid.tui.app import Workbench
from quotegrid.tui.importing.screen import ImportFilesScreen
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.review.overview import Step, study_overview
from quotegrid.workflows.study.folder import StudyFolder
from tests.tui.settling import settled


def offers(pilot: Pilot[None]) -> list[str]:
    listed = pilot.app.screen.query_one("#offers", OptionList)
    return [str(listed.get_option_at_index(number).prompt) for number in range(listed.option_count)]


def said(pilot: Pilot[None], part: str) -> str:
    return str(pilot.app.screen.query_one(part, Static).render())


async def test_an_empty_study_offers_to_import(empty_study: StudyFolder) -> None:
    app = Workbench(empty_study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert offers(pilot) == ["Import transcripts, reports or tables of answers (i)"]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ImportFilesScreen)


async def test_what_is_most_sensible_comes_first_and_enter_does_it(suggested: StudyFolder) -> None:
    app = Workbench(suggested, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert offers(pilot) == ["Review 15 suggestions", "Read 5 passages without a code"]
        assert "2 sources, 2 cases, 5 passages, 3 codes" in said(pilot, "#figures")
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.current_mode == "read"
        await pilot.press("1", "up", "enter")
        await settled(pilot)
        assert app.current_mode == "review"
        await pilot.press("a", "1")
        await settled(pilot)
        assert offers(pilot)[0] == "Review 14 suggestions"
        assert "1 of 5 passages" in said(pilot, "#figures")
        assert "1 of 15 suggestions" in said(pilot, "#figures")


async def test_suggesting_is_begun_from_here(study: StudyFolder) -> None:
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert offers(pilot)[0] == "Have 3 codes suggested for the passages"
        await pilot.press("enter")
        await settled(pilot)
        await settled(pilot)
        assert app.current_mode == "review"
        assert app.review.has_suggestions


async def test_what_others_did_since_one_decided_last_is_told(
    suggested: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide_segment(suggested, 1, Action.APPLY, "Families")
    monkeypatch.setenv("QUOTEGRID_CODER", "Ben")
    decide_segment(suggested, 1, Action.APPLY, "quick fix")
    decide_segment(suggested, 2, Action.REJECT, "quick fix")
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    app = Workbench(suggested, start="overview")
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        assert "Ben made 2 decisions." in said(pilot, "#changes")
        assert "since you decided last" in said(pilot, "#changes")


async def test_a_study_without_codes_and_with_gaps_says_so(study: StudyFolder) -> None:
    study.codebook_path.write_text("themes: []\n", encoding="utf-8")
    (study.root / "corpus" / "odd.txt").write_text("I: Why?\n\nP9: No idea.\n\nI: And?\n\nP9: No.\n", "utf-8")
    from quotegrid.corpus.sources.read_source import ReadingOptions
    from quotegrid.workflows.sources.import_sources import import_sources

    import_sources(study, [study.root / "corpus" / "odd.txt"], ReadingOptions())
    steps = {offer.step: offer.told for offer in study_overview(study).offers}
    assert list(steps) == [Step.WRITE_CODES, Step.CHECK_CASES, Step.READ]
    assert steps[Step.CHECK_CASES] == "Complete who speaks: 1 lacks a group, a role or an area (9)"
    app = Workbench(study, start="overview")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.current_mode == "people"
