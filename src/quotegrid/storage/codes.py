"""Codes as rows: kept in step with the codebook file, never lost while decisions name them."""

from __future__ import annotations

from sqlmodel import Session, col, select

from quotegrid.domain.codes import Code, Codebook
from quotegrid.storage.tables import CodeRow, StudyRow, SuggestionRow


def save_codebook(session: Session, codebook: Codebook, digest: str) -> None:
    """Make the rows say what the codebook says; codes that left it stay, not active."""
    rows = {row.name.casefold(): row for row in session.exec(select(CodeRow))}
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


def load_codebook(session: Session) -> Codebook:
    """The active codes, in the order of the file."""
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
            )
            for row in rows
        )
    )


def code_ids(session: Session) -> dict[str, int]:
    """The number of each code, active or not, by its name."""
    return {row[0]: row[1] for row in session.exec(select(CodeRow.name, CodeRow.id)) if row[1] is not None}


def codebook_digest(session: Session) -> str:
    """The digest of the codebook file as it was last read."""
    return session.exec(select(StudyRow.codebook_digest)).one()
