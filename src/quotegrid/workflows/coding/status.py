"""The status of a study: its contents, decisions, remaining work and next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.exchange.listing import column
from quotegrid.domain.matrix.columns import divided
from quotegrid.domain.matrix.labels import NOT_KNOWN, told_apart
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.coding.overview import CountedSuggestions, Figures


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
    sources_read: int = column("how many of them are read to the end")
    cases: int = column("how many cases")
    segments: int = column("how many passages")
    codes: int = column("how many codes that can be applied")
    suggestions: int = column("how many suggestions")
    decided: int = column("on how many of them somebody has decided")
    decisions: int = column("how many decisions, undos aside")
    codings: int = column("how many codings stand")
    not_counted: Mapping[str, int] = column(
        "how many more stand on codes that are no longer in the codebook, by the names of these"
    )
    coded_segments: int = column("on how many passages, or parts of them, they stand")
    by_group: Sequence[Progress] = column(
        "for each group `name`, `done` (suggestions decided), `total` (suggestions made), `coded` (quotes)",
        is_in_csv=False,
    )
    by_code: Sequence[Progress] = column("the same for each code", is_in_csv=False)
    next_step: str = column("what to do next")


def study_status(study: StudyFolder) -> Status:
    """Return a study's figures."""
    from quotegrid.storage.codebook.codes import codings_outside
    from quotegrid.storage.coding.decision_log import coding_summary, count_decisions
    from quotegrid.storage.coding.overview import figures

    codebook = current_codebook(study)
    heard = study.heard()
    with study.reading_session() as session:
        counted = figures(session)
        decisions = count_decisions(session)
        *_, codings = coding_summary(session)
        not_counted = codings_outside(session)
    by_group, by_code = progress_by_group_and_code(study, codebook)
    return Status(
        study=study.settings.name,
        sources=counted.sources,
        sources_read=counted.sources if heard.read_sources is None else len(heard.read_sources),
        cases=counted.cases,
        segments=counted.segments,
        codes=len(codebook.assignable()),
        suggestions=counted.suggestions,
        decided=counted.suggestions - counted.waiting,
        decisions=decisions,
        codings=codings,
        not_counted=not_counted,
        coded_segments=len(heard.passages_of(heard.with_codes(heard.coded))),
        by_group=by_group,
        by_code=by_code,
        next_step=_next_step(study, codebook, counted),
    )


def progress_by_group_and_code(
    study: StudyFolder, codebook: Codebook
) -> tuple[tuple[Progress, ...], tuple[Progress, ...]]:
    """Return the progress of each group, and of each code that can be applied."""
    from quotegrid.storage.coding.overview import count_suggestions

    heard = study.heard()
    with study.reading_session() as session:
        suggestions = count_suggestions(session)
    groups = divided(heard, ["group"], study.stakeholders.names)
    quotes = heard.apart(heard.with_codes(heard.coded))
    coded = Counter(groups.column_of[heard.speaker_of[quote]] for quote in quotes)

    def progress_of(column: int, group: str) -> Progress:
        of_group = [found for found in suggestions if group_shown(found.group).casefold() == group.casefold()]
        return _progress(group, of_group, coded[column])

    return (
        tuple(progress_of(column, group) for column, group in enumerate(groups.names)),
        tuple(
            _progress(
                code.name,
                [found for found in suggestions if found.code == code.name],
                len(heard.apart(heard.with_codes([code.name]))),
            )
            for code in codebook.assignable()
        ),
    )


def group_shown(group: str | None) -> str:
    """Return a group as it is shown beside others, also where it is not known."""
    return told_apart(group) if group else NOT_KNOWN


def _progress(name: str, suggestions: Sequence[CountedSuggestions], coded: int) -> Progress:
    return Progress(
        name,
        done=sum(counted.decided for counted in suggestions),
        total=sum(counted.made for counted in suggestions),
        coded=coded,
    )


def _next_step(study: StudyFolder, codebook: Codebook, counted: Figures) -> str:
    if not counted.sources:
        return "Put transcripts into corpus/ and run: quotegrid import corpus"
    if not codebook.assignable():
        return f"Write codes into {study.settings.codebook}"
    if not counted.suggestions:
        return "Let codes be suggested: quotegrid suggest"
    if counted.waiting:
        return "Confirm or reject suggestions: quotegrid"
    return (
        f"All {counted.suggestions} suggestions are decided. Export: quotegrid matrix -o exports/matrix.xlsx"
    )
