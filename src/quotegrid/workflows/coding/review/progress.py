"""The progress of a review by group and code, updated with each decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotegrid.domain.people.stakeholders import in_order
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.status import Progress
from quotegrid.workflows.coding.stopping import audit
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.workflows.coding.review.items import Item

Figures = tuple[int, int, int]
"""Suggestions decided, suggestions made, quotes coded."""
NOT_KNOWN = "not known"


class ReviewProgress:
    """The progress of every group and code.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        from quotegrid.storage.coding.review import progress_by_code, progress_by_group

        self._codes = [code.name for code in current_codebook(study).assignable()]
        self._groups_known = study.stakeholders.names
        with study.reading_session() as session:
            self._of_groups = {name or NOT_KNOWN: row for name, row in progress_by_group(session).items()}
            self._of_codes = progress_by_code(session)
        told = audit(study)
        self.left = [
            (estimate.code, estimate.left.in_words())
            for estimate in (told.codes if told else ())
            if estimate.left is not None
        ]
        """The estimate of each code's passages still to be found, in words, where there is one."""

    def by_group(self) -> list[Progress]:
        """Return the progress of each group, in the order of the settings."""
        order = in_order(self._of_groups, self._groups_known)
        return [Progress(name, *self._of_groups[name]) for name in order]

    def by_code(self) -> list[Progress]:
        """Return the progress of each code that can be suggested, in the order of the codebook."""
        return [Progress(name, *self._of_codes.get(name, (0, 0, 0))) for name in self._codes]

    def replace(self, before: Item, after: Item) -> None:
        """Replace a segment's contribution to the figures."""
        for item, sign in ((before, -1), (after, 1)):
            group = item.quote.group or NOT_KNOWN
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
