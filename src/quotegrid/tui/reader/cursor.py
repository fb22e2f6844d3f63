"""The selection in a source that is read: a passage, sentence, word or turn, or several in a row."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from enum import StrEnum

from quotegrid.domain.coding.reading import ReadSource, Turn

_WORD = re.compile(r"\S+")
Span = tuple[int, int]


class Unit(StrEnum):
    """The units by which the cursor moves."""

    PASSAGE = "passage"
    SENTENCE = "sentence"
    WORD = "word"
    TURN = "turn"


class ReadingCursor:
    """A selection that moves by units and can be extended; its offsets are those of the source's text.

    Args:
        source: The source.
        sentences: Returns the ranges of the sentences between two offsets.
    """

    def __init__(self, source: ReadSource, sentences: Callable[[int, int], Sequence[Span]]) -> None:
        self._source = source
        self._blocks: Sequence[Turn] = source.blocks()
        self._starts = [block.start for block in self._blocks]
        self._find_sentences = sentences
        self._known: dict[tuple[int, Unit], Sequence[Span]] = {}
        self.unit = Unit.PASSAGE
        self._anchor: Span | None = None
        self._here: Span = (0, 0)
        if self._blocks:
            self._here = self._units(0)[0]

    @property
    def selected(self) -> Span:
        """The range that is selected."""
        if self._anchor is None:
            return self._here
        return min(self._anchor[0], self._here[0]), max(self._anchor[1], self._here[1])

    @property
    def here(self) -> Span:
        """The unit under the cursor, at the end of the selection that moves."""
        return self._here

    @property
    def block(self) -> int:
        """The number of the block in which the cursor is."""
        return self._block_at(self._here[0])

    @property
    def turn(self) -> int | None:
        """The number of the turn or paragraph in which the cursor is; None in words that are nobody's."""
        block = self.block
        if not self._blocks or self._blocks[block].is_nobodys:
            return None
        return block - sum(other.is_nobodys for other in self._blocks[:block])

    def _block_at(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def _units(self, block: int) -> Sequence[Span]:
        """Return the units of a block in order, at least one."""
        key = block, self.unit
        if key not in self._known:
            self._known[key] = self._find_units(self._blocks[block]) or [
                (self._blocks[block].start, self._blocks[block].end)
            ]
        return self._known[key]

    def _find_units(self, block: Turn) -> Sequence[Span]:
        if self.unit is Unit.TURN:
            return [(block.start, block.end)]
        if self.unit is Unit.WORD:
            return [match.span() for match in _WORD.finditer(self._source.text, block.start, block.end)]
        if self.unit is Unit.SENTENCE:
            return self._find_sentences(block.start, block.end)
        passages = self._source.passages_in(block.start, block.end)
        return sorted(
            {
                (passage.start, passage.end)
                for passage in passages
                if block.start <= passage.start and passage.end <= block.end
            }
        )

    def set_unit(self, unit: Unit) -> None:
        """Move by another unit from now on, and select the one at the beginning of the selection."""
        offset = self.selected[0]
        self.unit = unit
        self.go_to(offset)

    def go_to(self, offset: int, *, extend: bool = False) -> None:
        """Select the unit with a code point, or the nearest before it in its turn.

        Args:
            offset: The code point.
            extend: Whether the selection is extended to there.
        """
        if not self._blocks:
            return
        self._set_anchor(extend)
        units = self._units(self._block_at(offset))
        starts = [start for start, _ in units]
        self._here = units[max(bisect_right(starts, offset) - 1, 0)]

    def select(self, start: int, end: int) -> None:
        """Select a range, whatever its units are."""
        self._anchor = None
        self._here = start, end

    def _set_anchor(self, extend: bool) -> None:
        if not extend:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = self._here

    def move(self, steps: int, *, extend: bool = False) -> bool:
        """Move by that many units, over the ends of turns, and return whether the cursor has moved."""
        if not self._blocks:
            return False
        self._set_anchor(extend)
        has_moved = False
        for _ in range(abs(steps)):
            unit = self._next() if steps > 0 else self._before()
            if unit is None:
                break
            self._here, has_moved = unit, True
        return has_moved

    def _next(self) -> Span | None:
        block = self.block
        after = next((unit for unit in self._units(block) if unit[0] > self._here[0]), None)
        if after is None and block + 1 < len(self._blocks):
            after = self._units(block + 1)[0]
        return after

    def _before(self) -> Span | None:
        block = self.block
        before = next((unit for unit in reversed(self._units(block)) if unit[0] < self._here[0]), None)
        if before is None and block > 0:
            before = self._units(block - 1)[-1]
        return before

    def pieces(self) -> list[Span]:
        """Return the selection turn by turn, without what interviewers or nobody says."""
        start, end = self.selected
        return [
            (max(start, block.start), min(end, block.end))
            for block in self._blocks
            if block.start < end and start < block.end
            if not (block.is_interviewer or block.is_nobodys)
        ]
