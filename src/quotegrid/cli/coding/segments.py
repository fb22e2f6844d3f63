"""Commands that code any range of a text, and move codings to wider, narrower or split ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import is_sure, say, study_of
from quotegrid.domain.text.ranges import side_named
from quotegrid.errors import UsageError

if TYPE_CHECKING:
    from quotegrid.workflows.coding.segments import Cut

_RANGE = re.compile(r"^(?P<start>[0-9]{1,18})-(?P<end>[0-9]{1,18})$")
_Segment = Annotated[int, typer.Argument(help="The passage's number.")]
_Side = Annotated[str, typer.Argument(metavar="before|after", help="At which end.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("apply")(apply)
    app.command("widen")(widen)
    app.command("narrow")(narrow)
    app.command("split")(split)


def apply(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE|CODE", help="The source's name; with --query the code.")
    ],
    place: Annotated[
        str | None, typer.Argument(metavar="START-END", help="Offsets in its text, as in 197-331.")
    ] = None,
    code: Annotated[str | None, typer.Argument(help="The code to apply.")] = None,
    query: Annotated[
        str | None,
        typer.Option("--query", "-q", help="Apply the code to all passages that this query finds."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    stance: Annotated[
        str | None, typer.Option("--stance", help="supports, disputes or mixed; none for neither.")
    ] = None,
    memo: Annotated[str, typer.Option("--memo", help="A note kept with the decision.")] = "",
) -> None:
    """Apply a code to any words within one turn or quote of a report, or to all that a query finds."""
    from quotegrid.workflows.coding.add_decisions import stance_named
    from quotegrid.workflows.coding.segments import code_range

    if query is not None:
        if place is not None or stance is not None or memo:
            raise UsageError(
                "with --query a code is all that can be given.",
                todo="Example: quotegrid apply --query 'text:wait*' \"the wait\"",
            )
        _apply_to_all(context, query, source, yes=yes)
        return
    if place is None or code is None:
        raise UsageError(
            "say the source, the range and the code, or a query and the code.",
            todo="Example: quotegrid apply --query 'text:wait*' \"the wait\"",
        )
    found = _RANGE.match(place.strip())
    if found is None:
        raise UsageError(f'"{place}" is not a range.', todo="Write two offsets, as in 197-331.")
    marked = None if stance is None else stance_named(stance)
    start, end = int(found["start"]), int(found["end"])
    with study_of(context) as study:
        made = code_range(study, source, start, end, code, stance=marked, memo=memo)
    if made.number is None:
        say(f'Nothing changed: "{made.code}" stands on passage {made.segment} already.')
    else:
        say(f'Decision {made.number}: {made.action.value} "{made.code}" on passage {made.segment}.')


def _apply_to_all(context: typer.Context, query: str, code: str, *, yes: bool) -> None:
    from quotegrid.workflows.coding.apply_query import apply_to_all, plan_application

    with study_of(context) as study:
        plan = plan_application(study, query, code)
        say(plan.sentence())
        for line in plan.first_lines():
            say(line)
        if not plan.segments:
            return
        if is_sure("Apply it?", yes=yes):
            say(apply_to_all(study, plan))


def widen(context: typer.Context, segment: _Segment, side: _Side) -> None:
    """Take the sentence before or after into a segment: your codings move to the wider range."""
    from quotegrid.workflows.coding.segments import widen as widen_by_one

    with study_of(context) as study:
        _say_moved(segment, widen_by_one(study, segment, side_named(side)))


def narrow(context: typer.Context, segment: _Segment, side: _Side) -> None:
    """Leave the first or last sentence of a segment out: your codings move to the narrower range."""
    from quotegrid.workflows.coding.segments import narrow as narrow_by_one

    with study_of(context) as study:
        _say_moved(segment, narrow_by_one(study, segment, side_named(side)))


def _say_moved(segment: int, cut: Cut) -> None:
    say(f"Your codings of passage {segment} stand on passage {cut.segment} now, {cut.start}-{cut.end}.")


def split(
    context: typer.Context,
    segment: _Segment,
    at: Annotated[int, typer.Argument(help="Where the second part begins, as an offset in the source.")],
) -> None:
    """Split a segment in two: each part carries your codings."""
    from quotegrid.workflows.coding.segments import split as split_in_two

    with study_of(context) as study:
        first, second = split_in_two(study, segment, at)
    say(
        f"Your codings of passage {segment} stand on passages {first.segment}, {first.start}-{first.end}, "
        f"and {second.segment}, {second.start}-{second.end}, now."
    )
