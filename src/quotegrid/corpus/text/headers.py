"""Reads what a file says about itself: YAML front matter, or a block of `Field: value` lines at its top."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from quotegrid.corpus.text.speaker_names import is_generic, is_interviewer, stands_for
from quotegrid.domain.sources.model import HeaderValue, ReadWarning, Speaker, WarningKind
from quotegrid.domain.text.languages import parse_language
from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.errors import ReadError

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "interview", "subject"),
    "date": ("date", "interview date", "date of interview"),
    "participant": ("participant", "interviewee", "respondent", "case", "speaker", "name", "pseudonym"),
    "interviewer": ("interviewer", "moderator", "facilitator", "researcher", "interviewed by"),
    "group": ("group", "stakeholder", "stakeholder group"),
    "role": ("role", "job", "job title", "position"),
    "area": ("area", "local area", "place"),
    "speakers": ("speakers", "participants"),
    "kind": ("kind",),
    "notice": ("notice", "note", "notes", "disclaimer"),
    "recording": ("recording", "duration", "length", "transcriber", "transcribed by", "location"),
    "language": ("language",),
}
"""The fields that a header may have, each with its other spellings."""

_CANONICAL = {spelling: field for field, spellings in FIELDS.items() for spelling in spellings}
_ABOUT = frozenset({"title", "date", "group", "role", "area"})
_SPEAKERS = frozenset({"participant", "interviewer"})
_FIELD_LINE = re.compile(r"^\s*(?:\*\*)?([A-Za-z][A-Za-z _-]{1,40}?)(?:\*\*)?\s*:(?:\*\*)?\s+(\S.*)$")
_EMPTY_FIELD = re.compile(r"^\s*(?:\*\*)?([A-Za-z][A-Za-z _-]{1,40}?)(?:\*\*)?\s*:(?:\*\*)?\s*$")
_NUMBERED_DATE = re.compile(r"^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_LONGEST_VALUE = 160
_LONGEST_NAME_WORDS = 8
_ARTICLES = frozenset({"the", "a", "an"})
"""Words that begin many titles ("The shed: an interview") and no field name."""
_BETWEEN_NAMES = frozenset({"and", "de", "van", "von", "of", "the", "for", "not", "&"})


def canonical(field: str) -> str | None:
    """Return the standard name of a header field, or None if it is not one."""
    return _CANONICAL.get(one_line(field.replace("_", " ").replace("-", " ")).casefold())


def front_matter(text: str, path: Path) -> tuple[dict[str, HeaderValue], tuple[Speaker, ...], int]:
    """Read the YAML front matter between two `---` lines at the top of a text.

    Returns:
        The fields by the names written there, the speakers listed, and the offset at which the body begins.

    Raises:
        ReadError: If the front matter does not end, is not YAML, or is not a list of fields.
    """
    if not text.startswith("---\n"):
        return {}, (), 0
    end = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, 4)
    if end is None:
        if not _FIELD_LINE.match(text[4:].split("\n", 1)[0]):
            return {}, (), 0
        raise ReadError("the front matter has no end.", file=path, line=1, todo='Close it with a line "---".')
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        content: Any = _yaml().load(text[4 : end.start()])
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark is not None else 1
        raise ReadError(
            f"the front matter is not valid YAML ({error.problem}).", file=path, line=line
        ) from error
    except YAMLError as error:
        raise ReadError("the front matter holds a character that YAML forbids.", file=path, line=1) from error
    if content is None:
        return {}, (), end.end()
    if not isinstance(content, CommentedMap):
        raise ReadError('the front matter must be lines of "field: value".', file=path, line=2)
    header: dict[str, HeaderValue] = {}
    speakers: tuple[Speaker, ...] = ()
    for key, value in content.items():
        line = int(content.lc.key(key)[0]) + 2
        if canonical(str(key)) == "speakers" and isinstance(value, list):
            speakers = tuple(_speaker(entry, path, line) for entry in value)
        elif canonical(str(key)) == "interviewer" and isinstance(value, list):
            header[str(key)] = HeaderValue(", ".join(_scalar(name) for name in value), line)
        elif isinstance(value, dict | list) and canonical(str(key)) is None:
            header[str(key)] = HeaderValue(_flat(value), line)
        elif isinstance(value, dict | list):
            raise ReadError(f'the field "{key}" must have one value.', file=path, line=line)
        elif value is not None:
            header[str(key)] = HeaderValue(_scalar(value), line)
    return header, speakers, end.end()


def _yaml() -> Any:
    """Return a YAML reader that keeps dates as written, since not every one is a calendar date."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import RoundTripConstructor

    class Constructor(RoundTripConstructor):
        pass

    Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
    yaml = YAML(typ="rt")
    yaml.Constructor = Constructor
    return yaml


def _flat(value: Any) -> str:
    """Return a list or mapping on one line: "hedges, birds" or "from: 1, to: 2"."""
    if isinstance(value, dict):
        return ", ".join(f"{_scalar(key)}: {_flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_flat(item) for item in value)
    return "" if value is None else _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(str(value))


def _speaker(entry: Any, path: Path, line: int) -> Speaker:
    line = getattr(getattr(entry, "lc", None), "line", line - 2) + 2
    if isinstance(entry, str):
        return Speaker(name=one_line(entry))
    if not isinstance(entry, dict):
        raise ReadError("a speaker must be a name, or fields in braces.", file=path, line=line)
    known: dict[str, str] = {}
    attributes: dict[str, str] = {}
    for key, value in entry.items():
        field = canonical(str(key))
        if field in ("participant", "group", "role", "area"):
            known[field] = _scalar(value)
        else:
            attributes[str(key)] = _scalar(value)
    if "participant" not in known:
        raise ReadError("a speaker has no name.", file=path, line=line, todo='Write "name: ..." for each.')
    return Speaker(
        name=known["participant"],
        group=known.get("group"),
        role=known.get("role"),
        area=known.get("area"),
        attributes=attributes,
        line=line,
    )


def names_in(value: str | None) -> list[str]:
    """Return the names that a field lists: "Jo Field and Sam Reed", "Jo Field, Sam Reed"."""
    return [name for name in re.split(r"\s*(?:[,;/&]|\band\b)\s*", value or "") if name]


def header_block(
    text: str, path: Path, *, blank_lines_end: bool = True
) -> tuple[dict[str, HeaderValue], int]:
    """Read the `Field: value` lines at the top of a transcript, up to the first speaker turn or other line.

    Up to four lines without a field (a title, a notice) may precede them. The lines count as a header only if
    they include a title, date, group, role or area, or name people who are not used as labels later on.

    Args:
        text: The normalised text.
        path: The file, for messages.
        blank_lines_end: Whether only a standard field continues the header after a blank line; False for
            formats whose paragraphs are always a blank line apart (Word documents).

    Returns:
        The fields by the names written there, and the offset at which the body begins.
    """
    lines = text.split("\n")
    labels = Counter(match.group(1).casefold() for line in lines if (match := _FIELD_LINE.match(line)))
    header: dict[str, HeaderValue] = {}
    seen: set[str] = set()
    position = 0
    leading = 0
    body_start = 0
    after_blank = False
    for number, line in enumerate(lines, start=1):
        position += len(line) + 1
        if not line.strip():
            after_blank = blank_lines_end and bool(header)
            continue
        empty = _EMPTY_FIELD.match(line)
        if empty is not None and canonical(empty.group(1)) not in (None, *_SPEAKERS, *seen):
            body_start = position
            continue
        match = _FIELD_LINE.match(line)
        if match is None or match.group(1).split()[0].casefold() in _ARTICLES:
            leading += 1
            if header or leading > 4:
                break
            continue
        name, value = match.group(1).strip(), match.group(2).strip()
        field = canonical(name)
        if field in seen or len(value) > _LONGEST_VALUE or (after_blank and field is None):
            break
        if _is_turn(name, field, value, header, comes_back=labels[name.casefold()] > 1, apart=after_blank):
            break
        if field is not None:
            seen.add(field)
        header[name] = HeaderValue(value, number)
        body_start = position
    names_people = bool(seen) and not any(labels[name.casefold()] > 1 for name in header)
    if not seen & _ABOUT and not (seen & _SPEAKERS and names_people):
        return {}, 0
    return header, min(body_start, len(text))


def _is_turn(
    name: str,
    field: str | None,
    value: str,
    header: Mapping[str, HeaderValue],
    *,
    comes_back: bool,
    apart: bool,
) -> bool:
    """Return whether a `Field: value` line is something said rather than part of the header."""
    people = [said.value for other, said in header.items() if canonical(other) in _SPEAKERS]
    if field is None:
        return (
            comes_back
            or name.isupper()
            or is_generic(name)
            or is_interviewer(name)
            or stands_for(name, people) is not None
        )
    if field not in _SPEAKERS:
        return False
    if not _is_name(value) or (comes_back and apart):
        return True
    return comes_back and name.isupper() and any(not other.isupper() for other in header)


def _is_name(value: str) -> bool:
    words = value.split()
    if (
        len(words) > _LONGEST_NAME_WORDS
        or value[-1] in "?!\u2026"
        or (value[-1] == "." and len(words[-1]) > 3)
    ):
        return False
    return all(not word[0].islower() or word.rstrip(",").casefold() in _BETWEEN_NAMES for word in words)


def sort_header(
    header: Mapping[str, HeaderValue], attributes: tuple[str, ...]
) -> tuple[dict[str, HeaderValue], dict[str, HeaderValue], tuple[ReadWarning, ...]]:
    """Sort a header's fields into standard fields and the study's own attributes.

    A field that is neither is left out with a warning, because other programs write fields of their own.

    Args:
        header: The fields by the names written in the file.
        attributes: The study's own attributes.

    Returns:
        The standard fields by their standard names, the study's own attributes, and the warnings.
    """
    fields: dict[str, HeaderValue] = {}
    own: dict[str, HeaderValue] = {}
    warnings: list[ReadWarning] = []
    allowed = {known.casefold().replace(" ", "_"): known for known in attributes}
    for name, value in header.items():
        field = canonical(name)
        attribute = allowed.get(name.casefold().replace(" ", "_").replace("-", "_"))
        if field is not None:
            fields[field] = value
        elif attribute is not None:
            own[attribute] = value
        else:
            what = (
                f'"{shortened(name, 60)}" is not a header field and was left out; to keep it as an '
                "attribute, add it to attributes under [import] in quotegrid.toml."
            )
            warnings.append(ReadWarning(WarningKind.TEXT, what, value.line))
    day = fields.get("date")
    if day is not None and not _is_day(day.value):
        what = f'the date "{day.value}" is not a calendar date; it was kept as written.'
        warnings.append(ReadWarning(WarningKind.TEXT, what, day.line))
    language = fields.get("language")
    if language is not None and parse_language(language.value) is None:
        what = f'"{language.value}" is no language that is known by its English name or its code.'
        warnings.append(ReadWarning(WarningKind.TEXT, what, language.line))
    return fields, own, tuple(warnings)


def _is_day(text: str) -> bool:
    """Return whether a date may be valid; only a numeric date with the year first can be shown not to be."""
    found = _NUMBERED_DATE.match(text)
    if found is None:
        return True
    try:
        date(*(int(part) for part in found.groups()))
    except ValueError:
        return False
    return True
