"""The reading of `quotegrid.toml` into settings; messages name the file and the line of what is wrong."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from quotegrid.errors import ConfigError
from quotegrid.settings import Setting, Settings, settings_of
from quotegrid.settings_values import CONFIG_NAME, SettingFault

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_PART = r"""(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEYS = rf"({_PART}(?:\s*\.\s*{_PART})*)"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*{_KEYS}\s*\]{{1,2}}\s*(?:#|$)")
_ASSIGNMENT = re.compile(rf"\s*{_KEYS}\s*=")


def load_settings(path: Path, model: type[Settings] = Settings) -> Settings:
    """Read and check a `quotegrid.toml`.

    Args:
        path: The file.
        model: The model that declares the settings.

    Raises:
        ConfigError: If the file is not TOML, or holds an unknown setting or a value that cannot be used.
    """
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError("this is not UTF-8 text.", file=path, todo="Save it as UTF-8.") from error
    return read_settings(raw, path, model)


def read_settings(raw: str, path: Path, model: type[Settings] = Settings) -> Settings:
    """Check what stands in a `quotegrid.toml`, or is to stand there.

    Args:
        raw: The text.
        path: The file, for messages.
        model: The model that declares the settings.

    Raises:
        ConfigError: If it is not TOML, or holds an unknown setting or a value that cannot be used.
    """
    try:
        document = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else None
        if first := _first_of_two(raw, line):
            name, where = first
            raise ConfigError(
                f"[{name}] stands in this file already, in line {where}.",
                file=path,
                line=line,
                todo=f"Move what is below this one to the end of the first, and leave out this [{name}].",
            ) from error
        raise ConfigError(f"this is not valid TOML ({error}).", file=path, line=line) from error
    declared = settings_of(model)
    try:
        settings = model.model_validate(_values(document, declared))
    except SettingFault as fault:
        raise _located(fault, raw, path) from fault
    except ValidationError as error:
        faults = [_fault(detail, declared) for detail in error.errors()]
        refusals = [_located(fault, raw, path) for fault in faults]
        raise min(refusals, key=lambda refusal: refusal.line or 0) from error
    profiles = (
        replace(profile, line=line_of(raw, ("speakers", profile.files, "pattern")))
        for profile in settings.speakers
    )
    return settings.model_copy(update={"speakers": tuple(profiles)})


def _first_of_two(raw: str, line: int | None) -> tuple[str, int] | None:
    """Return the section that a line of a file begins for the second time, and the line of the first."""
    lines = raw.split("\n")
    again = None if line is None or line > len(lines) else _HEADER.match(lines[line - 1])
    if again is None:
        return None
    headers = ((number, _HEADER.match(text)) for number, text in enumerate(lines[: (line or 1) - 1], start=1))
    same = (number for number, match in headers if match and _parts(match[1]) == _parts(again[1]))
    first = next(same, None)
    return None if first is None else (again[1], first)


def line_of(raw: str, keys: Sequence[str]) -> int | None:
    """Return the line on which a value stands, or the nearest one of what holds it.

    Args:
        raw: The text of a TOML file.
        keys: The section, the key, and the keys within its value.
    """
    best, found = 0, None
    section: tuple[str, ...] = ()
    for number, line in enumerate(raw.split("\n"), start=1):
        if match := _HEADER.match(line):
            here = section = _parts(match[1])
        elif match := _ASSIGNMENT.match(line):
            here = (*section, *_parts(match[1]))
        else:
            continue
        shared = min(len(here), len(keys))
        if shared > best and here[:shared] == tuple(keys[:shared]):
            best, found = shared, number
    return found


def _parts(keys: str) -> tuple[str, ...]:
    """Return the parts of dotted keys, without quotation marks."""
    try:
        value: object = tomllib.loads(f"{keys} = 0")
    except tomllib.TOMLDecodeError:  # it stands inside text of several lines
        return ()
    parts = []
    while isinstance(value, dict):
        ((key, value),) = value.items()
        parts.append(key)
    return tuple(parts)


def _located(fault: SettingFault, raw: str, path: Path) -> ConfigError:
    return ConfigError(fault.what, file=path, line=line_of(raw, fault.keys), todo=fault.todo)


def _values(document: Mapping[str, object], declared: Sequence[Setting]) -> dict[str, object]:
    """Return a document's values by the attributes of the model.

    Raises:
        SettingFault: If it holds a section or a key that is not declared.
    """
    values: dict[str, object] = {}
    for section, content in document.items():
        settings = {setting.key: setting for setting in declared if setting.section == section}
        if not settings:
            known = ", ".join(f"[{name}]" for name in dict.fromkeys(setting.section for setting in declared))
            raise SettingFault(
                f'"{section}" is not a section of {CONFIG_NAME}.', section, todo=f"The sections are {known}."
            )
        if whole := next((setting for setting in settings.values() if setting.entries), None):
            values[whole.attribute] = content
            continue
        if not isinstance(content, dict):
            todo = f"Write [{section}] and, below it, {', '.join(settings)}."
            raise SettingFault(f'"{section}" cannot be used: it must be a section.', section, todo=todo)
        for key, value in content.items():
            if key in settings:
                values[settings[key].attribute] = value
            elif rules := _rules(section, declared):
                raise SettingFault(f'"{key}" of [{section}] cannot be used.', section, key, todo=rules)
            else:
                todo = f"The settings are {', '.join(settings)}."
                raise SettingFault(f'"{key}" is not a setting of [{section}].', section, key, todo=todo)
    return values


def _fault(error: ErrorDetails, declared: Sequence[Setting]) -> SettingFault:
    """Return what pydantic found, in the words of the setting and with where it stands."""
    attribute, *inner = error["loc"]
    setting = next(setting for setting in declared if setting.attribute == attribute)
    place = (setting.section,) if setting.entries else (setting.section, setting.key)
    raised = error.get("ctx", {}).get("error")
    own = raised if isinstance(raised, SettingFault) else SettingFault("")
    keys = (*map(str, inner), *own.keys)
    what, todo = _message_on(setting, keys, error["input"], declared)
    return SettingFault(own.what or what, *place, *keys, todo=own.todo or todo)


def _message_on(
    setting: Setting, keys: Sequence[str], value: object, declared: Sequence[Setting]
) -> tuple[str, str]:
    """Return what is wrong with a setting, and what to write."""
    if setting.entries:
        if not "".join(keys[:1]).strip():
            return f"[{setting.section}] must be a table of {setting.entries}.", f"Write: {setting.form}."
        what = setting.wrong.format(name=keys[0], key=(*keys, keys[0])[1])
        return what, f"Write: {setting.form.replace('NAME', json.dumps(keys[0], ensure_ascii=False))}."
    if rules := _rules(setting.section, declared):
        return f'"{setting.key}" of [{setting.section}] cannot be used.', rules
    if setting.choices and isinstance(value, str):
        return f'"{setting.key}" cannot be "{value}".', f"It is {setting.value_form}."
    return f'"{setting.key}" must be {setting.value_form}.', ""


def _rules(section: str, declared: Sequence[Setting]) -> str:
    """Return how each setting of a section is written, if one of them is not told by its type alone."""
    settings = [setting for setting in declared if setting.section == section]
    if not any(setting.form for setting in settings):
        return ""
    return "; ".join(f"{setting.key}: {setting.value_form}" for setting in settings) + "."
