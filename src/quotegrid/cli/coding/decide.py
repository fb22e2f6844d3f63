"""Commands that decide without the workbench: code, suggestions, decide, undo, decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotegrid.cli.context import Destination, open_workbench, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.text.normalise import counted, visible
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook

_ACTIONS = {"accept": Action.ACCEPT, "reject": Action.REJECT, "skip": Action.SKIP}


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("code")(code)
    app.command("suggestions")(suggestions)
    app.command("decide")(decide)
    app.command("stance")(stance)
    app.command("exemplar")(exemplar)
    app.command("undo")(undo)
    app.command("redo")(redo)
    app.command("decisions")(decisions)
    app.command("history")(history)


def code(context: typer.Context) -> None:
    """Open the workbench: confirm, reject and choose codes, look at the matrix."""
    open_workbench(context.obj)


def suggestions(
    context: typer.Context,
    code: Annotated[str | None, typer.Option("--code", help="Only this code.")] = None,
    include_decided: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List suggestions that wait for a decision."""
    from quotegrid.workflows.study.names import resolve
    from quotegrid.workflows.suggestions.list_suggestions import ListedSuggestion, suggestion_records

    with study_of(context) as study:
        records = suggestion_records(study, include_decided=include_decided)
        if code is not None:
            names = [known.name for known in current_codebook(study).codes]
            name = resolve(code, names, "code", "codes")
            records = [record for record in records if record["code"] == name]
    below = f"{counted(len(records), 'suggestion')}. Decide: quotegrid decide ID accept|reject|skip"
    print_listing(ListedSuggestion, records, Destination(context, form, output, force), below=below)


def decide(
    context: typer.Context,
    suggestion: Annotated[int | None, typer.Argument(help="The suggestion's number.")] = None,
    decision: Annotated[str | None, typer.Argument(help="accept, reject or skip.")] = None,
    memo: Annotated[str, typer.Option("--memo", help="A note on the decision.")] = "",
    stance: Annotated[
        str | None,
        typer.Option("--stance", help="With accept: whether the passage supports, disputes or is mixed."),
    ] = None,
    from_file: Annotated[
        Path | None,
        typer.Option("--from", help="A CSV of decisions: yours, or what another study's decisions lists."),
    ] = None,
) -> None:
    """Decide on a suggestion, or on many from a file."""
    from quotegrid.workflows.coding.add_decisions import stance_named
    from quotegrid.workflows.coding.decide import decide_from_file, decide_suggestion

    if from_file is not None:
        if suggestion is not None:
            raise UsageError("give either a suggestion or --from, not both.")
        with study_of(context) as study:
            summary = decide_from_file(study, from_file)
        say(
            f"Made {summary.made} decisions: {summary.accepted} accepted, {summary.rejected} rejected, "
            f"{summary.skipped} skipped; {summary.marked} say a stance; "
            f"{summary.unchanged} held already."
        )
        for sentence in summary.sentences(study.settings.coder_name()):
            say(sentence)
        return
    if suggestion is None or decision is None:
        raise UsageError(
            "say which suggestion and what to decide.", todo="Example: quotegrid decide 12 accept"
        )
    action = _ACTIONS.get(decision.casefold())
    if action is None:
        raise UsageError(f'"{decision}" is not a decision.', todo="Write accept, reject or skip.")
    if stance is not None and action is not Action.ACCEPT:
        raise UsageError(f'"{action.value}" takes no stance.', todo="Leave out --stance.")
    marked = None if stance is None else stance_named(stance)
    with study_of(context) as study:
        made = decide_suggestion(study, suggestion, action, memo, marked)
    what = f'"{made.code}" on passage {made.segment}' if made.code else f"passage {made.segment}"
    if made.number is None:
        say(f"Nothing changed: {what} had this decision already.")
    else:
        say(f"Decision {made.number}: {made.action.value} {what}.")


def stance(
    context: typer.Context,
    segment: Annotated[int, typer.Argument(help="The passage's number.")],
    code: Annotated[str, typer.Argument(help="A code that you confirmed on it.")],
    value: Annotated[str, typer.Argument(metavar="STANCE", help="supports, disputes, mixed or none.")],
) -> None:
    """Say whether a coded passage supports or disputes what its code claims."""
    from quotegrid.workflows.coding.add_decisions import stance_named
    from quotegrid.workflows.coding.decide import decide_segment

    marked = stance_named(value)
    with study_of(context) as study:
        made = decide_segment(study, segment, Action.MARK, code, stance=marked)
    words = "takes no stance" if marked is None else f"is marked {marked.value}"
    already = " already" if made.number is None else ""
    say(f'"{made.code}" on passage {segment} {words}{already}.')


def exemplar(
    context: typer.Context,
    segment: Annotated[int, typer.Argument(help="The passage's number.")],
    code: Annotated[str, typer.Argument(help="A code that stands on it.")],
) -> None:
    """Mark a quote as an exemplar of a code, which a report shows before others, or take the mark off."""
    from quotegrid.workflows.codebook.mark_exemplar import toggle_exemplar

    with study_of(context) as study:
        is_marked = toggle_exemplar(study, segment, code)
    becomes = "is an exemplar" if is_marked else "is no longer an exemplar"
    say(f'Passage {segment} {becomes} of "{visible(code)}".')


def undo(context: typer.Context) -> None:
    """Take back what you did last, whatever it was; again for what you did before."""
    from quotegrid.workflows.coding.undo import undo_in_words

    with study_of(context) as study:
        say(undo_in_words(study))


def redo(context: typer.Context) -> None:
    """Redo what your latest undo took back, as long as you have done nothing new since."""
    from quotegrid.workflows.coding.undo import redo_in_words

    with study_of(context) as study:
        say(redo_in_words(study))


def decisions(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List every decision, oldest first."""
    from quotegrid.workflows.coding.list_decisions import ListedDecision, decision_records

    with study_of(context) as study:
        records = decision_records(study)
    print_listing(ListedDecision, records, Destination(context, form, output, force))


def history(
    context: typer.Context,
    kind: Annotated[str, typer.Option("--kind", help="decision, codebook, case, source, summary, ...")] = "",
    code: Annotated[str, typer.Option("--code", help="Only what is about this code.")] = "",
    coder: Annotated[str, typer.Option("--coder", help="Only what this person did.")] = "",
    case: Annotated[str, typer.Option("--case", help="Only what is about this case.")] = "",
    since: Annotated[str, typer.Option("--since", help="Only from this day on: 2026-11-30.")] = "",
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List all that was ever done to the study, by whom and when, oldest first: the audit trail."""
    from quotegrid.workflows.coding.history import JournalEntry, read_history

    with study_of(context) as study:
        entries = read_history(study, kind=kind, code=code, coder=coder, case=case, since=since)
    below = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}."
    print_listing(JournalEntry, entries, Destination(context, form, output, force), below=below)
