"""The dialog that chooses a code by part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Label

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.text.normalise import shortened
from quotegrid.tui.look import plain
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
