"""The values of attributes tables for a source and its speakers, which a corrected version keeps."""

from __future__ import annotations

from sqlmodel import Session, select

from quotegrid.domain.people.case_values import Origin
from quotegrid.storage.people.case_values import settle
from quotegrid.storage.sources.source_attributes import labels_of
from quotegrid.storage.sources.versions.archive import Archive
from quotegrid.storage.tables import AttributeRow, CaseValueRow


def keep_table_values(session: Session, archive: Archive, new_id: int) -> None:
    """Give a new version what tables say of the old one: a corrected file does not hold it.

    A speaker is the one with the same label, or else the same case. An attribute of the source as a whole
    stays where the new file does not give it.

    Args:
        session: A transaction that writes.
        archive: What hung on the old version.
        new_id: The number of the new version.
    """
    cases = labels_of(session, new_id)
    labels = {case: label for label, case in cases.items()}
    there = session.exec(select(CaseValueRow).where(CaseValueRow.source_id == new_id)).all()
    derived = {(row.label, row.value) for row in there if row.origin == Origin.DERIVED}
    with_group = {row.label for row in there if row.field == "group" and row.origin != Origin.DERIVED}
    rows = [
        {**row, "label": row["label"] if row["label"] in cases else labels.get(row["case_id"])}
        for row in archive["case_value"]
    ]
    told = {
        (row["label"], row["value"])
        for row in rows
        if row["origin"] == Origin.TABLE and row["field"] == "role"
    }
    with_group |= {row["label"] for row in rows if row["origin"] == Origin.TABLE and row["field"] == "group"}
    for row in rows:
        label = row["label"]
        follows = (
            row["origin"] == Origin.DERIVED
            and (label, row["place"]) in told
            and label not in with_group
            and (label, row["value"]) not in derived
        )
        if label is not None and (row["origin"] == Origin.TABLE or follows):
            session.add(
                CaseValueRow(
                    **{**row, "id": None, "source_id": new_id, "label": label, "case_id": cases[label]}
                )
            )
    given = set(session.exec(select(AttributeRow.name).where(AttributeRow.source_id == new_id)))
    for row in archive["attribute"]:
        if row["name"] not in given:
            session.add(AttributeRow(source_id=new_id, name=row["name"], value=row["value"]))
    session.flush()
    settle(session, set(cases.values()))
