"""The method of a study, as its data show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotegrid import __version__
from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.decisions import STANDS, Action
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.report.checklists import Checklist, coreq, srqr
from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.coding.overview import DecisionFigures


def report_method(
    study: StudyFolder, codebook: Codebook, heard: HeardQuotes, quoted: int, *, publish: bool
) -> list[Checklist]:
    """Return the items of COREQ and of SRQR, with answers where the study's data give them.

    Args:
        study: The study.
        codebook: Its codes.
        heard: All that was heard.
        quoted: How many quotes the report shows.
        publish: Whether it is for publication: figures of fewer cases than the minimum are withheld.
    """
    from quotegrid.storage.coding.overview import decision_figures
    from quotegrid.storage.sources.memo_list import list_memos
    from quotegrid.storage.sources.source_attributes import interviewer_labels
    from quotegrid.storage.sources.sources import source_numbers

    with study.reading_session() as session:
        decisions = decision_figures(session)
        memos = sum(memo.source is not None for memo in list_memos(session))
        asking = interviewer_labels(session)
        sources = source_numbers(session)
    sources_of: dict[str, set[str]] = {}
    for speaker in heard.speakers:
        if speaker.case is not None:
            sources_of.setdefault(speaker.case, set()).add(speaker.source)
    groups = {speaker.group for speaker in heard.speakers if speaker.group}
    areas = {speaker.area for speaker in heard.speakers if speaker.area}
    several = sum(len(found) > 1 for found in sources_of.values())
    log = sum(decisions.actions.values())
    sample = f"{counted(len(sources_of), 'case')} in {counted(len(sources), 'source')}."
    groups_and_areas = (
        f"{counted(len(groups), 'stakeholder group')} in {counted(len(areas), 'area')}; "
        "the tables of this report say how many of each were heard."
    )
    quotes = f"{counted(quoted, 'quote')} in this report, " + (
        "each with an attribution that several cases share."
        if publish
        else "each with its attribution and its number in the study."
    )
    coders, derivation = _coders(decisions), _derivation(decisions)
    software = f"quotegrid {__version__}; codes suggested by {study.settings.model}, offline."
    answers = {
        12: sample,
        16: groups_and_areas,
        18: _repeated(several, len(sources_of), study.settings.minimum_cases if publish else 1),
        20: f"{counted(memos, 'memo')} on sources and passages."
        if memos
        else "The study holds no memos on sources or passages.",
        24: coders,
        25: f"{counted(len(codebook.themes()), 'theme')} and "
        f"{counted(len(codebook.codes) - len(codebook.themes()), 'code')} below them; each section begins "
        "with its part of the tree.",
        26: derivation,
        27: software,
        29: quotes,
    }
    of_srqr = {
        12: f"{sample} {groups_and_areas}",
        13: "Each source is divided into passages of whole sentences of one speaker, "
        f"{len(heard.speaker_of):,} in all."
        + (" Names and withheld words are replaced in this report." if publish else ""),
        14: f"{derivation} {coders} {software}",
        15: f"Every decision is kept with its coder and time, {log:,} so far, and so is every state of "
        "the codebook; dissent is shown with each theme.",
        17: quotes,
    }
    if asking and not publish:
        named = {name.casefold(): name for name in sorted(asking)}
        answers[1] = f"In the transcripts those who ask are called {', '.join(named.values())}."
    return [coreq(answers), srqr(of_srqr)]


def _repeated(several: int, cases: int, minimum: int) -> str:
    if not several:
        return "Nobody speaks in more than one source."
    if min(several, cases - several or minimum) < minimum:
        return "Some cases speak in more than one source; how many is withheld."
    return f"{counted(several, 'case')} in more than one source."


def _coders(decisions: DecisionFigures) -> str:
    coders = counted(decisions.coders, "coder")
    if decisions.coders < 2:
        return f"{coders}."
    shared = counted(decisions.shared_passages, "passage")
    return f"{coders}; more than one of them decided on {shared}."


def _derivation(decisions: DecisionFigures) -> str:
    accepted = decisions.actions.get(Action.ACCEPT, 0)
    by_hand = sum(decisions.actions.get(action, 0) for action in STANDS) - accepted
    rejected = decisions.actions.get(Action.REJECT, 0)
    return (
        f"Codes come from the codebook; of the decisions, {accepted:,} accepted and {rejected:,} rejected a "
        f"code suggested by likeness of meaning, {by_hand:,} applied one by hand. How the codebook itself "
        "came about is for its authors to say."
    )
