"""What every command with --output does with its file: it is the study's, and no other file is replaced."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from enum import Enum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from quotegrid.workflows.folder import StudyFolder

_RUNNING: ContextVar[typer.Context | None] = ContextVar("running", default=None)
_FORCED: ContextVar[bool] = ContextVar("forced", default=False)
_FORCE = "force"
_NOT_OPTIONS = ("context", "output", "form", "picture", _FORCE)
ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace a file that was not written from this study.")
]


def add_force(app: typer.Typer) -> None:
    """Give --force to each command that has --output, in the application and in those below it."""
    itself: list[Any] = [] if app.registered_callback is None else [app.registered_callback]
    for command in [*itself, *app.registered_commands]:
        if command.callback is not None and "output" in inspect.signature(command.callback).parameters:
            command.callback = _with_force(command.callback)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            add_force(group.typer_instance)


def _with_force(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def call(*args: Any, force: bool, **kwargs: Any) -> Any:
        _FORCED.set(force)
        return command(*args, **kwargs)

    signature = inspect.signature(command, eval_str=True)
    option = inspect.Parameter(_FORCE, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=ForceOption)
    call.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*signature.parameters.values(), option]
    )
    call.__annotations__ = {**command.__annotations__, _FORCE: ForceOption}
    return call


def forget() -> None:
    """Begin a command line of which nothing is known yet."""
    _RUNNING.set(None)
    _FORCED.set(False)


def remember(context: typer.Context) -> None:
    """Keep what the running command was asked for."""
    _RUNNING.set(context)


def is_forced() -> bool:
    """Whether files of others may be replaced."""
    return _FORCED.get()


def command_name(context: typer.Context) -> str:
    """The running command without the program: "quotes", "cases show"."""
    names: list[str] = []
    one: Any = context
    while one is not None and one.parent is not None:
        names.insert(0, one.info_name or "")
        one = one.parent
    return " ".join(names)


def command_options(context: typer.Context) -> dict[str, Any]:
    """What the running command was asked for, as far as anything was said, as plain JSON."""
    told = {name: _plain(value) for name, value in context.params.items() if name not in _NOT_OPTIONS}
    return {
        name: value for name, value in told.items() if value or (value is False and _has_no_default(name))
    }


def _has_no_default(name: str) -> bool:
    """Whether False says something: --uncoded is not the same as neither."""
    return name == "coded"


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def withheld_log(output: Path) -> Path:
    """Where the log of what a publication does not tell is written."""
    return output.with_name(f"{output.stem}.withheld.csv")


def refuse_other_files(study: StudyFolder, output: Path, *, publish: bool) -> None:
    """Refuse before anything is written if the file, or the log beside it, is not one of the study's.

    Raises:
        UsageError: If so, and nobody said --force.
    """
    from quotegrid.workflows.write_export import refuse_strangers

    for path in (output, withheld_log(output)) if publish else (output,):
        refuse_strangers(study, path, force=is_forced())


def write_output(output: Path, content: bytes, *, what: str | None = None) -> None:
    """Write the file of the running command, and add it to the study's exports.

    Args:
        output: The file.
        content: What it is to hold.
        what: What it is; the command's name where not given.

    Raises:
        UsageError: If there is a file that was not written from the study, and nobody said --force.
    """
    from quotegrid.exports.files import write_whole
    from quotegrid.workflows.figures import figures_of
    from quotegrid.workflows.folder import open_study
    from quotegrid.workflows.write_export import refuse_strangers, write_export

    context = _RUNNING.get()
    if context is None:
        refuse_strangers(None, output, force=is_forced())
        write_whole(output, content)
        return
    study = open_study(context.obj)
    try:
        options = command_options(context)
        name = what or command_name(context)
        refuse_other_files(study, output, publish=what is None and bool(options.get("publish")))
        write_export(
            study,
            output,
            content,
            what=name,
            options=options,
            figures=figures_of(study, name, options),
            force=is_forced(),
        )
    finally:
        study.close()
