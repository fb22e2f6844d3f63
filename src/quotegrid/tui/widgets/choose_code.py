"""The dialogs that choose a code by part of its name, and the place of a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Label

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import plain
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.tui.widgets.guarded import GuardedScreen
from quotegrid.tui.widgets.typed_choice import TypedChoiceScreen


class ChooseCodeScreen(TypedChoiceScreen[Code, str]):
    """The codes that fit what is typed, with what each means; answers with the name of one.

    Args:
        codebook: The codes.
        title: What the code is chosen for; empty for applying it.
    """

    TITLE_SHOWN = "Apply a code: type part of its name, Enter applies, Esc leaves"

    def __init__(self, codebook: Codebook, title: str = "") -> None:
        super().__init__()
        self._codebook = codebook
        self._title = title

    def on_mount(self) -> None:
        """Show what the code is chosen for."""
        super().on_mount()
        if self._title:
            self.query_one(Label).update(plain(f"{self._title}: type part of its name, Esc leaves"))

    def fitting(self, typed: str) -> Sequence[Code]:
        """Return the codes with a name or term like what is typed."""
        return matching(self._codebook, typed)

    def line(self, thing: Code) -> Content:
        """Return the code, and the one above it."""
        if thing.parent is None:
            return Content.assemble((plain(thing.name).plain, "bold"), "  theme")
        above = shortened(plain(thing.parent).plain, 30)
        return Content.assemble(plain(thing.name), f"  {above}")

    def description(self, thing: Code | None) -> str:
        """Return what the code means."""
        if thing is None:
            return "No code is called anything like this."
        return thing.definition or "No definition."

    def answer(self, thing: Code) -> str:
        """Return the name of the code."""
        return thing.name


def matching(codebook: Codebook, typed: str) -> list[Code]:
    """Return the codes that fit what was typed, best first; all, codes before themes, where nothing was."""
    used = [code for code in codebook.walk() if not code.is_deprecated]
    codes: Sequence[Code] = [
        *(code for code in used if not codebook.children(code.name)),
        *(code for code in used if codebook.children(code.name)),
    ]
    wanted = typed.strip()
    if not wanted:
        return list(codes)
    matcher = Matcher(wanted)
    scored = []
    for place, code in enumerate(codes):
        by_term = max((matcher.match(term) for term in code.terms), default=0.0)
        score = max(matcher.match(code.name), by_term * 0.5)
        if score > 0:
            scored.append((-score, place, code))
    return [code for _, _, code in sorted(scored, key=lambda entry: entry[:2])]


def ask_place(
    screen: GuardedScreen[Any], codebook: Codebook, name: str, then: Callable[[str | None], None]
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
