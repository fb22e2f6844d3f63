"""The versions of the codebook: what every code said, since when, and by whom it was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.codebook.merging import NumberedCodebook
from quotegrid.domain.coding import undoing
from quotegrid.storage.codebook.codes import code_ids, load_codebook
from quotegrid.storage.engines.row_numbers import stored_id
from quotegrid.storage.tables import CodebookVersionRow

_LISTS = ("use_when", "do_not_use_when", "examples", "terms")


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """The codebook from some time on."""

    number: int
    coder: str
    at: str
    what: str
    is_from_file: bool
    text: str
    digest: str
    codes: NumberedCodebook
    decision: int | None = None
    """The first of the decisions that moved codings along."""
    undoes: int | None = None


def numbered_codebook(session: Session) -> NumberedCodebook:
    """The codebook as it is stored, with the numbers of its codes."""
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
    decision: int | None = None,
    undoes: int | None = None,
) -> int:
    """Keep the codebook as it is stored now.

    Args:
        session: A transaction that writes.
        coder: Who changed it.
        what: What was changed, as a sentence.
        text: What stands in the file.
        digest: SHA-256 of the file.
        is_from_file: Whether a hand changed the file.
        decision: The first of the decisions that moved codings along.
        undoes: The version that this one takes back.

    Returns:
        Its number.
    """
    row = CodebookVersionRow(
        by=coder,
        what=what,
        is_from_file=is_from_file,
        text=text,
        digest=digest,
        codes=_packed(numbered_codebook(session)),
        decision_id=decision,
        undoes_id=undoes,
    )
    session.add(row)
    session.flush()
    return stored_id(row.id)


def newest_version(session: Session) -> CodebookVersion | None:
    """The codebook as it was kept last; None where none was ever read."""
    found = _versions(session, limit=1)
    return found[0] if found else None


def version_of(session: Session, digest: str) -> CodebookVersion | None:
    """The newest version with a file of that digest."""
    found = _versions(session, CodebookVersionRow.digest == digest, limit=1)
    return found[0] if found else None


def list_versions(session: Session) -> list[CodebookVersion]:
    """All versions, oldest first."""
    return _versions(session)[::-1]


def version_before(session: Session, number: int) -> CodebookVersion | None:
    """The version that one followed; None for the first."""
    found = _versions(session, col(CodebookVersionRow.id) < number, limit=1)
    return found[0] if found else None


def last_change(session: Session, coder: str) -> CodebookVersion | None:
    """What an undo takes back: the coder's latest change of the codebook that counts, made here."""
    gone = versions_taken_back(session)
    return next((one for one in _own(session, coder) if one.undoes is None and one.number not in gone), None)


def last_undone_change(session: Session, coder: str) -> CodebookVersion | None:
    """What a redo takes back: the coder's latest undo that counts, if they changed nothing new since."""
    gone = versions_taken_back(session)
    rows = session.exec(select(CodebookVersionRow.id, CodebookVersionRow.undoes_id)).all()
    undos = {number for number, undone in rows if undone is not None}
    for one in _own(session, coder):
        if one.undoes is None:
            return None
        if one.undoes not in undos and one.number not in gone:
            return one
    return None


def last_changed_at(session: Session, coder: str) -> str:
    """When the coder last changed the codebook here, undos left out; empty for never."""
    return next((one.at for one in _own(session, coder) if one.undoes is None), "")


def _own(session: Session, coder: str) -> list[CodebookVersion]:
    return _versions(session, CodebookVersionRow.by == coder, col(CodebookVersionRow.is_from_file).is_(False))


def versions_taken_back(session: Session) -> set[int]:
    """The numbers of the changes that do not count, because they were undone and not redone."""
    rows = session.exec(
        select(CodebookVersionRow.id, CodebookVersionRow.undoes_id).where(
            col(CodebookVersionRow.undoes_id).is_not(None)
        )
    )
    return undoing.taken_back((stored_id(one), stored_id(undone)) for one, undone in rows)


def _versions(session: Session, *where: object, limit: int | None = None) -> list[CodebookVersion]:
    """Some versions, newest first."""
    query = (
        select(CodebookVersionRow)
        .where(*where)  # type: ignore[arg-type]  # to mypy a comparison of columns is a truth value
        .order_by(col(CodebookVersionRow.id).desc())
        .limit(limit)
    )
    return [
        CodebookVersion(
            number=stored_id(row.id),
            coder=row.by,
            at=row.at,
            what=row.what,
            is_from_file=row.is_from_file,
            text=row.text,
            digest=row.digest,
            codes=_unpacked(row.codes),
            decision=row.decision_id,
            undoes=row.undoes_id,
        )
        for row in session.exec(query)
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
