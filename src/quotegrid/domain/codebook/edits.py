"""Changes to a codebook; each returns a new codebook and leaves the old one as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from quotegrid.domain.codebook.codes import Code, Codebook, refuse_twins


def rename_codes(codebook: Codebook, names: Mapping[str, str]) -> Codebook:
    """Return the codebook with new names for some codes, also where they are parents.

    Raises:
        CodeTreeError: If a name is already there.
    """
    new = {old.casefold(): name for old, name in names.items()}

    def now(name: str) -> str:
        return new.get(name.casefold(), name)

    codes = tuple(
        replace(code, name=now(code.name), parent=None if code.parent is None else now(code.parent))
        for code in codebook.walk()
    )
    refuse_twins(codes)
    return Codebook(codes)


def change_code(codebook: Codebook, name: str, change: Callable[[Code], Code]) -> Codebook:
    """Return the codebook with one code changed in anything but its name and place.

    Raises:
        KeyError: If there is no such code.
    """
    there = get_code(codebook, name)
    return Codebook(tuple(change(code) if code is there else code for code in codebook.walk()))


def add_code(codebook: Codebook, code: Code, *, before: str | None = None) -> Codebook:
    """Return the codebook with another code, last below its parent or before one of its siblings.

    Raises:
        CodeTreeError: If its name is already there, or its parent is not.
    """
    codes = list(codebook.walk())
    place = len(codes)
    if before is not None:
        place = codes.index(get_code(codebook, before))
    codes.insert(place, code)
    refuse_twins(codes)
    return Codebook(tuple(Codebook(tuple(codes)).walk()))


def move_code(codebook: Codebook, name: str, parent: str | None, *, before: str | None = None) -> Codebook:
    """Return the codebook with a code, and all codes below it, in another place.

    Args:
        codebook: The codebook.
        name: The code to move.
        parent: The code that it moves below; None for the top.
        before: The sibling that it moves before; None for the end.

    Raises:
        KeyError: If there is no such code.
        CodeTreeError: If it would be below itself.
    """
    there = get_code(codebook, name)
    code = replace(there, parent=None if parent is None else get_code(codebook, parent).name)
    left = [kept for kept in codebook.walk() if kept is not there]
    place = len(left)
    if before is not None and before.casefold() != name.casefold():
        place = left.index(get_code(codebook, before))
    left.insert(place, code)
    return Codebook(tuple(Codebook(tuple(left)).walk()))


def remove_code(codebook: Codebook, name: str) -> Codebook:
    """Return the codebook without a code; the codes below it move up to its place.

    Raises:
        KeyError: If there is no such code.
    """
    there = get_code(codebook, name)
    return Codebook(
        tuple(
            replace(code, parent=there.parent) if _is_below(code, there) else code
            for code in codebook.walk()
            if code is not there
        )
    )


def _is_below(code: Code, above: Code) -> bool:
    return code.parent is not None and code.parent.casefold() == above.name.casefold()


def find_sibling(codebook: Codebook, name: str, steps: int) -> str | None:
    """Return the sibling that a code comes before after moving some steps down, or up if negative.

    Returns:
        The sibling's name, or None if the code comes last.
    """
    code = get_code(codebook, name)
    siblings = codebook.themes() if code.parent is None else codebook.children(code.parent)
    others = [sibling for sibling in siblings if sibling is not code]
    place = min(max(siblings.index(code) + steps, 0), len(others))
    return others[place].name if place < len(others) else None


def get_code(codebook: Codebook, name: str) -> Code:
    """Return the code with a name.

    Raises:
        KeyError: If there is none.
    """
    code = codebook.get(name)
    if code is None:
        raise KeyError(name)
    return code
