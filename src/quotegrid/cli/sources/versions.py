"""Commands that replace a source with a corrected file, read it again, or remove it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotegrid.cli.context import Destination, is_sure, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.corpus.sources.reading_options import ReadingOptions
from quotegrid.domain.sources.model import SourceKind
from quotegrid.domain.text.normalise import counted

if TYPE_CHECKING:
    from quotegrid.workflows.sources.versions.replacing import Difference

_Name = Annotated[str, typer.Argument(metavar="SOURCE", help="A source.")]
_Kind = Annotated[SourceKind | None, typer.Option("--kind", help="What it is.")]
_Interviewer = Annotated[str | None, typer.Option("--interviewer", help="The label of the one who asks.")]
_Participant = Annotated[
    str | None, typer.Option("--participant", help="The label of one who asks but is no interviewer.")
]
_Speakers = Annotated[
    str | None, typer.Option("--speakers", help='How speakers are marked, as in "NAME:"; see import.')
]
_Language = Annotated[str | None, typer.Option("--language", help="Its language.")]
_Preview = Annotated[bool, typer.Option("--preview", help="Show the difference, and change nothing.")]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")]
_Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="List every coding whose words changed, however little.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to those about sources."""
    app.command("replace")(replace)
    app.command("reread")(reread)
    app.command("remove")(remove)
    app.command("unplaced")(unplaced)


def replace(
    context: typer.Context,
    name: _Name,
    file: Annotated[Path, typer.Argument(help="The corrected file.")],
    kind: _Kind = None,
    interviewer: _Interviewer = None,
    participant: _Participant = None,
    speakers: _Speakers = None,
    language: _Language = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Replace it even if this is another text altogether.")
    ] = False,
    preview: _Preview = False,
    yes: _Yes = False,
    verbose: _Verbose = False,
) -> None:
    """Replace a source with a corrected file; what is coded goes along, undo brings the old one back."""
    from quotegrid.workflows.sources.versions.replacing import (
        preview_replacement,
        refuse_another_text,
        replace_source,
    )

    options = _options(kind, interviewer, participant, speakers, language)
    with study_of(context) as study:
        found = preview_replacement(study, name, file, options)
        if not anyway:
            refuse_another_text(found, file)
        if _goes_on(found, preview=preview, yes=yes, verbose=verbose):
            done = replace_source(study, name, file, options, anyway=anyway, agreed=found)
            say(f'Replaced "{done.name}". "quotegrid undo" brings the old version back.')


def reread(
    context: typer.Context,
    name: _Name,
    kind: _Kind = None,
    interviewer: _Interviewer = None,
    participant: _Participant = None,
    speakers: _Speakers = None,
    language: _Language = None,
    preview: _Preview = False,
    yes: _Yes = False,
    verbose: _Verbose = False,
) -> None:
    """Read the file of a source again with other options; what is coded goes along, undo takes it back."""
    from quotegrid.workflows.sources.versions.replacing import preview_reread, reread_source

    options = _options(kind, interviewer, participant, speakers, language)
    with study_of(context) as study:
        found = preview_reread(study, name, options)
        if _goes_on(found, preview=preview, yes=yes, verbose=verbose):
            done = reread_source(study, name, options, agreed=found)
            say(f'Read "{done.name}" again. "quotegrid undo" takes it back.')


def remove(context: typer.Context, name: _Name, preview: _Preview = False, yes: _Yes = False) -> None:
    """Remove a source from the study, with what stands on it; undo brings all of it back."""
    from quotegrid.workflows.sources.versions.removing import plan_removal, remove_source

    with study_of(context) as study:
        planned = plan_removal(study, name)
        say(planned.sentence())
        if not preview and is_sure("Remove it?", yes=yes):
            removed = remove_source(study, name, agreed=planned)
            say(f'Removed "{removed.name}"; its file stays where it is. "quotegrid undo" brings it back.')


def unplaced(
    context: typer.Context,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the codings that could not be placed when their source was replaced."""
    from quotegrid.workflows.sources.versions.list_unplaced import UnplacedCoding, unplaced_records

    with study_of(context) as study:
        records = unplaced_records(study)
    below = f"{counted(len(records), 'coding')} that could not be placed."
    print_listing(UnplacedCoding, records, Destination(context, form, output, force), below=below)


def _options(
    kind: SourceKind | None,
    interviewer: str | None,
    participant: str | None,
    speakers: str | None,
    language: str | None,
) -> ReadingOptions:
    from quotegrid.corpus.transcripts.conventions import parse_convention
    from quotegrid.workflows.sources.languages import language_from

    return ReadingOptions(
        kind=kind,
        interviewer=interviewer,
        participant=participant,
        speakers=None if speakers is None else parse_convention(speakers),
        language=None if language is None else language_from(language),
    )


def _goes_on(found: Difference, *, preview: bool, yes: bool, verbose: bool) -> bool:
    """Print a difference, and return whether it is to be made."""
    from quotegrid.workflows.sources.versions.difference_messages import difference_lines

    for line in difference_lines(found, verbose=verbose):
        say(line)
    return not (preview or found.is_same) and is_sure("Replace it?", yes=yes)
