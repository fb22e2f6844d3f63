"""The workbench in a browser: who is let in, and that it is the same workbench."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from quotegrid.errors import UsageError
from quotegrid.tui.serving import free_port, served_address
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.study.folder import StudyFolder
from tests.exports.chromium import CHROMIUM, needs_chromium

SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@dataclass
class Served:
    """A workbench that is being served."""

    url: str

    @property
    def place(self) -> str:
        found = re.match(r"http://([^/]+)/", self.url)
        assert found is not None
        return found.group(1)

    @property
    def query(self) -> str:
        return "/" + self.url.split("/")[-1]

    def ask(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection(self.place, timeout=20)
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        connection.close()
        return answer.status, answer.headers

    def cookie(self) -> str:
        _, headers = self.ask(self.query)
        return headers["Set-Cookie"].split(";")[0]


@contextmanager
def serving(study: StudyFolder, *more: str) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "quotegrid", "-C", str(study.root), "serve", "--port", "0", *more],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http\S+", process.stdout.readline())
        assert found is not None
        yield Served(found.group(0))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        process.stdout.close()


def test_who_lacks_the_token_or_comes_from_elsewhere_is_refused(suggested: StudyFolder) -> None:
    with serving(suggested) as served:
        assert served.url.startswith("http://127.0.0.1:")
        for path in ("/", "/?token=guess", "/static/js/textual.js", "/ws", "/download/x"):
            assert served.ask(path)[0] == 403, path
        assert served.ask(served.query, Host="quotegrid.example")[0] == 403
        assert served.ask(served.query, Origin="http://elsewhere.example")[0] == 403
        local = f"localhost:{served.place.split(':')[1]}"
        status, headers = served.ask(served.query, Host=local)
        assert (status, headers["Location"]) == (307, served.url)
        assert served.ask("/ws", Host=local)[0] == 403
        status, headers = served.ask(served.query)
        assert (status, headers["Location"]) == (303, "/")
        assert "HttpOnly" in headers["Set-Cookie"]
        assert "SameSite=Strict" in headers["Set-Cookie"]
        cookie = served.cookie()
        status, headers = served.ask("/", Cookie=cookie)
        assert status == 200
        assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
        assert served.ask("/", Cookie=cookie[:-1])[0] == 403
        assert served.ask("/", Cookie=cookie, Host="quotegrid.example")[0] == 403
        socket_headers = {name.replace("-", "_"): value for name, value in SOCKET.items()}
        assert served.ask("/ws", Cookie=cookie, **socket_headers)[0] == 403
        for origin in ("http://elsewhere.example", "null"):
            assert served.ask("/ws", Cookie=cookie, Origin=origin, **socket_headers)[0] == 403
        assert served.ask("/ws", Cookie=cookie, Origin=f"http://{served.place}", **socket_headers)[0] == 101


@needs_chromium
def test_a_suggestion_is_accepted_in_a_browser(suggested: StudyFolder) -> None:
    from playwright.sync_api import sync_playwright

    with serving(suggested) as served, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": 1000, "height": 700})
            loaded: list[str] = []
            page.on("requestfinished", lambda request: loaded.append(request.url))
            page.goto(served.url)
            page.wait_for_selector("body.-first-byte", timeout=60_000)
            assert page.url == f"http://{served.place}/"
            page.mouse.click(500, 600)
            page.keyboard.press("2")
            until = time.monotonic() + 60
            while not decision_records(suggested) and time.monotonic() < until:
                page.wait_for_timeout(500)
                page.keyboard.press("a")
            page.keyboard.press("q")
            assert all(url.startswith(f"http://{served.place}/") for url in loaded)
        finally:
            browser.close()
    first = decision_records(suggested)[0]
    assert (first["decision"], first["coder"]) == ("accept", "tester")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.5"])
def test_this_machines_own_addresses_are_served(host: str) -> None:
    assert served_address(host, exposed=False) == host.replace("localhost", "127.0.0.1")


@pytest.mark.parametrize(
    ("host", "exposed", "said"),
    [
        ("192.168.1.5", False, "can be reached by other machines"),
        ("0.0.0.0", True, "all of this machine's addresses"),  # noqa: S104 - what is refused
        ("::", True, "all of this machine's addresses"),
        ("quotegrid.example", True, "is not an IP address"),
    ],
)
def test_other_addresses_are_refused(host: str, exposed: bool, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        served_address(host, exposed=exposed)


def test_others_may_come_when_somebody_says_so() -> None:
    assert served_address("192.168.1.5", exposed=True) == "192.168.1.5"


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="nothing can be served"):
            free_port("127.0.0.1", taken.getsockname()[1])
    assert free_port("127.0.0.1", 0) > 0
