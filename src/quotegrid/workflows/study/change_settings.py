"""The settings of a study, and changes to them in `quotegrid.toml`, whose comments stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.errors import ConfigError, UnknownNameError, UsageError
from quotegrid.settings import Setting, Settings, settings_of
from quotegrid.settings_reading import load_settings, read_settings
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest


@dataclass(frozen=True, slots=True)
class ListedSetting:
    """A setting with its current value."""

    name: str = column("section and key in `quotegrid.toml`", place=1)
    value: str = column("what holds now", place=2)
    default: str = column("what holds where the file says nothing")
    what: str = column("what it does", place=3)


def changeable_settings(model: type[Settings] = Settings) -> tuple[Setting, ...]:
    """Return the settings that can be changed here, in the order in which they are shown."""
    return tuple(setting for setting in settings_of(model) if setting.title)


def setting_named(name: str, model: type[Settings] = Settings) -> Setting:
    """Return the setting of a name: "suggestions.threshold", or "threshold" alone.

    Args:
        name: The name.
        model: The model that declares the settings.

    Raises:
        UnknownNameError: If there is none.
    """
    wanted = name.strip().casefold()
    settings = changeable_settings(model)
    for setting in settings:
        if wanted in (setting.name, setting.key):
            return setting
    raise UnknownNameError(
        f'"{name}" is not a setting that can be changed here.',
        todo=f"{closest(name, [setting.name for setting in settings], 'settings')} "
        f"The rest stands in {CONFIG_NAME}.",
    )


def value_text(study: StudyFolder, setting: Setting) -> str:
    """Return a setting's current value, as it can be typed."""
    return _as_text(getattr(study.settings, setting.attribute))


def setting_records(study: StudyFolder) -> list[Record]:
    """Return all settings that can be changed here."""
    return [
        record_of(
            ListedSetting,
            setting,
            value=value_text(study, setting),
            default=_as_text(setting.default),
            what=setting.help,
        )
        for setting in changeable_settings(type(study.settings))
    ]


def change_setting(study: StudyFolder, name: str, text: str) -> str:
    """Change a setting, in the file and in the open study.

    Args:
        study: The study.
        name: The setting.
        text: Its new value as it was typed.

    Returns:
        A sentence on the change; empty where the value was the same.

    Raises:
        UnknownNameError: If there is no such setting.
        UsageError: If the value is of another kind.
        ConfigError: If it cannot be used; the file then stays as it was.
    """
    setting = setting_named(name, type(study.settings))
    value = _read(setting, text)
    if value == _plain(getattr(study.settings, setting.attribute)):
        return ""
    take_in(study, _with_value(settings_text(study), setting, value))
    return f"{setting.title}: {value_text(study, setting) or 'not set'}."


def change_section(study: StudyFolder, section: str, change: Callable[[Any], object]) -> None:
    """Change a section of the file, whose comments stay, and the open study.

    Args:
        study: The study.
        section: The section, which is made where it is not there.
        change: Changes the section, a table of tomlkit.

    Raises:
        ConfigError: If the result cannot be used; the file then stays as it was.
    """
    take_in(study, with_section(settings_text(study), section, change))


def settings_text(study: StudyFolder) -> str:
    """Return the content of the file."""
    return (study.root / CONFIG_NAME).read_text(encoding="utf-8-sig")


def with_section(raw: str, section: str, change: Callable[[Any], object]) -> str:
    """Return a file's text with a section changed.

    Args:
        raw: The text.
        section: The section, which is made where it is not there.
        change: Changes the section, a table of tomlkit.
    """
    import tomlkit

    document = tomlkit.parse(raw)
    change(document.setdefault(section, tomlkit.table()))
    return tomlkit.dumps(document)


def take_in(study: StudyFolder, raw: str) -> None:
    """Write the file with another text, and take its settings.

    Raises:
        ConfigError: If the text cannot be used; the file then stays as it was.
    """
    from quotegrid.exports.files import write_whole

    config = study.root / CONFIG_NAME
    settings = read_settings(raw, config, type(study.settings))
    write_whole(config, raw.encode("utf-8"))
    study.take_settings(settings)


@contextmanager
def kept_on_failure(study: StudyFolder) -> Iterator[None]:
    """Put the file and the settings back as they were if what is done meanwhile fails."""
    from quotegrid.exports.files import write_whole

    config, settings = study.root / CONFIG_NAME, study.settings
    before = config.read_bytes()
    try:
        yield
    except BaseException:
        if config.read_bytes() != before:
            write_whole(config, before)
            study.take_settings(settings)
        raise


def read_whole_settings(study: StudyFolder) -> None:
    """Read the settings from the file again.

    Raises:
        ConfigError: If it cannot be used; the settings then stay as they were.
    """
    study.take_settings(load_settings(study.root / CONFIG_NAME, type(study.settings)))


def read_settings_again(study: StudyFolder) -> bool:
    """Read the settings from the file again; return whether it can be used."""
    try:
        read_whole_settings(study)
    except ConfigError:
        return False
    return True


def _read(setting: Setting, text: str) -> object:
    typed = text.strip()
    try:
        if setting.type is float:
            return float(typed.replace(",", "."))
        if setting.type is int:
            return int(typed)
    except ValueError as error:
        raise UsageError(f'"{typed}" is not {setting.value_form}.') from error
    if setting.type is str or setting.choices:
        return typed
    return [word.strip() for word in typed.split(",") if word.strip()]


def _with_value(raw: str, setting: Setting, value: object) -> str:
    """Return a file's text with a setting's value; where it had none, below the comment that shows it."""
    import tomlkit

    document = tomlkit.parse(raw)
    header = re.search(rf"^\[{setting.section}\].*\n", raw, re.MULTILINE)
    if header is None or setting.key in document[setting.section]:
        document.setdefault(setting.section, tomlkit.table())[setting.key] = value
        return tomlkit.dumps(document)
    following = re.compile(r"^\[", re.MULTILINE).search(raw, header.end())
    shown = re.compile(rf"^# {setting.key} = .*\n", re.MULTILINE).search(
        raw, header.end(), following.start() if following else len(raw)
    )
    place = (shown or header).end()
    return f"{raw[:place]}{setting.key} = {tomlkit.item(value).as_string()}\n{raw[place:]}"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _as_text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
