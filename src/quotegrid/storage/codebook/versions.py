"""The versions of the codebook: each with its codes, its time and its author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.codebook.merging import NumberedCodebook
from quotegrid.domain.coding.journal import EntryKind
from quotegrid.storage.codebook.codes import code_ids, load_codebook
from quotegrid.storage.engines.row_numbers import among, stored_id
from quotegrid.storage.journal import add_entry, taken_back_among
from quotegrid.storage.tables import CodebookVersionRow, CodeRow, JournalRow

_LISTS = ("use_when", "do_not_use_when", "examples", "terms")


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """A version of the codebook."""

    number: int
    coder: str
    at: str
    what: str
    is_from_file: bool
    text: str
    digest: str
    codes: NumberedCodebook
    undoes: int | None
    """The number of the version that it takes back."""
    entry: int
    """Its number in the journal."""


def numbered_codebook(session: Session) -> NumberedCodebook:
    """Return the codebook as it is stored, with the numbers of its codes."""
    numbers = {name.casefold(): number for name, number in code_ids(session).items()}
    return NumberedCodebook.of(load_codebook(session), numbers)


def add_version(
    session: Session,
    *,
    coder: str,
    what: str,
    text: str,
    digest: str,
    is_from_file: bool = False,
    undoes: int | None = None,
    group: int | None = None,
    merged: Sequence[tuple[int, int]] = (),
) -> int:
    """Add the codebook, as it is stored now, as a version.

    Args:
        session: A transaction that writes.
        coder: Who changed it.
        what: The change, as a sentence.
        text: The content of the file.
        digest: SHA-256 of the file.
        is_from_file: Whether the file was edited by hand.
        undoes: The entry of the journal that this one takes back.
        group: The first entry of those that are undone and redone with it: the decisions that moved codings.
        merged: The numbers of each code that was merged and of the code that it was merged into.

    Returns:
        Its number.
    """
    kind = EntryKind.CODEBOOK_FILE if is_from_file else EntryKind.CODEBOOK
    row = CodebookVersionRow(
        entry_id=add_entry(session, kind, coder, undoes=undoes, group=group),
        what=what,
        text=text,
        digest=digest,
        codes=_packed(numbered_codebook(session)),
        merged=[list(pair) for pair in merged],
    )
    session.add(row)
    session.flush()
    return stored_id(row.id)


def newest_version(session: Session) -> CodebookVersion | None:
    """Return the newest version; None where no codebook was ever read."""
    found = _versions(session, limit=1)
    return found[0] if found else None


def version_of(session: Session, digest: str) -> CodebookVersion | None:
    """Return the newest version whose file has that digest."""
    found = _versions(session, CodebookVersionRow.digest == digest, limit=1)
    return found[0] if found else None


def list_versions(session: Session) -> list[CodebookVersion]:
    """Return all versions, oldest first."""
    return _versions(session)[::-1]


def version_before(session: Session, number: int) -> CodebookVersion | None:
    """Return the version before another; None for the first."""
    found = _versions(session, col(CodebookVersionRow.id) < number, limit=1)
    return found[0] if found else None


def version_of_entry(session: Session, entry: int) -> CodebookVersion:
    """Return the version that an entry of the journal made."""
    return _versions(session, CodebookVersionRow.entry_id == entry)[0]


def versions_taken_back(session: Session) -> set[int]:
    """Return the numbers of the changes that do not count, because they were undone and not redone."""
    gone = taken_back_among(session, CodebookVersionRow)
    rows = session.exec(select(CodebookVersionRow.id).where(among(CodebookVersionRow.entry_id, gone)))
    return {stored_id(number) for number in rows}


def merged_codes(session: Session) -> dict[str, str]:
    """Return the GUID of the code into which each merged code went, by its own; the latest merge decides."""
    rows = session.exec(
        select(CodebookVersionRow.entry_id, CodebookVersionRow.merged).order_by(col(CodebookVersionRow.id))
    )
    merges = [(entry, *pair) for entry, pairs in rows for pair in pairs]
    gone = taken_back_among(session, CodebookVersionRow) if merges else set()
    guids = dict(session.exec(select(CodeRow.id, CodeRow.guid)).all()) if merges else {}
    return {guids[old]: guids[new] for entry, old, new in merges if entry not in gone}


def _versions(session: Session, *where: object, limit: int | None = None) -> list[CodebookVersion]:
    """Select versions, newest first."""
    undone = aliased(CodebookVersionRow)
    query = (
        select(CodebookVersionRow, JournalRow, undone.id)
        .join(JournalRow, col(JournalRow.id) == CodebookVersionRow.entry_id)
        .outerjoin(undone, col(undone.entry_id) == JournalRow.undoes_id)
        .where(*where)  # type: ignore[arg-type]  # to mypy a comparison of columns is a truth value
        .order_by(col(CodebookVersionRow.id).desc())
        .limit(limit)
    )
    return [
        CodebookVersion(
            number=stored_id(row.id),
            coder=entry.by,
            at=entry.at,
            what=row.what,
            is_from_file=entry.kind == EntryKind.CODEBOOK_FILE,
            text=row.text,
            digest=row.digest,
            codes=_unpacked(row.codes),
            undoes=undoes,
            entry=row.entry_id,
        )
        for row, entry, undoes in session.exec(query)
    ]


def _packed(codes: NumberedCodebook) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "name": code.name,
            "parent": code.parent,
            "definition": code.definition,
            **{key: list(getattr(code, key)) for key in _LISTS},
            "colour": code.colour,
            "is_deprecated": code.is_deprecated,
        }
        for number, code in codes.codes().items()
    ]


def _unpacked(rows: Sequence[dict[str, object]]) -> NumberedCodebook:
    codes: list[Code] = []
    for row in rows:
        said = {key: value for key, value in row.items() if key != "number"}
        codes.append(Code(**{**said, **{key: tuple(row[key]) for key in _LISTS}}))  # type: ignore[arg-type]  # JSON
    return NumberedCodebook(tuple(int(str(row["number"])) for row in rows), Codebook(tuple(codes)))
