"""The listing of suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.text.normalise import shortened
from quotegrid.workflows.codebook.codebook_file import bring_in_step
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}


def _flagged_sentence(record: Record) -> str:
    flags = record["evidence"].get("flags", [])
    mark = f" ({', '.join(flags)})" if flags else ""
    return shortened(record["evidence"]["sentence"]["text"], 150) + mark


@dataclass(frozen=True, slots=True)
class ListedSuggestion:
    """A suggestion."""

    id: int = column("the number that `quotegrid decide` takes", place=1, layout=_RIGHT)
    segment: int = column("the number of the passage that it is about")
    text: str = column(
        "the passage's words", place=5, heading="words", cell=_flagged_sentence, layout={"ratio": 1}
    )
    group: str | None = column("the stakeholder group")
    role: str | None = column(
        "the role",
        place=4,
        heading="who",
        cell=lambda record: record["role"] or record["group"] or "not known",
        layout={"max_width": 24},
    )
    code: str = column("the proposed code", place=2, longest=0, layout={"max_width": 26})
    score: float = column(
        "the estimated chance of acceptance (0 to 1)",
        place=3,
        cell=lambda record: f"{record['score']:.2f}",
        layout=_RIGHT,
    )
    rank: int = column("its place among the passage's")
    evidence: Mapping[str, Any] = column(
        "`sentence` (start, end, text), `phrase` (start, end, text; null), `view` (kind and text of what "
        "matched), `nearest` (the number of the most similar confirmed passage; null), `flags` (`negated`, "
        "`reported`, `hypothetical`)"
    )
    decision: Action | None = column("null while it waits; with `--all` the last decision", is_in_csv=False)


def suggestion_records(study: StudyFolder, *, include_decided: bool = False) -> list[Record]:
    """Return the undecided suggestions, or all."""
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.suggestions.suggestions import decided, list_suggestions

    bring_in_step(study)
    with study.reading_session() as session:
        quotes = {quote.id: quote for quote in load_quotes(session)}
        done = decided(session)
        suggestions = list_suggestions(session)
    records = []
    for suggestion in suggestions:
        decision = done.get((suggestion.segment, suggestion.code_id))
        quote = quotes.get(suggestion.segment)
        if quote is not None and (decision is None or include_decided):
            records.append(
                record_of(
                    ListedSuggestion,
                    suggestion,
                    text=quote.text,
                    group=quote.group,
                    role=quote.role,
                    decision=decision,
                )
            )
    return records
