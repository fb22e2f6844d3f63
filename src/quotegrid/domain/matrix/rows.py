"""The rows of a matrix, and the quotes that each row counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.matrix.bases import HeardQuotes

NO_STANCE = "no stance said"
Numbers = frozenset[int]


class Rows(StrEnum):
    """The kind of thing that stands in the rows."""

    THEME = "theme"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Family:
    """The codes, and the stance, that a row counts."""

    path: tuple[str, ...]
    codes: tuple[str, ...]
    stance: Stance | None = None
    without_stance: bool = False


def numbers_of(heard: HeardQuotes, family: Family) -> Numbers:
    """Return the quotes that a row counts."""
    if family.stance is not None:
        return heard.with_stance(family.codes, family.stance)
    if family.without_stance:
        return heard.without_stance(family.codes)
    return heard.with_codes(family.codes)


def row_families(
    heard: HeardQuotes,
    codebook: Codebook,
    rows: Rows,
    within: str | None,
    only: Collection[str],
    *,
    include_suggested: bool,
) -> list[Family]:
    """Return the rows in the codebook's order; a code with children has a row for what stands on itself."""
    if only:
        wanted = {name.casefold() for name in only}
        return [_family(codebook, code.name) for code in codebook.walk() if code.name.casefold() in wanted]
    if within is not None:
        families = [_family(codebook, code.name) for code in codebook.children(within)]
        itself = [Family((_itself(codebook, within),), (within,))] if heard.with_codes([within]) else []
        return families + itself
    if rows is Rows.THEME:
        return [_family(codebook, code.name) for code in codebook.themes()]
    families = []
    for code in codebook.walk():
        if not codebook.children(code.name):
            families.append(Family((code.name,), (code.name,)))
        elif heard.with_codes([code.name]) or (include_suggested and heard.with_suggested([code.name])):
            families.append(Family((_itself(codebook, code.name),), (code.name,)))
    return families


def _itself(codebook: Codebook, name: str) -> str:
    """Return the label of what stands on a code itself; no other code has it."""
    label = f"{name} (itself)"
    while codebook.get(label) is not None:
        name = f'"{name}"'
        label = f"{name} (itself)"
    return label


def _family(codebook: Codebook, name: str) -> Family:
    return Family((name,), tuple(codebook.family(name)))


def split_by_stance(heard: HeardQuotes, families: Sequence[Family]) -> list[Family]:
    """Return each row once for every stance that is taken in any row, and once for what takes none."""
    taken = [
        stance for stance in Stance if any(heard.with_stance(family.codes, stance) for family in families)
    ]
    return [
        part
        for family in families
        for part in (
            *(Family((*family.path, stance.value), family.codes, stance) for stance in taken),
            Family((*family.path, NO_STANCE), family.codes, without_stance=True),
        )
    ]
