"""Text can be read in every look, by WCAG's level AA, and on terminals with few colours or none."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time

import pyte
import pytest
from rich.color import Color

from quotegrid.settings import LOOKS
from quotegrid.tui.app import Workbench
from quotegrid.tui.palettes import PALETTES, palette_of
from quotegrid.tui.places import PLACES
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.tui.settling import settled
from tests.workflows.suggestions.test_candidate_themes import discovered, interviewed

__all__ = ["discovered", "interviewed"]

AA = 4.5
"""The least contrast of text of ordinary size (WCAG 2.2, 1.4.3)."""
DRAWN = {chr(point) for point in range(0x2500, 0x25A0)} | {"●", " "}
"""Lines, bars and dots are no text; whatever they tell stands in words beside them."""
DIALOGUES = ("choose", "help", "filter")
Rgb = tuple[int, int, int]


def luminance(colour: Rgb) -> float:
    """By WCAG's definition, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: Color) -> Rgb:
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def unreadable(app: Workbench) -> list[str]:
    """The texts of what is in use that lack contrast; what lies greyed below a dialogue is not in use."""
    found = []
    used = app.screen.region
    if app.screen.is_modal:
        dialogue = next(child for child in app.screen.children if child.id in DIALOGUES)
        used = dialogue.region
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        if not used.y <= y < used.bottom:
            continue
        for segment in strip.crop(used.x, used.right):
            style = segment.style
            if style is None or style.color is None or style.bgcolor is None or set(segment.text) <= DRAWN:
                continue
            front, back = rgb(style.color), rgb(style.bgcolor)
            assert not style.dim, "Textual draws what is dim in a colour of its own"
            if contrast(front, back) < AA:
                found.append(f"{contrast(front, back):.2f} {segment.text.strip()!r}")
    return found


def test_every_look_has_a_palette() -> None:
    assert [palette_of(look) for look in LOOKS] == [palette.name for palette in PALETTES]


@pytest.mark.parametrize("look", LOOKS)
async def test_all_text_has_the_contrast_of_level_aa(discovered: StudyFolder, look: str) -> None:
    suggest_codes(discovered, at_least=0.0)
    app = Workbench(discovered, start="overview")
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = palette_of(look)
        for place in PLACES:
            await pilot.press(place.key)
            await settled(pilot)
            assert unreadable(app) == [], place.name
        for key in ("question_mark", "c", "f"):
            await pilot.press("2", key)
            await pilot.pause()
            assert app.screen.is_modal
            assert unreadable(app) == [], key
            await pilot.press("escape")


def seen(study: StudyFolder, **environment: str) -> pyte.Screen:
    """Return the workbench as a terminal of 80 by 24 shows it."""
    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)
    keep = {name: value for name, value in os.environ.items() if name not in ("COLORTERM", "NO_COLOR")}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "quotegrid", "-C", str(study.root)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**keep, "COLUMNS": "80", "LINES": "24", **environment},
        start_new_session=True,
    )
    os.close(theirs)
    until = time.monotonic() + 60
    try:
        while time.monotonic() < until and not all(_shows(screen, word) for word in ("1Home", "Quit")):
            if select.select([ours], [], [], 0.2)[0]:
                stream.feed(os.read(ours, 65536))
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return screen


def _shows(screen: pyte.Screen, word: str) -> bool:
    return any(word in line for line in screen.display)


def colours(screen: pyte.Screen) -> list[tuple[str, str]]:
    return [
        (screen.buffer[y][x].fg, screen.buffer[y][x].bg)
        for y in range(24)
        for x in range(80)
        if screen.buffer[y][x].data not in DRAWN
    ]


def test_sixteen_colours_are_enough(suggested: StudyFolder) -> None:
    screen = seen(suggested, TERM="xterm-16color")
    assert _shows(screen, "1Home")
    assert all(front != back or front == "default" for front, back in colours(screen))
    assert not any(
        len(colour) == 6 and colour.isalnum() and colour.isdigit()
        for pair in colours(screen)
        for colour in pair
    )


def test_without_colours_everything_is_grey(suggested: StudyFolder) -> None:
    screen = seen(suggested, TERM="xterm-256color", COLORTERM="truecolor", NO_COLOR="1")
    assert _shows(screen, "1Home")
    shown = {
        colour for pair in colours(screen) for colour in pair if len(colour) == 6 and colour != "default"
    }
    assert shown
    for colour in shown:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
        assert max(red, green, blue) - min(red, green, blue) <= 2, colour
