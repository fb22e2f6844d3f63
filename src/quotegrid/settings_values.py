"""Constants of `quotegrid.toml`, and checks of values that no type describes; loads no pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

CONFIG_NAME = "quotegrid.toml"
BACKUPS = "backups"
"""The folder of backups, beside the database."""
PACKAGED_MODEL = "packaged-minilm"
FEWEST_MINIMUM = 3
"""With a minimum of 2 cases every withheld count would be known to be 1."""
Quantiles = Literal["halves", "thirds", "quarters", "fifths"]
BAND_QUANTILES: tuple[Quantiles, ...] = get_args(Quantiles)
TABLE_LISTS = ("text", "attributes", "left_out")
TABLE_COLUMNS = ("speaker", "time", "case", "group", "role", "area")
DEFAULT_MISSING = ("NA", "N/A", "#N/A", "-", "\u2013", "\u2014", ".", "not known")
"""Words for a value that is not known; case does not matter."""
DEFAULT_AMOUNTS: Mapping[str, tuple[float, float]] = {
    "a few": (0, 0.15), "some": (0.15, 0.5), "many": (0.5, 0.75), "most": (0.75, 0.9), "almost all": (0.9, 1),
}  # fmt: skip
"""Words for shares of cases; docs/amounts.md has their source."""
EXACT_AMOUNTS = ("none", "one", "all", "both", "neither")
"""Words that mean what they say and can be given no share."""
_PAIR = [True, True]
NAMES_OF_PROFILE = ("interviewers", "participants", "not_speakers")
_SERVER = "postgresql+psycopg://"


class SettingFault(ValueError):
    """A setting that cannot be used.

    Args:
        what: What is wrong, in one sentence.
        keys: Where it is within the setting.
        todo: What to write instead; empty where the form of the setting says it.
    """

    def __init__(self, what: str, *keys: str, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.keys = keys
        self.todo = todo


@dataclass(frozen=True, slots=True)
class SpeakersProfile:
    """The speaker convention of some files, and which speakers are interviewers."""

    files: str
    """A file's name in the study, or a pattern of names such as "teams/*.docx"."""
    pattern: str | None = None
    """A convention's name, a template, or a regular expression."""
    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    """Speakers who are no interviewers, whatever they ask."""
    not_speakers: tuple[str, ...] = ()
    """Words before a colon or the like that look like speakers' labels and are none."""
    line: int | None = field(default=None, compare=False)
    """The line of `quotegrid.toml` that gives the pattern, counted from 1."""


def check_database(address: str) -> str:
    """Return the database if it is a file or a PostgreSQL address.

    Raises:
        SettingFault: If it is the address of another kind of database.
    """
    if "://" in address and not address.startswith(_SERVER):
        raise SettingFault(
            "the database must be a file in the study's folder or a PostgreSQL database.",
            todo=f'Write: database = "quotegrid.db", or database = "{_SERVER}NAME@HOST/DATABASE".',
        )
    return address


def check_areas(areas: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Return the areas if no spelling belongs to two of them.

    Raises:
        SettingFault: If one does.
    """
    areas_by_spelling: dict[str, str] = {}
    for area, spellings in areas.items():
        for spelling in (area, *spellings):
            other = areas_by_spelling.setdefault(spelling.casefold(), area)
            if other != area:
                raise SettingFault(f'"{spelling}" is a spelling of "{other}" and of "{area}".', area)
    return areas


def check_bands(bands: Mapping[str, float]) -> Mapping[str, float]:
    """Return named bands if no two of them begin at the same number.

    Raises:
        SettingFault: If two do.
    """
    if len(set(bands.values())) < len(bands):
        raise SettingFault("")
    return bands


def check_tables(
    tables: Mapping[str, Mapping[str, str | tuple[str, ...]]],
) -> Mapping[str, Mapping[str, str | tuple[str, ...]]]:
    """Return the tables of answers if each names its columns and gives the columns of the answers.

    Raises:
        SettingFault: If one does not.
    """
    for name, table in tables.items():
        for key, value in table.items():
            if key not in (TABLE_LISTS if isinstance(value, tuple) else TABLE_COLUMNS):
                raise SettingFault("", name, key)
        if not table.get("text"):
            raise SettingFault(
                f'the table "{name}" must say which columns hold the answers.',
                name,
                todo=f'Write: [tables."{name}"] and, on the next line, text = ["COLUMN"].',
            )
    return tables


def read_speakers(content: object) -> object:
    """Return the profiles that a `[speakers]` table holds, in its order; profiles as they are.

    Raises:
        SettingFault: If one of them cannot be used.
    """
    if isinstance(content, tuple):
        return content
    tables = content.items() if isinstance(content, dict) else [("", None)]
    return tuple(_profile(files, table) for files, table in tables)


def _profile(files: str, table: object) -> SpeakersProfile:
    if not isinstance(table, dict) or not files.strip():
        raise SettingFault("[speakers] must say of which files it speaks.", files)
    for key, value in table.items():
        is_names = isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)
        is_text = isinstance(value, str) and bool(value)
        if not (is_text if key == "pattern" else key in NAMES_OF_PROFILE and is_names):
            raise SettingFault(
                f'"{key}" of [speakers."{files}"] cannot be used.',
                files,
                key,
                todo=f"pattern is text in quotation marks; {', '.join(NAMES_OF_PROFILE)} list names.",
            )
    if not table:
        raise SettingFault(
            f'[speakers."{files}"] says nothing.',
            files,
            todo='Write: pattern = "{speaker}:" or interviewers = ["NAME"].',
        )
    return SpeakersProfile(
        files,
        table.get("pattern"),
        tuple(table.get("interviewers", ())),
        tuple(table.get("participants", ())),
        tuple(table.get("not_speakers", ())),
    )


def read_withheld(content: object) -> object:
    """Return a list of words as a table without replacements; anything else as it is."""
    if isinstance(content, list) and all(isinstance(word, str) for word in content):
        return dict.fromkeys(filter(str.strip, content), "")
    return content


def read_together(content: object) -> object:
    """Return a list of two or more attributes as a set of their names in a study; anything else as it is."""
    if isinstance(content, list) and len(content) > 1 and all(isinstance(name, str) for name in content):
        return frozenset(name.strip().casefold().replace(" ", "_").replace("-", "_") for name in content)
    return content


def read_words(words: object) -> object:
    """Return the words for amounts, each with where it begins and ends.

    Raises:
        SettingFault: If they are no scale without gaps from 0 to 1.
    """
    table = words if isinstance(words, Mapping) else None
    if fault := "it is no table" if table is None else _scale_fault(table):
        raise SettingFault(f'"words" of [amounts] cannot be used ({fault}).')
    return {word.strip(): tuple(map(float, limits)) for word, limits in (table or {}).items()}


def _scale_fault(words: Mapping[str, object]) -> str:
    """Return what keeps words from being a scale without gaps; empty where nothing does."""
    end = 0.0
    names: set[str] = set()
    for word, limits in words.items():
        name = word.strip().casefold()
        if name in ("", *EXACT_AMOUNTS, *names):
            return f'"{word}" {"stands there twice" if name in names else "can be given no share"}'
        if not isinstance(limits, list | tuple) or [type(limit) in (int, float) for limit in limits] != _PAIR:
            return f'"{word}" needs two numbers'
        if limits[0] != end or limits[1] <= end:
            return f'"{word}" must begin at {end:g} and end above'
        names.add(name)
        end = limits[1]
    return "" if end == 1 else f"the last word must end at 1, not at {end:g}"
