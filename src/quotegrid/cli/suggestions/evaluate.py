"""Commands that measure: evaluate, and model compare."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, console, emit, emit_bytes, progress
from quotegrid.cli.options import JSON, TABLE, ForceOption, Format, FormatOption
from quotegrid.errors import UsageError
from quotegrid.exports.formats import ExportKind, offered, one_of
from quotegrid.settings_values import PACKAGED_MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.suggestions.evaluation.measures import CurvePoint, Interval
    from quotegrid.workflows.suggestions.compare_models import ModelComparison
    from quotegrid.workflows.suggestions.evaluate import Evaluation

_NAMES = {
    "hit_at_1": "right code first",
    "hit_at_3": "right code in the first three",
    "lrap": "label ranking average precision",
    "map": "mean average precision over codes",
    "recall_at_10": "recall after reading 10 %",
    "recall_at_20": "recall after reading 20 %",
    "recall_at_50": "recall after reading 50 %",
    "wss_at_95": "work saved at 95 % recall",
    "calibration_error": "calibration error",
}
_CodebookOption = Annotated[
    Path, typer.Option("--codebook", help="The codebook: YAML, or CSV with name and definition.")
]
_OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this .json file instead.")
]
models = typer.Typer(name="model", rich_markup_mode=None, no_args_is_help=True, help="Embedding models.")


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("evaluate")(evaluate)
    app.add_typer(models)


@models.callback()
def model() -> None:
    """Compare embedding models."""


@models.command("compare")
def compare(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Two models or more: names, or folders.")],
    gold: Annotated[Path, typer.Option("--gold", help="A CSV with the columns text and codes.")],
    codebook: _CodebookOption,
    form: FormatOption = TABLE,
    output: _OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Measure several embedding models on the same segments that people have coded."""
    from quotegrid.suggestions.encoder import encoder_for
    from quotegrid.workflows.suggestions.compare_models import compare_models

    _refuse_format(form, output)
    encoders = [(name, encoder_for(name, Path())) for name in names]
    with progress() as report:
        found = compare_models(gold, codebook, encoders, report=report)
    if form is JSON or output is not None:
        text = json.dumps([asdict(record) for record in found], indent=2) + "\n"
        emit(text, Destination(context, output=output, force=force, in_study=False))
        return
    _print_compared(found)


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(help="A CSV with the columns text and codes (separated by |).")],
    codebook: _CodebookOption,
    model: Annotated[
        str, typer.Option("--model", help="A sentence-transformers model or folder.")
    ] = PACKAGED_MODEL,
    form: FormatOption = TABLE,
    themes: Annotated[
        bool,
        typer.Option("--themes", help="Look for themes as discover does; needs a column source."),
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help=f"Draw what was measured: {one_of(offered(ExportKind.PLOT))}."),
    ] = None,
    output: _OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Measure the suggestions on segments that people have coded, and simpler methods beside them."""
    from quotegrid.suggestions.encoder import encoder_for
    from quotegrid.workflows.suggestions.evaluate import evaluate as measure

    _refuse_format(form, output)
    if plot is not None and plot.suffix.lower() not in offered(ExportKind.PLOT):
        raise UsageError(
            f"a plot is drawn as {one_of(offered(ExportKind.PLOT))}.", todo="Give the file such a name."
        )
    with progress() as report:
        found = measure(gold, codebook, encoder_for(model, Path()), with_themes=themes, report=report)
    to = Destination(context, output=output, force=force, in_study=False)
    if plot is not None:
        from quotegrid.workflows.suggestions.plot_evaluation import plot_evaluation

        emit_bytes(plot_evaluation(found, plot.suffix.lower().lstrip(".")), plot, to)
    if form is JSON or output is not None:
        emit(json.dumps(asdict(found), indent=2) + "\n", to)
        return
    _print(found)


def _refuse_format(form: Format, output: Path | None) -> None:
    if form not in (TABLE, JSON) or (output is not None and output.suffix.lower() != ".json"):
        raise UsageError("an evaluation is printed as a table or as json.", todo="Use --format json.")


def _print_compared(found: Sequence[ModelComparison]) -> None:
    from quotegrid.exports.listing.records import plain_table

    out = console()
    first = found[0].evaluation
    out.print(f"{first.segments} passages, {first.coded} with a code; {first.codes} codes\n")
    table = plain_table("nothing learned", *(compared.model for compared in found))
    table.columns[0].min_width = 34
    for measure, label in _NAMES.items():
        table.add_row(label, *(f"{compared.evaluation.metrics[measure]:.3f}" for compared in found))
        if measure in first.intervals:
            intervals = [compared.evaluation.intervals[measure] for compared in found]
            table.add_row("  95 % of resamples", *map(_spread, intervals))
    for place, point in enumerate(first.curve):
        if point.n:
            table.add_row(
                f"first three after {point.n} decided",
                *(f"{compared.evaluation.curve[place].hit_at_3:.3f}" for compared in found),
            )
    speeds = [compared.texts / max(compared.seconds, 0.01) for compared in found]
    table.add_row("texts embedded a second", *(f"{speed:.0f}" for speed in speeds))
    out.print(table)


def _spread(found: Interval | CurvePoint) -> str:
    return f"{found.low:.3f} to {found.high:.3f}"


def _hits(point: CurvePoint | None) -> str:
    return "" if point is None else f"{point.hit_at_1:.3f} / {point.hit_at_3:.3f}"


def _print(found: Evaluation) -> None:
    from quotegrid.exports.listing.records import plain_table

    out = console()
    out.print(f"{found.segments} passages, {found.coded} with a code; {found.codes} codes; {found.model}\n")
    table = plain_table("nothing learned", "quotegrid", "95 % of resamples", *found.baselines)
    table.columns[0].min_width = 34
    for measure, label in _NAMES.items():
        ours = found.intervals[measure]
        plain_ways = [f"{way[measure]:.3f}" if measure in way else "" for way in found.baselines.values()]
        table.add_row(label, f"{ours.value:.3f}", _spread(ours), *plain_ways)
    out.print(table)
    out.print()
    table = plain_table("decided", "quotegrid", *found.curves, left=0)
    others = [{point.n: point for point in points} for points in found.curves.values()]
    for point in found.curve:
        table.add_row(str(point.n), _hits(point), *(_hits(points.get(point.n)) for points in others))
    out.print(table)
    out.print("\nRight code first / in the first three, on passages not decided, mean of ten random orders.")
    if found.curve_by_source:
        _print_by_source(found)
    _print_promises(found)
    if found.themes is not None:
        recovery = found.themes
        out.print(
            f"\n{recovery.themes} themes found without the codebook: {recovery.found} of {recovery.codes} "
            f"codes ({recovery.share_found:.2f}), normalised mutual information {recovery.nmi:.2f}."
        )


def _print_by_source(found: Evaluation) -> None:
    from quotegrid.exports.listing.records import plain_table

    headings = ("decided", "on whole sources left out", "first three, worst to best order")
    table = plain_table(*headings, left=0)
    for point in found.curve_by_source:
        table.add_row(str(point.n), _hits(point), _spread(point))
    out = console()
    out.print()
    out.print(table)


def _print_promises(found: Evaluation) -> None:
    from quotegrid.exports.listing.records import plain_table

    table = plain_table("decided", "chance at least", "suggestions", "right", left=0)
    for promise in found.at_least:
        share = f"{promise.right:.2f}" if promise.suggestions else ""
        table.add_row(str(promise.decided), f"{promise.at_least:.1f}", f"{promise.suggestions:.0f}", share)
    out = console()
    out.print()
    out.print(table)
    out.print("\nThe share of suggestions that people gave too, on passages not decided, at most three each.")
