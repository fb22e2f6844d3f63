"""The palettes of the workbench: dark, light and high contrast, each meeting WCAG's level AA."""

from __future__ import annotations

from textual.theme import Theme

from quotegrid.settings import LOOKS

PALETTES = (
    Theme(
        name="quotegrid-dark",
        primary="#0a66b3",
        secondary="#004578",
        warning="#ffa62b",
        error="#ff7d96",
        success="#4ebf71",
        accent="#ffa62b",
        foreground="#e0e0e0",
        dark=True,
        variables={"text-muted": "#b4b4b4", "text-disabled": "#9c9c9c", "footer-key-foreground": "#ffb84d"},
    ),
    Theme(
        name="quotegrid-light",
        primary="#004578",
        secondary="#005a9c",
        warning="#7a4a00",
        error="#9c1f3f",
        success="#14602f",
        accent="#7a4a00",
        foreground="#161616",
        background="#f2f2f2",
        surface="#e8e8e8",
        panel="#dcdcdc",
        dark=False,
        variables={"text-muted": "#4a4a4a", "text-disabled": "#5c5c5c", "footer-key-foreground": "#00407a"},
    ),
    Theme(
        name="quotegrid-high-contrast",
        primary="#ffff00",
        secondary="#00ffff",
        warning="#ffff00",
        error="#ff9c9c",
        success="#7cff7c",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#5c5c5c",
        dark=True,
        text_alpha=1.0,
        variables={
            "text-muted": "#ffffff",
            "text-disabled": "#cfcfcf",
            "footer-key-foreground": "#ffff00",
            "block-cursor-background": "#ffff00",
            "block-cursor-foreground": "#000000",
            "block-cursor-blurred-background": "#5c5c5c",
            "block-cursor-blurred-foreground": "#ffffff",
            "input-cursor-background": "#ffff00",
            "input-cursor-foreground": "#000000",
        },
    ),
)


def palette_of(look: str) -> str:
    """Return the name of the palette for a look."""
    return PALETTES[LOOKS.index(look)].name
