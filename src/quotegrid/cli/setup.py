"""Commands that fill a study: init, import, suggest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import progress, say, study_of
from quotegrid.corpus.readers import READERS, TABLES, listed
from quotegrid.domain.sources import SourceKind, Speaker
from quotegrid.domain.text import shortened
from quotegrid.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotegrid.corpus.reading import ReadingOptions
    from quotegrid.workflows.import_sources import ImportedSource
    from quotegrid.workflows.preview_import import PreviewedSource

_PATHS_HELP = f"Files and folders ({listed(sorted({*READERS, *TABLES}))})."
_MOST_SPEAKERS = 12
"""So many are shown of a table in which everybody answers once."""


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("init")(init)
    app.command("import")(import_)
    app.command("suggest")(suggest)


def init(
    folder: Annotated[Path, typer.Argument(help="Where to make the study.")] = Path(),
    name: Annotated[str, typer.Option("--name", help="What the study is called.")] = "",
) -> None:
    """Make a study folder: settings, a codebook to fill, places for transcripts and exports."""
    from quotegrid.workflows.init_study import init_study

    study = init_study(folder, name)
    study.close()
    say(f'Made the study "{study.settings.name}" in {study.root}')
    say("Next: put transcripts into corpus/, write codes into codebook/codebook.yaml, and run")
    say("  quotegrid import corpus")


def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help=_PATHS_HELP)],
    kind: Annotated[
        SourceKind | None, typer.Option("--kind", help="What they are; without it each file tells.")
    ] = None,
    group: Annotated[str | None, typer.Option("--group", help="The speaker's stakeholder group.")] = None,
    role: Annotated[str | None, typer.Option("--role", help="The speaker's role.")] = None,
    area: Annotated[str | None, typer.Option("--area", help="The speaker's or report's area.")] = None,
    case: Annotated[str | None, typer.Option("--case", help="The speaker's name or number.")] = None,
    interviewer: Annotated[
        str | None, typer.Option("--interviewer", help="The label of the one who asks.")
    ] = None,
    attributes: Annotated[
        list[Path] | None,
        typer.Option("--attributes", help="A CSV with more about sources, speakers or areas."),
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Option("--text", help="A column with answers, for tables (.csv, .tsv, .xlsx, .jsonl)."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", help="What another column is: case=, group=, role=, area= or attribute=."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show who speaks in each file, and import nothing.")
    ] = False,
) -> None:
    """Import transcripts, reports and documents; the same file twice changes nothing."""
    from quotegrid.corpus.reading import ReadingOptions
    from quotegrid.workflows.import_sources import ImportSummary, import_sources
    from quotegrid.workflows.table_columns import columns_said

    options = ReadingOptions(
        kind=kind,
        group=group,
        role=role,
        area=area,
        case=case,
        interviewer=interviewer,
        columns=columns_said(text or (), column or ()),
    )
    if preview:
        _preview(context, paths, options, attributes or ())
        return
    with study_of(context) as study, progress() as report:
        summary: ImportSummary = import_sources(
            study,
            paths,
            options,
            attributes=attributes or (),
            report=lambda done, total, name: report(f"Reading {name}" if name else "Stored", done, total),
        )
    for one in summary.imported:
        parts = [f"{one.segments} {'quotes' if one.kind == 'report' else 'segments'}"]
        if one.cases:
            parts.append(f"{one.cases} {'case' if one.cases == 1 else 'cases'}")
        parts += _beside(one)
        say(f"  {one.name}: {one.kind}, {', '.join(parts)}")
    for name, other in summary.same_text:
        say(f'  {name}: has the same text as "{other}"; not imported again')
    for name in summary.replaced:
        say(f"  {name}: had changed; read again (nothing was decided on it)")
    for name in summary.left_out:
        say(f"  {name}: left out, there is no reader for it")
    for name, unsure in summary.warnings:
        say(f"  Unsure: {name}: {unsure}", err=True)
    segments = sum(one.segments for one in summary.imported)
    said = f"Imported {len(summary.imported)} sources with {segments} segments"
    if summary.unchanged:
        said += f"; {len(summary.unchanged)} unchanged"
    if summary.attributes_files:
        said += f"; attributes from {', '.join(summary.attributes_files)}"
        if summary.values_changed:
            said += f" ({summary.values_changed} values changed)"
    say(said + ".")


def _preview(
    context: typer.Context, paths: list[Path], options: ReadingOptions, attributes: Sequence[Path]
) -> None:
    from quotegrid.workflows.preview_import import preview_import

    with study_of(context) as study, progress() as report:
        found = preview_import(
            study,
            paths,
            options,
            attributes=attributes,
            report=lambda done, total, name: report(f"Reading {name}", done, total),
        )
    for source in found.sources:
        in_report = source.kind == "report"
        unit = "quotes" if in_report else "segments"
        say(f"{source.name}: {source.kind}, {source.segments} {unit}")
        for one in source.speakers[:_MOST_SPEAKERS]:
            times = f"{one.turns} {unit if in_report else 'turns'}"
            say(f"  {one.label or '(no label)'}: {_who(one.speaker)}; {times}, {one.words} words")
            say(f"      {shortened(one.example, 90)}")
        if len(source.speakers) > _MOST_SPEAKERS:
            say(f"  and {len(source.speakers) - _MOST_SPEAKERS} more")
        if beside := _beside(source):
            say(f"  Beside what is said: {', '.join(beside)}")
        if source.repairs:
            said = ", ".join(f"{count} {kind}" for kind, count in source.repairs.items())
            say(f"  Repaired: {said}")
        for warning in source.warnings:
            say(f"  Unsure: {warning}")
    for name in found.left_out:
        say(f"{name}: left out, there is no reader for it")
    for problem in found.problems:
        say(f"Cannot be used: {problem}")
    tables = f"; attributes from {', '.join(found.attributes_files)}" if found.attributes_files else ""
    say(f"{len(found.sources)} files read{tables}. Nothing was imported.")
    if found.problems:
        raise typer.Exit(DataError.exit_code)


def _beside(source: ImportedSource | PreviewedSource) -> list[str]:
    """What stands in a source beside what is said."""
    counts = (
        (source.non_speech, "mark of what is not speech", "marks of what is not speech"),
        (source.comments, "comment kept as a memo", "comments kept as memos"),
    )
    return [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]


def _who(speaker: Speaker | None) -> str:
    if speaker is None:
        return "asks"
    known = [speaker.group or "group not known", speaker.role, speaker.area]
    name = [f"case {speaker.name}"] if speaker.name else []
    return ", ".join([*name, *(one for one in known if one)])


def suggest(
    context: typer.Context,
    at_least: Annotated[
        float | None,
        typer.Option(
            "--at-least", min=0, max=1, help="Only suggestions at least this likely to be accepted."
        ),
    ] = None,
) -> None:
    """Suggest codes for every segment; they count only when somebody accepts them."""
    from quotegrid.workflows.suggest import suggest_codes

    with study_of(context) as study, progress() as report:
        summary = suggest_codes(study, at_least=at_least, report=report)
    silent = summary.segments - summary.with_suggestion
    say(
        f"{summary.suggestions} suggestions for {summary.with_suggestion} of {summary.segments} segments "
        f"from {summary.codes} codes; nothing to say about the other {silent}."
    )
    say(f"Embedded {summary.embedded} texts with {summary.model}, reused {summary.reused}.")
