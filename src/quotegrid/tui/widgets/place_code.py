"""The question where in the codebook a new code goes."""

from __future__ import annotations

from collections.abc import Callable

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.guarded import GuardedScreen


def ask_place(
    screen: GuardedScreen[None], codebook: Codebook, name: str, then: Callable[[str | None], None]
) -> None:
    """Ask below which theme a new code goes, if there are themes.

    Args:
        screen: The screen that asks.
        codebook: The codes.
        name: The name of the new code.
        then: Called with the theme, or None for the top; not called if the dialog is left.
    """
    tops = [code.name for code in codebook.themes()]
    if not tops:
        then(None)
        return

    names = ["at the top: a theme of its own", *(f"below “{top}”" for top in tops)]
    screen.ask(
        ChooseOneScreen(f"Where “{name}” goes", names),
        lambda place: then(None if place == 0 else tops[place - 1]),
    )
