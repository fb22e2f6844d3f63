"""What the listing commands print: plain records with stable field names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotegrid.domain.coding.quotes import Quote
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.search.quote_records import Record
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.workflows.report.check_claims import CheckedClaim

SUGGESTION_FIELDS = ("id", "segment", "text", "group", "role", "code", "score", "rank", "evidence")
SOURCE_FIELDS = (
    "id", "name", "kind", "title", "date", "turns", "segments", "characters", "cases", "imported_at",
)  # fmt: skip
CASE_FIELDS = ("id", "name", "group", "role", "area", "attributes", "sources", "segments")
CASE_CHANGE_FIELDS = ("id", "at", "coder", "action", "case", "what", "undoes")
CODE_FIELDS = (
    "name", "theme", "parent", "definition", "suggested", "coded", "use_when", "do_not_use_when", "terms",
    "colour", "deprecated",
)  # fmt: skip
MEMO_FIELDS = ("id", "source", "start", "end", "segment", "author", "at", "text", "imported")
DECISION_FIELDS = (
    "id", "at", "coder", "decision", "segment", "source", "start", "end", "code", "score", "undoes", "memo",
    "stance", "together", "by", "text",
)  # fmt: skip


def claim_records(claims: Sequence[CheckedClaim]) -> list[Record]:
    """Checked claims in the order of the draft, with the quotes for and against each."""
    return [
        {
            "line": one.line,
            "verdict": one.verdict.value,
            "why": one.why,
            "sentence": one.sentence,
            "code": one.code,
            "said": one.said,
            "who": one.who,
            "areas": list(one.areas),
            "stance": None if one.stance is None else one.stance.value,
            "negated": one.is_negated,
            "cases": one.cases,
            "base": one.base,
            "not_coded": one.not_coded,
            "fitting": one.fitting,
            "quotes_for": _short(one.quotes_for),
            "quotes_against": _short(one.quotes_against),
        }
        for one in claims
    ]


def _short(quotes: Sequence[Quote]) -> list[Record]:
    return [{"id": quote.id, "attribution": quote.attribution, "text": quote.text} for quote in quotes]


def memo_records(study: StudyFolder) -> list[Record]:
    """Memos on sources and segments, in the order of the sources' names and texts."""
    from quotegrid.storage.sources.memos import list_memos

    with study.reading_session() as session:
        return [
            {
                "id": one.id,
                "source": one.source,
                "start": one.start,
                "end": one.end,
                "segment": one.segment,
                "author": one.author,
                "at": one.at,
                "text": one.text,
                "imported": one.is_imported,
            }
            for one in list_memos(session)
        ]


def suggestion_records(study: StudyFolder, *, include_decided: bool = False) -> list[Record]:
    """Suggestions that wait for a decision, or all."""
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.suggestions.suggestions import decided, list_suggestions

    current_codebook(study)
    with study.reading_session() as session:
        quotes = {quote.id: quote for quote in load_quotes(session)}
        done = decided(session)
        rows = list_suggestions(session)
    records = []
    for row in rows:
        decision = done.get((row.segment, row.code_id))
        quote = quotes.get(row.segment)
        if quote is None or (decision is not None and not include_decided):
            continue
        records.append(
            {
                "id": row.id,
                "segment": row.segment,
                "text": quote.text,
                "group": quote.group,
                "role": quote.role,
                "code": row.code,
                "score": row.score,
                "rank": row.rank,
                "evidence": dict(row.evidence),
                "decision": None if decision is None else decision.value,
            }
        )
    return records


def source_records(study: StudyFolder) -> list[Record]:
    """Sources by name."""
    from quotegrid.storage.sources.sources import list_sources

    with study.reading_session() as session:
        return [
            {
                "id": one.id,
                "guid": one.guid,
                "name": one.name,
                "kind": one.kind,
                "title": one.title,
                "date": one.date,
                "turns": one.turns,
                "segments": one.segments,
                "characters": one.characters,
                "cases": list(one.cases),
                "imported_at": one.imported_at,
                "file_hash": one.file_hash,
                "text_hash": one.text_hash,
                "repairs": dict(one.repairs),
            }
            for one in list_sources(session)
        ]


def case_records(study: StudyFolder) -> list[Record]:
    """Cases by name."""
    from quotegrid.storage.people.cases import list_cases

    with study.reading_session() as session:
        return [
            {
                "id": one.id,
                "guid": one.guid,
                "name": one.name,
                "group": one.group,
                "role": one.role,
                "area": one.area,
                "attributes": dict(one.attributes),
                "sources": list(one.sources),
                "segments": one.segments,
            }
            for one in list_cases(session)
        ]


def case_change_records(study: StudyFolder) -> list[Record]:
    """The log of what was changed about cases, oldest first."""
    from quotegrid.storage.people.case_log import list_changes
    from quotegrid.workflows.people.change_cases import described

    with study.reading_session() as session:
        return [
            {
                "id": one.id,
                "guid": one.guid,
                "at": one.at,
                "coder": one.coder,
                "action": one.action.value,
                "case": one.payload["name"],
                "what": described(one),
                "undoes": one.undoes,
            }
            for one in list_changes(session)
        ]


def code_records(study: StudyFolder) -> list[Record]:
    """The codebook in its order, with how often each code is suggested and stands."""
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.suggestions.suggestions import pending_codes

    codebook = current_codebook(study)
    with study.reading_session() as session:
        quotes = load_quotes(session)
        pending = pending_codes(session)
    return [
        {
            "name": code.name,
            "theme": codebook.theme_of(code.name),
            "parent": code.parent,
            "depth": codebook.depth(code),
            "definition": code.definition,
            "use_when": list(code.use_when),
            "do_not_use_when": list(code.do_not_use_when),
            "examples": list(code.examples),
            "terms": list(code.terms),
            "colour": code.colour,
            "deprecated": code.is_deprecated,
            "suggested": sum(code.name in codes for codes in pending.values()),
            "coded": sum(bool(set(codebook.family(code.name)) & set(quote.codes)) for quote in quotes),
        }
        for code in codebook.walk()
    ]


def decision_records(study: StudyFolder) -> list[Record]:
    """The log, oldest first."""
    from quotegrid.storage.coding.decisions import list_decisions
    from quotegrid.storage.sources.sources import source_texts

    with study.reading_session() as session:
        decisions = list_decisions(session)
        texts = source_texts(session, {one.source for one in decisions})
        return [
            {
                "id": one.id,
                "guid": one.guid,
                "at": one.at,
                "coder": one.coder,
                "decision": one.action.value,
                "segment": one.segment,
                "source": one.source,
                "start": one.start,
                "end": one.end,
                "code": one.code,
                "score": one.score,
                "undoes": one.undoes,
                "memo": one.memo,
                "stance": None if one.stance is None else one.stance.value,
                "together": one.together,
                "by": one.by,
                "text": texts[one.source][one.start : one.end],
            }
            for one in decisions
        ]
