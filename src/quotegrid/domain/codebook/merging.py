"""Merges codebooks three ways, identifying codes by number so that renames survive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from quotegrid.domain.codebook.codes import Code, Codebook, CodeTreeError, refuse_twins
from quotegrid.domain.text.normalise import name_key

FIELDS = {
    "name": "name",
    "parent": "place",
    "definition": "definition",
    "use_when": "“use when”",
    "do_not_use_when": "“do not use when”",
    "examples": "examples",
    "terms": "terms",
    "colour": "colour",
    "is_deprecated": "being deprecated",
}
"""The fields of a code, in words for a reader."""


@dataclass(frozen=True, slots=True)
class NumberedCodebook:
    """A codebook with the number of each code, in tree order."""

    numbers: tuple[int, ...]
    codebook: Codebook

    @classmethod
    def of(cls, codebook: Codebook, numbers: Mapping[str, int]) -> NumberedCodebook:
        """Number a codebook.

        Args:
            codebook: The codebook.
            numbers: The number of each code by its name in lower case.
        """
        return cls(tuple(numbers[code.name.casefold()] for code in codebook.walk()), codebook)

    def codes(self) -> dict[int, Code]:
        """Return the codes by their numbers, in tree order."""
        return dict(zip(self.numbers, self.codebook.walk(), strict=True))

    def number(self, name: str | None) -> int | None:
        """Return the number of a code, or None for None or an unknown name."""
        found = None if name is None else self.codebook.get(name)
        return None if found is None else next(known for known, code in self.codes().items() if code is found)


class MergeConflictError(ValueError):
    """Both sides changed the same thing differently.

    Args:
        conflicts: Each conflict in a few words.
    """

    def __init__(self, conflicts: Sequence[str]) -> None:
        super().__init__("; ".join(conflicts))
        self.conflicts = tuple(conflicts)


def merge_codebooks(
    base: NumberedCodebook, ours: NumberedCodebook, theirs: NumberedCodebook
) -> NumberedCodebook:
    """Return the codebook with the changes of both sides, where they do not contradict each other.

    Args:
        base: The common starting point.
        ours: One side.
        theirs: The other side.

    Raises:
        MergeConflictError: If both changed one field of a code differently, one removed a code that the other
            changed, or the result is not a tree.
    """
    rows = [_rows(numbered) for numbered in (base, ours, theirs)]
    was, left, right = rows
    conflicts: list[str] = []
    kept: dict[int, dict[str, Any]] = {}
    for number in _order(base.numbers, ours.numbers, theirs.numbers):
        row = _settled(was.get(number), left.get(number), right.get(number), conflicts)
        if row is not None:
            kept[number] = row
    if conflicts:
        raise MergeConflictError(conflicts)
    names = {number: row["name"] for number, row in kept.items()}
    codes = []
    for row in kept.values():
        if row["parent"] is not None and row["parent"] not in names:
            raise MergeConflictError([f"“{row['name']}” is below a code that has been removed"])
        parent = None if row["parent"] is None else names[row["parent"]]
        codes.append(Code(**{**row, "parent": parent}))
    try:
        refuse_twins(codes)
        return NumberedCodebook.of(
            Codebook(tuple(codes)), {name.casefold(): number for number, name in names.items()}
        )
    except CodeTreeError as error:
        raise MergeConflictError([str(error)]) from error


def _rows(numbered: NumberedCodebook) -> dict[int, dict[str, Any]]:
    codes = numbered.codes()
    by_name = {code.name.casefold(): number for number, code in codes.items()}
    rows: dict[int, dict[str, Any]] = {}
    for number, code in codes.items():
        row = asdict(replace(code, line=None))
        row["parent"] = None if code.parent is None else by_name[code.parent.casefold()]
        rows[number] = row
    return rows


def _settled(
    was: dict[str, Any] | None,
    left: dict[str, Any] | None,
    right: dict[str, Any] | None,
    conflicts: list[str],
) -> dict[str, Any] | None:
    if left is None or right is None:
        there = left or right
        if there is not None and was is not None and there != was:
            conflicts.append(f"“{was['name']}” was removed by one and changed by another")
        return None if was is not None else there
    row: dict[str, Any] = {}
    for key, value in left.items():
        before = None if was is None else was[key]
        row[key] = value if right[key] in (before, value) else right[key]
        if row[key] != value and value != before:
            conflicts.append(f"the {FIELDS[key]} of “{left['name']}”")
    return row


def _order(base: Sequence[int], ours: Sequence[int], theirs: Sequence[int]) -> list[int]:
    """Return all numbers in the order of the side that changed it, the other's additions after theirs.

    A code that only the other side has follows its nearest preceding sibling there.
    """
    shared = set(base) & set(theirs)
    same = [number for number in base if number in shared] == [
        number for number in theirs if number in shared
    ]
    first, second = (ours, theirs) if same else (theirs, ours)
    order = list(first)
    for place, number in enumerate(second):
        if number not in order:
            elder = next((earlier for earlier in reversed(second[:place]) if earlier in order), None)
            order.insert(0 if elder is None else order.index(elder) + 1, number)
    return order


def guess_renames(before: Codebook, after: Codebook) -> dict[str, str]:
    """Return the codes that were most likely renamed by hand in the file: new names by old ones.

    A renamed code is a missing and a new one that are equal apart from the name, with at least a definition
    or the same codes below them; or whose names differ in nothing but how their letters are encoded.
    """
    gone = [code for code in before.walk() if after.get(code.name) is None]
    come = [code for code in after.walk() if before.get(code.name) is None]
    found: dict[str, str] = {}
    for old in gone:
        same = [new for new in come if name_key(new.name) == name_key(old.name)] or [
            new for new in come if _says(before, old) == _says(after, new) and _is_telling(before, old)
        ]
        if len(same) == 1 and same[0].name not in found.values():
            found[old.name] = same[0].name
    return found


def _says(codebook: Codebook, code: Code) -> tuple[object, ...]:
    below = frozenset(child.name.casefold() for child in codebook.children(code.name))
    said = (code.definition, code.use_when, code.do_not_use_when, code.examples, code.terms)
    return (*said, below)


def _is_telling(codebook: Codebook, code: Code) -> bool:
    return bool(code.definition or code.use_when or codebook.children(code.name))


def list_changes(before: Codebook, after: Codebook, renamed: Mapping[str, str] | None = None) -> list[str]:
    """Return the changes from one codebook to another, one line each."""
    names = {old.casefold(): new for old, new in (renamed or {}).items()}
    lines: list[str] = []
    seen: set[str] = set()
    for old in before.walk():
        name = names.get(old.name.casefold(), old.name)
        new = after.get(name)
        if new is None:
            lines.append(f"- “{old.name}” is gone")
            continue
        seen.add(new.name.casefold())
        if new.name != old.name:
            lines.append(f"~ “{old.name}” is called “{new.name}”")
        lines += _changes(old, new, names)
    for code in after.walk():
        if code.name.casefold() not in seen:
            below = f" below “{code.parent}”" if code.parent else ""
            lines.append(f"+ “{code.name}” is new{below}")
            lines += [f"    {line}" for line in _said(code)]
    if not lines and list(before.walk()) != list(after.walk()):
        lines.append("~ the order of the codes")
    return lines


def _said(code: Code) -> list[str]:
    return [
        f"{FIELDS[field.name]}: {_shown(getattr(code, field.name))}"
        for field in fields(code)
        if field.name in FIELDS and field.name not in ("name", "parent") and getattr(code, field.name)
    ]


def _changes(old: Code, new: Code, names: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    for key, word in FIELDS.items():
        before, after = getattr(old, key), getattr(new, key)
        if key == "parent":
            before = None if before is None else names.get(before.casefold(), before)
            if (before or "").casefold() != (after or "").casefold():
                lines.append(f"~ “{new.name}” stands {f'below “{after}”' if after else 'at the top'}")
        elif key == "is_deprecated":
            if before != after:
                lines.append(f"~ “{new.name}” is {'deprecated' if after else 'in use again'}")
        elif key != "name" and before != after:
            lines.append(f"~ “{new.name}”: {word}")
            lines += _items(before, after)
    return lines


def _items(before: Any, after: Any) -> list[str]:
    if isinstance(before, tuple):
        gone = [f"    - {item}" for item in before if item not in after]
        come = [f"    + {item}" for item in after if item not in before]
        return gone + come or ["    in another order"]
    return [*([f"    - {before}"] if before else []), *([f"    + {after}"] if after else [])]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else str(value)
