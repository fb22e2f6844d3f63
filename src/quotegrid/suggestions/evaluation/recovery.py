"""Measures how well themes found without a codebook match the codes that people gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.suggestions.candidate_themes import FoundTheme
from quotegrid.suggestions.discovery.candidate_themes import CORE


@dataclass(frozen=True, slots=True)
class Recovery:
    """The recovery, as themes, of the codes that people gave."""

    themes: int
    codes: int
    """The number of codes that people used."""
    found: int
    """The number of these found by a theme: half of its core's passages, by two speakers, have the code."""
    share_found: float
    nmi: float
    """The normalised mutual information of themes and codes over the core passages with a single code."""


def found_codes(
    themes: Sequence[FoundTheme], codes: Mapping[int, frozenset[str]], voices: Mapping[int, Hashable]
) -> dict[str, int]:
    """Return the codes that themes find, each with the rank of the first theme that does, from 1.

    Args:
        themes: The themes, best first.
        codes: The codes that people gave to each segment.
        voices: The speaker of each segment.
    """
    places: dict[str, int] = {}
    for place, theme in enumerate(themes, start=1):
        core = [quote.segment for quote in theme.quotes[:CORE]]
        counts = Counter(code for segment in core for code in codes.get(segment, ()))
        for code, count in counts.items():
            speakers = {voices[segment] for segment in core if code in codes.get(segment, ())}
            if count >= CORE / 2 and len(speakers) >= 2:
                places.setdefault(code, place)
    return places


def recovery(
    themes: Sequence[FoundTheme], codes: Mapping[int, frozenset[str]], voices: Mapping[int, Hashable]
) -> Recovery:
    """Return how well the themes recover the codes that people gave.

    Args:
        themes: The themes, best first.
        codes: The codes that people gave to each segment.
        voices: The speaker of each segment.
    """
    from sklearn.metrics import normalized_mutual_info_score

    used = {code for some in codes.values() for code in some}
    found = found_codes(themes, codes, voices)
    theme_of: dict[int, int] = {}
    for place, theme in enumerate(themes):
        for quote in theme.quotes[:CORE]:
            theme_of.setdefault(quote.segment, place)
    single = [segment for segment in theme_of if len(codes.get(segment, ())) == 1]
    return Recovery(
        themes=len(themes),
        codes=len(used),
        found=len(found),
        share_found=len(found) / len(used) if used else 0.0,
        nmi=float(
            normalized_mutual_info_score(
                [next(iter(codes[segment])) for segment in single], [theme_of[segment] for segment in single]
            )
        )
        if single
        else 0.0,
    )
