"""The methods of `Study` that discover themes and decide on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotegrid.domain.suggestions.candidate_themes import ThemeState

if TYPE_CHECKING:
    from quotegrid.workflows.study.folder import StudyFolder
    from quotegrid.workflows.suggestions.discover import DiscoverySummary


class StudyThemes:
    """The methods of `Study` for candidate themes."""

    _folder: StudyFolder

    def discover(self, *, everything: bool = False) -> DiscoverySummary:
        """Discover themes in uncoded passages, or in all of them; nothing is coded by it."""
        from quotegrid.workflows.suggestions.discover import discover_themes

        return discover_themes(self._folder, everything=everything)

    def themes(self) -> list[dict[str, Any]]:
        """Return the candidate themes, with the documented fields and their quotes; open ones first."""
        from quotegrid.workflows.suggestions.candidate_themes import theme_records, themes

        return theme_records(themes(self._folder))

    def accept_theme(self, theme: str, *, code: str | None = None, below: str | None = None) -> None:
        """Make a candidate theme a code, with its words as terms and two of its quotes as examples.

        Args:
            theme: Its name or number.
            code: The code's name; None for the theme's name.
            below: The code below which it goes; None for the top.
        """
        from quotegrid.workflows.suggestions.candidate_themes import accept_theme

        accept_theme(self._folder, theme, code=code, below=below)

    def merge_theme(self, theme: str, code: str) -> None:
        """Merge a candidate theme into a code: its words become terms, its quotes examples."""
        from quotegrid.workflows.suggestions.candidate_themes import merge_theme

        merge_theme(self._folder, theme, code)

    def set_theme(self, theme: str, state: str) -> None:
        """Set a candidate theme's state: "set aside", "not a theme" or "open"."""
        from quotegrid.workflows.suggestions.candidate_themes import set_theme

        set_theme(self._folder, theme, ThemeState(state))
