"""Commands that measure: evaluate, and model compare."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import ForceOption, Format, console, emit, emit_bytes, progress
from quotegrid.config import PACKAGED_MODEL
from quotegrid.errors import UsageError
from quotegrid.exports.formats import ExportKind, offered, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.workflows.suggestions.compare_models import Compared
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


models = typer.Typer(name="model", rich_markup_mode=None, no_args_is_help=True, help="Embedding models.")


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("evaluate")(evaluate)
    app.add_typer(models)


@models.callback()
def model() -> None:
    """Embedding models."""


@models.command("compare")
def compare(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Two models or more: names, or folders.")],
    gold: Annotated[Path, typer.Option("--gold", help="A CSV with the columns text and codes.")],
    codebook: Annotated[
        Path, typer.Option("--codebook", help="The codebook: YAML, or CSV with name and definition.")
    ],
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this .json file instead.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Measure several embedding models on the same segments that people have coded."""
    from quotegrid.suggestions.encoder import encoder_for
    from quotegrid.workflows.suggestions.compare_models import compare_models

    _refuse_format(form, output)
    encoders = [(name, encoder_for(name, Path())) for name in names]
    with progress() as report:
        found = compare_models(gold, codebook, encoders, report=report)
    if form is Format.JSON or output is not None:
        records = [asdict(one) for one in found]
        emit(json.dumps(records, indent=2) + "\n", output, context, in_study=False)
        return
    _print_compared(found)


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(help="A CSV with the columns text and codes (separated by |).")],
    codebook: Annotated[
        Path, typer.Option("--codebook", help="The codebook: YAML, or CSV with name and definition.")
    ],
    model: Annotated[
        str, typer.Option("--model", help="A sentence-transformers model or folder.")
    ] = PACKAGED_MODEL,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = Format.TABLE,
    themes: Annotated[
        bool,
        typer.Option("--themes", help="Look for themes as discover does; needs a column source."),
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help=f"Draw what was measured: {one_of(offered(ExportKind.PLOT))}."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this .json file instead.")
    ] = None,
    force: ForceOption = False,
) -> None:
    """Measure the suggestions on segments that people have coded, beside plain ways to do it."""
    from quotegrid.suggestions.encoder import encoder_for
    from quotegrid.workflows.suggestions.evaluate import evaluate as measure

    _refuse_format(form, output)
    if plot is not None and plot.suffix.lower() not in offered(ExportKind.PLOT):
        raise UsageError(
            f"a plot is drawn as {one_of(offered(ExportKind.PLOT))}.", todo="Give the file such a name."
        )
    with progress() as report:
        found = measure(gold, codebook, encoder_for(model, Path()), with_themes=themes, report=report)
    if plot is not None:
        from quotegrid.workflows.suggestions.plot_evaluation import plot_evaluation

        emit_bytes(plot_evaluation(found, plot.suffix.lower().lstrip(".")), plot, context, in_study=False)
    if form is Format.JSON or output is not None:
        emit(json.dumps(asdict(found), indent=2) + "\n", output, context, in_study=False)
        return
    _print(found)


def _refuse_format(form: Format, output: Path | None) -> None:
    if form not in (Format.TABLE, Format.JSON) or (output is not None and output.suffix.lower() != ".json"):
        raise UsageError("an evaluation is printed as a table or as json.", todo="Use --format json.")


def _print_compared(found: Sequence[Compared]) -> None:
    from rich.table import Table

    out = console()
    first = found[0].evaluation
    out.print(f"{first.segments} segments, {first.coded} with a code; {first.codes} codes\n")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("nothing learned", min_width=34)
    for one in found:
        table.add_column(one.model, justify="right")
    for measure, label in _NAMES.items():
        table.add_row(label, *(f"{one.evaluation.metrics[measure]:.3f}" for one in found))
        if measure in first.intervals:
            spread = [one.evaluation.intervals[measure] for one in found]
            table.add_row("  95 % of resamples", *(f"{one.low:.3f} to {one.high:.3f}" for one in spread))
    for place, point in enumerate(first.curve):
        if point.n:
            table.add_row(
                f"first three after {point.n} decided",
                *(f"{one.evaluation.curve[place].hit_at_3:.3f}" for one in found),
            )
    table.add_row("texts embedded a second", *(f"{one.texts / max(one.seconds, 0.01):.0f}" for one in found))
    out.print(table)


def _print(found: Evaluation) -> None:
    from rich.table import Table

    out = console()
    out.print(f"{found.segments} segments, {found.coded} with a code; {found.codes} codes; {found.model}\n")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("nothing learned", min_width=34)
    for name in ("quotegrid", "95 % of resamples", *found.baselines):
        table.add_column(name, justify="right")
    for measure, label in _NAMES.items():
        ours = found.intervals[measure]
        others_say = [f"{one[measure]:.3f}" if measure in one else "" for one in found.baselines.values()]
        table.add_row(label, f"{ours.value:.3f}", f"{ours.low:.3f} to {ours.high:.3f}", *others_say)
    out.print(table)
    out.print()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("decided", justify="right")
    for name in ("quotegrid", *found.curves):
        table.add_column(name, justify="right")
    others = [{point.n: point for point in points} for points in found.curves.values()]
    for point in found.curve:
        row = [point, *(one.get(point.n) for one in others)]
        table.add_row(
            str(point.n), *("" if one is None else f"{one.hit_at_1:.3f} / {one.hit_at_3:.3f}" for one in row)
        )
    out.print(table)
    out.print("\nRight code first / in the first three, on segments not decided, mean of ten random orders.")
    if found.curve_by_source:
        _print_by_source(found)
    _print_promises(found)
    if found.themes is not None:
        again = found.themes
        out.print(
            f"\n{again.themes} themes found without the codebook: {again.found} of {again.codes} codes "
            f"({again.share_found:.2f}), normalised mutual information {again.nmi:.2f}."
        )


def _print_by_source(found: Evaluation) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("decided", justify="right")
    table.add_column("on whole sources left out", justify="right")
    table.add_column("first three, worst to best order", justify="right")
    for point in found.curve_by_source:
        table.add_row(
            str(point.n),
            f"{point.hit_at_1:.3f} / {point.hit_at_3:.3f}",
            f"{point.low:.3f} to {point.high:.3f}",
        )
    out = console()
    out.print()
    out.print(table)


def _print_promises(found: Evaluation) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("decided", "chance at least", "suggestions", "right"):
        table.add_column(name, justify="right")
    for one in found.at_least:
        share = f"{one.right:.2f}" if one.suggestions else ""
        table.add_row(str(one.decided), f"{one.at_least:.1f}", f"{one.suggestions:.0f}", share)
    out = console()
    out.print()
    out.print(table)
    out.print("\nThe share of suggestions that people gave too, on segments not decided, at most three each.")
