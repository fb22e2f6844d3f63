"""Reads `codebook.yaml`: codes below themes, written to be edited by hand."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from quotegrid.domain.codebook.codes import COLOURS, Code, Codebook, CodeTreeError, refuse_twins
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import CodebookError

_LISTS = ("use_when", "do_not_use_when", "examples", "terms")
_FIELDS = frozenset({"name", "parent", "definition", "colour", "deprecated", "codes", *_LISTS})

EMPTY_CODEBOOK = """\
# The codebook. A theme is a code with codes below it; names must be different from each other.
# quotegrid reads this file again whenever it has changed.
#
# themes:
#   - name: What the money does
#     definition: What participants say the money changes, buys or fails to reach.
#     codes:
#       - name: breathing space
#         definition: The money buys time, so that changes can be planned properly.
#         use_when:
#           - Time, room or calm to do the right thing is credited to the programme.
#         do_not_use_when:
#           - The time gained is described as wasted.
#         examples: []
#         terms: [breathing space, buys time]

themes: []
"""


def read_codebook(path: Path) -> Codebook:
    """Read the codebook file, in which codes may be nested or name their parent.

    Raises:
        CodebookError: If the file is missing or not YAML, has an unknown field, a name twice or a cycle.
    """
    return parse_codebook(codebook_text(path), path)


@lru_cache(maxsize=4)
def parse_codebook(text: str, path: Path) -> Codebook:
    """Parse the text of a codebook file, or return what was made of the same text before.

    Args:
        text: The file's text.
        path: The file, for messages.

    Raises:
        CodebookError: As for `read_codebook`.
    """
    from ruamel.yaml.comments import CommentedMap

    content = _loaded(text, path)
    if content is None:
        return Codebook(())
    if not isinstance(content, CommentedMap):
        raise CodebookError('the file must begin with "themes:" or "codes:".', file=path, line=1)
    codes: list[Code] = []
    for key, entries in content.items():
        line = _line(content, key)
        if key not in ("themes", "codes"):
            raise CodebookError(
                f'"{key}" is not a part of a codebook.', file=path, line=line, todo='Use "themes" or "codes".'
            )
        codes += _codes(entries, None, path, line)
    try:
        refuse_twins(codes)
        return Codebook(tuple(codes))
    except CodeTreeError as error:
        raise CodebookError(str(error), file=path, line=error.code.line) from error


def codebook_text(path: Path) -> str:
    """Return the text of a codebook file.

    Raises:
        CodebookError: If the file is missing or is not text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CodebookError(
            "there is no codebook here.", file=path, todo="Make one, or set codebook under [study]."
        ) from error
    except OSError as error:
        raise CodebookError(f"this file cannot be read ({error.strerror}).", file=path) from error
    except UnicodeDecodeError as error:
        raise CodebookError("this is not UTF-8 text.", file=path, todo="Save it as UTF-8.") from error


def _loaded(text: str, path: Path) -> Any:
    """Load the YAML text with line numbers.

    Raises:
        CodebookError: If it is not YAML, or contains itself.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)
            yaml = YAML(typ="rt")
            root = yaml.compose(text)
            _refuse_cycle(root, path)
            return None if root is None else yaml.constructor.construct_document(root)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else None
        raise CodebookError(f"this is not valid YAML ({error.problem}).", file=path, line=line) from error
    except RecursionError as error:
        raise CodebookError("lists are nested too deeply here.", file=path) from error
    except (YAMLError, ValueError, LookupError) as error:
        what = str(error).strip().split("\n")[0]
        raise CodebookError(f"this is not valid YAML ({what}).", file=path) from error


def _refuse_cycle(node: Any, path: Path, above: tuple[int, ...] = ()) -> None:
    """Raise an error if an alias leads to a node that contains it."""
    if node is None or isinstance(node.value, str):
        return
    if id(node) in above:
        raise CodebookError("this part of the codebook is below itself.", file=path, line=_starts(node))
    for below in node.value:
        for child in below if isinstance(below, tuple) else (below,):
            _refuse_cycle(child, path, (*above, id(node)))


def _starts(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _line(mapping: Any, key: Any) -> int:
    """Return the line of a key, or the mapping's own for keys added by a merge (`<<`)."""
    places = mapping.lc.data or {}
    return int(places[key][0] if key in places else mapping.lc.line) + 1


def _codes(entries: Any, parent: str | None, path: Path, line: int) -> Iterator[Code]:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if entries is None:
        return
    if not isinstance(entries, CommentedSeq):
        raise CodebookError("codes must be a list, each with a dash before it.", file=path, line=line)
    for number, entry in enumerate(entries):
        line = int(entries.lc.item(number)[0]) + 1
        if isinstance(entry, str) and entry.strip():
            yield Code(name=one_line(entry), parent=parent, line=line)
            continue
        if not isinstance(entry, CommentedMap):
            raise CodebookError('a code must have a "name".', file=path, line=line)
        code = _code(entry, parent, path, line)
        yield code
        below = _line(entry, "codes") if "codes" in entry else line
        yield from _codes(entry.get("codes"), code.name, path, below)


def _code(entry: Any, parent: str | None, path: Path, line: int) -> Code:
    for key in entry:
        if key not in _FIELDS:
            raise CodebookError(
                f'"{key}" is not a field of a code.',
                file=path,
                line=_line(entry, key),
                todo=f"The fields are {', '.join(sorted(_FIELDS))}.",
            )
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise CodebookError('a code must have a "name".', file=path, line=line)
    lists: dict[str, tuple[str, ...]] = {}
    for field in _LISTS:
        value = entry.get(field)
        if value is None:
            value = []
        elif isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(item, str | int | float) for item in value):
            raise CodebookError(
                f'"{field}" of "{name}" must be a list of sentences or words.',
                file=path,
                line=_line(entry, field),
            )
        lists[field] = tuple(one_line(str(item)) for item in value)
    single: dict[str, str] = {}
    for field in ("parent", "definition", "colour"):
        value = entry.get(field, "")
        if value is not None and not isinstance(value, str | int | float):
            raise CodebookError(f'"{field}" of "{name}" must be text.', file=path, line=_line(entry, field))
        single[field] = one_line(str(value or ""))
    if single["colour"] and single["colour"] not in COLOURS:
        raise CodebookError(
            f'"{single["colour"]}" is not a colour that a code can have.',
            file=path,
            line=_line(entry, "colour"),
            todo=f"The colours are {', '.join(COLOURS)}.",
        )
    deprecated = entry.get("deprecated")
    if deprecated not in (None, True, False):
        raise CodebookError(
            f'"deprecated" of "{name}" must be true or false.', file=path, line=_line(entry, "deprecated")
        )
    return Code(
        name=one_line(name),
        parent=single["parent"] or parent,
        definition=single["definition"],
        colour=single["colour"],
        is_deprecated=bool(deprecated),
        line=line,
        **lists,
    )
