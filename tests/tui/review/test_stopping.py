"""Passages drawn at random, looked at in the review."""

from __future__ import annotations

from textual.widgets import Static

from quotegrid.domain.coding.review import Walk, WalkScope
from quotegrid.storage.coding.stopping import latest_draw
from quotegrid.tui.app import Workbench
from quotegrid.workflows.coding.stopping import audit
from quotegrid.workflows.study.folder import StudyFolder


async def test_choosing_the_sample_draws_it_and_s_goes_through_it(suggested: StudyFolder) -> None:
    app = Workbench(suggested)
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        await pilot.press("f", *["down"] * list(WalkScope).index(WalkScope.DRAWN), "enter")
        await pilot.pause()
        assert app.review.walk == Walk(which=WalkScope.DRAWN)
        with suggested.reading_session() as session:
            draw = latest_draw(session)
        assert draw is not None and len(draw.segments) == draw.population
        seen = []
        for _ in draw.segments:
            item = app.review.current()
            assert item is not None
            seen.append(item.quote.id)
            await pilot.press("s")
        await pilot.pause()
        assert seen == list(draw.segments)
        found = audit(suggested)
        assert found is not None and found.looked_at == found.drawn
        assert f"{found.drawn} of {found.drawn} looked at" in str(
            app.screen.query_one("#place", Static).render()
        )
        await app.workers.wait_for_complete()
        await pilot.pause()
        panel = str(app.screen.query_one("#progress-text", Static).render())
        assert "Still to be found (audit)" in panel and "about 0 (0 to 0)" in panel
