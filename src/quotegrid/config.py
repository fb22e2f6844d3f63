"""Settings of a study, read from `quotegrid.toml` and checked once."""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from quotegrid.config_amounts import DEFAULT_AMOUNTS, AmountsFault, amounts_settings
from quotegrid.errors import ConfigError

CONFIG_NAME = "quotegrid.toml"
SERVER = "postgresql+psycopg://"
PACKAGED_MODEL = "packaged-minilm"
FEWEST_MINIMUM = 3
"""With a minimum of 2 cases every withheld count would be known to be 1."""


LOOKS = ("dark", "light", "high contrast")
PRECISIONS = ("auto", "full", "fast")
LEARNING = ("at once", "when asked")
_CHOICES = {"look": LOOKS, "precision": PRECISIONS, "learning": LEARNING}


@dataclass(frozen=True, slots=True)
class SpeakersProfile:
    """How the speakers of some files are marked, and who of them asks."""

    files: str
    """A file's name in the study, or a pattern of names such as "teams/*.docx"."""
    pattern: str | None = None
    """A convention's name, a template, or a regular expression."""
    interviewers: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)
    """The line of `quotegrid.toml` that says so, counted from 1."""


@dataclass(frozen=True)
class Settings:
    """One study's settings. Paths are relative to the study's folder."""

    name: str = "Study"
    coder: str = ""
    """Who decides; the QUOTEGRID_CODER variable goes before it, the login name stands in for it."""
    database: str = "quotegrid.db"
    """A file, or the address of a PostgreSQL database: "postgresql+psycopg://NAME@HOST/DATABASE"."""
    codebook: str = "codebook/codebook.yaml"
    attributes: tuple[str, ...] = ()
    """Header fields allowed besides the standard ones."""
    stakeholders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The standard name of each area, with its other spellings; empty to take areas as they are written."""
    model: str = PACKAGED_MODEL
    """A sentence-transformers model: the packaged one, a name, or a folder."""
    precision: str = "auto"
    """How exactly the model computes: one of `PRECISIONS`."""
    prompt: str = ""
    """What is put before each text for models that were trained with one; empty for the model's own."""
    pipeline: str = "blank"
    """The spaCy pipeline that finds sentences: blank (rules) or the name of an installed one."""
    tables: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    """For each table of answers, by its file's name: the column or columns of each meaning."""
    speakers: tuple[SpeakersProfile, ...] = ()
    """How speakers are marked in which files, in the order of the file."""
    bands: Mapping[str, str | tuple[float, ...] | Mapping[str, float]] = field(default_factory=dict)
    """For each numeric attribute: thresholds, named bands with where they begin, or a kind of quantile."""
    minimum_cases: int = 3
    """The fewest cases behind a published count or attribution."""
    withheld_words: Mapping[str, str] = field(default_factory=dict)
    """Words that are never published, each with what stands in their place; empty for "[withheld]"."""
    published_attributions: Mapping[str, str] = field(default_factory=dict)
    """What somebody of a group is called in a publication where the role cannot be told."""
    never_together: tuple[frozenset[str], ...] = ()
    """Attributes that a publication never tells together, such as area and role."""
    amounts: Mapping[str, tuple[float, float]] = field(default_factory=lambda: DEFAULT_AMOUNTS)
    """The words for shares of cases, from the smallest, each with where it begins and ends."""
    smallest_base: int = 5
    """Of fewer cases than this a number is told instead of a word."""
    people: Mapping[str, str] = field(default_factory=dict)
    """What those of a group are called in a sentence, in the plural: "school leaders"."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """Queries by the names under which they are saved."""
    threshold: float = 0.2
    """Suggestions below this estimated chance of being accepted are not made."""
    per_segment: int = 3
    """At most this many suggestions a segment."""
    learning: str = "at once"
    """When suggestions follow decisions: one of `LEARNING`."""
    look: str = "dark"
    """How the workbench looks: one of `LOOKS`."""

    @property
    def is_on_server(self) -> bool:
        """Whether a team's server holds the study, and not a file."""
        return "://" in self.database

    def coder_name(self) -> str:
        """Who is deciding now."""
        return os.environ.get("QUOTEGRID_CODER", "").strip() or self.coder.strip() or getpass.getuser()


BAND_QUANTILES = ("halves", "thirds", "quarters", "fifths")
TABLE_LISTS = ("text", "attributes")
TABLE_COLUMNS = ("case", "group", "role", "area")

_SECTIONS: dict[str, dict[str, str]] = {
    "study": {"name": "name", "coder": "coder", "database": "database", "codebook": "codebook"},
    "import": {"attributes": "attributes", "pipeline": "pipeline"},
    "suggestions": {
        "model": "model",
        "precision": "precision",
        "prompt": "prompt",
        "threshold": "threshold",
        "per_segment": "per_segment",
        "learning": "learning",
    },
    "workbench": {"look": "look"},
}
_TABLES = ("stakeholders", "areas", "tables", "speakers", "bands", "disclosure", "queries", "amounts")
"""Sections whose keys are the user's own."""


def load_settings(path: Path) -> Settings:
    """Read and check a `quotegrid.toml`.

    Raises:
        ConfigError: If the file is not TOML, or holds an unknown setting or a value that cannot be used.
    """
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError("this is not UTF-8 text.", file=path, todo="Save it as UTF-8.") from error
    return read_settings(raw, path)


def read_settings(raw: str, path: Path) -> Settings:
    """Check what stands in a `quotegrid.toml`, or is to stand there.

    Args:
        raw: The text.
        path: The file, for messages.

    Raises:
        ConfigError: If it is not TOML, or holds an unknown setting or a value that cannot be used.
    """
    try:
        document = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else None
        raise ConfigError(f"this is not valid TOML ({error}).", file=path, line=line) from error
    values: dict[str, Any] = {}
    for section, content in document.items():
        if section == "stakeholders":
            values["stakeholders"] = _stakeholders(content, path, raw)
            continue
        if section == "areas":
            values["areas"] = _areas(content, path, raw)
            continue
        if section == "bands":
            values["bands"] = _bands(content, path, raw)
            continue
        if section == "tables":
            values["tables"] = _tables(content, path, raw)
            continue
        if section == "disclosure":
            values |= _disclosure(content, path, raw)
            continue
        if section == "amounts":
            values |= _amounts(content, path, raw)
            continue
        if section == "queries":
            values["queries"] = _queries(content, path, raw)
            continue
        if section == "speakers":
            values["speakers"] = _speakers(content, path, raw)
            continue
        known = _SECTIONS.get(section)
        if known is None or not isinstance(content, dict):
            options = ", ".join(f"[{name}]" for name in (*_SECTIONS, *_TABLES))
            raise ConfigError(
                f'"{section}" is not a section of {CONFIG_NAME}.',
                file=path,
                line=_line_of(raw, section),
                todo=f"The sections are {options}.",
            )
        for key, value in content.items():
            if key not in known:
                raise ConfigError(
                    f'"{key}" is not a setting of [{section}].',
                    file=path,
                    line=_line_of(raw, key),
                    todo=f"The settings are {', '.join(known)}.",
                )
            values[known[key]] = _checked(known[key], value, path, _line_of(raw, key))
    return Settings(**values)


def _stakeholders(content: object, path: Path, raw: str) -> dict[str, tuple[str, ...]]:
    line = _line_of(raw, "[stakeholders]")
    if not isinstance(content, dict):
        raise ConfigError("[stakeholders] must be a table of groups.", file=path, line=line)
    table: dict[str, tuple[str, ...]] = {}
    for group, roles in content.items():
        if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
            raise ConfigError(
                f'the group "{group}" must have a list of roles.',
                file=path,
                line=_line_of(raw, group),
                todo=f'Write: "{group}" = ["role", "another role"].',
            )
        table[group] = tuple(roles)
    return table


def _areas(content: object, path: Path, raw: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(content, dict):
        raise ConfigError("[areas] must be a table of areas.", file=path, line=_line_of(raw, "areas"))
    table: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = {}
    for area, spellings in content.items():
        line = _line_of(raw, area)
        if not isinstance(spellings, list) or not all(isinstance(one, str) for one in spellings):
            raise ConfigError(
                f'the area "{area}" must have a list of other spellings.',
                file=path,
                line=line,
                todo=f'Write: "{area}" = ["another spelling"], or [] if there is none.',
            )
        for spelling in (area, *spellings):
            other = taken.setdefault(spelling.casefold(), area)
            if other != area:
                raise ConfigError(
                    f'"{spelling}" is a spelling of "{other}" and of "{area}".', file=path, line=line
                )
        table[area] = tuple(spellings)
    return table


def _tables(content: object, path: Path, raw: str) -> dict[str, dict[str, str | tuple[str, ...]]]:
    tables: dict[str, dict[str, str | tuple[str, ...]]] = {}
    for name, table in content.items() if isinstance(content, dict) else ():
        found: dict[str, str | tuple[str, ...]] = {}
        for key, value in table.items() if isinstance(table, dict) else ():
            several = isinstance(value, list) and all(isinstance(one, str) for one in value)
            if key in TABLE_LISTS and several:
                found[key] = tuple(value)
            elif key in TABLE_COLUMNS and isinstance(value, str):
                found[key] = value
            else:
                raise ConfigError(
                    f'"{key}" of [tables."{name}"] cannot be used.',
                    file=path,
                    line=_line_of(raw, key),
                    todo=f"{' and '.join(TABLE_LISTS)} list columns; {', '.join(TABLE_COLUMNS)} name one.",
                )
        if not found.get("text"):
            raise ConfigError(
                f'the table "{name}" must say which columns hold the answers.',
                file=path,
                line=_line_of(raw, f'tables."{name}'),
                todo=f'Write: [tables."{name}"] and, on the next line, text = ["COLUMN"].',
            )
        tables[name] = found
    return tables


def _speakers(content: object, path: Path, raw: str) -> tuple[SpeakersProfile, ...]:
    profiles = []
    for files, table in content.items() if isinstance(content, dict) else [("", None)]:
        line = _line_of(raw, f'speakers."{files}') or _line_of(raw, files or "speakers")
        if not isinstance(table, dict) or not files.strip():
            raise ConfigError(
                "[speakers] must say of which files it speaks.",
                file=path,
                line=line,
                todo='Write: [speakers."FILE"], where FILE is a name in the study such as "teams/*.docx".',
            )
        pattern, interviewers = table.get("pattern"), table.get("interviewers", [])
        for key, value in table.items():
            is_list = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
            is_text = isinstance(value, str) and bool(value)
            if not (is_text if key == "pattern" else key == "interviewers" and is_list):
                raise ConfigError(
                    f'"{key}" of [speakers."{files}"] cannot be used.',
                    file=path,
                    line=_line_within(raw, key, line),
                    todo="pattern is text in quotation marks; interviewers lists names.",
                )
        if not table:
            raise ConfigError(
                f'[speakers."{files}"] says nothing.',
                file=path,
                line=line,
                todo='Write: pattern = "{speaker}:" or interviewers = ["NAME"].',
            )
        at = _line_within(raw, "pattern", line)
        profiles.append(SpeakersProfile(files, pattern, tuple(interviewers), at))
    return tuple(profiles)


def _bands(content: object, path: Path, raw: str) -> dict[str, str | tuple[float, ...] | dict[str, float]]:
    bands: dict[str, str | tuple[float, ...] | dict[str, float]] = {}
    for name, value in content.items() if isinstance(content, dict) else ():
        if isinstance(value, list) and value and all(map(_is_number, value)):
            bands[name] = tuple(float(one) for one in value)
        elif isinstance(value, dict) and _are_named_bands(value):
            bands[name] = {label: float(one) for label, one in value.items()}
        elif isinstance(value, str) and value in BAND_QUANTILES:
            bands[name] = value
        else:
            raise ConfigError(
                f'the bands of "{name}" cannot be used.',
                file=path,
                line=_line_of(raw, name),
                todo=f"Write numbers [400, 600], names {{low = 0, high = 500}} that begin apart, or one of "
                f"{', '.join(BAND_QUANTILES)}.",
            )
    return bands


def _are_named_bands(value: dict[str, object]) -> bool:
    return bool(value) and all(map(_is_number, value.values())) and len(set(value.values())) == len(value)


def _disclosure(content: object, path: Path, raw: str) -> dict[str, Any]:
    known = {
        "minimum_cases": "minimum_cases",
        "withheld": "withheld_words",
        "attributions": "published_attributions",
        "together": "never_together",
    }
    found: dict[str, Any] = {}
    for key, value in content.items() if isinstance(content, dict) else ():
        if key == "minimum_cases" and _is_number(value) and value == int(value) and value >= FEWEST_MINIMUM:
            found[known[key]] = int(value)
        elif key == "withheld" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            found[known[key]] = dict.fromkeys(filter(str.strip, value), "")
        elif key in ("withheld", "attributions") and isinstance(value, dict) and _all_text(value):
            found[known[key]] = dict(value)
        elif key == "together" and isinstance(value, list) and all(map(_is_list_of_two_or_more, value)):
            found[known[key]] = tuple(frozenset(map(_attribute_name, one)) for one in value)
        else:
            raise ConfigError(
                f'"{key}" of [disclosure] cannot be used.',
                file=path,
                line=_line_of(raw, key),
                todo=f"minimum_cases is a whole number from {FEWEST_MINIMUM} (with 2, whatever is withheld "
                'would be known to be 1); withheld lists words, or is a table {"St Jude" = "[a school]"}; '
                'attributions are a table {school = "School leader"}; together lists attributes that are '
                'never told together, as in [["area", "role"]].',
            )
    return found


def _is_list_of_two_or_more(value: object) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) for one in value)


def _attribute_name(name: str) -> str:
    """A name as the columns of tables are called in a study."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _amounts(content: object, path: Path, raw: str) -> dict[str, Any]:
    try:
        return amounts_settings(content)
    except AmountsFault as fault:
        raise ConfigError(
            f'"{fault.key}" of [amounts] cannot be used{f" ({fault.why})" if fault.why else ""}.',
            file=path,
            line=_line_of(raw, fault.key),
            todo='words are a table {"a few" = [0, 0.3], most = [0.3, 1]} without gaps from 0 to 1; '
            'smallest_base is a whole number from 1; people are a table {school = "school leaders"}.',
        ) from fault


def _queries(content: object, path: Path, raw: str) -> dict[str, str]:
    for name, query in content.items() if isinstance(content, dict) else [("", None)]:
        if not isinstance(query, str) or not name.strip():
            raise ConfigError(
                f'the saved query "{name}" must be text.'
                if name
                else "[queries] must be a table of queries.",
                file=path,
                line=_line_of(raw, name or "queries"),
                todo="Write: name = 'group:parent code:\"who pays\"'.",
            )
    return dict(content) if isinstance(content, dict) else {}


def _all_text(values: Mapping[str, object]) -> bool:
    return all(isinstance(value, str) for value in values.values())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _checked(name: str, value: object, path: Path, line: int | None) -> object:
    default = {one.name: one.default for one in fields(Settings)}[name]
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ConfigError(f'"{name}" must be a list of words in quotation marks.', file=path, line=line)
    if isinstance(default, float):
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        raise ConfigError(f'"{name}" must be a number from 0 to 1.', file=path, line=line)
    if isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 20:
            return value
        raise ConfigError(f'"{name}" must be a whole number from 1 to 20.', file=path, line=line)
    if isinstance(value, str):
        if name in _CHOICES and value not in _CHOICES[name]:
            raise ConfigError(
                f'"{name}" cannot be "{value}".',
                file=path,
                line=line,
                todo=f"It is one of {', '.join(_CHOICES[name])}.",
            )
        if name == "database" and "://" in value and not value.startswith(SERVER):
            raise ConfigError(
                "the database must be a file in the study's folder or a PostgreSQL database.",
                file=path,
                line=line,
                todo=f'Write: database = "quotegrid.db", or database = "{SERVER}NAME@HOST/DATABASE".',
            )
        return value
    raise ConfigError(f'"{name}" must be text in quotation marks.', file=path, line=line)


def _line_of(raw: str, key: str) -> int | None:
    pattern = re.compile(rf'^\s*\[?\s*"?{re.escape(key.strip("[]"))}"?\s*[\]=]')
    for number, line in enumerate(raw.split("\n"), start=1):
        if pattern.match(line):
            return number
    return None


def _line_within(raw: str, key: str, section: int | None) -> int | None:
    """The line of a key in the section that begins on a line, or that line where it has none of its own."""
    following = raw.split("\n")[section or 0 :]
    length = next((number for number, line in enumerate(following) if line.startswith("[")), len(following))
    found = _line_of("\n".join(following[:length]), key)
    return section if found is None or section is None else section + found
