"""Converts a code to Markdown, to be edited as text, and back."""

from __future__ import annotations

from dataclasses import replace

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.normalise import one_line

_PARTS = {
    "use_when": "Use when",
    "do_not_use_when": "Do not use when",
    "examples": "Examples",
    "terms": "Terms",
}


class CodeTextError(ValueError):
    """A text that cannot be read as a code.

    Args:
        what: What is wrong.
        line: The line with the error, counted from 1.
    """

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


def as_markdown(code: Code) -> str:
    """Return the definition, then a heading for each list and a line for each item; empty lists included."""
    parts = [code.definition, ""]
    for field, heading in _PARTS.items():
        parts += [f"## {heading}", *(f"- {item}" for item in getattr(code, field)), ""]
    return "\n".join(parts)


def from_markdown(text: str, code: Code) -> Code:
    """Return the code with the definition and lists of a text.

    Args:
        text: As `as_markdown` writes it. Lines before the first heading are the definition; below a heading
            each line with a dash or asterisk before it is an item, and other lines continue the item above.
        code: The code, whose name, place and colour are kept.

    Raises:
        CodeTextError: If there is a heading that is not a part of a code.
    """
    headings = {heading.casefold(): field for field, heading in _PARTS.items()}
    definition: list[str] = []
    lists: dict[str, list[str]] = {field: [] for field in _PARTS}
    here: str | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        said = line.strip()
        if said.startswith("#"):
            heading = said.lstrip("#").strip().rstrip(":").casefold()
            if heading not in headings:
                known = ", ".join(_PARTS.values())
                raise CodeTextError(f"“{said}” is not a part of a code; the parts are {known}.", number)
            here = headings[heading]
        elif here is None:
            definition.append(said)
        elif said.startswith(("- ", "* ")) or said in ("-", "*"):
            lists[here].append(said[1:])
        elif said and lists[here]:
            lists[here][-1] += f" {said}"
        elif said:
            lists[here].append(said)
    told = {field: tuple(filter(None, map(one_line, items))) for field, items in lists.items()}
    return replace(
        code,
        definition=one_line(" ".join(definition)),
        use_when=told["use_when"],
        do_not_use_when=told["do_not_use_when"],
        examples=told["examples"],
        terms=told["terms"],
    )
