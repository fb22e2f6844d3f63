"""Conversion of a summary's Markdown to runs, HTML and plain text; links, images and HTML in it stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quotegrid.domain.text.normalise import visible

_REFERENCE = re.compile(r"\[q:(\d+)\]")
_NEVER = ("link", "image", "autolink", "reference", "html_inline", "html_block")
_BULLET = "\N{BULLET}"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one format."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    quote: int | None = None
    """The number of the quote that it names."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or an item of a list."""

    runs: tuple[Run, ...]
    marker: str = ""
    """The marker before an item: a bullet, or its number and a full stop."""
    depth: int = 0
    """The number of lists that an item stands in; 0 for a paragraph."""


def summary_blocks(text: str) -> list[Block]:
    """Return the paragraphs and items of a summary; a heading is a bold paragraph."""
    blocks: list[Block] = []
    lists: list[int | None] = []
    marker, heading = "", False
    for token in _tokens(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            marker = _BULLET if number is None else f"{number}."
            lists[-1] = None if number is None else number + 1
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "inline":
            blocks.append(Block(tuple(_runs(token.children or [], is_bold=heading)), marker, len(lists)))
            marker = ""
        elif token.type in ("fence", "code_block"):
            blocks.append(Block((Run(token.content.rstrip("\n")),), marker, len(lists)))
            marker = ""
    return blocks


def summary_plain(text: str) -> str:
    """Return the summary without its formatting, a line for each paragraph and item."""
    lines = []
    for block in summary_blocks(text):
        words = "".join(run.text for run in block.runs)
        indent = "   " * max(block.depth - 1, 0)
        lines.append(f"{indent}{block.marker} {words}" if block.marker else f"{indent}{words}")
    return "\n".join(lines)


def summary_html(text: str, prefix: str) -> str:
    """Return the summary as HTML; a reference leads to the element whose id is the prefix and the number."""
    from html import escape

    reader = _reader()
    tokens = _tokens(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
            token.attrs = {"class": "heading"} if token.type == "heading_open" else {}
        for child in token.children or []:
            if child.type == "quote_reference":
                child.content = (
                    f'<a href="#{escape(prefix)}{child.meta["quote"]}">{escape(child.content)}</a>'
                )
    return str(reader.renderer.render(tokens, reader.options, {}))


def _runs(children: list[Any], *, is_bold: bool) -> Iterator[Run]:
    bold, italic = int(is_bold), 0
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            bold += 1 if child.type == "strong_open" else -1
        elif child.type in ("em_open", "em_close"):
            italic += 1 if child.type == "em_open" else -1
        elif child.type == "softbreak":
            yield Run(" ")
        elif child.type == "hardbreak":
            yield Run("\n")
        elif child.content:
            yield Run(child.content, bold > 0, italic > 0, child.meta.get("quote"))


def _tokens(text: str) -> list[Any]:
    tokens: list[Any] = _reader().parse(visible(text))
    return tokens


@lru_cache(maxsize=1)
def _reader() -> Any:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).disable(list(_NEVER))
    reader.core.ruler.push("quote_references", _with_references)
    # Its content is made here and holds no text of anybody's.
    reader.add_render_rule("quote_reference", _rendered)
    return reader


def _rendered(_self: Any, tokens: Any, place: int, _options: Any, _env: Any) -> str:
    return str(tokens[place].content)


def _with_references(state: Any) -> None:
    """Make every `[q:12]` of a text a token of its own."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline" or not token.children:
            continue
        children = []
        for child in token.children:
            parts = _REFERENCE.split(child.content) if child.type == "text" else []
            if len(parts) < 3:
                children.append(child)
                continue
            for place, part in enumerate(parts):
                if place % 2:
                    children.append(
                        Token("quote_reference", "", 0, content=f"[q:{part}]", meta={"quote": int(part)})
                    )
                elif part:
                    children.append(Token("text", "", 0, content=part))
        token.children = children
