"""The progress of a review by group and code, updated with each decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.status import Progress, group_shown, progress_by_group_and_code
from quotegrid.workflows.coding.stopping import audit
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.workflows.coding.review.items import Item

Figures = tuple[int, int, int]
"""Suggestions decided, suggestions made, quotes coded."""


class ReviewProgress:
    """The progress of every group and code.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        by_group, by_code = progress_by_group_and_code(study, current_codebook(study))
        self._of_groups = {row.name: (row.done, row.total, row.coded) for row in by_group}
        self._of_codes = {row.name: (row.done, row.total, row.coded) for row in by_code}
        self._codes = [row.name for row in by_code]
        told = audit(study)
        self.left = [
            (estimate.code, estimate.left.in_words())
            for estimate in (told.codes if told else ())
            if estimate.left is not None
        ]
        """The estimate of each code's passages still to be found, in words, where there is one."""

    def by_group(self) -> list[Progress]:
        """Return the progress of each group, in the order of the settings."""
        return [Progress(name, *figures) for name, figures in self._of_groups.items()]

    def by_code(self) -> list[Progress]:
        """Return the progress of each code that can be suggested, in the order of the codebook."""
        return [Progress(name, *self._of_codes.get(name, (0, 0, 0))) for name in self._codes]

    def replace(self, before: Item, after: Item) -> None:
        """Replace a segment's contribution to the figures."""
        for item, sign in ((before, -1), (after, 1)):
            shown = group_shown(item.quote.group)
            # Groups whose names differ in case alone are one, under the name that is shown.
            group = next((name for name in self._of_groups if name.casefold() == shown.casefold()), shown)
            self._of_groups[group] = _added(self._of_groups.get(group), _of_segment(item), sign)
            for code, figures in _of_its_codes(item):
                self._of_codes[code] = _added(self._of_codes.get(code), figures, sign)


def _added(figures: Figures | None, more: Figures, sign: int) -> Figures:
    done, made, coded = figures or (0, 0, 0)
    return done + sign * more[0], made + sign * more[1], coded + sign * more[2]


def _of_segment(item: Item) -> Figures:
    suggested = [candidate for candidate in item.candidates if candidate.suggestion is not None]
    return sum(not candidate.waits for candidate in suggested), len(suggested), int(bool(item.quote.codes))


def _of_its_codes(item: Item) -> Iterator[tuple[str, Figures]]:
    for candidate in item.candidates:
        is_suggested = candidate.suggestion is not None
        is_done = is_suggested and not candidate.waits
        yield candidate.code, (int(is_done), int(is_suggested), int(candidate.code in item.quote.codes))
