"""The ranges of a source that n and b go to."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from quotegrid.domain.coding.reading import ReadSource, SourceAnnotations
from quotegrid.tui.reader.cursor import Span


class Jump(StrEnum):
    """The kinds of ranges that n and b go to."""

    UNCODED = "uncoded passages"
    SUGGESTED = "suggestions"
    CODED = "coded passages"
    UNSURE = "what is unsure"
    HITS = "search hits"


def turn_of_line(source: ReadSource, start: int) -> int | None:
    """Return where the first words on a line begin that a turn holds; None where no turn holds any.

    Args:
        source: The source.
        start: The offset at which the line begins.
    """
    end = source.text.find("\n", start)
    end = len(source.text) if end < 0 else end
    held = (max(block.start, start) for block in source.blocks() if block.start < end and start < block.end)
    return next(held, None)


def targets(
    source: ReadSource, standing: SourceAnnotations, jump: Jump, code: str | None, hits: Sequence[Span]
) -> list[Span]:
    """Return the ranges that n and b go to, in the order of the text.

    Args:
        source: The source.
        standing: What stands on it.
        jump: The kind of ranges.
        code: The code whose passages are meant; None for what `jump` says.
        hits: What a search has found.
    """
    if code is not None:
        return sorted({(coding.start, coding.end) for coding in standing.codings if coding.code == code})
    match jump:
        case Jump.HITS:
            return list(hits)
        case Jump.CODED:
            return sorted({(coding.start, coding.end) for coding in standing.codings})
        case Jump.SUGGESTED:
            return sorted({(suggestion.start, suggestion.end) for suggestion in standing.pencilled})
        case Jump.UNSURE:
            blocks = [(block.start, block.end) for block in source.blocks()]
            return [block for block in blocks if standing.unsure_in(source.text, *block)]
    coded = {coding.segment for coding in standing.codings}
    return [
        (passage.start, passage.end)
        for passage in source.passages
        if passage.segment not in coded and not standing.codings_in(passage.start, passage.end)
    ]
