"""The overview of a study: its figures, recent changes, and next steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from quotegrid.domain.people.sheet import lacking_in_words
from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.domain.text.languages import count_languages
from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.review.progress import ReviewProgress
from quotegrid.workflows.coding.status import Progress
from quotegrid.workflows.people.joins.offers import OfferedJoin
from quotegrid.workflows.people.joins.written_groups import offered_groups
from quotegrid.workflows.sources.languages import english_only
from quotegrid.workflows.sources.turns.unsure import unsure_things
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.domain.sources.memos import Memo
    from quotegrid.storage.coding.overview import Figures

_MOST_NAMES = 3


class Step(StrEnum):
    """A possible next step."""

    IMPORT = "import"
    WRITE_CODES = "write codes"
    SUGGEST = "suggest"
    REVIEW = "review"
    PUT_RIGHT = "put right"
    READ = "read"
    CHECK_CASES = "check cases"
    JOIN = "join"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggested step with its reason."""

    step: Step
    told: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A study at one moment."""

    figures: Figures
    codes: int
    offers: Sequence[Offer]
    """The possible steps, the most sensible first."""
    changes: Sequence[str]
    """The changes by others since the coder's last decision, a sentence each."""
    since: str
    """The time of that decision, in UTC, ISO 8601; empty for a coder without decisions."""
    by_group: Sequence[Progress]
    by_code: Sequence[Progress]
    languages: Mapping[str, int]
    """The number of sources in each language that is known, by its name, the most frequent first."""
    diary: Memo | None
    """The latest entry of the research diary."""
    knows_only_english: str
    """The tools that know only English, if some sources are in other languages; else empty."""


def study_overview(study: StudyFolder) -> Overview:
    """Return the overview of a study."""
    from quotegrid.storage.coding.overview import decided_since, figures, imported_since, last_work_of
    from quotegrid.storage.sources.languages import languages_of_sources
    from quotegrid.storage.sources.memo_list import list_memos

    coder = study.settings.coder_name()
    codes = len(current_codebook(study).assignable())
    with study.reading_session() as session:
        found = figures(session)
        number, at = last_work_of(session, coder)
        decided = decided_since(session, number, coder)
        imported = imported_since(session, at) if at else []
        languages = list(languages_of_sources(session).values())
        diary = [memo for memo in list_memos(session) if memo.subject is MemoSubject.STUDY]
    changes = [f"{name} made {counted(count, 'decision')}." for name, count in decided.items()]
    if imported:
        more = f" and {len(imported) - _MOST_NAMES} more" if len(imported) > _MOST_NAMES else ""
        changes.append(f"Imported: {', '.join(imported[:_MOST_NAMES])}{more}.")
    progress = ReviewProgress(study)
    return Overview(
        figures=found,
        codes=codes,
        offers=_offers(found, codes, len(unsure_things(study)), offered_groups(study)),
        changes=changes,
        since=at,
        by_group=progress.by_group(),
        by_code=progress.by_code(),
        languages=count_languages(languages),
        diary=diary[-1] if diary else None,
        knows_only_english=english_only(languages, study.settings.model),
    )


def _offers(found: Figures, codes: int, unsure: int, groups: Sequence[OfferedJoin]) -> list[Offer]:
    if not found.sources:
        return [Offer(Step.IMPORT, "Import transcripts, reports or tables of answers (i)")]
    offers = []
    if not codes:
        offers.append(Offer(Step.WRITE_CODES, "Write a codebook"))
    elif not found.suggestions:
        offers.append(Offer(Step.SUGGEST, f"Have {counted(codes, 'code')} suggested for the passages"))
    if found.waiting:
        offers.append(Offer(Step.REVIEW, f"Review {counted(found.waiting, 'suggestion')}"))
    if unsure:
        offers.append(
            Offer(Step.PUT_RIGHT, f"Look at {counted(unsure, 'place')} that imports were unsure about")
        )
    if groups:
        offers.append(Offer(Step.JOIN, f"Join spellings that may be one group: {groups[0].told} (ctrl+g)"))
    if found.incomplete:
        offers.append(
            Offer(Step.CHECK_CASES, f"Complete who speaks: {lacking_in_words(found.incomplete)} (9)")
        )
    uncoded = found.segments - found.coded
    if uncoded:
        offers.append(Offer(Step.READ, f"Read {counted(uncoded, 'passage')} without a code"))
    if found.coded:
        offers.append(Offer(Step.COUNT, "Count who says what"))
    return offers
