"""The dialog that shows which passages a query's code would be applied to, and asks."""

from __future__ import annotations

from collections.abc import Callable

from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.workflows.coding.apply_query import apply_to_all, plan_application
from quotegrid.workflows.study.folder import StudyFolder


async def apply_to_fitting(
    screen: WorkbenchScreen,
    study: StudyFolder,
    query: str,
    code: str,
    decide: Callable[[Callable[[], str]], None],
) -> None:
    """Show the passages that fit a query and do not have a code yet, and apply it if the user agrees.

    Args:
        screen: The screen that asks.
        study: The study.
        query: The query.
        code: The code's name.
        decide: Makes the decisions of a function, and shows the sentence that it returns.
    """
    plan = await screen.attempt(lambda: plan_application(study, query, code))
    if plan is None:
        return
    if not plan.segments:
        screen.say(plan.sentence())
        return

    def apply(is_sure: bool | None) -> None:
        if is_sure:
            decide(lambda: apply_to_all(study, plan))

    lines = [plan.sentence(), "", *plan.first_lines(), "", "One undo takes all of it back."]
    screen.app.push_screen(ReadLinesScreen(f"Apply “{plan.code}” to all that fit", lines, "apply"), apply)
