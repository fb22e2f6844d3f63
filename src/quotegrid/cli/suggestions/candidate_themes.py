"""Commands about themes that nobody has named yet: discovering them, and what becomes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, console, print_listing, progress_in, say, study_of
from quotegrid.cli.options import TABLE, BelowOption, ForceOption, FormatOption, OutputOption
from quotegrid.domain.suggestions.candidate_themes import ThemeState
from quotegrid.domain.text.normalise import counted, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.workflows.codebook.edit_codebook import CodebookEdit
    from quotegrid.workflows.suggestions.candidate_themes import Theme

app = typer.Typer(name="themes", rich_markup_mode=None)
ThemeArgument = Annotated[str, typer.Argument(help="A theme, by its name or number.")]
TopOption = Annotated[int, typer.Option("--top", min=1, help="At most this many.")]
_SHOWN_QUOTES = 3


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.command("discover")(discover)
    main.add_typer(app)


def discover(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Look through what is coded as well.")] = False,
    top: TopOption = 15,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Find themes in the participants' own words, without a codebook, and keep them to decide on."""
    from quotegrid.workflows.suggestions.candidate_themes import themes as list_themes
    from quotegrid.workflows.suggestions.discover import discover_themes

    with study_of(context) as study:
        with progress_in(context) as report:
            discovered = discover_themes(study, everything=everything, report=report)
        found = [theme for theme in list_themes(study) if theme.state is ThemeState.OPEN][:top]
    to = Destination(context, form, output, force)
    if to.format != TABLE:
        _print(found, to)
        return
    for place, theme in enumerate(found, start=1):
        _tell(theme, place)
    more = f"; {discovered.known} more were decided on before" if discovered.known else ""
    say(f"{counted(discovered.themes, 'theme')} in {counted(discovered.passages, 'passage')}{more}.")
    if discovered.left_out:
        left_out = counted(discovered.left_out, "passage")
        say(f"{left_out} were left out: there are too many to compare every two.")
    if found:
        say(f'Next: quotegrid themes accept "{visible(found[0].name)}", merge, set-aside or refuse.')


def _tell(theme: Theme, place: int) -> None:
    from rich.text import Text

    out = console()
    out.print(Text(visible(f"{place:2}  {theme.name}"), style="bold"))
    if theme.variants:
        out.print(Text(visible(f"    also: {', '.join(theme.variants)}")))
    who = counted(theme.speakers, "speaker")
    groups = f": {', '.join(theme.groups)}" if theme.groups else ""
    out.print(
        Text(visible(f"    {counted(len(theme.quotes), 'quote')}, {theme.saying} say it; {who}{groups}"))
    )
    telling = [quote for quote in theme.quotes if quote.says or not theme.saying]
    telling.sort(key=lambda each: each.quote.text == theme.name or not (each.quote.case or each.quote.role))
    for quote in telling[:_SHOWN_QUOTES]:
        flags = f" [{', '.join(quote.flags)}]" if quote.flags else ""
        words = shortened(quote.words, 84)
        out.print(Text(visible(f"      “{words}” {quote.quote.attribution}{flags}")))


@app.callback(invoke_without_command=True)
def themes(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the themes that were discovered, or decide on one."""
    from quotegrid.workflows.suggestions.candidate_themes import themes as list_themes

    if context.invoked_subcommand is None:
        with study_of(context) as study:
            found = list_themes(study)
        _print(found, Destination(context, form, output, force))


@app.command("show")
def show(
    context: typer.Context,
    name: ThemeArgument,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the quotes of a theme: those that say it, and those that are near to it in meaning."""
    from quotegrid.workflows.suggestions.candidate_themes import (
        ListedThemeQuote,
        theme_named,
        theme_quote_records,
    )

    with study_of(context) as study:
        records = theme_quote_records(theme_named(study, name))
    below = f"{counted(len(records), 'quote')}."
    print_listing(ListedThemeQuote, records, Destination(context, form, output, force), below=below)


@app.command("accept")
def accept(
    context: typer.Context,
    name: ThemeArgument,
    code: Annotated[str | None, typer.Option("--as", help="What the code is called.")] = None,
    below: BelowOption = None,
    definition: Annotated[str | None, typer.Option("--definition", help="What it means.")] = None,
) -> None:
    """Make a theme a code, with its words as terms and two of its quotes as examples; nothing is coded."""
    from quotegrid.workflows.suggestions.candidate_themes import accept_theme

    with study_of(context) as study:
        _say(accept_theme(study, name, code=code, below=below, definition=definition))
    say("Next: quotegrid suggest")


@app.command("merge")
def merge(
    context: typer.Context,
    name: ThemeArgument,
    code: Annotated[str, typer.Argument(help="The code that it goes into.")],
) -> None:
    """Merge a theme into a code: its words become terms of the code, its quotes examples."""
    from quotegrid.workflows.suggestions.candidate_themes import merge_theme

    with study_of(context) as study:
        _say(merge_theme(study, name, code))


@app.command("set-aside")
def set_aside(context: typer.Context, name: ThemeArgument) -> None:
    """Leave a theme for later; it is not offered again."""
    _set(context, name, ThemeState.SET_ASIDE)


@app.command("refuse")
def refuse(context: typer.Context, name: ThemeArgument) -> None:
    """Say that this is not a theme; it is not offered again."""
    _set(context, name, ThemeState.REFUSED)


@app.command("reopen")
def reopen(context: typer.Context, name: ThemeArgument) -> None:
    """Reopen a theme that was set aside or refused."""
    _set(context, name, ThemeState.OPEN)


@app.command("rename")
def rename(
    context: typer.Context, name: ThemeArgument, new: Annotated[str, typer.Argument(help="Its new name.")]
) -> None:
    """Rename a theme."""
    from quotegrid.workflows.suggestions.candidate_themes import rename_theme

    with study_of(context) as study:
        _say(rename_theme(study, name, new))


def _set(context: typer.Context, name: str, state: ThemeState) -> None:
    from quotegrid.workflows.suggestions.candidate_themes import set_theme

    with study_of(context) as study:
        _say(set_theme(study, name, state))


def _print(found: Sequence[Theme], to: Destination) -> None:
    from quotegrid.workflows.suggestions.candidate_themes import ListedTheme, theme_records

    print_listing(ListedTheme, theme_records(found), to, below=f"{counted(len(found), 'theme')}.")


def _say(edited: CodebookEdit) -> None:
    say(visible(edited.what) if edited.what else "Nothing was changed.")
