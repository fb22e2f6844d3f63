"""Ask where in the codebook a new code goes."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.tui.widgets.choose_one import ChooseOneScreen


def ask_place(
    screen: Screen[None], codebook: Codebook, name: str, then: Callable[[str | None], None]
) -> None:
    """Ask below which theme a new code goes, where there are themes.

    Args:
        screen: The screen that asks.
        codebook: The codes.
        name: What the new one is called.
        then: Given the theme, or None for the top; not called where it is left.
    """
    tops = [code.name for code in codebook.themes()]
    if not tops:
        then(None)
        return

    def placed(place: int | None) -> None:
        if place is not None:
            then(None if place == 0 else tops[place - 1])

    names = ["at the top: a theme of its own", *(f"below “{top}”" for top in tops)]
    screen.app.push_screen(ChooseOneScreen(f"Where “{name}” goes", names), placed)
