"""Reads the YAML front matter at the top of a text, whatever other programs have put there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quotegrid.corpus.text.headers import FIELD_LINE, canonical, names_in
from quotegrid.corpus.text.limits import check_brackets, check_values
from quotegrid.domain.sources.model import HeaderValue, ReadWarning, Speaker, WarningKind
from quotegrid.domain.text.normalise import one_line, shortened

_END = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"[\"']?[^\W\d_][\w .-]{0,40}[\"']?[ \t]*:(?:[ \t]|$)")
_ONE_VALUE = frozenset({"date", "group", "role", "area", "kind"})
"""The fields that have one value, of which a list is worth a warning."""
_LONGEST = 100_000
"""The most characters of front matter; more than that between two such lines is text."""
_NAMES = frozenset({"participant", "speakers"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields and speakers that the front matter of a text gives."""

    header: Mapping[str, HeaderValue] = field(default_factory=dict)
    """The fields by the names written there."""
    speakers: tuple[Speaker, ...] = ()
    body_start: int = 0
    """The offset at which the body begins."""
    warnings: tuple[ReadWarning, ...] = ()
    legend: Mapping[str, str] = field(default_factory=dict)
    """The name or role that each label of a mapping of speakers stands for."""


def front_matter(text: str) -> FrontMatter:
    """Read the YAML front matter between two `---` lines at the top of a text.

    Nothing in it refuses a file but what goes beyond a limit: fields that are no YAML are read line by line,
    and what cannot be used is left out with a warning. What else stands between two such lines is no front
    matter.

    Raises:
        ReadError: If it goes beyond a limit.
    """
    if not text.startswith("---\n"):
        return FrontMatter()
    end = _END.search(text, 4)
    if end is not None and end.start() > _LONGEST:
        return FrontMatter()
    if end is None:
        if not FIELD_LINE.match(text[4:].split("\n", 1)[0]):
            return FrontMatter()
        what = 'the front matter has no end; close it with a line "---". Its lines are read as a header.'
        return FrontMatter(warnings=(_warning(what, 1),))
    from ruamel.yaml.comments import CommentedMap

    content, fault = _loaded(text[4 : end.start()])
    if fault is not None and not _has_only_fields(text[4 : end.start()]):
        return FrontMatter()
    if fault is not None:
        return FrontMatter(_line_by_line(text[: end.start()]), (), end.end(), (fault,))
    if content is None:
        return FrontMatter(body_start=end.end())
    if not isinstance(content, CommentedMap):
        return FrontMatter()
    reading = _Reading()
    for key, value in content.items():
        reading.add(str(key), value, int(content.lc.key(key)[0]) + 2)
    return FrontMatter(
        reading.header, tuple(reading.speakers), end.end(), tuple(reading.warnings), reading.legend
    )


def _loaded(yaml: str) -> tuple[Any, ReadWarning | None]:
    """Return the content of the front matter, or a warning that says where it is no YAML."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    check_brackets(yaml)
    try:
        content = _yaml().load(yaml)
        check_values(content)
        return content, None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark is not None else 1
        what = f"the front matter is not valid YAML ({error.problem})"
    except YAMLError:
        line, what = 1, "the front matter holds a character that YAML forbids"
    return None, _warning(f"{what}; it was read line by line.", line)


def _has_only_fields(yaml: str) -> bool:
    """Return whether all lines but list items, comments and further lines of a value begin with a field."""
    lines = [line for line in yaml.split("\n") if line.strip() and line[0] not in " \t-"]
    return bool(lines) and all(line.startswith("# ") or _KEY.match(line) for line in lines)


def _line_by_line(text: str) -> dict[str, HeaderValue]:
    """Return the `field: value` lines of front matter that is no YAML; the first line is its mark."""
    header: dict[str, HeaderValue] = {}
    for number, line in enumerate(text.split("\n")[1:], start=2):
        found = FIELD_LINE.match(line)
        if found is not None and not line[0].isspace():
            value = one_line(found[2])
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            header.setdefault(found[1].strip(), HeaderValue(value, number))
    return header


class _Reading:
    """The front matter as far as it has been read, field by field."""

    def __init__(self) -> None:
        self.header: dict[str, HeaderValue] = {}
        self.speakers: list[Speaker] = []
        self.warnings: list[ReadWarning] = []
        self.legend: dict[str, str] = {}

    def add(self, key: str, value: Any, line: int) -> None:
        """Read one field: a value, a list or further fields."""
        known = canonical(key)
        if known in _NAMES and isinstance(value, dict) and known == "speakers":
            for label, entry in value.items():
                self._add_labelled(_scalar(label), entry, line)
        elif known in _NAMES and isinstance(value, list):
            for entry in value:
                self._add_speaker(entry, line)
        elif known == "speakers" and isinstance(value, str):
            for name in names_in(one_line(value)):
                self._add_speaker(name, line)
        elif known == "interviewer" and isinstance(value, dict | list):
            entries = value if isinstance(value, list) else [value]
            self.header[key] = HeaderValue(", ".join(map(_name_of, entries)), line)
        elif value is not None and known != "speakers":
            flat = _flat(value)
            if known in _ONE_VALUE and isinstance(value, dict | list) and len(value) > 1:
                what = f'the field "{shortened(key, 60)}" has several values and is read as "{flat}".'
                self.warnings.append(_warning(what, line))
            if flat:
                self.header[key] = HeaderValue(flat, line)

    def _add_labelled(self, label: str, entry: Any, line: int) -> None:
        """Read what a label of the transcript stands for: a name or role, or a speaker's fields."""
        if isinstance(entry, dict):
            speaker = _speaker(entry, line)
            self.legend[label] = label if speaker is None else speaker.name
            self._add_speaker({"name": label, **entry} if speaker is None else entry, line)
        else:
            self.legend[label] = _flat(entry) or label

    def _add_speaker(self, entry: Any, line: int) -> None:
        speaker = _speaker(entry, line)
        if speaker is None:
            at = getattr(getattr(entry, "lc", None), "line", line - 2) + 2
            what = 'a speaker has no name and was left out; write "name: ..." for each.'
            self.warnings.append(_warning(what, at))
        else:
            self.speakers.append(speaker)


def _speaker(entry: Any, line: int) -> Speaker | None:
    """Return the speaker that an entry describes, or None if it has no name."""
    if not isinstance(entry, dict):
        name = _flat(entry)
        return Speaker(name=name) if any(char.isalpha() for char in name) else None
    known: dict[str, str] = {}
    attributes: dict[str, str] = {}
    for key, value in entry.items():
        kind = canonical(str(key))
        if kind in ("participant", "group", "role", "area"):
            known[kind] = _flat(value)
        else:
            attributes[str(key)] = _flat(value)
    if not known.get("participant"):
        return None
    return Speaker(
        name=known["participant"],
        group=known.get("group"),
        role=known.get("role"),
        area=known.get("area"),
        attributes=attributes,
        line=getattr(getattr(entry, "lc", None), "line", line - 2) + 2,
    )


def _name_of(entry: Any) -> str:
    speaker = _speaker(entry, 0)
    return _flat(entry) if speaker is None else speaker.name


def _warning(what: str, line: int) -> ReadWarning:
    return ReadWarning(WarningKind.TEXT, what, line)


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
    """Return a value, list or mapping on one line: "hedges, birds" or "from: 1, to: 2"."""
    if isinstance(value, dict):
        return ", ".join(f"{_scalar(key)}: {_flat(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(_flat(item) for item in value)
    return "" if value is None else _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(str(value))
