"""The rows of codes: they follow the codebook file, and stay as long as decisions name them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func
from sqlmodel import Session, col, select

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.storage.tables import CodeRow, CodingRow, StudyRow, SuggestionRow, now


def save_codebook(
    session: Session, codebook: Codebook, digest: str, renamed: Mapping[str, str] | None = None
) -> None:
    """Bring the rows in step with the codebook; codes that left it stay but are inactive.

    Args:
        session: A transaction that writes.
        codebook: The codebook.
        digest: SHA-256 of its file.
        renamed: The new name of each renamed code.
    """
    rows = {row.name.casefold(): row for row in session.exec(select(CodeRow))}
    _rename(session, rows, renamed or {})
    for position, code in enumerate(codebook.walk()):
        row = rows.get(code.name.casefold())
        if row is None:
            row = CodeRow(name=code.name, position=position)
            rows[code.name.casefold()] = row
        row.name = code.name
        row.parent_id = None if code.parent is None else rows[code.parent.casefold()].id
        row.definition = code.definition
        row.use_when = list(code.use_when)
        row.do_not_use_when = list(code.do_not_use_when)
        row.examples = list(code.examples)
        row.terms = list(code.terms)
        row.colour = code.colour
        row.is_deprecated = code.is_deprecated
        row.position = position
        row.is_active = True
        session.add(row)
        session.flush()
    for name, row in rows.items():
        if codebook.get(name) is None and row.is_active:
            row.is_active = False
            session.add(row)
            for suggestion in session.exec(select(SuggestionRow).where(SuggestionRow.code_id == row.id)):
                session.delete(suggestion)
    study = session.exec(select(StudyRow)).one()
    study.codebook_digest = digest
    session.add(study)


def _rename(session: Session, rows: dict[str, CodeRow], renamed: Mapping[str, str]) -> None:
    """Rename codes; an inactive code of the same name is renamed out of the way."""
    # By way of names that nobody has, since two codes may change names with each other.
    moving = [(rows.pop(old.casefold()), new) for old, new in renamed.items()]
    for row, new in moving:
        there = rows.pop(new.casefold(), None)
        if there is not None:
            there.name = f"{there.name} (until {now()[:10]}, {there.id})"
            rows[there.name.casefold()] = there
            session.add(there)
        row.name = f"\x01{row.id}"
        session.add(row)
    session.flush()
    for row, new in moving:
        row.name = new
        rows[new.casefold()] = row
        session.add(row)
    session.flush()


def load_codebook(session: Session) -> Codebook:
    """Return the active codes, in the order of the file."""
    rows = session.exec(select(CodeRow).where(col(CodeRow.is_active)).order_by(col(CodeRow.position))).all()
    names = {row.id: row.name for row in rows}
    return Codebook(
        tuple(
            Code(
                name=row.name,
                parent=names.get(row.parent_id) if row.parent_id is not None else None,
                definition=row.definition,
                use_when=tuple(row.use_when),
                do_not_use_when=tuple(row.do_not_use_when),
                examples=tuple(row.examples),
                terms=tuple(row.terms),
                colour=row.colour,
                is_deprecated=row.is_deprecated,
            )
            for row in rows
        )
    )


def code_ids(session: Session) -> dict[str, int]:
    """Return the number of each code, active or not, by its name."""
    return {row[0]: row[1] for row in session.exec(select(CodeRow.name, CodeRow.id)) if row[1] is not None}


def codebook_digest(session: Session) -> str:
    """Return the digest of the codebook file as it was last read."""
    return session.exec(select(StudyRow.codebook_digest)).one()


def codings_of(session: Session, names: Collection[str]) -> dict[str, int]:
    """Count the codings of codes, by name."""
    rows = session.exec(
        select(CodeRow.name, func.count(col(CodingRow.id)))
        .join(CodingRow, col(CodingRow.code_id) == CodeRow.id)
        .where(col(CodeRow.name).in_(list(names)))
        .group_by(CodeRow.name)
    )
    return dict(rows.all())


def codings_outside(session: Session) -> dict[str, int]:
    """Count the codings of codes that are no longer in the codebook, by name and in order of it."""
    rows = session.exec(
        select(CodeRow.name, func.count(col(CodingRow.id)))
        .join(CodingRow, col(CodingRow.code_id) == CodeRow.id)
        .where(~col(CodeRow.is_active))
        .group_by(CodeRow.name)
        .order_by(CodeRow.name)
    )
    return dict(rows.all())


def codings_on(session: Session, code: int) -> list[tuple[int, int, str | None]]:
    """Return segment, coder and stance of the codings of a code, in the order of the decisions."""
    rows = session.exec(
        select(CodingRow.segment_id, CodingRow.coder_id, CodingRow.stance)
        .where(CodingRow.code_id == code)
        .order_by(col(CodingRow.decision_id))
    )
    return list(rows.all())


def coding_times(session: Session, code: int) -> list[str]:
    """Return the time of each coding of a code."""
    return list(session.exec(select(CodingRow.at).where(CodingRow.code_id == code)))
