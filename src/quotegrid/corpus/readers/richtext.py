"""Reads rich text: its paragraphs, and tables read row by row, separated by blank lines.

striprtf knows the code pages and the parts that are not running text. Before it sees a file, deleted text is
removed and marks are inserted for the ends of paragraphs, lines, cells and rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from quotegrid.corpus.readers.blocks import arrange_paragraphs, join_paragraphs, join_row
from quotegrid.corpus.readers.comments import MARK, Edge, Remark, place_comments
from quotegrid.domain.sources.model import Comment, ReadText
from quotegrid.domain.text.repairs import SOFT_HYPHEN
from quotegrid.errors import ReadError

_PARAGRAPH, _LINE, _CELL, _ROW = "\u2029", "\u2028", "\x1f", "\x1e"
_MARKS = {
    "par": _PARAGRAPH,
    "sect": _PARAGRAPH,
    "page": _PARAGRAPH,
    "line": _LINE,
    "lbr": _LINE,
    "nestcell": _LINE,
    "nestrow": _LINE,
    "cell": _CELL,
    "row": _ROW,
}
_LEFT_OUT = frozenset({"fldinst", "listtext", "pict", "objdata", "themedata", "datastore"})
"""Groups without words of the text: targets of links, bullets of lists, pictures."""
_SYMBOLS = {"\n": _PARAGRAPH, "\r": _PARAGRAPH, "-": SOFT_HYPHEN, "_": "-"}
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_BINARY = re.compile(rb"(?<!\\)\\bin(\d+) ?")
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\(?:'[0-9a-fA-F]{2}|(?P<symbol>[^a-zA-Z]))"
    r"|(?P<brace>[{}])|[^\\{}]+|\\",
    re.DOTALL,
)


class _Group(NamedTuple):
    """The properties that hold up to the end of a group in braces."""

    left_out: bool = False
    deleted: bool = False
    in_table: bool = False


_COMMENT = re.compile(
    r"\{\\\*\\(?:atnauthor (?P<author>[^{}]*)\}"
    r"|atrf(?P<edge>start|end) ?(?P<number>-?\d+)\s*\}|annotation(?![a-z]))"
)
"""Matches the parts of comments: the next one's author, an end of its anchor, the comment."""
_REFERENCE = re.compile(r"\{\\\*\\atnref (-?\d+)\s*\}")
_DATE = re.compile(r"\{\\\*\\atndate (-?\d+)\s*\}")
_IN_COMMENT = re.compile(r"\{\\\*\\(?:atnref|atndate|atnparent|atntime|atnid)[^{}]*\}")
_FIRST_NUMBER = 0xF0000
"""The first of the private characters that number the comments' marks, some of which may be in deleted text.
"""


def read(path: Path) -> ReadText:
    """Read an .rtf file.

    Deleted text of tracked changes, notes, page headers and text boxes are left out; comments are kept beside
    the text.

    Raises:
        ReadError: If the file is empty, is not rich text, or ends too early.
    """
    data = path.read_bytes().strip(b"\x00\t\n\r ")
    if not data:
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    if not data.startswith(b"{\\rtf"):
        raise ReadError(
            "this is not a rich text file, whatever its name says.",
            file=path,
            todo="Open it in Word or LibreOffice and save it as .rtf, or import the original document.",
        )
    rtf = _characters(_without_binary(data))
    try:
        found = join_paragraphs(_paragraphs(_plain(rtf, path)))
        comments = _comments(rtf, path, found.text)
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise ReadError(
            f"this rich text file is broken ({error}).",
            file=path,
            todo="Open it in Word or LibreOffice and save it again as .rtf.",
        ) from error
    return replace(found, comments=comments)


def _plain(rtf: str, path: Path) -> str:
    """Return the text with marks at the ends of paragraphs, lines, cells and rows."""
    from striprtf.striprtf import rtf_to_text

    raw: str = rtf_to_text(_marked(rtf, path), encoding=_code_page(rtf), errors="replace")
    return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _comments(rtf: str, path: Path, text: str) -> tuple[Comment, ...]:
    remarks: dict[str, Remark] = {}
    edges: list[tuple[str, Edge]] = []
    with_marks, position = "", 0
    author: str | None = None
    for found in _COMMENT.finditer(rtf):
        if found.start() < position:
            continue
        with_marks += rtf[position : found.start()]
        position = found.start()
        if found["author"] is not None:
            author = _inner(found["author"], rtf, path)
        elif found["edge"] is not None:
            edges.append((found["number"], Edge.START if found["edge"] == "start" else Edge.END))
            with_marks += _shown(f"{MARK}{chr(_FIRST_NUMBER + len(edges) - 1)}")
        else:
            position = _end_of_group(rtf, found.start())
            group = rtf[found.end() : position - 1]
            reference = _REFERENCE.search(group)
            name = reference.group(1) if reference else f"point {len(remarks)}"
            remarks[name] = Remark(
                author or None, _date(group), _inner(_IN_COMMENT.sub("", group), rtf, path)
            )
            edges.append((name, Edge.POINT))
            with_marks += _shown(f"{MARK}{chr(_FIRST_NUMBER + len(edges) - 1)}")
    if not remarks:
        return ()
    marked = _plain(with_marks + rtf[position:], path)
    marked = "\n\n".join(arrange_paragraphs(_paragraphs(marked)))
    numbers = [ord(char) - _FIRST_NUMBER for char in re.findall(f"{MARK}(.)", marked)]
    return place_comments(text, marked, [edges[number] for number in numbers], remarks)


def _inner(group: str, rtf: str, path: Path) -> str:
    """Return the text of a part of the file, decoded with its code page."""
    kind = re.match(r"\{\\rtf\d*\s*\\(?:mac|pca|pc)(?![a-z])", rtf)
    head = kind.group() if kind else "{\\rtf1\\ansi"
    return "\n".join(
        paragraph.strip() for paragraph in _paragraphs(_plain(f"{head} {group}}}", path)) if paragraph.strip()
    )


def _end_of_group(rtf: str, start: int) -> int:
    """Return the offset at which the group that begins at `start` ends, or else the file's end."""
    depth = 0
    for token in _TOKEN.finditer(rtf, start):
        if token["brace"]:
            depth += 1 if token["brace"] == "{" else -1
            if depth == 0:
                return token.end()
    return len(rtf)


def _date(group: str) -> str | None:
    """Return the time of a comment, which the file packs into a signed 32-bit number.

    The highest bits hold the weekday, so the number is negative from Thursday to Saturday.
    """
    found = _DATE.search(group)
    if found is None:
        return None
    packed = int(found.group(1))
    minute, hour, day = packed & 63, packed >> 6 & 31, packed >> 11 & 31
    month, year = packed >> 16 & 15, 1900 + (packed >> 20 & 511)
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"


def _paragraphs(marked: str) -> Iterator[str]:
    for part in re.split(f"({_PARAGRAPH}|{_ROW})", marked):
        words = part.replace(_LINE, "\n")
        yield join_row(words.split(_CELL)) if _CELL in words else words


def _without_binary(data: bytes) -> bytes:
    kept, position = [], 0
    while (found := _BINARY.search(data, position)) is not None:
        kept.append(data[position : found.start()])
        position = found.end() + int(found.group(1))
    return b"".join([*kept, data[position:]])


def _characters(data: bytes) -> str:
    """Return the file's characters, decoding bytes that RTF does not allow as UTF-8 or its code page."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(rb"[\x80-\xff]", lambda byte: f"\\'{byte.group()[0]:02x}".encode(), data).decode(
            "ascii"
        )


def _code_page(rtf: str) -> str:
    found = re.match(r"\{\\rtf\d*\s*\\(mac|pca|pc)(?![a-z])", rtf)
    return _CODE_PAGES[found.group(1)] if found else "cp1252"


def _marked(rtf: str, path: Path) -> str:
    """Return the file without deleted text, with a mark at each end of a paragraph, line, cell or row.

    Raises:
        ReadError: If a group has no end.
    """
    out: list[str] = []
    groups: list[_Group] = []
    group = _Group()
    for token in _TOKEN.finditer(rtf):
        if token["brace"] == "{":
            groups.append(group)
            out.append("{")
        elif token["brace"] == "}":
            group = groups.pop()
            out.append("}")
            if not groups:
                return "".join(out)
        elif token["word"]:
            group = _within(group, token["word"], token["number"])
            out.append(_word(group, token))
        elif not (group.left_out or group.deleted):
            symbol = token["symbol"]
            out.append(_shown(_SYMBOLS[symbol]) if symbol in _SYMBOLS else token.group())
    raise ReadError(
        "this rich text file ends too early.",
        file=path,
        todo="Get the whole file, or open it in Word or LibreOffice and save it again as .rtf.",
    )


def _within(group: _Group, word: str, number: str | None) -> _Group:
    if word in _LEFT_OUT:
        return group._replace(left_out=True)
    if word in ("deleted", "mvf"):
        return group._replace(deleted=number != "0")
    if word == "plain":
        return group._replace(deleted=False)
    if word in ("intbl", "pard"):
        return group._replace(in_table=word == "intbl")
    return group


def _word(group: _Group, token: re.Match[str]) -> str:
    word = token["word"]
    mark = _MARKS.get(word)
    if mark is None:
        unseen = group.left_out or group.deleted
        return "" if unseen and word in ("u", "tab") else token.group()
    if group.left_out or (group.deleted and mark in (_PARAGRAPH, _LINE)):
        return ""
    return _shown(_LINE if mark == _PARAGRAPH and group.in_table else mark)


def _shown(char: str) -> str:
    """Return a character after a meaningless control word, so that no escape before it takes it in."""
    return f"\\shown {char}"
