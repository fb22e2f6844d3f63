"""An evaluation as a picture: the learning curve, and how well calibrated the chances are."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SIZE = (10.0, 4.2)
"""Inches."""
_GREYS = ("#555555", "#888888", "#bbbbbb")
_INK, _OTHER = "#1f4e79", "#b3541e"
_MARKS = ("s", "^", "D")
"""The marks of the lines, which differ by more than colour."""


@dataclass(frozen=True, slots=True)
class Line:
    """A learning curve: the share found among the first three, by the number of segments decided."""

    decided: Sequence[int]
    found: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True, slots=True)
class Bin:
    """Suggestions of similar chance: their mean chance, the share that was right, and their number."""

    expected: float
    right: float
    suggestions: float


def evaluation_picture(
    curve: Line,
    by_source: Line | None,
    others: Mapping[str, Line],
    reliability: Mapping[str, Sequence[Bin]],
    form: str,
) -> bytes:
    """Draw two plots side by side.

    Args:
        curve: The shipped learner, on random segments left out.
        by_source: The same on whole sources left out; None where they are not known.
        others: Other learners, by their names.
        reliability: The bins, by the number of decisions.
        form: "svg", "png" or "pdf".
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"svg.hashsalt": "quotegrid", "font.size": 9, "svg.fonttype": "none"}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        left, right = figure.subplots(1, 2)
        left.fill_between(curve.decided, curve.low, curve.high, color=_INK, alpha=0.15, linewidth=0)
        left.plot(curve.decided, curve.found, "o-", color=_INK, label="quotegrid")
        if by_source is not None:
            left.plot(
                by_source.decided, by_source.found, "o--", color=_OTHER, label="on whole sources left out"
            )
        for (name, line), grey, mark in zip(others.items(), _GREYS, _MARKS, strict=False):
            left.plot(line.decided, line.found, f"{mark}:", color=grey, label=name, markersize=4)
        left.set(xlabel="passages decided", ylabel="right code in the first three", ylim=(0, 1))
        left.legend(frameon=False, fontsize=8, loc="lower right")
        right.plot((0, 1), (0, 1), color=_GREYS[2], linewidth=1)
        for (name, bins), colour, mark in zip(reliability.items(), (_INK, _OTHER), ("o", "s"), strict=False):
            shown = [interval for interval in bins if interval.suggestions >= 1]
            right.plot(
                [interval.expected for interval in shown],
                [interval.right for interval in shown],
                f"{mark}-",
                color=colour,
                label=name,
            )
        right.set(
            xlabel="chance that was told", ylabel="share that people gave too", xlim=(0, 1), ylim=(0, 1)
        )
        right.legend(frameon=False, fontsize=8, loc="lower right")
        stream = io.BytesIO()
        nothing = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(form, {})
        figure.savefig(stream, format=form, dpi=150, metadata=nothing)
        return stream.getvalue()
