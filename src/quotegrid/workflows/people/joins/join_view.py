"""The workbench's view of a table that joins spellings: offers, what is joined, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from quotegrid.domain.exchange.listing import Record
from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.people.joins.joining import join, people_counted
from quotegrid.workflows.people.joins.offers import OfferedJoin
from quotegrid.workflows.people.joins.spellings import Spellings, joined
from quotegrid.workflows.people.joins.written_areas import offered_areas, written_areas
from quotegrid.workflows.people.joins.written_groups import offered_groups, written_groups
from quotegrid.workflows.study.folder import StudyFolder


class JoinKind(Enum):
    """The kinds of what can be joined or is joined."""

    OFFER = auto()
    NAME = auto()
    """A group or area of the settings."""
    SPELLING = auto()
    """A spelling that is joined to one."""
    FREE = auto()
    """A spelling that is joined to none."""


@dataclass(frozen=True, slots=True)
class JoinLine:
    """A line of what is offered, joined or free."""

    kind: JoinKind
    name: str
    """The group or area, or for what is joined to none the first spelling."""
    spellings: tuple[str, ...]
    told: str


def join_lines(study: StudyFolder, table: Spellings) -> list[JoinLine]:
    """Return the lines on a table: what is offered, then what is joined, then what is not."""
    is_groups = table is Spellings.GROUPS
    written = written_groups(study) if is_groups else written_areas(study)
    offers = offered_groups(study) if is_groups else offered_areas(study)
    lines = [_offer(offer, table) for offer in offers]
    amounts: dict[str, str] = {}
    for record in written:
        amounts.setdefault(str(record["written"]), _amount(record))
    for name, spellings in joined(study, table).items():
        lines.append(JoinLine(JoinKind.NAME, name, (name,), name))
        found = [str(record["written"]) for record in written if record["joined"] == name]
        # A spelling of the settings that is written with other capitals is listed as it is written.
        keys = {table.key(spelling) for spelling in found}
        listed = [spelling for spelling in spellings if spelling in found or table.key(spelling) not in keys]
        for spelling in dict.fromkeys((*listed, *found)):
            amount = amounts.get(spelling)
            told = f"{spelling}   {amount}" if amount else f"{spelling}   written nowhere"
            lines.append(JoinLine(JoinKind.SPELLING, name, (spelling,), told))
    lines += [
        JoinLine(JoinKind.FREE, spelling, (spelling,), f"{spelling}   {amounts[spelling]}")
        for spelling in dict.fromkeys(str(record["written"]) for record in written if not record["joined"])
    ]
    return lines


def _offer(offer: OfferedJoin, table: Spellings) -> JoinLine:
    first = offer.spellings[0]
    question = f'join under "{first}"?' if len(offer.spellings) > 1 else f"make it an {table.noun}?"
    return JoinLine(JoinKind.OFFER, first, offer.spellings, f"{offer.told}: {question}")


def _amount(record: Record) -> str:
    parts = [people_counted(int(str(record["people"])))] if record["people"] else []
    if record.get("quotes"):
        parts.append(counted(int(str(record["quotes"])), "quote"))
    if record.get("sources"):
        parts.append(counted(int(str(record["sources"])), "source"))
    if record.get("field") == "role":
        parts.append("a role")
    return ", ".join(parts)


def accept(study: StudyFolder, table: Spellings, lines: Sequence[JoinLine], under: str) -> str:
    """Join what lines offer or list to one group or area, and return a sentence on the change.

    A spelling that is joined to another one is taken out of it first.
    """
    spellings = list(dict.fromkeys(spelling for line in lines for spelling in line.spellings))
    return join(study, table, spellings, under, moves=True)
