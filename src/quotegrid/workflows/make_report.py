"""A report on a study: who was heard, what they said theme by theme, and how it was made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from quotegrid import __version__
from quotegrid.domain.agreement import agreements
from quotegrid.domain.codes import Code, Codebook
from quotegrid.domain.coreq import MethodItem, method_items
from quotegrid.domain.decisions import STANDS, Action, Decision, Stance
from quotegrid.domain.exemplars import exemplars, taking
from quotegrid.domain.matrix import Count, Rows
from quotegrid.domain.publication import Withheld
from quotegrid.domain.quotes import Quote
from quotegrid.domain.report import CodeLine, Report, ThemeSection
from quotegrid.domain.text import counted
from quotegrid.workflows.coverage import make_coverage
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.list_quotes import all_quotes
from quotegrid.workflows.make_matrix import StudyMatrix, make_matrix
from quotegrid.workflows.publish import published_quotes
from quotegrid.workflows.tell_amounts import EVERYBODY, tell_amounts

MOST_EXEMPLARS = 6
_WITHHELD = "[c]"


@dataclass(frozen=True, slots=True)
class StudyReport:
    """A report, and what it does not tell."""

    report: Report
    withheld: Sequence[Withheld] = ()


def make_report(
    study: StudyFolder, *, publish: bool = False, most_exemplars: int = MOST_EXEMPLARS
) -> StudyReport:
    """Put a report together from the codings that stand.

    Args:
        study: The study.
        publish: Whether it is to leave the team: small counts are withheld, quotes made anonymous, and the
            table of who was heard is left out.
        most_exemplars: How many quotes speak for a theme at the most.
    """
    codebook = study.codebook()
    made = make_matrix(study, rows=Rows.THEME, count=Count.CASES, publish=publish)
    codes = make_matrix(study, rows=Rows.CODE, count=Count.CASES, publish=publish)
    amounts = tell_amounts(study, publish=publish)
    heard = all_quotes(study)
    chosen = _chosen(made, codebook, {quote.id: quote for quote in heard}, most_exemplars)
    shown = {quote.id: quote for part in chosen.values() for quotes in part for quote in quotes}
    withheld = [*made.withheld, *codes.withheld]
    if publish:
        told, log = published_quotes(study, list(shown.values()), heard)
        # What is published comes in an order that says nothing of who spoke.
        shown = {quote.id: quote for quote in told}
        withheld += [one for one in log if one not in withheld]
    places = {number: place for place, number in enumerate(shown)}

    def as_shown(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        numbers = [quote.id for quote in quotes]
        return tuple(shown[one] for one in (sorted(numbers, key=places.__getitem__) if publish else numbers))

    said = [one for one in amounts.amounts if one.sentence]
    cases = _cases(codes)
    minimum = study.settings.minimum_cases
    themes = []
    for row, theme in enumerate(codebook.themes()):
        speaking, disputing, mixed = map(as_shown, chosen[theme.name])
        of_theme = [one for one in said if one.row == theme.name]
        family = set(codebook.family(theme.name))
        themes.append(
            ThemeSection(
                name=theme.name,
                definition=theme.definition,
                codes=tuple(_line(code, cases) for code in codebook.children(theme.name)),
                overall=next((one.sentence for one in of_theme if one.column == EVERYBODY), ""),
                amounts=tuple(one.sentence for one in of_theme if one.column != EVERYBODY),
                exemplars=speaking,
                dissent=disputing,
                mixed=mixed,
                on_dissent=_on_dissent(
                    heard, family, minimum if publish else 1, is_told=row not in made.matrix.withheld_totals
                ),
            )
        )
    report = Report(
        title=study.settings.name,
        provenance=made.provenance,
        matrix=made.matrix,
        themes=themes,
        method=_method(study, codebook, heard, len(shown), publish=publish),
        notes=list(amounts.notes),
        coverage=None if publish else make_coverage(study),
    )
    return StudyReport(report, withheld)


def _chosen(
    made: StudyMatrix, codebook: Codebook, quotes: Mapping[int, Quote], most: int
) -> dict[str, tuple[list[Quote], list[Quote], list[Quote]]]:
    """For each theme the quotes that speak for it, that dispute it and that do both, of the cells shown."""
    chosen = {}
    for row, theme in enumerate(codebook.themes()):
        here = [
            quotes[number]
            for column in range(len(made.matrix.columns))
            for number in made.matrix.members.get((row, column), ())
        ]
        family = codebook.family(theme.name)
        disputing = taking(here, family, Stance.DISPUTES)
        apart = {quote.id for quote in disputing}
        mixed = [quote for quote in taking(here, family, Stance.MIXED) if quote.id not in apart]
        apart |= {quote.id for quote in mixed}
        others = [quote for quote in here if quote.id not in apart]
        chosen[theme.name] = (exemplars(others, most), exemplars(disputing, most), exemplars(mixed, most))
    return chosen


def _on_dissent(heard: Sequence[Quote], family: Collection[str], minimum: int, *, is_told: bool) -> str:
    """How many cases dispute a theme, where at least `minimum` do and the theme's own count may be told."""
    here = [quote for quote in heard if not set(quote.codes).isdisjoint(family)]
    if not any(code in family and taken for quote in here for code, taken in quote.stances.items()):
        return "Of none of its passages has anybody said whether they support or dispute it."
    disputing = taking(here, family, Stance.DISPUTES)
    if not disputing:
        return "Nobody disputes it in what is coded so far."
    cases = {quote.case for quote in disputing if quote.case is not None}
    speaking = {quote.case for quote in here if quote.case is not None}
    counts = (len(cases), len(speaking - cases), len(speaking))
    if not is_told or any(0 < number < minimum for number in counts):
        return "Somebody disputes it; by how many cases is withheld."
    if not cases:
        return f"{counted(len(disputing), 'quote')} that name nobody dispute it."
    return f"{len(cases)} of the {counted(len(speaking), 'case')} who spoke of it disputed it at least once."


def _cases(codes: StudyMatrix) -> dict[str, str]:
    matrix = codes.matrix
    return {
        name: _WITHHELD if row in matrix.withheld_totals else str(matrix.totals[row] or 0)
        for row, name in enumerate(matrix.rows)
    }


def _line(code: Code, cases: Mapping[str, str]) -> CodeLine:
    return CodeLine(code.name, code.definition, cases.get(code.name, ""))


def _method(
    study: StudyFolder, codebook: Codebook, heard: Sequence[Quote], quoted: int, *, publish: bool
) -> list[MethodItem]:
    from quotegrid.storage.decisions import list_decisions
    from quotegrid.storage.memos import list_memos
    from quotegrid.storage.sources import interviewer_labels, list_sources

    with study.reading_session() as session:
        log = list_decisions(session)
        memos = len(list_memos(session))
        asking = interviewer_labels(session)
        sources = list_sources(session)
    cases = {quote.case for quote in heard if quote.case is not None}
    groups = {quote.group for quote in heard if quote.group}
    areas = {quote.area for quote in heard if quote.area}
    several = [case for case in cases if len({quote.source for quote in heard if quote.case == case}) > 1]
    decisions = [Decision(one.id, one.coder, one.action, one.segment, one.code, one.undoes) for one in log]
    answers = {
        12: f"{counted(len(cases), 'case')} in {counted(len(sources), 'source')}.",
        16: f"{counted(len(groups), 'stakeholder group')} in {counted(len(areas), 'area')}; "
        "the tables of this report say how many of each were heard.",
        18: f"{counted(len(several), 'case')} in more than one source."
        if several
        else "Nobody speaks in more than one source.",
        20: f"{counted(memos, 'memo')} on sources and passages."
        if memos
        else "The study holds no memos on sources or passages.",
        24: _coders(decisions),
        25: f"{counted(len(codebook.themes()), 'theme')} and "
        f"{counted(len(codebook.codes) - len(codebook.themes()), 'code')} below them; each section begins "
        "with its part of the tree.",
        26: _derivation(decisions),
        27: f"quotegrid {__version__}; codes suggested by {study.settings.model}, offline.",
        29: f"{counted(quoted, 'quote')} in this report, "
        + (
            "each with an attribution that several cases share."
            if publish
            else "each with its attribution and its number in the study."
        ),
    }
    if asking and not publish:
        answers[1] = f"In the transcripts those who ask are called {', '.join(sorted(asking))}."
    return method_items(answers)


def _coders(decisions: Sequence[Decision]) -> str:
    coders = {one.coder for one in decisions}
    if len(coders) < 2:
        return f"{counted(len(coders), 'coder')}; agreement needs two who decide on the same passages."
    found = agreements(decisions)
    if not found:
        return f"{len(coders)} coders; no two of them decided on the same code of the same passage."
    parts = [
        f"{one.first} and {one.second} agree on {one.alike} of {one.decided} decisions that both made"
        + ("" if one.kappa is None else f" (Cohen's kappa {one.kappa:.2f})")
        for one in found
    ]
    return f"{len(coders)} coders: {'; '.join(parts)}."


def _derivation(decisions: Sequence[Decision]) -> str:
    accepted = sum(one.action is Action.ACCEPT for one in decisions)
    by_hand = sum(one.action in STANDS for one in decisions) - accepted
    rejected = sum(one.action is Action.REJECT for one in decisions)
    return (
        f"Codes come from the codebook; of the decisions, {accepted:,} accepted and {rejected:,} rejected a "
        f"code suggested by likeness of meaning, {by_hand:,} applied one by hand. How the codebook itself "
        "came about is for its authors to say."
    )
