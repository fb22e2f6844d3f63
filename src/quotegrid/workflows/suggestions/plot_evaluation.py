"""The drawing of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotegrid.exports.formats import ExportKind, formats_of
from quotegrid.exports.report.evaluation_picture import Bin, Line

if TYPE_CHECKING:
    from quotegrid.suggestions.evaluation.measures import CurvePoint
    from quotegrid.workflows.suggestions.evaluate import Evaluation


def plot_evaluation(found: Evaluation, form: str) -> bytes:
    """Draw the learning curve and the reliability of the chances, side by side.

    Args:
        found: The evaluation.
        form: "svg", "png" or "pdf".
    """
    steps = sorted({group.decided for group in found.reliability})
    write = formats_of(ExportKind.PLOT)[f".{form}"].writers[ExportKind.PLOT]
    return write(
        _line(found.curve),
        _line(found.curve_by_source) if found.curve_by_source else None,
        {name: _line(points) for name, points in found.curves.items()},
        {
            f"{step} passages decided" if step else "nothing decided": [
                Bin(group.expected, group.right, group.suggestions)
                for group in found.reliability
                if group.decided == step
            ]
            for step in steps
        },
    )


def _line(points: Sequence[CurvePoint]) -> Line:
    return Line(
        [point.n for point in points],
        [point.hit_at_3 for point in points],
        [point.low for point in points],
        [point.high for point in points],
    )
