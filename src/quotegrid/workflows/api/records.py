"""The records that the listing commands print: one dataclass for each listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.exchange.listing import Record, column, moment, record_of
from quotegrid.domain.people.cases import CaseAction
from quotegrid.domain.text.normalise import shortened
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.workflows.report.check_claims import CheckedClaim, Verdict

_RIGHT = {"justify": "right"}


def _numbers(quotes: Sequence[Mapping[str, Any]]) -> list[int]:
    return [quote["id"] for quote in quotes]


def _flagged_sentence(record: Record) -> str:
    flags = record["evidence"].get("flags", [])
    mark = f" ({', '.join(flags)})" if flags else ""
    return shortened(record["evidence"]["sentence"]["text"], 150) + mark


def _whole_decision(record: Record) -> str:
    told = record["decision"] + (f" of {record['undoes']}" if record["undoes"] else "")
    if record["together"] not in (None, record["id"]):
        told += f" with {record['together']}"
    if record["stance"] or record["decision"] == Action.MARK:
        told += f" {record['stance'] or 'none'}"
    return str(told)


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A sentence of a draft that was checked."""

    line: int = column("where the sentence begins in the draft; in a Word document the paragraph")
    verdict: Verdict = column(
        "`borne out`, `not borne out`, `cannot be told`, `unread` (its number is not read whole) or "
        "`no amount`"
    )
    why: str = column("the counts, or why it cannot be told, in words")
    sentence: str = column("the sentence")
    code: str = column("the code as the codebook spells it, or as the draft does where there is none")
    said: str = column('the amount in a standard form: "most", "7 of 9", "at least 3", "over 1/2", "75%"')
    who: str = column("whom it is said of")
    areas: Sequence[str] = column("of which areas; empty for everywhere")
    stance: Stance | None = column("the stance that is claimed; null where none is")
    negated: bool = column("whether it is said of those who did not")
    cases: int | None = column("how many cases it is true of; null where that cannot be told")
    base: int | None = column("of how many heard; null where that cannot be told")
    not_coded: int | None = column("how many of the base have no code yet")
    fitting: str | None = column("the amount that would be right")
    quotes_for: Sequence[Record] = column(
        "the quotes that bear it out, each with `id`, `attribution` and `text`; in CSV their numbers",
        flat=_numbers,
    )
    quotes_against: Sequence[Record] = column("the quotes that speak against it, likewise", flat=_numbers)


@dataclass(frozen=True, slots=True)
class ListedMemo:
    """A memo."""

    id: int = column("its number")
    source: str = column("the source")
    start: int | None = column(
        "where in the source's text it stands; null where it is about the whole source"
    )
    end: int | None = column("where it ends; null where it is about the whole source")
    segment: int | None = column("the passage; null where it is about the source or words beyond one passage")
    author: str = column("who wrote it")
    at: str = column("when")
    text: str = column("the note")
    imported: bool = column("whether it is a comment that came with the source's file")


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


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source."""

    id: int = column("its number in this study")
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    name: str = column("its name", place=1)
    kind: str = column("`transcript`, `report` or `document`", place=2)
    title: str | None = column("its title")
    date: str | None = column("its date", place=6)
    turns: int = column("how many turns it has", place=3, layout=_RIGHT)
    segments: int = column("how many passages it has", place=4, layout=_RIGHT)
    characters: int = column("how many code points its text has")
    cases: Sequence[str] = column("who speaks in it", place=5)
    imported_at: str = column("when it was imported (UTC)")
    file_hash: str = column("SHA-256 of the file", is_in_csv=False)
    text_hash: str = column("SHA-256 of the normalised text", is_in_csv=False)
    repairs: Mapping[str, int] = column(
        "how often what was changed between the two, by kind", is_in_csv=False
    )


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case."""

    id: int = column("its number in this study")
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    name: str = column("its name", place=1)
    group: str | None = column("the stakeholder group", place=2)
    role: str | None = column("the role", place=3)
    area: str | None = column("the area", place=4)
    attributes: Mapping[str, str] = column("further attributes, by name")
    sources: Sequence[str] = column("the sources in which it speaks", place=6)
    segments: int = column("how many passages are its words", place=5, layout=_RIGHT)


@dataclass(frozen=True, slots=True)
class ListedCaseChange:
    """A change of cases."""

    id: int = column("its number", place=1)
    guid: str = column("its GUID", is_in_csv=False)
    at: str = column("when (UTC)", place=2)
    coder: str = column("who made it", place=3)
    action: CaseAction = column("`merge`, `split`, `rename`, `set`, `undo` or `redo`")
    case: str = column("the case")
    what: str = column("what was done, in words", place=4)
    undoes: int | None = column("the number of the change taken back; else null")


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code of the codebook."""

    name: str = column(
        "its name",
        place=1,
        heading="code",
        cell=lambda record: "  " * record["depth"] + record["name"],
        layout={"min_width": 30},
    )
    theme: str = column("the theme to which it belongs")
    parent: str | None = column("the code above it; null at the top")
    depth: int = column("how far below the top it stands, from 0", is_in_csv=False)
    definition: str = column("what it means", place=4, longest=90, layout={"ratio": 1})
    suggested: int = column(
        "how many suggestions wait for a decision",
        place=2,
        heading="waiting",
        cell=lambda record: str(record["suggested"] or ""),
        layout=_RIGHT,
    )
    coded: int = column(
        "how many confirmed quotes it has, a parent with everything below it", place=3, layout=_RIGHT
    )
    use_when: Sequence[str] = column("when to use it")
    do_not_use_when: Sequence[str] = column("when not to use it")
    examples: Sequence[str] = column("examples", is_in_csv=False)
    terms: Sequence[str] = column("its terms")
    colour: str = column("its colour; empty for that of its place")
    deprecated: bool = column("whether it is out of use")


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A decision of the log."""

    id: int = column("its number in the log", place=1)
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    at: str = column("when (UTC)", place=2, heading="when", cell=moment)
    coder: str = column("whose decision it is", place=3, longest=0)
    decision: Action = column(
        "`accept`, `reject`, `skip`, `apply`, `remove`, `move`, `mark` or `undo`",
        place=4,
        cell=_whole_decision,
    )
    segment: int = column("the passage's number", place=5)
    source: str = column("the source", place=7, longest=0)
    start: int = column("where in the source's text the words begin")
    end: int = column("where they end")
    code: str | None = column("the code", place=6, longest=0)
    score: float | None = column("the suggestion's at the time")
    undoes: int | None = column("the decision taken back; a redo is the undo of an undo")
    memo: str | None = column("the note on it", place=8, longest=0)
    stance: Stance | None = column(
        "`supports`, `disputes` or `mixed`; null where none was said, and in a mark that takes one away"
    )
    together: int | None = column(
        "the first of the decisions that are undone and redone at once with this one; null where it stands "
        "alone"
    )
    by: str | None = column(
        "who moved a colleague's coding to another code with a change of the codebook; else null"
    )
    text: str = column("the words on which it stands")


def claim_records(claims: Sequence[CheckedClaim]) -> list[Record]:
    """Return checked claims in the order of the draft, with the quotes for and against each."""
    return [
        record_of(
            ListedClaim,
            claim,
            negated=claim.is_negated,
            quotes_for=_short(claim.quotes_for),
            quotes_against=_short(claim.quotes_against),
        )
        for claim in claims
    ]


def _short(quotes: Sequence[Quote]) -> list[Record]:
    return [{"id": quote.id, "attribution": quote.attribution, "text": quote.text} for quote in quotes]


def memo_records(study: StudyFolder) -> list[Record]:
    """Return memos on sources and segments, in the order of the sources' names and texts."""
    from quotegrid.storage.sources.memos import list_memos

    with study.reading_session() as session:
        return [record_of(ListedMemo, memo, imported=memo.is_imported) for memo in list_memos(session)]


def suggestion_records(study: StudyFolder, *, include_decided: bool = False) -> list[Record]:
    """Return the undecided suggestions, or all."""
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.suggestions.suggestions import decided, list_suggestions

    current_codebook(study)
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


def source_records(study: StudyFolder) -> list[Record]:
    """Return the sources by name."""
    from quotegrid.storage.sources.sources import list_sources

    with study.reading_session() as session:
        return [record_of(ListedSource, source) for source in list_sources(session)]


def case_records(study: StudyFolder) -> list[Record]:
    """Return the cases by name."""
    from quotegrid.storage.people.cases import list_cases

    with study.reading_session() as session:
        return [record_of(ListedCase, case) for case in list_cases(session)]


def case_change_records(study: StudyFolder) -> list[Record]:
    """Return the log of changes to cases, oldest first."""
    from quotegrid.storage.people.case_log import list_changes
    from quotegrid.workflows.people.change_cases import described

    with study.reading_session() as session:
        return [
            record_of(ListedCaseChange, change, case=change.payload["name"], what=described(change))
            for change in list_changes(session)
        ]


def code_records(study: StudyFolder) -> list[Record]:
    """Return the codebook in its order, with how often each code is suggested and stands."""
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.suggestions.suggestions import pending_codes

    codebook = current_codebook(study)
    with study.reading_session() as session:
        quotes = load_quotes(session)
        pending = pending_codes(session)
    return [
        record_of(
            ListedCode,
            code,
            theme=codebook.theme_of(code.name),
            depth=codebook.depth(code),
            deprecated=code.is_deprecated,
            suggested=sum(code.name in codes for codes in pending.values()),
            coded=sum(bool(set(codebook.family(code.name)) & set(quote.codes)) for quote in quotes),
        )
        for code in codebook.walk()
    ]


def decision_records(study: StudyFolder) -> list[Record]:
    """Return the log, oldest first."""
    from quotegrid.storage.coding.decision_log import list_decisions
    from quotegrid.storage.sources.sources import source_texts

    with study.reading_session() as session:
        decisions = list_decisions(session)
        texts = source_texts(session, {decision.source for decision in decisions})
        return [
            record_of(
                ListedDecision,
                decision,
                decision=decision.action,
                text=texts[decision.source][decision.start : decision.end],
            )
            for decision in decisions
        ]
