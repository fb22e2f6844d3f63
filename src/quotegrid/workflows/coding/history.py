"""The history of a study: every entry of its journal, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotegrid.domain.coding.journal import EntryKind
from quotegrid.domain.coding.summaries import CASES
from quotegrid.domain.exchange.listing import column, moment
from quotegrid.domain.people.case_values import CaseAction
from quotegrid.domain.sources.changes import SourceAction
from quotegrid.domain.text.languages import language_name
from quotegrid.domain.text.normalise import shortened
from quotegrid.errors import UsageError
from quotegrid.workflows.coding.memos.entry_words import entry_words
from quotegrid.workflows.people.change_cases import find
from quotegrid.workflows.people.change_words import described
from quotegrid.workflows.report.summarise import read_names
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import resolve

if TYPE_CHECKING:
    from quotegrid.domain.codebook.codes import Code
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.journal import Entry

_RIGHT = {"justify": "right"}
_SHOWN = 60
_SOURCE_KINDS = (EntryKind.SOURCE, EntryKind.READ, EntryKind.REPLACEMENT, EntryKind.REMOVAL)
_DONE_TO_SOURCES = {
    SourceAction.ADD: "imported {name}",
    SourceAction.REPLACE: "imported {name} again",
    SourceAction.RENAME: "found {before} under its new name {name}",
    SourceAction.ATTRIBUTES: "took attributes from {name}",
    SourceAction.PLAN: "took the plan of {name}",
    SourceAction.LANGUAGE: "set the language of {name}: {language}",
    SourceAction.READ: "marked {name} as read to the end",
    SourceAction.NOT_READ: "marked {name} as not read to the end",
    SourceAction.REMOVE: "removed {name}",
    SourceAction.CORRECT: "replaced {name} with a corrected file",
    SourceAction.REREAD: "read {name} again with other options",
}


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry of the journal, in words."""

    number: int = column("its number in the journal", place=1, layout=_RIGHT)
    guid: str = column("its GUID, the same in every copy of the study")
    at: str = column("when (UTC)", place=2, cell=moment)
    coder: str = column("who did it; empty where an older version did not keep it", place=3)
    kind: EntryKind = column(
        "`decision`, `codebook`, `codebook file` (a change by hand, as it was read), `case`, `source`, "
        "`read` (a mark that a source is read to the end, or not), `replacement` (a corrected file, or the "
        "same read in another way), `removal` (of a source), `turns` (an edit of turns), `summary`, "
        "`memo`, `exemplar`, `export` or `publication`",
        place=4,
    )
    what: str = column("what was done, in words", place=5, longest=0, layout={"ratio": 1})
    codes: tuple[str, ...] = column("the codes that it is about")
    cases: tuple[str, ...] = column("the cases that it is about, by their names today")
    sources: tuple[str, ...] = column("the sources or files that it is about")
    undoes: int | None = column("the entry that it takes back; else null")
    group: int = column("the first of the entries that are undone and redone with it")
    counts: bool = column("whether it counts: it is no undo, and nobody has taken it back")


@dataclass(frozen=True, slots=True)
class _Account:
    """The content of an entry in words."""

    what: str
    codes: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def read_history(
    study: StudyFolder,
    *,
    kind: str = "",
    code: str = "",
    coder: str = "",
    case: str = "",
    since: str = "",
) -> list[JournalEntry]:
    """Return the entries of the journal, oldest first.

    Args:
        study: The study.
        kind: Only entries of a kind.
        code: Only entries on a code.
        coder: Only entries by a coder.
        case: Only entries on a case, including its passages and summaries.
        since: Only entries from a day or time on, as in 2026-11-30 or 2026-11-30T14:00 (UTC).

    Raises:
        UnknownNameError: If there is no such kind, code, coder or case.
        UsageError: If `since` is no day or time.
    """
    if kind:
        kind = resolve(kind, [known.value for known in EntryKind], "kind", "kinds")
    after = checked_time(since)
    with study.reading_session() as session:
        case = _case_name(session, case)
        code = _code_name(session, code)
        coder = _maker(session, coder)
        entries = _entries(session, kind, code, coder, case, after)
    return [
        entry for entry in entries if (not code or code in entry.codes) and (not case or case in entry.cases)
    ]


def _entries(session: Session, kind: str, code: str, coder: str, case: str, since: str) -> list[JournalEntry]:
    """Return the entries of a kind, coder and time; of decisions only those on the code and the case."""
    from quotegrid.storage.coding.decision_log import entries_on
    from quotegrid.storage.journal import find_entries, not_counting, with_reversals

    decisions = with_reversals(session, entries_on(session, code=code, case=case)) if code or case else None
    entries = find_entries(session, kind=kind, by=coder, since=since, decisions=decisions)
    originals = _originals(session, entries)
    accounts = _accounts(session, originals.values())
    gone = not_counting(session)
    found = []
    for entry in entries:
        original = originals[entry.number]
        account = accounts.get(original.number, _Account(""))
        found.append(
            JournalEntry(
                number=entry.number,
                guid=entry.guid,
                at=entry.at,
                coder=entry.by,
                kind=entry.kind,
                what=_what(entry, original, account),
                codes=account.codes,
                cases=account.cases,
                sources=account.sources,
                undoes=entry.undoes,
                group=entry.group,
                counts=entry.undoes is None and entry.number not in gone,
            )
        )
    return found


def _originals(session: Session, entries: Sequence[Entry]) -> dict[int, Entry]:
    """Return for each entry what it undoes or redoes in the end: itself where it is no undo."""
    from quotegrid.storage.journal import entries_in

    known = {entry.number: entry for entry in entries}
    latest: Sequence[Entry] = entries
    while missing := {entry.undoes for entry in latest if entry.undoes is not None} - known.keys():
        latest = entries_in(session, missing)
        known |= {entry.number: entry for entry in latest}
    originals = {}
    for entry in entries:
        original = entry
        while original.undoes is not None:
            original = known[original.undoes]
        originals[entry.number] = original
    return originals


def _what(entry: Entry, original: Entry, account: _Account) -> str:
    """Return an entry in words; for an undo or redo with the entry that it reverses."""
    if entry is original:
        return account.what
    did = "took back" if entry.undoes == original.number else "restored"
    return f"{did} {original.number}: {account.what}"


def _accounts(session: Session, entries: Iterable[Entry]) -> dict[int, _Account]:
    """Return entries of the journal in words; none of them an undo, which has no words of its own."""
    numbers: dict[EntryKind, set[int]] = {kind: set() for kind in EntryKind}
    for entry in entries:
        numbers[entry.kind].add(entry.number)
    accounts = _decisions(session, numbers[EntryKind.DECISION])
    accounts |= _memos(session, numbers[EntryKind.MEMO])
    accounts |= _exemplars(session, numbers[EntryKind.EXEMPLAR])
    if numbers[EntryKind.CODEBOOK] or numbers[EntryKind.CODEBOOK_FILE]:
        accounts |= _codebook(session)
    if numbers[EntryKind.CASE]:
        accounts |= _cases(session)
    if numbers[EntryKind.SUMMARY]:
        accounts |= _summaries(session)
    if any(numbers[kind] for kind in _SOURCE_KINDS):
        accounts |= _sources(session)
    if numbers[EntryKind.TURNS]:
        accounts |= _turns(session)
    if numbers[EntryKind.EXPORT] or numbers[EntryKind.PUBLICATION]:
        accounts |= _exports(session)
    return accounts


def _decisions(session: Session, entries: Collection[int]) -> dict[int, _Account]:
    from quotegrid.storage.coding.decision_log import decisions_of_entries, list_decisions
    from quotegrid.storage.people.cases import cases_of_segments

    decisions = list_decisions(session, only=decisions_of_entries(session, entries))
    speakers = cases_of_segments(session, {decision.segment for decision in decisions})
    found = {}
    for decision in decisions:
        code = f' "{decision.code}"' if decision.code else ""
        whose = f", {decision.coder}'s coding" if decision.by else ""
        memo = f' (memo: "{shortened(decision.memo, _SHOWN)}")' if decision.memo else ""
        found[decision.entry] = _Account(
            f"{decision.in_words}{code} on passage {decision.segment} of {decision.source}{whose}{memo}",
            codes=(decision.code,) if decision.code else (),
            cases=_known(speakers.get(decision.segment)),
            sources=(decision.source,),
        )
    return found


def _codebook(session: Session) -> dict[int, _Account]:
    from quotegrid.storage.codebook.versions import list_versions

    found = {}
    before: dict[int, Code] = {}
    for version in list_versions(session):
        now = {number: replace(code, line=None) for number, code in version.codes.codes().items()}
        changed = [number for number in {**before, **now} if before.get(number) != now.get(number)]
        names = [code.name for number in changed for code in (before.get(number), now.get(number)) if code]
        found[version.entry] = _Account(version.what, codes=tuple(dict.fromkeys(names)))
        before = now
    return found


def _cases(session: Session) -> dict[int, _Account]:
    from quotegrid.storage.coding.summaries import names_by_guid
    from quotegrid.storage.people.case_log import list_changes

    names = names_by_guid(session)
    found = {}
    for change in list_changes(session):
        known = [names[guid] for guid in change.payload["cases"] if guid in names]
        words = "" if change.action in (CaseAction.UNDO, CaseAction.REDO) else described(change)
        found[change.entry] = _Account(words, cases=tuple(known))
    return found


def _summaries(session: Session) -> dict[int, _Account]:
    from quotegrid.storage.coding.summaries import summary_log

    log = summary_log(session)
    names = read_names(session, log)
    found = {}
    for summary in log:
        shown = names.shown(summary)
        did = f'wrote "{shortened(shown.text, _SHOWN)}"' if shown.text else "took away the summary"
        is_of_case = shown.attribute == CASES
        found[summary.entry] = _Account(
            f'{did} of "{shown.code}", {shown.value}',
            codes=(shown.code,),
            cases=(shown.value,) if is_of_case else (),
        )
    return found


def _memos(session: Session, entries: Collection[int]) -> dict[int, _Account]:
    from quotegrid.storage.people.cases import cases_of_segments
    from quotegrid.storage.sources.memo_list import list_memos
    from quotegrid.storage.sources.memos import memo_entries

    on_memos = memo_entries(session, entries)
    numbers = {entry.memo for entry in on_memos.values()}
    listed = list_memos(session, only=numbers, with_deleted=True) if numbers else []
    memos = {memo.id: memo for memo in listed}
    speakers = cases_of_segments(
        session, {memo.segment for memo in memos.values() if memo.segment is not None}
    )
    found = {}
    for entry, words in entry_words(session, on_memos, _SHOWN).items():
        memo = memos[on_memos[entry].memo]
        case = memo.case if memo.segment is None else speakers.get(memo.segment)
        found[entry] = _Account(
            f'{on_memos[entry].did} the memo "{words}" on {memo.about}{" (gone)" if memo.is_gone else ""}',
            _known(memo.code),
            _known(case),
            _known(memo.source),
        )
    return found


def _exemplars(session: Session, entries: Collection[int]) -> dict[int, _Account]:
    from quotegrid.storage.coding.exemplars import marks_of
    from quotegrid.storage.people.cases import cases_of_segments

    marks = marks_of(session, entries)
    speakers = cases_of_segments(session, {segment for segment, _, _ in marks.values()})
    found = {}
    for entry, (segment, code, is_marked) in marks.items():
        did = "marked" if is_marked else "unmarked"
        found[entry] = _Account(
            f'{did} passage {segment} as an exemplar of "{code}"', (code,), _known(speakers.get(segment))
        )
    return found


def _sources(session: Session) -> dict[int, _Account]:
    from quotegrid.storage.sources.source_log import list_source_changes

    found = {}
    for entry, change in list_source_changes(session).items():
        words = _DONE_TO_SOURCES[change.action].format(
            name=change.name, before=change.before, language=language_name(change.language)
        )
        found[entry] = _Account(words, sources=(change.name,))
    return found


def _turns(session: Session) -> dict[int, _Account]:
    from quotegrid.storage.sources.turns.turn_changes import told_changes

    return {
        entry: _Account(f"{what} in {source}", sources=(source,))
        for entry, (source, what) in told_changes(session).items()
    }


def _exports(session: Session) -> dict[int, _Account]:
    from quotegrid.storage.exchange.exports import list_exports

    found = {}
    for row, _ in list_exports(session):
        did = "published" if row.is_published else "wrote"
        found[row.entry_id] = _Account(f"{did} {row.path} ({row.what})")
    return found


def _known(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def _code_name(session: Session, name: str) -> str:
    """Return the name of the code that an entry is about, as the entry spells it."""
    from quotegrid.storage.coding.decision_log import decided_codes
    from quotegrid.storage.journal import find_entries

    if not name:
        return ""
    accounts = _accounts(session, find_entries(session, decisions=()))
    names = [*decided_codes(session), *(code for account in accounts.values() for code in account.codes)]
    return resolve(name, list(dict.fromkeys(names)), "code", "codes")


def _maker(session: Session, name: str) -> str:
    from quotegrid.storage.journal import makers

    return resolve(name, makers(session), "coder", "coders") if name else ""


def _case_name(session: Session, name: str) -> str:
    """Return the current name of the case with a name or an alias."""
    return find(session, name).name if name else ""


def checked_time(since: str) -> str:
    """Return a day or time as the journal keeps times, in UTC."""
    if not since:
        return ""
    try:
        time = datetime.fromisoformat(since)
    except ValueError:
        raise UsageError(
            f'"{since}" is no day or time.', todo="Write it as 2026-11-30, or as 2026-11-30T14:00 (UTC)."
        ) from None
    if time.tzinfo is not None:
        time = time.astimezone(UTC).replace(tzinfo=None)
    return time.isoformat(timespec="milliseconds" if time.microsecond else "seconds")
