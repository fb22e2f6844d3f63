"""The command about settings."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import Destination, print_listing, say, study_of
from quotegrid.cli.options import TABLE, ForceOption, FormatOption, OutputOption
from quotegrid.domain.text.normalise import counted


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("settings")(settings)


def settings(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="A setting; without it all are listed.")] = None,
    value: Annotated[str | None, typer.Argument(help="Its new value.")] = None,
    form: FormatOption = TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the settings that can be changed here, show one, or change one in quotegrid.toml."""
    from quotegrid.workflows.study.change_settings import (
        ListedSetting,
        change_setting,
        setting_named,
        setting_records,
        value_text,
    )

    with study_of(context) as study:
        if name is not None:
            if value is None:
                say(value_text(study, setting_named(name)))
            else:
                say(change_setting(study, name, value) or "Nothing was changed.")
            return
        records = setting_records(study)
    below = f"{counted(len(records), 'setting')}."
    print_listing(ListedSetting, records, Destination(context, form, output, force), below=below)
