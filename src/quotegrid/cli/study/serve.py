"""The command that offers the workbench in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from quotegrid.cli.context import say, study_of


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("serve")(serve)


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any.")] = 8000,
    host: Annotated[str, typer.Option("--host", help="The IP address to serve on.")] = "127.0.0.1",
    exposed: Annotated[
        bool, typer.Option("--expose", help="Let other machines come, unencrypted; say so knowingly.")
    ] = False,
) -> None:
    """Offer the workbench in a browser, on this machine alone, to whoever has the printed address."""
    from quotegrid.tui.serving import WorkbenchServer, free_port, served_address

    address = served_address(host, exposed)
    with study_of(context) as study:
        root, name = study.root, study.settings.name

    def tell(url: str) -> None:
        say(f"The workbench is at  {url}")
        if exposed and not address.startswith("127."):
            say("Whoever has this address reads all interviews and decides under your name.")
            say("What is sent is not encrypted.")
        say("Ctrl-C ends it.")

    WorkbenchServer(root, address, free_port(address, port), name, tell).serve()
