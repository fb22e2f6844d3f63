"""Rewrites a codebook file after an edit, keeping the author's layout and comments."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quotegrid.codebook.yaml_blocks import Block, CodebookFile, Field, Section, cut
from quotegrid.codebook.yaml_file import parse_codebook
from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import CodebookError

_ORDER = (
    "name",
    "parent",
    "definition",
    "use_when",
    "do_not_use_when",
    "examples",
    "terms",
    "colour",
    "deprecated",
)
_DASH, _STEP = 2, 4
"""The column of a theme's dash, and the further indentation of a code's, in a file without codes."""
_WIDEST = 110


def edit_text(text: str, target: Codebook, path: Path, renamed: Mapping[str, str] | None = None) -> str:
    """Return the text of a codebook file changed to hold another codebook, and otherwise left as it is.

    Lines about unchanged codes are kept exactly; comments stay with the code above or within which they are.

    Args:
        text: The file's text, with line feeds.
        target: The codebook that it is to hold.
        path: The file, for messages.
        renamed: The new names of renamed codes, by their old ones in lower case.

    Raises:
        CodebookError: If the file cannot be read, or has a layout that cannot be edited.
    """
    before = parse_codebook(text, path)
    if _rows(before) == _rows(target):
        return text
    new_names = {old.casefold(): new for old, new in (renamed or {}).items()}
    done = _Editor(cut(text, path), before, target, new_names).text()
    try:
        told = parse_codebook(done, path)
    except CodebookError:
        told = None
    if told is None or _rows(told) != _rows(target):
        raise CodebookError(
            "this file is laid out in a way that quotegrid cannot edit.",
            file=path,
            todo="Edit it by hand; quotegrid reads it again. Nothing was changed.",
        )
    return done


def _rows(codebook: Codebook) -> list[Code]:
    return list(codebook.walk())


class _Editor:
    def __init__(
        self, sheet: CodebookFile, before: Codebook, target: Codebook, renamed: Mapping[str, str]
    ) -> None:
        self._sheet = sheet
        self._target = target
        self._old: dict[str, Code] = {}
        """Each code before the edit, by its new name."""
        self._blocks: dict[str, Block] = {}
        self._is_top: dict[str, int] = {}
        """The section of each top-level code."""
        for code in before.codes:
            self._old[renamed.get(code.name.casefold(), code.name).casefold()] = code
        for number, section in enumerate(sheet.sections):
            for block in section.blocks:
                self._is_top[renamed.get(block.name.casefold(), block.name).casefold()] = number
                for child in block.walk():
                    self._blocks[renamed.get(child.name.casefold(), child.name).casefold()] = child
        self._is_reshaped = self._shape(target, {}) != self._shape(before, renamed)
        blocks = [block for block in sheet.walk() if block.lines]
        self._dash = next((block.dash for block in blocks), _DASH)
        self._step = next(
            (child.dash - block.dash for block in blocks for child in block.below if child.lines), _STEP
        )

    @staticmethod
    def _shape(codebook: Codebook, renamed: Mapping[str, str]) -> list[tuple[str, str | None]]:
        def now(name: str) -> str:
            return renamed.get(name.casefold(), name).casefold()

        return [
            (now(code.name), None if code.parent is None else now(code.parent)) for code in codebook.walk()
        ]

    def text(self) -> str:
        if not self._sheet.sections:
            head = [*_trimmed(self._sheet.end), "themes:"]
            self._sheet.sections, self._sheet.end = [Section(head, [])], [""]
        tops: list[list[str]] = [[] for _ in self._sheet.sections]
        at = 0
        for code in self._target.themes():
            at = self._is_top.get(code.name.casefold(), at)
            tops[at].append(code.name)
        lines: list[str] = []
        for section, names in zip(self._sheet.sections, tops, strict=True):
            lines += section.head
            if self._is_reshaped:
                for name in names:
                    lines += self._reshaped(name, self._dash)
            else:
                for block in section.blocks:
                    lines += self._in_place(block, self._dash)
        return "\n".join([*lines, *self._sheet.end])

    def _reshaped(self, name: str, dash: int) -> list[str]:
        """Return the lines of a code and those below it, in their new place."""
        block = self._blocks.get(name.casefold()) or Block(name, [], [], dash)
        below: list[str] = []
        for code in self._target.children(name):
            below += self._reshaped(code.name, dash + self._step)
        return self._written(block, name, dash, below, is_nested=True)

    def _in_place(self, block: Block, dash: int) -> list[str]:
        """Return the lines of a code and those below it, in the file's place."""
        name = next(new for new, known in self._blocks.items() if known is block)
        dash = block.dash if block.lines else dash
        below: list[str] = []
        for child in block.below:
            below += self._in_place(child, dash + self._step)
        return self._written(block, name, dash, below, is_nested=False)

    def _written(self, block: Block, name: str, dash: int, below: list[str], *, is_nested: bool) -> list[str]:
        new = self._target.get(name)
        if new is None:
            raise KeyError(name)
        old = self._old.get(name.casefold())
        key = dash + 2
        if not block.lines or old is None or (below and not block.fields):
            fields = {field: value for field, value in _said(new).items() if value and field != "parent"}
            lines = _item(fields, dash)
        else:
            wanted = _said(new)
            wanted["parent"] = "" if is_nested else wanted["parent"]
            lines = _shifted(self._changed(block, _said(old), wanted), dash - block.dash)
            key = min((there.column for there in block.fields.values()), default=key) + dash - block.dash
        above, head, after = (
            _shifted(part, dash - block.dash) for part in (block.above, block.head, block.after)
        )
        if not below:
            after = [f"{' ' * key}{line.strip()}" if line.strip() else line for line in after]
        if below and not head:
            head = [f"{' ' * key}codes:"]
        return [*above, *lines, *(head if below else []), *below, *after]

    def _changed(self, block: Block, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        """Return the lines of a code with some fields changed, in the file's order."""
        if old == {**new, "parent": old["parent"]} and "parent" not in block.fields:
            return list(block.lines)
        if not block.fields:
            return _item({key: value for key, value in new.items() if value and key != "parent"}, block.dash)
        lines = list(block.lines)
        column = min(field.column for field in block.fields.values())
        # From the last line up, so that edits do not move the lines of later ones.
        edits = sorted(_ORDER, key=lambda key: self._place(block, key), reverse=True)
        for key in edits:
            there = block.fields.get(key)
            if key == "parent" and there is None:
                continue
            if old[key] == new[key]:
                continue
            place = self._place(block, key)
            if there is None:
                lines[place[0] : place[0]] = _indented(_emitted(key, new[key]), column)
            elif not new[key] and there.first > 0:
                del lines[there.first : there.end]
            else:
                lines[there.first : there.end] = _replaced(lines[there.first], there, key, new[key])
        return lines

    @staticmethod
    def _place(block: Block, key: str) -> tuple[int, int]:
        """Return the line of a field, or where it would be, and its place in the usual order."""
        there = block.fields.get(key)
        if there is not None:
            return there.first, _ORDER.index(key)
        before = [block.fields[name].end for name in _ORDER[: _ORDER.index(key)] if name in block.fields]
        return max(before, default=len(block.lines)), _ORDER.index(key)


def _said(code: Code) -> dict[str, Any]:
    return {
        "name": code.name,
        "parent": code.parent or "",
        "definition": code.definition,
        "use_when": code.use_when,
        "do_not_use_when": code.do_not_use_when,
        "examples": code.examples,
        "terms": code.terms,
        "colour": code.colour,
        "deprecated": code.is_deprecated,
    }


def _item(fields: Mapping[str, Any], dash: int) -> list[str]:
    lines: list[str] = []
    for key, value in fields.items():
        lines += _emitted(key, value, is_flow=key == "terms")
    lines = _indented(lines, dash + 2)
    lines[0] = f"{' ' * dash}- {lines[0][dash + 2 :]}"
    return lines


def _replaced(first: str, there: Field, key: str, value: Any) -> list[str]:
    """Return the lines of a field with another value; unchanged items of a list keep their lines."""
    start = first[: there.column]
    if there.items and value:
        kept = list(there.items)
        dash = len(there.items[0][1][-1]) - len(there.items[0][1][-1].lstrip(" "))
        dash = min(
            (
                len(line) - len(line.lstrip(" "))
                for _, lines in there.items
                for line in lines
                if line.lstrip().startswith("- ")
            ),
            default=dash,
        )
        new = [f"{start}{first[there.column :]}"]
        for item in value:
            found = next((entry for entry in kept if entry[0] == item), None)
            if found is None:
                new += _indented(_emitted_item(item), dash)
            else:
                kept.remove(found)
                new += found[1]
        return new
    lines = _indented(_emitted(key, value, is_flow=there.is_flow), there.column)
    lines[0] = f"{start}{lines[0][there.column :]}{there.comment}"
    return lines


def _emitted(key: str, value: Any, *, is_flow: bool = False) -> list[str]:
    """Return a field as lines of YAML, from the first column on."""
    if not isinstance(value, tuple):
        return _dumped({key: value})
    if is_flow:
        from ruamel.yaml.comments import CommentedSeq

        listed = CommentedSeq(value)
        listed.fa.set_flow_style()
        lines = _dumped({key: listed})
        if len(lines) == 1 and len(lines[0]) <= _WIDEST:
            return lines
    return [f"{key}:", *(f"  {line}" for item in value for line in _emitted_item(item))]


def _emitted_item(item: str) -> list[str]:
    return _dumped([one_line(item)])


def _dumped(value: Any) -> list[str]:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().rstrip("\n").split("\n")


def _indented(lines: Sequence[str], column: int) -> list[str]:
    return [f"{' ' * column}{line}" if line else line for line in lines]


def _shifted(lines: Sequence[str], by: int) -> list[str]:
    """Return lines indented further, or less as far as their indentation allows."""
    if by >= 0:
        return _indented(lines, by)
    return [line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines]


def _trimmed(lines: Sequence[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return list(lines[:end])
