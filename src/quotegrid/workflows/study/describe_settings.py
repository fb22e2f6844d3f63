"""The texts made from the model of the settings: a new study's `quotegrid.toml`, and docs/settings.md."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from quotegrid.settings import SECTIONS, Setting, Settings, settings_of
from quotegrid.settings_values import CONFIG_NAME

_WIDTH = 100
_HEAD = "# Settings of this study. Lines that are commented out show the default, or an example.\n"
_PAGE = f"""\
# Settings

What `{CONFIG_NAME}` may hold. `quotegrid settings` lists and changes what is marked with `*`, as does `8` in
the workbench; everything can be changed in the file by hand, and comments stay. A value that cannot be used
is named with its line, and nothing is done.

```console
$ quotegrid settings
$ quotegrid settings suggestions.threshold 0.3
$ quotegrid settings workbench.look "high contrast"
```
"""
_TABLE_HEAD = "| setting | value | default | what it does |\n|---|---|---|---|\n"


def config_text(name: str, database: str = "", model: type[Settings] = Settings) -> str:
    """Return the `quotegrid.toml` of a new study.

    Args:
        name: The study's name.
        database: The address of the server's database that holds it; empty for a file.
        model: The model that declares the settings.
    """
    given = {"name": name, "database": database} if database else {"name": name}
    parts = [_HEAD]
    for section, settings in _by_section(model).items():
        if settings[0].entries:
            parts.append(_comment(settings[0].help) + _commented(settings[0].example))
            continue
        ours = [setting for setting in settings if setting.attribute in given]
        others = [setting for setting in settings if setting.attribute not in given]
        lines = [f"{setting.key} = {_toml(given[setting.attribute])}\n" for setting in ours]
        for setting in others:
            shown = setting.example or _toml(setting.default)
            lines.append(f"{_comment(setting.described)}# {setting.key} = {shown}\n")
        text = f"[{section}]\n{''.join(lines)}"
        # Headers may not be there twice: a section that only a hand writes stays a comment until then.
        is_open = any(setting.title for setting in settings)
        parts.append(_comment(SECTIONS.get(section, "")) + (text if is_open else _commented(text)))
    return "\n".join(parts)


def settings_page(model: type[Settings] = Settings) -> str:
    """Return the text of docs/settings.md.

    Args:
        model: The model that declares the settings.
    """
    parts = [_PAGE]
    for section, settings in _by_section(model).items():
        head = f"## {section}\n\n"
        if settings[0].entries:
            (setting,) = settings
            parts.append(
                f"{head}{setting.help}\n\n```toml\n{setting.example}\n```\n\n"
                f"How it is written: {setting.form}.\n"
            )
            continue
        rows = "".join(
            f"| `{setting.key}`{' *' if setting.title else ''} | {setting.value_form} "
            f"| `{_toml(setting.default)}` | {setting.described} |\n"
            for setting in settings
        )
        about = f"{SECTIONS[section]}\n\n" if section in SECTIONS else ""
        parts.append(f"{head}{about}{_TABLE_HEAD}{rows}")
    return "\n".join(parts)


def _by_section(model: type[Settings]) -> dict[str, list[Setting]]:
    sections: dict[str, list[Setting]] = {}
    for setting in settings_of(model):
        sections.setdefault(setting.section, []).append(setting)
    return sections


def _toml(value: object) -> str:
    """Return a value as TOML, in one line."""
    import tomlkit

    if not isinstance(value, Mapping):
        return tomlkit.item(value).as_string()
    table = tomlkit.inline_table()
    table.update(value)
    return table.as_string()


def _comment(text: str) -> str:
    return _commented("\n".join(textwrap.wrap(text, _WIDTH)))


def _commented(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())
