"""The command about settings."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import (
    ForceOption,
    Format,
    FormatOption,
    OutputOption,
    print_records,
    say,
    simple_table,
    study_of,
)


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("settings")(settings)


def settings(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="A setting; without it all are listed.")] = None,
    value: Annotated[str | None, typer.Argument(help="Its new value.")] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """List the settings that can be changed here, show one, or change one in quotegrid.toml."""
    from quotegrid.workflows.study.change_settings import (
        SETTING_FIELDS,
        change_setting,
        setting_named,
        setting_records,
        value_told,
    )

    with study_of(context) as study:
        if name is not None:
            said = value_told(study, setting_named(name)) if value is None else None
            say(
                said
                if said is not None
                else change_setting(study, name, value or "") or "Nothing was changed."
            )
            return
        records = setting_records(study)
    table = simple_table(("name", "value", "what"), "setting")
    print_records(context, records, SETTING_FIELDS, form, output, table)
