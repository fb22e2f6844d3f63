"""The last line of a screen: the keys that there is room for, none of them cut."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from quotegrid.tui.keys import bindings_of

_EVERYWHERE = ("help", "quit")
"""The actions whose keys stand in every window, however narrow."""


class KeyFooter(Footer):
    """The keys of what is used, of its screen, and of the workbench, in the order of the page of keys.

    Where not all fit, the later ones of a screen are left to the page of keys.

    Args:
        kept: The actions whose keys stand in every window, beside help and leaving.
    """

    def __init__(self, kept: Sequence[str] = ()) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._kept = {*_EVERYWHERE, *kept}
        self._drawn_width = 0

    def on_resize(self) -> None:
        """Choose the keys anew for another width."""
        if self.size.width != self._drawn_width:
            self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        """Lay out the keys that there is room for."""
        self._drawn_width = self.size.width
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        order = [binding.action for binding in (*bindings_of(self.screen), *bindings_of(self.app))]
        keys.sort(key=lambda key: order.index(key.action) if key.action in order else -1)
        # The last key needs no space behind it.
        room = self._drawn_width + 1 - sum(_width(key) for key in keys if key.action in self._kept)
        for key in keys:
            if key.action not in self._kept:
                if _width(key) > room:
                    continue
                room -= _width(key)
            yield key


def _width(key: FooterKey) -> int:
    """Return the columns that a key takes, with the space behind it."""
    return cell_len(key.key_display) + 1 + cell_len(key.description) + 1
