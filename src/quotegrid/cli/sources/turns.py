"""Commands about turns: listing them, and putting right who said what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from quotegrid.cli.context import Destination, is_sure, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import UsageError

if TYPE_CHECKING:
    from quotegrid.workflows.sources.turns.edit_turns import TurnEdit, TurnEditSummary

_LIST = "list"
_MOST_LINES = 40


class _ListingFirst(TyperGroup):
    """A group of commands that lists where no command of it is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the listing's name before whatever is no command."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [_LIST, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    name="turns",
    cls=_ListingFirst,
    rich_markup_mode=None,
    help="List who speaks when, or put right who said what: quotegrid turns SOURCE lists.",
)
_Source = Annotated[str, typer.Argument(help="The source.")]
_SomeSources = Annotated[
    str | None, typer.Argument(help="The source's name, or part of it; all sources without one.")
]
_Number = Annotated[int, typer.Argument(metavar="NUMBER", help='The turn, as "quotegrid turns" numbers it.')]
_OfLabel = Annotated[
    bool, typer.Option("--all-of-label", help="All turns that have this turn's speaker label.")
]


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.add_typer(app)


@app.command(_LIST, hidden=True)
def list_turns(
    context: typer.Context,
    source: _SomeSources = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List who speaks when: transcripts as they stand, with what the interviewer says."""
    from quotegrid.workflows.sources.list_turns import ListedTurn, turn_records

    with study_of(context) as study:
        records = turn_records(study, source)
    below = f"{counted(len(records), 'turn')}."
    if not records:
        below += ' A report has quotes and no turns: "quotegrid quotes" lists them.'
    print_listing(ListedTurn, records, Destination(context, form, output, force), below=below)


@app.command("edit")
def edit(
    context: typer.Context,
    source: _Source,
    table: Annotated[
        Path,
        typer.Option("--from", help="A table as `quotegrid turns SOURCE -o FILE.csv` writes it, corrected."),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
) -> None:
    """Put turns right by a table: rows with other speakers, split, joined or left out."""
    from quotegrid.workflows.sources.turns.edit_turns import edit_turns
    from quotegrid.workflows.sources.turns.turn_table import plan_table

    with study_of(context) as study:
        plan = plan_table(study, source, table)
        if not plan.difference:
            say(f"{table.name} says what stands in {plan.source} already.")
            return
        for line in plan.difference[:_MOST_LINES]:
            say(line)
        if len(plan.difference) > _MOST_LINES:
            say(f"and {len(plan.difference) - _MOST_LINES:,} lines more.")
        if is_sure("Make it so?", yes=yes):
            _say(edit_turns(study, plan.source, plan.edit, expected=plan.seen))


@app.command("give")
def give(
    context: typer.Context,
    source: _Source,
    number: _Number,
    speaker: Annotated[str, typer.Argument(help="Who says it: a speaker of the source, or a new one.")],
    all_of_label: _OfLabel = False,
) -> None:
    """Give a turn to another speaker."""
    from quotegrid.workflows.sources.turns.edit_turns import give_turn

    _edit(context, source, give_turn(number, speaker, all_of_label=all_of_label))


@app.command("split")
def split(
    context: typer.Context,
    source: _Source,
    at: Annotated[int, typer.Argument(metavar="OFFSET", help="Where the second part begins in the text.")],
    speaker: Annotated[
        str, typer.Argument(help="Who says the second part; a label there is then no part of the words.")
    ] = "",
) -> None:
    """Split a turn in two."""
    from quotegrid.workflows.sources.turns.edit_turns import split_turn

    _edit(context, source, split_turn(at, speaker))


@app.command("join")
def join(context: typer.Context, source: _Source, number: _Number) -> None:
    """Join a turn with the one before it, whose speaker then says both."""
    from quotegrid.workflows.sources.turns.edit_turns import join_turn

    _edit(context, source, join_turn(number))


@app.command("asks")
def asks(
    context: typer.Context,
    source: _Source,
    speaker: Annotated[str, typer.Argument(help="The speaker's label.")],
    is_not: Annotated[bool, typer.Option("--not", help="The speaker is a participant after all.")] = False,
) -> None:
    """Mark a speaker as the one who asks: what interviewers say is context, never data."""
    from quotegrid.workflows.sources.turns.edit_turns import mark_speaker

    _edit(context, source, mark_speaker(speaker, asks=not is_not))


@app.command("nobody")
def nobody(
    context: typer.Context,
    source: _Source,
    number: _Number,
    all_of_label: _OfLabel = False,
    words: Annotated[
        str | None, typer.Option("--words", help="Only these words of the turn, such as a note.")
    ] = None,
) -> None:
    """Mark a turn, or words of it, as nobody's: neither a speaker's nor data."""
    from quotegrid.workflows.sources.turns.edit_turns import leave_out_in_turn, leave_out_turn

    if words is not None and all_of_label:
        raise UsageError("--words are of one turn.", todo="Leave out --all-of-label.")
    left_out = leave_out_turn(number, all_of_label=all_of_label)
    _edit(context, source, left_out if words is None else leave_out_in_turn(number, words))


@app.command("unspoken")
def unspoken(
    context: typer.Context,
    source: _SomeSources = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the words of transcripts that are nobody's: notes, headings, what stands before the talk."""
    from quotegrid.workflows.sources.list_turns import UnspokenWords, unspoken_records

    with study_of(context) as study:
        records = unspoken_records(study, source)
    below = f"{counted(len(records), 'paragraph')} that nobody says."
    print_listing(UnspokenWords, records, Destination(context, form, output, force), below=below)


@app.command("assign")
def assign(
    context: typer.Context,
    source: _Source,
    at: Annotated[
        int,
        typer.Argument(metavar="OFFSET", help='Where they begin, as "quotegrid turns unspoken" says.'),
    ],
    speaker: Annotated[str, typer.Argument(help="Who says them: a speaker of the source, or a new one.")],
    end: Annotated[
        int | None, typer.Option("--end", help="Where they end; the whole paragraph without it.")
    ] = None,
) -> None:
    """Give words that are nobody's to a speaker."""
    from quotegrid.workflows.sources.turns.edit_turns import assign_words

    _edit(context, source, assign_words(at, end, speaker))


@app.command("unsure")
def unsure(
    context: typer.Context,
    source: _SomeSources = None,
    everything: Annotated[bool, typer.Option("--all", help="With what has been ticked off.")] = False,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List what imports were unsure about and nobody has ticked off yet."""
    from quotegrid.workflows.sources.turns.unsure import UnsureThing, unsure_things

    with study_of(context) as study:
        found = unsure_things(study, source, everything=everything)
    left = sum(not thing.done for thing in found)
    below = f"{counted(left, 'thing')} to look at." if left else "Nothing is left to look at."
    print_listing(UnsureThing, found, Destination(context, form, output, force), below=below)


@app.command("aside")
def aside(context: typer.Context, source: _Source) -> None:
    """List the codings that do not count because no participant says their words any more."""
    from quotegrid.workflows.sources.turns.edit_turns import asides_in

    with study_of(context) as study:
        told = asides_in(study, source)
    for line in told:
        say(line)
    say(f"{counted(len(told), 'coding')} set aside.")


@app.command("tick")
def tick(
    context: typer.Context,
    source: _Source,
    numbers: Annotated[
        list[int],
        typer.Argument(metavar="NUMBER...", help='The numbers that "quotegrid turns unsure" lists.'),
    ],
) -> None:
    """Tick off what an import was unsure about, where it is right."""
    from quotegrid.workflows.sources.turns.edit_turns import tick_off

    _edit(context, source, tick_off([number - 1 for number in numbers]))


def _edit(context: typer.Context, source: str, change: TurnEdit) -> None:
    from quotegrid.workflows.sources.turns.edit_turns import edit_turns

    with study_of(context) as study:
        _say(edit_turns(study, source, change))


def _say(changed: TurnEditSummary) -> None:
    say(changed.what)
    for note in changed.notes:
        say(note)
