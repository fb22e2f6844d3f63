"""Cuts the lines of a codebook file into blocks, one for each code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import CodebookError

_ANCHOR = "an anchor or alias"
_NO_WORDS = re.compile(r"\s*(#.*)?$")


@dataclass(slots=True)
class Field:
    """One field of a code: its first line and the line after its last, counted within its block."""

    first: int
    end: int
    column: int
    """The column of its key."""
    is_flow: bool = False
    """Whether its value is a list in brackets."""
    comment: str = ""
    """The comment after its value, on the same line."""
    items: list[tuple[str, list[str]]] = field(default_factory=list)
    """Each item of a list with dashes, and the item's lines with the comments before it."""


@dataclass(slots=True)
class Block:
    """A code as written in the file.

    The lines are those of the code alone; the codes below it are in `below`.
    """

    name: str
    above: list[str]
    """The comments and empty lines before it."""
    lines: list[str]
    """Its fields except `codes`, from the dash on; empty if it has to be written anew."""
    dash: int
    """The column of its dash."""
    fields: dict[str, Field] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    """The line `codes:`, if there is one."""
    below: list[Block] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    """Comments within it, after the codes below it or its last field."""

    def take_inner(self, lines: list[str]) -> None:
        """Take over comments that follow it, or give them to the last code below it that contains them."""
        for number, line in enumerate(lines):
            last = self.below[-1] if self.below else None
            if last is not None and last.lines and line.strip() and _indent(line, 0) > last.dash:
                last.take_inner(lines[number:])
                return
            self.after.append(line)

    def walk(self) -> Iterator[Block]:
        """Yield the code and all codes below it, in the order of the file."""
        yield self
        for child in self.below:
            yield from child.walk()


@dataclass(slots=True)
class Section:
    """One of the file's lists: `themes` or `codes`."""

    head: list[str]
    """The lines before its first code."""
    blocks: list[Block]


@dataclass(slots=True)
class CodebookFile:
    """A whole codebook file."""

    sections: list[Section]
    end: list[str]
    """The lines after the last code."""

    def walk(self) -> Iterator[Block]:
        """Yield all codes, in the order of the file."""
        for section in self.sections:
            for block in section.blocks:
                yield from block.walk()


def cut(text: str, path: Path) -> CodebookFile:
    """Cut a codebook file into its codes.

    Args:
        text: The file's text, with line feeds; valid YAML.
        path: The file, for messages.

    Raises:
        CodebookError: If an anchor or a merge puts the same text in two places, so that one of them cannot be
            edited.
    """
    from ruamel.yaml import YAML

    root = YAML(typ="rt").compose(text)
    return _Cutter(text, path).sheet(root)


class _Cutter:
    def __init__(self, text: str, path: Path) -> None:
        self._lines = text.split("\n")
        self._path = path
        self._at = 0
        """The first line that belongs to no block yet."""

    def sheet(self, root: Any) -> CodebookFile:
        sections: list[Section] = []
        for key, value in [] if root is None else root.value:
            self._refuse_anchors(key, value)
            if _is_block(value):
                head = self._take(key.start_mark.line + 1)
                sections.append(Section(head, []))
                sections[-1].blocks = self._blocks(value, first_above=head)
            else:
                head = self._take(_last_line(value) + 1 if value.value else key.start_mark.line + 1)
                head[-1] = f"{' ' * key.start_mark.column}{key.value}:{_comment(head[-1])}"
                blocks = [_fresh(one_line(name)) for name in _names(value)]
                sections.append(Section(head, blocks))
        end = self._lines[self._at :]
        if sections and sections[-1].blocks and sections[-1].blocks[-1].lines:
            last = sections[-1].blocks[-1]
            inner = _inner(end, last.dash)
            last.take_inner(end[:inner])
            end = end[inner:]
        return CodebookFile(sections, end)

    def _take(self, end: int) -> list[str]:
        taken = self._lines[self._at : end]
        self._at = max(self._at, end)
        return taken

    def _blocks(self, sequence: Any, first_above: list[str] | None = None) -> list[Block]:
        blocks: list[Block] = []
        column = sequence.start_mark.column
        for node in sequence.value:
            dash = self._dash_line(node, column)
            gap = self._take(dash)
            inner = _inner(gap, column)
            if blocks:
                blocks[-1].take_inner(gap[:inner])
            elif first_above is not None:
                first_above += gap[:inner]
            else:
                inner = 0
            blocks.append(self._block(node, gap[inner:], dash, column))
        return blocks

    def _dash_line(self, node: Any, column: int) -> int:
        """Return the line of an entry's dash: its first line, or an earlier one if the dash is alone."""
        line = int(node.start_mark.line)
        while line > self._at and self._lines[line][column : column + 1] != "-":
            line -= 1
        return line

    def _block(self, node: Any, above: list[str], dash: int, column: int) -> Block:
        if isinstance(node.value, str) or node.flow_style or node.start_mark.line != dash:
            lines = self._take(self._end(node, column))
            block = Block(_name(node), above, [] if node.start_mark.line != dash else lines, dash=column)
            if not isinstance(node.value, str):
                codes = next((value for key, value in node.value if key.value == "codes"), None)
                block.below = [_fresh(one_line(name)) for name in _names(codes)]
                block.lines = [] if block.below else block.lines
            return block
        block = Block(_name(node), above, [], dash=column)
        for key, value in node.value:
            if key.value == "codes":
                block.lines += self._take(key.start_mark.line)
                if key.start_mark.line == dash:
                    raise CodebookError(
                        "the codes below a code must follow its name, to be edited here.",
                        file=self._path,
                        line=dash + 1,
                    )
                if _is_block(value):
                    block.head = self._take(key.start_mark.line + 1)
                    block.below = self._blocks(value)
                else:
                    block.head = [] if not value.value else [f"{' ' * key.start_mark.column}codes:"]
                    self._take(self._end(value, key.start_mark.column))
                    block.below = [_fresh(one_line(name)) for name in _names(value)]
                continue
            gap = self._take(key.start_mark.line)
            block.lines += gap
            first = len(block.lines)
            block.lines += self._take(self._end(value, key.start_mark.column, key.start_mark.line))
            is_list = not isinstance(value.value, str)
            block.fields[key.value] = Field(
                first,
                len(block.lines),
                key.start_mark.column,
                is_flow=is_list and bool(value.flow_style),
                comment=self._behind(value) if key.start_mark.line == value.end_mark.line else "",
                items=self._items(value, int(key.start_mark.line) + 1) if _is_block(value) else [],
            )
        return block

    def _items(self, sequence: Any, first: int) -> list[tuple[str, list[str]]]:
        items: list[tuple[str, list[str]]] = []
        for node in sequence.value:
            end = self._end(node, sequence.start_mark.column)
            items.append((one_line(str(node.value)), self._lines[first:end]))
            first = end
        return items

    def _behind(self, node: Any) -> str:
        rest = self._lines[node.end_mark.line][node.end_mark.column :]
        return f"  {rest.strip()}" if rest.strip().startswith("#") else ""

    def _end(self, node: Any, column: int, first: int | None = None) -> int:
        """Return the line after the last one of a value whose key or dash is in a given column."""
        if isinstance(node.value, str):
            if getattr(node, "style", None) in ("|", ">"):
                line = int(node.start_mark.line) + 1
                while line < len(self._lines) and _indent(self._lines[line], column + 1) > column:
                    line += 1
                while line > node.start_mark.line + 1 and not self._lines[line - 1].strip():
                    line -= 1
                return line
            if not node.value and node.start_mark.index == node.end_mark.index:
                return int(node.start_mark.line if first is None else first) + 1
            return int(node.end_mark.line) + 1
        if node.flow_style or not node.value:
            return int(node.end_mark.line) + 1
        last = node.value[-1]
        if isinstance(last, tuple):
            return self._end(last[1], last[0].start_mark.column, last[0].start_mark.line)
        return self._end(last, node.start_mark.column)

    def _refuse_anchors(self, *nodes: Any) -> None:
        for node in nodes:
            if getattr(node, "anchor", None) or getattr(node, "tag", "").endswith(":merge"):
                raise CodebookError(
                    f"{_ANCHOR} is used here, and quotegrid does not edit text that is used in two places.",
                    file=self._path,
                    line=int(node.start_mark.line) + 1,
                    todo="Edit the file by hand, or write the codes out in full.",
                )
            if not isinstance(node.value, str):
                for below in node.value:
                    self._refuse_anchors(*(below if isinstance(below, tuple) else (below,)))


def _fresh(name: str) -> Block:
    return Block(name, [], [], dash=0)


def _is_block(node: Any) -> bool:
    return not isinstance(node.value, str) and not node.flow_style and bool(node.value)


def _names(sequence: Any) -> Iterator[str]:
    """Yield the codes of a list in brackets."""
    if sequence is None or isinstance(sequence.value, str):
        return
    for node in sequence.value:
        yield _name(node)


def _name(node: Any) -> str:
    if isinstance(node.value, str):
        return one_line(node.value)
    return one_line(str(next(value.value for key, value in node.value if key.value == "name")))


def _last_line(node: Any) -> int:
    return int(node.end_mark.line)


def _comment(line: str) -> str:
    found = re.search(r"\s#.*$", line)
    return found.group() if found else ""


def _indent(line: str, blank: int) -> int:
    """Return the indentation of a line, or `blank` for a blank line."""
    stripped = line.lstrip(" ")
    return len(line) - len(stripped) if stripped.strip() else blank


def _inner(gap: list[str], column: int) -> int:
    """Return how many lines between two codes belong to the first: up to its last inner comment."""
    inner = 0
    for number, line in enumerate(gap, start=1):
        if line.strip() and _NO_WORDS.match(line) and _indent(line, 0) > column:
            inner = number
    return inner
