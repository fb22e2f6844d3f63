"""The codebook: a tree of codes, in which a theme is a code with children or at the top."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from quotegrid.domain.text.normalise import name_key

COLOURS = (
    "orange",
    "sky",
    "green",
    "yellow",
    "blue",
    "coral",
    "pink",
    "grey",
    "lime",
    "amber",
    "teal",
    "violet",
)
"""The colours that a code may have, in the order in which codes without one get them."""


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the codebook."""

    name: str
    parent: str | None = None
    definition: str = ""
    use_when: tuple[str, ...] = ()
    do_not_use_when: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    colour: str = ""
    """One of `COLOURS`; empty for the one given by its place."""
    is_deprecated: bool = False
    """Whether it is kept for existing codings, but neither suggested nor offered any more."""
    line: int | None = field(default=None, compare=False)
    """The line of the codebook file on which the code begins, counted from 1."""


class CodeTreeError(ValueError):
    """The codes do not form a tree: a name twice, a missing parent, or a cycle.

    Args:
        what: What is wrong.
        code: The code at which it was noticed.
    """

    def __init__(self, what: str, code: Code) -> None:
        super().__init__(what)
        self.code = code


@dataclass(frozen=True)
class Codebook:
    """Codes in the order of the file, with names compared without case.

    Raises:
        CodeTreeError: If a name occurs twice, a parent is missing, or codes are their own ancestors.
    """

    codes: tuple[Code, ...]
    _by_name: dict[str, Code] = field(init=False, repr=False, compare=False)
    _children: dict[str, list[Code]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name: dict[str, Code] = {}
        for code in self.codes:
            first = by_name.setdefault(code.name.casefold(), code)
            if first is not code:
                where = f" (first on line {first.line})" if first.line else ""
                raise CodeTreeError(f'the code "{code.name}" is there twice{where}.', code)
        children: dict[str, list[Code]] = {}
        for code in self.codes:
            if code.parent is None:
                continue
            if code.parent.casefold() not in by_name:
                raise CodeTreeError(f'the parent "{code.parent}" of "{code.name}" is not a code.', code)
            children.setdefault(code.parent.casefold(), []).append(code)
        object.__setattr__(self, "_by_name", by_name)
        object.__setattr__(self, "_children", children)
        for code in self.codes:
            path = [code.name]
            above = code.parent
            while above is not None:
                path.append(above)
                if above.casefold() == code.name.casefold():
                    raise CodeTreeError(f"codes are their own ancestors: {' > '.join(path)}.", code)
                if len(path) > len(self.codes) + 1:
                    break
                above = by_name[above.casefold()].parent

    def __len__(self) -> int:
        return len(self.codes)

    def get(self, name: str) -> Code | None:
        """Return the code with a name, ignoring case, or None."""
        return self._by_name.get(name.casefold())

    def children(self, name: str) -> list[Code]:
        """Return the codes directly below a code, in order."""
        return self._children.get(name.casefold(), [])

    def themes(self) -> list[Code]:
        """Return the codes at the top, in order."""
        return [code for code in self.codes if code.parent is None]

    def assignable(self) -> list[Code]:
        """Return the codes that a suggestion may name: those without children and in use, in tree order."""
        return [code for code in self.walk() if not self.children(code.name) and not code.is_deprecated]

    def walk(self) -> Iterator[Code]:
        """Yield all codes, parents before children, siblings in order."""
        stack = list(reversed(self.themes()))
        while stack:
            code = stack.pop()
            yield code
            stack.extend(reversed(self.children(code.name)))

    def depth(self, code: Code) -> int:
        """Return the number of codes above a code."""
        depth = 0
        while code.parent is not None:
            code = self._by_name[code.parent.casefold()]
            depth += 1
        return depth

    def family(self, name: str) -> list[str]:
        """Return the names of a code and of all codes below it, in tree order."""
        found: list[str] = []
        stack = [self._by_name[name.casefold()]]
        while stack:
            code = stack.pop()
            found.append(code.name)
            stack.extend(reversed(self.children(code.name)))
        return found

    def theme_of(self, name: str) -> str:
        """Return the name of the code at the top of a code's branch."""
        code = self._by_name[name.casefold()]
        while code.parent is not None:
            code = self._by_name[code.parent.casefold()]
        return code.name

    def hash(self) -> str:
        """Return a hash of the codes' meaning, by which an export names its codebook."""
        return codes_hash(self.codes)


def refuse_twins(codes: Sequence[Code]) -> None:
    """Refuse names that a reader cannot tell apart.

    A codebook that is stored already may have such names, so that `Codebook` itself accepts them.

    Raises:
        CodeTreeError: If two names differ at most in case, white space and how accents are encoded.
    """
    named: dict[str, Code] = {}
    for code in codes:
        first = named.setdefault(name_key(code.name), code)
        if first is not code:
            place = [f"first on line {first.line}"] if first.line else []
            if first.name.casefold() != code.name.casefold():
                place.append("with its letters encoded differently")
            where = f" ({', '.join(place)})" if place else ""
            raise CodeTreeError(f'the code "{code.name}" is there twice{where}.', code)


def codes_hash(codes: Sequence[Code]) -> str:
    """Return the first twelve hexadecimal digits of a SHA-256 over the codes' meaning, in order."""
    rows = [{key: value for key, value in asdict(code).items() if _is_meaning(key, value)} for code in codes]
    packed = json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(packed).hexdigest()[:12]


def _is_meaning(field: str, value: object) -> bool:
    return field not in ("line", "colour") and not (field == "is_deprecated" and value is False)
