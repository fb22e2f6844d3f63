"""The status of a study: its contents, decisions, remaining work and next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.exchange.listing import column
from quotegrid.domain.matrix.labels import NOT_KNOWN, told_apart
from quotegrid.domain.people.stakeholders import in_order
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of one group or code."""

    name: str
    done: int
    """The number of suggestions decided on."""
    total: int
    """The number of suggestions made."""
    coded: int
    """The number of quotes with a confirmed code."""


@dataclass(frozen=True, slots=True)
class Status:
    """A study's figures."""

    study: str = column("its name")
    sources: int = column("how many sources")
    cases: int = column("how many cases")
    segments: int = column("how many passages")
    codes: int = column("how many codes that can be applied")
    suggestions: int = column("how many suggestions")
    decided: int = column("on how many of them somebody has decided")
    decisions: int = column("how many decisions, undos aside")
    codings: int = column("how many codings stand")
    coded_segments: int = column("on how many passages, or parts of them, they stand")
    by_group: Sequence[Progress] = column(
        "for each group `name`, `done` (suggestions decided), `total` (suggestions made), `coded` (quotes)",
        is_in_csv=False,
    )
    by_code: Sequence[Progress] = column("the same for each code", is_in_csv=False)
    next_step: str = column("what to do next")


def study_status(study: StudyFolder) -> Status:
    """Return a study's figures."""
    from quotegrid.storage.coding.decision_log import all_codings, list_decisions
    from quotegrid.storage.people.cases import list_cases
    from quotegrid.storage.sources.sources import list_sources
    from quotegrid.storage.suggestions.suggestions import decided, list_suggestions

    codebook = current_codebook(study)
    heard = study.heard()
    with study.reading_session() as session:
        sources = list_sources(session)
        cases = list_cases(session)
        suggestions = list_suggestions(session)
        done = decided(session)
        decisions = [decision for decision in list_decisions(session) if decision.action is not Action.UNDO]
        codings = all_codings(session)
    coded = frozenset[int]().union(*heard.coded.values())

    def group_of(quote: int) -> str:
        return told_apart(group) if (group := heard.speakers[heard.speaker_of[quote]].group) else NOT_KNOWN

    pairs = [
        (
            suggestion.code,
            group_of(suggestion.segment),
            (suggestion.segment, suggestion.code_id) in done,
        )
        for suggestion in suggestions
        if suggestion.segment in heard.speaker_of
    ]
    groups = in_order(set(map(group_of, heard.speaker_of)), study.stakeholders.names)
    coded_of_groups = Counter(map(group_of, heard.apart(coded)))
    return Status(
        study=study.settings.name,
        sources=len(sources),
        cases=len(cases),
        segments=len(heard.passages),
        codes=len(codebook.assignable()),
        suggestions=len(suggestions),
        decided=sum(is_done for _, _, is_done in pairs),
        decisions=len(decisions),
        codings=len(codings),
        coded_segments=len(heard.passages_of(coded)),
        by_group=tuple(
            Progress(
                name=group,
                done=sum(is_done for _, of, is_done in pairs if of == group),
                total=sum(of == group for _, of, _ in pairs),
                coded=coded_of_groups[group],
            )
            for group in groups
        ),
        by_code=tuple(
            Progress(
                name=code.name,
                done=sum(is_done for name, _, is_done in pairs if name == code.name),
                total=sum(name == code.name for name, _, _ in pairs),
                coded=len(heard.apart(heard.with_codes([code.name]))),
            )
            for code in codebook.assignable()
        ),
        next_step=_next_step(study, codebook, len(sources), pairs),
    )


def _next_step(
    study: StudyFolder,
    codebook: Codebook,
    sources: int,
    pairs: Sequence[tuple[str, str, bool]],
) -> str:
    if not sources:
        return "Put transcripts into corpus/ and run: quotegrid import corpus"
    if not codebook.assignable():
        return f"Write codes into {study.settings.codebook}"
    if not pairs:
        return "Let codes be suggested: quotegrid suggest"
    if not all(is_done for _, _, is_done in pairs):
        return "Confirm or reject suggestions: quotegrid"
    return f"All {len(pairs)} suggestions are decided. Export: quotegrid matrix -o exports/matrix.xlsx"
