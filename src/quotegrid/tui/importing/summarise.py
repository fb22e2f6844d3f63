"""An import as the long work of the workbench, with its result in a sentence."""

from __future__ import annotations

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import counted
from quotegrid.tui.importing.screen import ImportRequest
from quotegrid.workflows.sources.import_messages import import_lines
from quotegrid.workflows.study.change_settings import read_settings_again
from quotegrid.workflows.study.folder import StudyFolder


def import_and_summarise(study: StudyFolder, request: ImportRequest, report: ProgressReport) -> str:
    """Import what was asked for, and return the result in a sentence."""
    from quotegrid.workflows.people.joins.written_areas import offered_areas
    from quotegrid.workflows.people.joins.written_groups import offered_groups
    from quotegrid.workflows.sources.import_sources import import_sources

    summary = import_sources(
        study,
        [request.path],
        request.options,
        remedies=request.remedies,
        report=lambda name, done, total: report(name or "storing", done, total),
    )
    read_settings_again(study)
    lines = import_lines(summary)
    totals = next(line.text for line in lines if line.text.startswith("Imported "))
    told = next((line.text for line in lines if line.text.startswith("Unsure: ")), "")
    unsure = f" {told} 9 lists who lacks what, U in the reader the rest." if told else ""
    offers = len(offered_groups(study)) + len(offered_areas(study))
    if offers:
        unsure += f" {counted(offers, 'offer')} to join groups or areas: Ctrl+G."
    unused = f" {counted(len(summary.problems), 'file')} could not be used." if summary.problems else ""
    return f"{totals}{unsure}{unused}"
