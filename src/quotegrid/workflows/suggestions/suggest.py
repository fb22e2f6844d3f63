"""The suggestion of codes for every segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.suggestions.encoder import Encoder
    from quotegrid.suggestions.suggest import Suggestion
    from quotegrid.suggestions.views import SegmentText


@dataclass(frozen=True, slots=True)
class SuggestSummary:
    """The result of suggesting."""

    segments: int
    with_suggestion: int
    suggestions: int
    codes: int
    embedded: int
    """The number of texts without a vector before."""
    reused: int
    """The number of texts with a stored vector."""
    model: str


def suggest_codes(
    study: StudyFolder,
    *,
    at_least: float | None = None,
    encoder: Encoder | None = None,
    report: ProgressReport | None = None,
) -> SuggestSummary:
    """Score all codes for all segments and store the best few of each.

    Vectors are stored as they are made: stopping half-way loses none of them.

    Args:
        study: The study.
        at_least: The least chance of acceptance for a suggestion; None for the study's setting.
        encoder: The encoder; None for the study's model.
        report: Called with the progress.

    Raises:
        UsageError: If there is nothing to code or nothing to code it with.
        ConfigError: If the model cannot be loaded.
    """
    from quotegrid.storage.sources.hand_made import hand_made
    from quotegrid.storage.sources.languages import known_languages
    from quotegrid.storage.sources.questions import questions_before
    from quotegrid.storage.sources.sources import segment_texts
    from quotegrid.storage.suggestions.suggestions import decided, replace_suggestions

    codes = current_codebook(study).assignable()
    if not codes:
        raise UsageError(
            "the codebook has no codes yet.", file=study.codebook_path, todo="Write some, then suggest again."
        )
    with study.reading_session() as session:
        rows = list(segment_texts(session))
        questions = questions_before(session)
        languages = known_languages(session)
        actions = decided(session)
        by_hand = hand_made(session)
    if not rows:
        raise UsageError(
            "there are no passages yet.", todo='Import transcripts first: "quotegrid import PATH".'
        )

    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.suggestions.prior import score
    from quotegrid.suggestions.suggest import suggest
    from quotegrid.workflows.suggestions.learn_live import keep_for_learning
    from quotegrid.workflows.suggestions.material import (
        all_texts,
        decided_rows,
        material_of,
        vectors_of,
        with_sentences,
    )

    encoder = encoder or study.encoder()
    texts = with_sentences(rows, study.settings.pipeline, report, questions, languages)
    if not texts:
        raise UsageError("nothing is said in any passage.", todo="Import transcripts with words in them.")
    vectors, embedded = vectors_of(study, encoder, all_texts(texts, codes), report)
    with study.reading_session() as session:
        numbers = code_ids(session)
    accepted, rejected, answered = decided_rows(
        {text.id: row for row, text in enumerate(texts)},
        {numbers[code.name]: place for place, code in enumerate(codes)},
        actions,
    )
    if report is not None:
        report("Scoring", 0, 1)
    material = material_of(texts, codes, vectors)
    prior = score(material)
    threshold = study.settings.threshold if at_least is None else at_least
    suggestions = suggest(
        texts,
        codes,
        material,
        accepted,
        rejected,
        answered,
        threshold=threshold,
        per_segment=study.settings.per_segment,
        prior=prior,
    )
    keep_for_learning(study, texts, codes, material, prior, encoder.fingerprint, threshold)
    with study.writing_session("suggesting") as session:
        count, with_suggestion = replace_suggestions(
            session,
            # What is cut out by hand teaches, and its words are suggested for where the import cut them.
            (
                _row(suggestion, texts, codes, numbers)
                for suggestion in suggestions
                if texts[suggestion.segment].id not in by_hand
            ),
            encoder.fingerprint,
        )
    if report is not None:
        report("Scoring", 1, 1)
    return SuggestSummary(
        segments=len(rows),
        with_suggestion=with_suggestion,
        suggestions=count,
        codes=len(codes),
        embedded=embedded,
        reused=len(vectors) - embedded,
        model=encoder.fingerprint,
    )


def _row(
    suggestion: Suggestion, texts: Sequence[SegmentText], codes: Sequence[Code], numbers: Mapping[str, int]
) -> tuple[int, int, float, int, dict[str, Any]]:
    nearest = suggestion.evidence["nearest"]
    evidence = {**suggestion.evidence, "nearest": None if nearest is None else texts[nearest].id}
    segment, code = texts[suggestion.segment].id, numbers[codes[suggestion.code].name]
    return segment, code, suggestion.score, suggestion.rank, evidence
