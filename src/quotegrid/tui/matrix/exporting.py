"""Writing what the matrix shows, for the team or for publication, and the list of what was published."""

from __future__ import annotations

from functools import partial

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.exports.formats import ExportKind, offered
from quotegrid.tui.jobs import Job
from quotegrid.tui.messages import StartJob
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.workflows.matrix.list_publications import (
    ListedPublication,
    list_publications,
    withdraw_in_words,
)
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.study.folder import StudyFolder

EXPORT = "exports/matrix.xlsx"
PUBLISHED = "exports/published.xlsx"
_WHAT_TO_DO = (
    "It stays",
    "Withdraw it; whoever has it knows what it told, so new ones are still checked beside it",
    "Withdraw it: nobody outside the team ever had it, so it no longer counts",
)


def ask_to_export(screen: WorkbenchScreen, study: StudyFolder, choice: MatrixChoice) -> None:
    """Ask for a file, and write a matrix to it in the background."""
    formats = f"The end of the name says the format: {', '.join(offered(ExportKind.MATRIX))}"

    def start(path: str) -> None:
        def export(report: ProgressReport) -> str:
            from quotegrid.workflows.matrix.export_matrix import export_matrix

            made = make_matrix(study, choice, with_quotes=True, report=report)
            export_matrix(made, study.root / path, study=study, report=report)
            return f"Wrote {path}"

        screen.post_message(StartJob(Job(f"Writing {path}", export, "nothing was written")))

    screen.ask(AskTextScreen("Export to", EXPORT, formats), start)


def ask_to_publish(screen: WorkbenchScreen, study: StudyFolder, choice: MatrixChoice) -> None:
    """Ask for a file, and publish a matrix in it in the background."""
    minimum = study.settings.minimum_cases
    hint = (
        f"Cells of fewer than {minimum} cases are withheld, and what they could be worked out from, here or "
        f"beside earlier publications. Formats: {', '.join(offered(ExportKind.MATRIX))}"
    )

    def start(path: str) -> None:
        def publish(report: ProgressReport) -> str:
            from quotegrid.workflows.matrix.export_matrix import publish_matrix

            told = publish_matrix(study, choice, study.root / path, report=report)
            return f"Published {path}. {told}"

        screen.post_message(StartJob(Job(f"Publishing {path}", publish, "nothing was written")))

    screen.ask(AskTextScreen("Publish to", PUBLISHED, hint), start)


def show_publications(screen: WorkbenchScreen, study: StudyFolder) -> None:
    """Show what was published, and withdraw what is chosen."""
    found = list_publications(study)
    if not found:
        screen.say("Nothing has been published yet; p publishes what is shown.")
        return

    def choose(place: int) -> None:
        publication = found[place]
        screen.ask(
            ChooseOneScreen(f"{publication.number}, {publication.path}", _WHAT_TO_DO),
            lambda deed: _withdraw(screen, study, publication, deed),
        )

    screen.ask(ChooseOneScreen("Publications", list(map(_line, found)), len(found) - 1), choose)


def _withdraw(screen: WorkbenchScreen, study: StudyFolder, publication: ListedPublication, deed: int) -> None:
    if deed:
        withdraw = partial(withdraw_in_words, study, publication.number, never_left=deed > 1)
        screen.start(partial(screen.change, withdraw), "change")


def _line(publication: ListedPublication) -> str:
    state = "" if publication.withdrawn is None else f", withdrawn {publication.withdrawn[:10]}"
    beside = "" if publication.checked_beside else ", no longer counts"
    what = f"{publication.what} by {publication.by}"
    return f"{publication.number}   {publication.at[:10]}   {publication.path}   {what}{state}{beside}"
