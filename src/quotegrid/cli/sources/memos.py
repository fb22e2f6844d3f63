"""Commands that write, change, delete, list and show memos."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotegrid.cli.context import Destination, console, print_listing, read_text, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.normalise import counted, one_line, shortened, visible
from quotegrid.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotegrid.workflows.coding.memos.write import WrittenMemo

app = typer.Typer(name="memos", rich_markup_mode=None)
_FromOption = Annotated[
    Path | None, typer.Option("--from", help="Read the text from this file, in Markdown.")
]
_NumberArgument = Annotated[int, typer.Argument(metavar="MEMO", help="The number of a memo.")]


def add_to(main: typer.Typer) -> None:
    """Add the commands to an application."""
    main.add_typer(app)


@app.callback(invoke_without_command=True)
def memos(
    context: typer.Context,
    on: Annotated[
        MemoSubject | None, typer.Option("--on", help="Only those on the study, on codes, cases, ...")
    ] = None,
    about: Annotated[
        str,
        typer.Option(
            "--about",
            help="Only those on this: a code, a case, a source, a passage (12 or talk.md:120-180).",
        ),
    ] = "",
    links_to: Annotated[
        str, typer.Option("--links-to", help="Only those whose [[links]] lead to this thing.")
    ] = "",
    coder: Annotated[str, typer.Option("--coder", help="Only those that this coder wrote.")] = "",
    search: Annotated[
        str, typer.Option("--search", help="Only those with these words; a star is any letters.")
    ] = "",
    since: Annotated[
        str, typer.Option("--since", help="Only those written or changed since this day (UTC).")
    ] = "",
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the memos, those that came as comments in files among them; in Markdown as a journal."""
    if context.invoked_subcommand is not None:
        return
    from quotegrid.exports.listing.memos import memos_journal
    from quotegrid.workflows.coding.memos.list import ListedMemo, MemoFilter, memo_records

    with study_of(context) as study:
        records = memo_records(study, MemoFilter(on, about, links_to, coder, search, since))
    print_listing(
        ListedMemo,
        records,
        Destination(context, form, output, force),
        shown=_print_memos,
        markdown=memos_journal,
    )


@app.command("write")
def write(
    context: typer.Context,
    on: Annotated[MemoSubject, typer.Argument(help="The kind of thing that the memo is on.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME] [TEXT]",
            help="The thing (none for the study; a passage is 12 or talk.md:120-180, a coding 12/trust), and "
            "the memo, in Markdown; [[names]] in it are links. - reads it from standard input.",
        ),
    ] = None,
    from_file: _FromOption = None,
    day: Annotated[
        str | None, typer.Option("--day", help="The day that an entry of the diary is about: 2026-11-30.")
    ] = None,
) -> None:
    """Write a memo on the study (an entry of the diary), a source, case, code, coding or passage."""
    from quotegrid.workflows.coding.memos.write import write_memo

    given = list(words or [])
    name = "" if on is MemoSubject.STUDY else given.pop(0) if given else ""
    text = _text(given, from_file)
    with study_of(context) as study:
        _tell(write_memo(study, on, name, text, day=day), "Wrote")


@app.command("change")
def change(
    context: typer.Context,
    number: _NumberArgument,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]", help="The new text; - reads standard input.")
    ] = None,
    from_file: _FromOption = None,
) -> None:
    """Give a memo of your own another text."""
    from quotegrid.workflows.coding.memos.write import change_memo

    words = _text(text or [], from_file)
    with study_of(context) as study:
        _tell(change_memo(study, number, words), "Changed")


@app.command("delete")
def delete(
    context: typer.Context,
    numbers: Annotated[list[int], typer.Argument(metavar="MEMO...", help="The numbers of memos.")],
) -> None:
    """Delete memos of your own; undo brings them back."""
    from quotegrid.workflows.coding.memos.write import delete_memos

    with study_of(context) as study:
        for memo in delete_memos(study, numbers):
            say(f'Deleted memo {memo.id} on {memo.about}: "{shortened(memo.text, 60)}"')


@app.command("show")
def show(context: typer.Context, number: _NumberArgument) -> None:
    """Show a memo whole, with the memos that speak of what it is on."""
    from quotegrid.workflows.coding.memos.list import show_memo

    with study_of(context) as study:
        shown = show_memo(study, number)
    memo = shown.memo
    gone = ", no longer there" if memo.is_gone else ""
    day = f", about {memo.day}" if memo.day else ""
    changed = f", changed {memo.changed_at[:10]}" if memo.changed_at else ""
    say(f"Memo {memo.id} on {_subject(memo.subject.value, memo.about)}{gone}")
    say(f"{memo.author}, {memo.at[:16].replace('T', ' ')}{day}{changed}\n")
    say(memo.text)
    for other in shown.speaking:
        say(f'\nMemo {other.id} on {other.about} speaks of it: "{shortened(other.text, 60)}"')


def _text(given: Sequence[str], from_file: Path | None) -> str:
    """Return the text of a memo from an argument, standard input or a file."""
    if len(given) > 1:
        raise UsageError(
            f"{counted(len(given), 'text')} were given.", todo="Put the memo into quotation marks."
        )
    if (len(given) == 1) == (from_file is not None):
        raise UsageError(
            "say what the memo is, once.",
            todo='Example: quotegrid memos write code trust "Comes up where [[Anil Rao]] speaks of money."',
        )
    if from_file is not None:
        return read_text(from_file)
    return sys.stdin.read() if given[0] == "-" else given[0]


def _tell(written: WrittenMemo, did: str) -> None:
    if written.is_changed:
        say(f"{did} memo {written.number} on {written.about}.")
    else:
        say(f"Nothing changed: memo {written.number} says so already.")
    for link in written.unresolved:
        say(link, err=True)


def _subject(on: str, about: str) -> str:
    return about if on in ("study", "passage") else f"the {on} {about}"


def _print_memos(records: Sequence[Mapping[str, Any]]) -> None:
    out = console()
    for record in records:
        place = "" if record["start"] is None else f":{record['start']}-{record['end']}"
        about = "" if record["segment"] is None else f"  passage {record['segment']}"
        code = f"  {record['code']}" if record["on"] == "coding" else ""
        named = f"{record['on']} {record['about']}" if record["on"] in ("code", "case") else record["about"]
        what = named if record["source"] is None else f"{record['source']}{place}{about}{code}"
        gone = "  (no longer there)" if record["gone"] else ""
        out.print(visible(f"{record['id']}  {what}{gone}  {record['author']}  {record['day']}"))
        out.print(f"    {visible(one_line(record['text']))}")
    out.print(f"{counted(len(records), 'memo')}.")
