"""The discovery of candidate themes without a codebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import folded_words, text_hash
from quotegrid.errors import UsageError
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.material import vectors_of, with_sentences

if TYPE_CHECKING:
    from quotegrid.suggestions.discovery.candidate_themes import Passage
    from quotegrid.suggestions.discovery.phrases import Embed
    from quotegrid.suggestions.encoder import Encoder, Vectors
    from quotegrid.suggestions.views import SegmentText

MOST = 30
"""The most candidate themes that are stored."""
MOST_COMPARED = 6000
"""The most passages, of which every pair is compared; of more, the same share per speaker is used."""


@dataclass(frozen=True, slots=True)
class DiscoverySummary:
    """The result of discovering themes."""

    themes: int
    """The number of open candidate themes."""
    known: int
    """The number found again that were decided on before."""
    passages: int
    """The number of passages used."""
    left_out: int
    """The number of passages left out because there are too many to compare."""
    model: str


def discover_themes(
    study: StudyFolder,
    *,
    everything: bool = False,
    encoder: Encoder | None = None,
    report: ProgressReport | None = None,
) -> DiscoverySummary:
    """Discover candidate themes in uncoded passages.

    Open candidate themes are replaced; decided ones stay and are not offered again.

    Args:
        study: The study.
        everything: Whether to use coded passages too.
        encoder: The encoder; None for the study's model.
        report: Called with the progress.

    Raises:
        UsageError: If there is nothing to look through.
        ConfigError: If the model cannot be loaded.
    """
    from quotegrid.storage.suggestions.candidate_themes import replace_themes
    from quotegrid.suggestions.discovery.candidate_themes import discover

    passages, roles = passages_of(study, everything=everything, report=report)
    encoder = encoder or study.encoder()
    looked_through = _spread(passages, MOST_COMPARED)
    themes = discover(
        looked_through,
        _embedding(study, encoder, report),
        roles=roles,
        most=MOST,
        report=report,
    )
    with study.writing_session("discovering") as session:
        known = replace_themes(session, themes, encoder.fingerprint)
    return DiscoverySummary(
        themes=len(themes) - known,
        known=known,
        passages=len(looked_through),
        left_out=len(passages) - len(looked_through),
        model=encoder.fingerprint,
    )


def passages_of(
    study: StudyFolder, *, everything: bool = True, report: ProgressReport | None = None
) -> tuple[list[Passage], set[str]]:
    """Return the passages to use, in the order of the sources, and the folded words for speakers.

    Raises:
        UsageError: If there is nothing.
    """
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.sources.languages import known_languages
    from quotegrid.storage.sources.sources import segment_texts

    with study.reading_session() as session:
        rows = list(segment_texts(session))
        quotes = {quote.id: quote for quote in load_quotes(session)}
        languages = known_languages(session)
    if not rows:
        raise UsageError(
            "there are no passages yet.", todo='Import transcripts first: "quotegrid import PATH".'
        )
    if not everything:
        rows = [row for row in rows if not quotes[row[0]].codes]
    if not rows:
        raise UsageError("everything is coded already.", todo='"quotegrid discover --all" looks through it.')
    sources = {row[0]: row[1] for row in rows}
    texts = with_sentences(rows, study.settings.pipeline, report, languages=languages)
    passages = [_passage(text, sources[text.id], quotes[text.id]) for text in texts]
    return passages, _role_words(study, quotes.values())


def speaker_of(quote: Quote) -> str | None:
    """Return a quote's speaker: its case, or the role or group that a report gives; None without either."""
    if quote.case:
        return f"case {quote.case}"
    told = quote.role or quote.group
    return f"{quote.source}: {told}" if told else None


def _passage(text: SegmentText, source: int, quote: Quote) -> Passage:
    from quotegrid.suggestions.discovery.candidate_themes import Passage

    speaker = speaker_of(quote)
    return Passage(text, source, speaker or quote.source, speaker is not None)


def _spread(passages: Sequence[Passage], most: int) -> list[Passage]:
    """Return as many passages as can be compared, the same share of every speaker's, in their order."""
    if len(passages) <= most:
        return list(passages)
    by_voice: defaultdict[object, list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        by_voice[passage.voice].append(row)
    # The middle of each of as many equal stretches as the speaker may have.
    kept: set[int] = set()
    for rows in by_voice.values():
        share = max(1, len(rows) * most // len(passages))
        kept.update(rows[(2 * place + 1) * len(rows) // (2 * share)] for place in range(share))
    return [passage for row, passage in enumerate(passages) if row in kept]


def _role_words(study: StudyFolder, quotes: Iterable[Quote]) -> set[str]:
    """Return the folded words of all groups, roles and areas, which are no themes."""
    words: set[str] = set()
    for group, roles in study.settings.stakeholders.items():
        for name in (group, *roles):
            words.update(folded_words(name))
    for quote in quotes:
        for value in (quote.group, quote.role, quote.area):
            words.update(folded_words(value or ""))
    return words


def _embedding(study: StudyFolder, encoder: Encoder, report: ProgressReport | None) -> Embed:
    def embed(texts: Sequence[str]) -> Vectors:
        import numpy as np

        by_hash = {text_hash(text): text for text in texts}
        vectors, _ = vectors_of(study, encoder, by_hash, report)
        return np.stack([vectors[text_hash(text)] for text in texts])

    return embed
