"""The settings of a study as they hold now, and changing one in `quotegrid.toml`, whose comments stay."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quotegrid.config import CONFIG_NAME, LEARNING, LOOKS, PRECISIONS, load_settings, read_settings
from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.errors import ConfigError, UnknownNameError, UsageError
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest


@dataclass(frozen=True, slots=True)
class ListedSetting:
    """A setting as it holds now."""

    name: str = column("section and key in `quotegrid.toml`", place=1)
    value: str = column("what holds now", place=2)
    default: str = column("what holds where the file says nothing")
    what: str = column("what it does", place=3)


class Kind(StrEnum):
    """What a setting's value is."""

    TEXT = "text"
    SHARE = "a number from 0 to 1"
    COUNT = "a whole number"
    WORDS = "words with commas between them"
    CHOICE = "one of a few"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that can be changed here."""

    section: str
    key: str
    attribute: str
    """Its name among `quotegrid.config.Settings`."""
    kind: Kind
    title: str
    what: str
    """What it does, in a sentence."""
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The section and the key: "suggestions.threshold"."""
        return f"{self.section}.{self.key}"


SETTINGS = (
    Setting("study", "name", "name", Kind.TEXT, "Name of the study", "Stands on exports and reports."),
    Setting(
        "study",
        "coder",
        "coder",
        Kind.TEXT,
        "Your name as a coder",
        "Stands with every decision from now on; empty for your login name. QUOTEGRID_CODER goes before it.",
    ),
    Setting(
        "suggestions",
        "threshold",
        "threshold",
        Kind.SHARE,
        "Least chance of a suggestion",
        "Below this estimated chance of being accepted nothing is suggested.",
    ),
    Setting(
        "suggestions",
        "per_segment",
        "per_segment",
        Kind.COUNT,
        "Suggestions a passage",
        "At most this many codes are suggested for one passage.",
    ),
    Setting(
        "suggestions",
        "learning",
        "learning",
        Kind.CHOICE,
        "Learning from decisions",
        "at once: each decision changes what is suggested next; when asked: suggesting again does.",
        LEARNING,
    ),
    Setting(
        "suggestions",
        "model",
        "model",
        Kind.TEXT,
        "Embedding model",
        "packaged-minilm, or a sentence-transformers name or folder; all is embedded anew with another.",
    ),
    Setting(
        "suggestions",
        "precision",
        "precision",
        Kind.CHOICE,
        "Precision of the model",
        "fast computes in whole numbers; auto is fast where the processor is made for it, else full.",
        PRECISIONS,
    ),
    Setting(
        "suggestions",
        "prompt",
        "prompt",
        Kind.TEXT,
        "Prompt of the model",
        "Put before each text for models that want one, such as 'query: '; empty for the model's own.",
    ),
    Setting(
        "import",
        "attributes",
        "attributes",
        Kind.WORDS,
        "Further attributes",
        "Header fields that transcripts may have besides the standard ones.",
    ),
    Setting(
        "import",
        "pipeline",
        "pipeline",
        Kind.TEXT,
        "Sentence finder",
        "blank for rules, or the name of an installed spaCy pipeline.",
    ),
    Setting(
        "disclosure",
        "minimum_cases",
        "minimum_cases",
        Kind.COUNT,
        "Fewest people behind a number",
        "What is published of fewer cases than this is withheld; 3 at least.",
    ),
    Setting(
        "workbench",
        "look",
        "look",
        Kind.CHOICE,
        "Look of the workbench",
        "Its colours; NO_COLOR in the environment takes all of them away.",
        LOOKS,
    ),
)
"""What can be changed here, in the order in which it is shown; the rest is edited in the file."""


def setting_named(name: str) -> Setting:
    """The setting of that name: "suggestions.threshold", or "threshold" alone.

    Raises:
        UnknownNameError: If there is none.
    """
    wanted = name.strip().casefold()
    for one in SETTINGS:
        if wanted in (one.name, one.key):
            return one
    raise UnknownNameError(
        f'"{name}" is not a setting that can be changed here.',
        todo=f"{closest(name, [one.name for one in SETTINGS], 'settings')} The rest stands in {CONFIG_NAME}.",
    )


def value_told(study: StudyFolder, setting: Setting) -> str:
    """What holds now, as it can be typed."""
    return _told(getattr(study.settings, setting.attribute))


def setting_records(study: StudyFolder) -> list[Record]:
    """Return all settings that can be changed here."""
    from quotegrid.config import Settings

    plain = Settings()
    return [
        record_of(
            ListedSetting,
            setting,
            value=value_told(study, setting),
            default=_told(getattr(plain, setting.attribute)),
        )
        for setting in SETTINGS
    ]


def change_setting(study: StudyFolder, name: str, text: str) -> str:
    """Change a setting, in the file and in the open study.

    Args:
        study: The study.
        name: The setting.
        text: Its new value as it was typed.

    Returns:
        What was done, in one sentence; empty where it held already.

    Raises:
        UnknownNameError: If there is no such setting.
        UsageError: If the value is of another kind.
        ConfigError: If it cannot be used; the file then stays as it was.
    """
    import tomlkit

    from quotegrid.exports.files import write_whole

    setting = setting_named(name)
    value = _read(setting, text)
    if value == _plain(getattr(study.settings, setting.attribute)):
        return ""
    config = study.root / CONFIG_NAME
    document = tomlkit.parse(config.read_text(encoding="utf-8-sig"))
    document.setdefault(setting.section, tomlkit.table())[setting.key] = value
    raw = tomlkit.dumps(document)
    settings = read_settings(raw, config)
    write_whole(config, raw.encode("utf-8"))
    study.take_settings(settings)
    return f"{setting.title}: {value_told(study, setting) or 'not set'}."


def read_settings_again(study: StudyFolder) -> bool:
    """Work by what stands in the file now; whether it can be used."""
    try:
        study.take_settings(load_settings(study.root / CONFIG_NAME))
    except ConfigError:
        return False
    return True


def _read(setting: Setting, text: str) -> object:
    typed = text.strip()
    try:
        if setting.kind is Kind.SHARE:
            return float(typed.replace(",", "."))
        if setting.kind is Kind.COUNT:
            return int(typed)
    except ValueError as error:
        raise UsageError(f'"{typed}" is not {setting.kind.value}.') from error
    if setting.kind is Kind.WORDS:
        return [word.strip() for word in typed.split(",") if word.strip()]
    return typed


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
