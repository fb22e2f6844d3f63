"""The settings of a study: type, bounds, default, section, key and help of each are declared here, once."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict

from quotegrid.settings_values import (
    BAND_QUANTILES,
    DEFAULT_AMOUNTS,
    DEFAULT_MISSING,
    FEWEST_MINIMUM,
    PACKAGED_MODEL,
    TABLE_COLUMNS,
    TABLE_LISTS,
    Quantiles,
    SpeakersProfile,
    check_areas,
    check_bands,
    check_database,
    check_tables,
    read_speakers,
    read_together,
    read_withheld,
    read_words,
)

SECTIONS = {
    "backups": "When the study is copied, so that nothing is lost.",
    "matrix": "How the numbers of matrices and reports are printed.",
    "suggestions": "What is suggested, and by which model.",
    "import": "How transcripts, reports and tables are read.",
    "disclosure": "What a published export may tell (--publish).",
    "workbench": "How the workbench looks.",
    "amounts": "Words for how many of the people heard said something.",
}
"""The subjects of sections with several settings, where their names do not say it."""

Words = Annotated[tuple[str, ...], Strict(False)]
"""A list in TOML; its items are text."""
Look = Literal["dark", "light", "high contrast"]
Precision = Literal["auto", "full", "fast"]
Learning = Literal["at once", "when asked"]
Backups = Literal["each day", "when asked"]
LOOKS: tuple[Look, ...] = get_args(Look)
LEARNING: tuple[Learning, ...] = get_args(Learning)


@dataclass(frozen=True, slots=True)
class Setting:
    """The description of a setting: its names, place, form and effect."""

    section: str
    title: str = ""
    """Its title in the workbench; empty where only the file can change it."""
    key: str = ""
    """Its key in the section; empty for its attribute's name."""
    form: str = ""
    """The form of its value, in words; empty where the type says it."""
    example: str = ""
    """TOML that a new file shows; empty for the default."""
    entries: str = ""
    """The kind of the section's keys, where the whole section is this setting: "groups"."""
    wrong: str = ""
    """The message on an entry that cannot be used, with {name} for its key and {key} for a key in it."""
    attribute: str = ""
    """Its attribute of the model; this and what follows come from the field itself."""
    help: str = ""
    """Its effect, in a sentence: the docstring of the field."""
    type: Any = None
    low: Any = None
    high: Any = None
    default: Any = None

    @property
    def name(self) -> str:
        """Return the section and the key: "suggestions.threshold"."""
        return self.section if self.entries else f"{self.section}.{self.key}"

    @property
    def described(self) -> str:
        """Return what it is and does, in a sentence or two."""
        return f"{self.title}. {self.help}" if self.title else self.help

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the values that it can have, where they are a few words."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()

    @property
    def value_form(self) -> str:
        """Return how its value is written, in words."""
        if self.form:
            is_shown = self.example and not self.entries
            return f"{self.form}, as in {self.example}" if is_shown else self.form
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        if self.type in (int, float):
            number = "a whole number" if self.type is int else "a number"
            return f"{number} from {self.low:g}{'' if self.high is None else f' to {self.high:g}'}"
        return "text in quotation marks" if self.type is str else "a list of words in quotation marks"


class Settings(BaseModel):
    """One study's settings; paths are relative to the study's folder."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)

    name: Annotated[str, Setting("study", "Name of the study")] = "Study"
    """Stands on exports and reports."""
    coder: Annotated[str, Setting("study", "Your name as a coder", example='"your name"')] = ""
    """Stands with every decision from now on; empty for your login name. QUOTEGRID_CODER takes precedence."""
    database: Annotated[str, AfterValidator(check_database), Setting("study")] = "quotegrid.db"
    """File that holds what is imported and decided, or the address of a PostgreSQL database:
    postgresql+psycopg://NAME@HOST/DATABASE."""
    codebook: Annotated[str, Setting("study")] = "codebook/codebook.yaml"
    """File of the codebook."""

    backups: Annotated[Backups, Setting("backups", "Backups", key="made")] = "each day"
    """each day: before the first change of a day, and before merges and replacements; when asked: only
    `quotegrid backup now` makes one. There is always one before a migration and before a restore."""
    backup_place: Annotated[
        str, Setting("backups", "Second place for backups", key="place", example='"/media/stick/backups"')
    ] = ""
    """A folder, best on another disk, that gets a copy of every backup; empty for none."""

    threshold: Annotated[float, Field(ge=0, le=1), Setting("suggestions", "Least chance of a suggestion")] = (
        0.2
    )
    """Below this estimated chance of being accepted nothing is suggested."""
    per_segment: Annotated[int, Field(ge=1, le=20), Setting("suggestions", "Suggestions a passage")] = 3
    """At most this many codes are suggested for one passage."""
    learning: Annotated[Learning, Setting("suggestions", "Learning from decisions")] = "at once"
    """at once: each decision changes what is suggested next; when asked: suggesting again does."""
    model: Annotated[str, Setting("suggestions", "Embedding model")] = PACKAGED_MODEL
    """packaged-minilm, or a sentence-transformers name or folder; all is embedded anew with another."""
    precision: Annotated[Precision, Setting("suggestions", "Precision of the model")] = "auto"
    """fast computes in whole numbers; auto is fast where the processor is made for it, else full."""
    prompt: Annotated[str, Setting("suggestions", "Prompt of the model")] = ""
    """Prefix added to every text before it is embedded, for models trained with one, such as 'query: ';
    empty for the model's own."""

    attributes: Annotated[Words, Setting("import", "Further attributes", example='["wave"]')] = ()
    """Header fields that transcripts may have besides the standard ones."""
    missing: Annotated[Words, Setting("import")] = DEFAULT_MISSING
    """Words for a group, role, area or attribute that is not known; case does not matter, and an empty value
    is never known. An import goes by it."""
    pipeline: Annotated[str, Setting("import", "Sentence finder")] = "blank"
    """blank for rules, or the name of an installed spaCy pipeline."""

    minimum_cases: Annotated[
        int,
        Field(ge=FEWEST_MINIMUM),
        Setting(
            "disclosure",
            "Fewest people behind a number",
            form=f"a whole number from {FEWEST_MINIMUM} "
            "(with 2, whatever is withheld would be known to be 1)",
        ),
    ] = FEWEST_MINIMUM
    """Figures of fewer cases than this are withheld from publications; 3 at least."""
    withheld_words: Annotated[
        Mapping[str, str],
        BeforeValidator(read_withheld),
        Setting(
            "disclosure",
            key="withheld",
            form='a list of words, or a table {"St Jude" = "[a school]"}',
            example='["a school\'s name"]',
        ),
    ] = {}
    """Words that are never published; [withheld] stands in their place, or what a table says."""
    published_attributions: Annotated[
        Mapping[str, str],
        Setting("disclosure", key="attributions", form="a table", example='{school = "School leader"}'),
    ] = {}
    """The description of a group's members in publications that cannot give the role."""
    never_together: Annotated[
        tuple[Annotated[frozenset[str], BeforeValidator(read_together)], ...],
        Strict(False),
        Setting("disclosure", key="together", form="a list of lists", example='[["area", "role"]]'),
    ] = ()
    """Attributes that a publication never tells together, however many share them."""

    share_digits: Annotated[int, Field(ge=0, le=3), Setting("matrix", "Digits of a share")] = 0
    """Digits after the point of a percentage; <1% and >99% are never 0% and 100%."""

    look: Annotated[Look, Setting("workbench", "Look of the workbench")] = "dark"
    """Its colours; NO_COLOR in the environment takes all of them away."""

    amounts: Annotated[
        Mapping[str, tuple[float, float]],
        BeforeValidator(read_words),
        Setting(
            "amounts",
            key="words",
            form='a table {"a few" = [0, 0.3], most = [0.3, 1]} without gaps from 0 to 1',
        ),
    ] = DEFAULT_AMOUNTS
    """Words for shares of cases, from the smallest, each with where it begins and ends."""
    smallest_base: Annotated[int, Field(ge=1), Setting("amounts")] = 5
    """With fewer cases than this the number is given instead of a word."""
    people: Annotated[
        Mapping[str, str], Setting("amounts", form="a table", example='{school = "school leaders"}')
    ] = {}
    """The plural for a group's members in sentences."""

    stakeholders: Annotated[
        Mapping[str, Words],
        Setting(
            "stakeholders",
            entries="groups",
            wrong='the group "{name}" must have a list of roles.',
            form='NAME = ["role", "another role"]',
            example='[stakeholders]\nnursing = ["ward sister", "staff nurse"]\nporters = ["porter"]',
        ),
    ] = {}
    """Groups are taken as your files write them. This table joins spellings and roles to one group, as far as
    you want that; case and number do not matter, and the longest match wins."""
    areas: Annotated[
        Mapping[str, Words],
        AfterValidator(check_areas),
        Setting(
            "areas",
            entries="areas",
            wrong='the area "{name}" must have a list of other spellings.',
            form='NAME = ["another spelling"], or NAME = [] if there is none',
            example='[areas]\n"Westhay" = ["Westhay council", "West Hay"]',
        ),
    ] = {}
    """Standard names of areas, each with its other spellings. Without this table areas are as they are
    written."""
    bands: Annotated[
        Mapping[
            str,
            Quantiles
            | Annotated[tuple[float, ...], Field(min_length=1, strict=False)]
            | Annotated[Mapping[str, float], Field(min_length=1), AfterValidator(check_bands)],
        ],
        Setting(
            "bands",
            entries="attributes",
            wrong='the bands of "{name}" cannot be used.',
            form="numbers [400, 600], names {low = 0, high = 500} that begin apart, or one of "
            + ", ".join(BAND_QUANTILES),
            example='[bands]\ndeficit_per_head = [400, 600]\nrate = {low = 0, high = 3.5}\nvisits = "thirds"',
        ),
    ] = {}
    """Bands of numeric attributes, for columns of the matrix: thresholds, names with where they begin, or
    parts of the cases of equal size."""
    types: Annotated[
        Mapping[
            str,
            Literal["number", "date", "text"] | Annotated[tuple[str, ...], Field(min_length=2, strict=False)],
        ],
        Setting(
            "types",
            entries="attributes",
            wrong='the type of "{name}" cannot be used.',
            form='"number", "date", "text", or a list of its values in their order',
            example='[types]\nstarted = "date"\ngrade = ["trainee", "qualified", "senior"]',
        ),
    ] = {}
    """Types of attributes, where their values do not tell them. The people and the columns of a matrix are
    ordered by them."""
    speakers: Annotated[
        tuple[SpeakersProfile, ...],
        BeforeValidator(read_speakers),
        Setting(
            "speakers",
            entries="files",
            form='[speakers."FILE"], where FILE is a name in the study such as "teams/*.docx"',
            example='[speakers."teams/*.docx"]\npattern = "{speaker}:"\ninterviewers = ["Jo Field"]',
        ),
    ] = ()
    """The way in which some files mark their speakers, and who of them asks; participants lists those
    who ask and are none, not_speakers labels that are words. A file's own name takes precedence over a
    pattern of names."""
    tables: Annotated[
        Mapping[str, Mapping[str, str | Words]],
        AfterValidator(check_tables),
        Setting(
            "tables",
            entries="files",
            wrong='"{key}" of [tables."{name}"] cannot be used.',
            form=f"[tables.NAME], in which {', '.join(TABLE_LISTS)} list columns and "
            f"{', '.join(TABLE_COLUMNS)} name one",
            example='[tables."survey.xlsx"]\ntext = ["What changed?"]\ncase = "ID"\nattributes = ["Wave"]',
        ),
    ] = {}
    """The meanings of the columns of tables of answers. An import writes it once you have said so."""
    queries: Annotated[
        Mapping[Annotated[str, Field(pattern=r"\S")], str],
        Setting(
            "queries",
            entries="queries",
            wrong='the saved query "{name}" must be text.',
            form="NAME = 'group:nursing code:\"who pays\"'",
            example="[queries]\nearly = 'group:nursing wave:1'",
        ),
    ] = {}
    """Queries by the names under which they are saved."""

    @property
    def is_on_server(self) -> bool:
        """Return whether a team's server holds the study, and not a file."""
        return "://" in self.database

    def coder_name(self) -> str:
        """Return who is deciding now."""
        return os.environ.get("QUOTEGRID_CODER", "").strip() or self.coder.strip() or getpass.getuser()


def settings_of(model: type[Settings] = Settings) -> tuple[Setting, ...]:
    """Return the settings that a model declares, in its order."""
    found = []
    for attribute, field in model.model_fields.items():
        setting = next(part for part in field.metadata if isinstance(part, Setting))
        found.append(
            replace(
                setting,
                attribute=attribute,
                help=" ".join((field.description or "").split()),
                key=setting.key or attribute,
                type=field.annotation,
                low=next((part.ge for part in field.metadata if hasattr(part, "ge")), None),
                high=next((part.le for part in field.metadata if hasattr(part, "le")), None),
                default=field.default,
            )
        )
    return tuple(found)
