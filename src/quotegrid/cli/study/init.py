"""Commands that fill a study: init, import, suggest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from quotegrid.cli.context import progress, say, study_of
from quotegrid.corpus.readers import READERS, TABLES, list_suffixes
from quotegrid.domain.sources.model import SourceKind
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.errors import DataError, UsageError

_PATHS_HELP = f"Files and folders ({list_suffixes(sorted({*READERS, *TABLES}))})."


def add_to(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("init")(init)
    app.command("import")(import_)
    app.command("suggest")(suggest)


def init(
    folder: Annotated[Path, typer.Argument(help="Where to make the study.")] = Path(),
    name: Annotated[str, typer.Option("--name", help="What the study is called.")] = "",
    database: Annotated[
        str, typer.Option("--database", help="A PostgreSQL database for a team, instead of a file.")
    ] = "",
    demonstration: Annotated[
        bool,
        typer.Option("--demonstration", help="With invented interviews and a codebook, to try things on."),
    ] = False,
) -> None:
    """Make a study folder: settings, a codebook to fill, places for transcripts and exports."""
    from quotegrid.workflows.study.init_study import init_study

    if demonstration:
        _make_demonstration(folder, name, database)
        return
    study = init_study(folder, name, database)
    study.close()
    say(f'Made the study "{study.settings.name}" in {study.root}')
    say("Next: put transcripts into corpus/, write codes into codebook/codebook.yaml, and run")
    say("  quotegrid import corpus")


def _make_demonstration(folder: Path, name: str, database: str) -> None:
    from quotegrid.workflows.study.demonstration import make_demonstration

    if name or database:
        raise UsageError(
            "the demonstration has a name and a file of its own.", todo="Leave both options out."
        )
    study = make_demonstration(folder)
    study.close()
    say(f'Made the study "{study.settings.name}" in {study.root}')
    say("Next: go there and run")
    say("  quotegrid import corpus")
    say("  quotegrid suggest")
    say("  quotegrid decide --from codebook/decisions.csv")


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
    participant: Annotated[
        str | None,
        typer.Option("--participant", help="The label of one who asks but is no interviewer."),
    ] = None,
    not_speaker: Annotated[
        list[str] | None,
        typer.Option("--not-speaker", help="What looks like a label and is words of the text."),
    ] = None,
    speakers: Annotated[
        str | None,
        typer.Option(
            "--speakers",
            help='How speakers are marked: "NAME:" or another convention, a template such as '
            '"[{time}] {speaker}:", or a regular expression with (?P<speaker>...).',
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help="Their language; without it each file tells.")
    ] = None,
    attributes: Annotated[
        list[Path] | None,
        typer.Option("--attributes", help="A CSV with more about sources, speakers or areas."),
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Option("--text", help="A column with words, for tables (.csv, .tsv, .xlsx, .jsonl)."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help="What another column is: case=, speaker=, time=, group=, role=, area= or attribute=.",
        ),
    ] = None,
    plan: Annotated[
        list[Path] | None,
        typer.Option("--plan", help="A table of how many are to be interviewed, by group, area, ..."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show who speaks in each file, and import nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Import nothing if any file cannot be used.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Import files too whose words are known under another name.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List every unsure thing by itself, however many.")
    ] = False,
) -> None:
    """Import transcripts, reports and documents; the same file twice changes nothing."""
    from quotegrid.corpus.sources.read_source import ReadingOptions
    from quotegrid.corpus.transcripts.conventions import parse_convention
    from quotegrid.workflows.sources.import_messages import import_lines, preview_lines
    from quotegrid.workflows.sources.import_sources import import_sources
    from quotegrid.workflows.sources.languages import language_from
    from quotegrid.workflows.sources.preview_import import preview_import
    from quotegrid.workflows.sources.tables.columns import columns_from_options

    options = ReadingOptions(
        kind=kind,
        group=group,
        role=role,
        area=area,
        case=case,
        interviewer=interviewer,
        participant=participant,
        not_speakers=tuple(not_speaker or ()),
        speakers=None if speakers is None else parse_convention(speakers),
        columns=columns_from_options(text or (), column or ()),
        are_columns_whole=False,
        language=None if language is None else language_from(language),
    )
    people, plans = attributes or (), plan or ()
    if preview:
        with study_of(context) as study, progress() as report:
            found = preview_import(
                study, paths, options, attributes=people, plans=plans, again=again, report=_of_files(report)
            )
        lines = preview_lines(found, strict=strict, verbose=verbose)
        problems: Sequence[object] = found.problems
    else:
        with study_of(context) as study, progress() as report:
            summary = import_sources(
                study,
                paths,
                options,
                attributes=people,
                plans=plans,
                strict=strict,
                again=again,
                report=_of_files(report),
            )
        lines = import_lines(summary, verbose=verbose)
        problems = summary.problems
    for line in lines:
        say(line.text, err=line.is_warning)
    if problems:
        raise typer.Exit(DataError.exit_code)


def _of_files(report: ProgressReport) -> ProgressReport:
    return lambda name, done, total: report(f"Reading {name}" if name else "Storing", done, total)


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
    from quotegrid.workflows.sources.languages import study_english_only
    from quotegrid.workflows.suggestions.suggest import suggest_codes

    with study_of(context) as study:
        if note := study_english_only(study):
            say(f"Note: {note}", err=True)
    with study_of(context) as study, progress() as report:
        summary = suggest_codes(study, at_least=at_least, report=report)
    silent = summary.segments - summary.with_suggestion
    say(
        f"{summary.suggestions} suggestions for {summary.with_suggestion} of {summary.segments} passages "
        f"from {summary.codes} codes; nothing to say about the other {silent}."
    )
    say(f"Embedded {summary.embedded} texts with {summary.model}, reused {summary.reused}.")
