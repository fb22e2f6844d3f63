"""The workbench in a browser on this machine, for those who know its address with the token.

textual-serve runs one workbench for each browser tab. Access is guarded here: every request must name the
host that is served (a page elsewhere can have its own name resolve to this machine, but cannot change the
Host header), a socket must be opened by a page of this server, and a request needs the token, in the address
at first and in a cookie from then on. The page may load nothing from anywhere else.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server

from quotegrid.errors import UsageError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def served_address(host: str, exposed: bool) -> str:
    """Return the address to serve on, if it is a loopback address or exposing it is allowed.

    Args:
        host: An IP address.
        exposed: Whether other machines may connect.

    Raises:
        UsageError: If it is not the address of one machine, or no loopback address without being exposed.
    """
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError as error:
        raise UsageError(f'"{host}" is not an IP address.', todo="Example: --host 192.168.1.5") from error
    if address.is_loopback:
        return str(address)
    if address.is_unspecified:
        raise UsageError(
            f"{address} stands for all of this machine's addresses.",
            todo="Give the one address under which the others see this machine.",
        )
    if not exposed:
        raise UsageError(
            f"{address} can be reached by other machines.",
            todo="With --expose, whoever has the address with its token reads all interviews and decides "
            "under your name, and what is sent is not encrypted. Better: an SSH tunnel to this machine.",
        )
    return str(address)


class WorkbenchServer(Server):
    """A server for the workbench of one study.

    Args:
        study: The study's folder.
        host: The address to serve on.
        port: The port.
        name: The name of the study.
        tell: Called with the address to open, once it can be opened.
    """

    def __init__(self, study: Path, host: str, port: int, name: str, tell: Callable[[str], None]) -> None:
        command = shlex.join([sys.executable, "-m", "quotegrid", "-C", str(study.resolve())])
        shown = f"[{host}]" if ":" in host else host
        super().__init__(
            command, host=host, port=port, title=f"quotegrid: {name}", public_url=f"http://{shown}:{port}"
        )
        self.token = secrets.token_urlsafe(32)
        self._tell = tell
        self._telling: asyncio.Task[None] | None = None
        self._place = f"{shown}:{port}"
        self._local = f"localhost:{port}" if ip_address(host).is_loopback else None
        self._cookie = f"quotegrid-{port}"

    @property
    def address(self) -> str:
        """The address to open, with its token."""
        return f"{self.public_url}/?token={self.token}"

    def initialize_logging(self) -> None:
        """Log only errors."""
        logging.basicConfig(level=logging.ERROR, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Tell the address as soon as the server answers there, which is shortly after the start."""
        self._telling = asyncio.create_task(self._tell_when_open())

    async def _tell_when_open(self) -> None:
        while True:
            try:
                _, writer = await asyncio.open_connection(self.host, self.port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                self._tell(self.address)
                return

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        app.on_response_prepare.append(self._close_off)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.host == self._local and request.path != "/ws":
            # Whoever types "localhost" is led to the one name under which pages and their origin are known.
            raise web.HTTPTemporaryRedirect(f"{self.public_url}{request.path_qs}")
        if request.host != self._place:
            raise web.HTTPForbidden(text="quotegrid is served under another name.")
        origin = request.headers.get("Origin")
        is_socket = request.path == "/ws"
        if (origin is None and is_socket) or origin not in (None, self.public_url):
            raise web.HTTPForbidden(text="quotegrid answers its own pages alone.")
        given = request.query.get("token")
        if given is not None and secrets.compare_digest(given.encode(), self.token.encode()):
            # The token leaves the address bar, so that it is in no history and on no screenshot.
            answer = web.HTTPSeeOther("/")
            answer.set_cookie(self._cookie, self.token, httponly=True, samesite="Strict", path="/")
            raise answer
        known = request.cookies.get(self._cookie, "")
        if not secrets.compare_digest(known.encode(), self.token.encode()):
            raise web.HTTPForbidden(
                text="Open the address that quotegrid printed in the terminal, with its token."
            )
        return await handler(request)

    async def _close_off(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
            f"img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws://{self._place}; "
            "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"


def free_port(host: str, port: int) -> int:
    """Return the port, or for 0 one that is free.

    Raises:
        UsageError: If the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"nothing can be served on {host}, port {port} ({error.strerror}).",
                todo="Give another one: --port 0 takes any that is free.",
            ) from error
        return int(trial.getsockname()[1])
