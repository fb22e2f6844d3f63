from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from quotegrid.corpus.readers.guard import guarded
from quotegrid.corpus.text.limits import VARIABLE, Limit, check_brackets, check_tags, check_text, check_values
from quotegrid.errors import ReadError
from tests.conftest import REPOSITORY


def test_an_error_names_the_limit_and_how_to_raise_it(monkeypatch: pytest.MonkeyPatch) -> None:
    most = Limit.ROWS.most
    Limit.ROWS.hold(most)
    with pytest.raises(ReadError, match=rf"\(rows: {most + 1:,}, at most {most:,} rows\)") as caught:
        Limit.ROWS.hold(most + 1, line=7)
    assert caught.value.line == 7
    assert f"{VARIABLE}=4 quotegrid import" in caught.value.todo
    monkeypatch.setenv(VARIABLE, "4")
    assert Limit.ROWS.most == 4 * most
    Limit.ROWS.hold(4 * most)


@pytest.mark.parametrize("said", ["", "many", "0", "-2", "0.5", "nan", "²"])
def test_no_value_of_the_variable_lowers_or_breaks_limits(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Limit.TEXT.most
    monkeypatch.setenv(VARIABLE, said)
    assert Limit.TEXT.most == usual


def test_a_long_paragraph_is_named_by_its_line() -> None:
    check_text("word " * (Limit.PARAGRAPH.most // 5))
    check_text("word\n" * (Limit.PARAGRAPH.most // 2))
    with pytest.raises(ReadError, match="paragraph") as caught:
        check_text("short\n\n" + "word " * (Limit.PARAGRAPH.most // 5 + 1))
    assert caught.value.line == 3


def test_nesting_is_counted_and_what_stands_side_by_side_is_not() -> None:
    for check, limit, opening, closing in (
        (check_brackets, Limit.NESTING, "[", "]"),
        (check_tags, Limit.PAGE_NESTING, "<DIV class='a'>", "</div>"),
    ):
        deep = limit.most
        check(opening * deep + closing * deep + (opening + closing) * 10_000)
        with pytest.raises(ReadError, match=f"{deep + 1:,}, at most {deep:,} levels"):
            check(opening * (deep + 1))


def test_references_that_multiply_are_counted_as_if_written_out() -> None:
    values: list[object] = ["a"] * 9
    check_values({"names": values})
    for _ in range(12):
        values = [values] * 9
    with pytest.raises(ReadError, match="header values"):
        check_values(values)
    own: list[object] = []
    own.append(own)
    with pytest.raises(ReadError, match="header values"):
        check_values(own)


@pytest.mark.parametrize("in_thread", [False, True])
def test_a_file_that_takes_too_long_is_stopped(in_thread: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limit.SECONDS, "_value_", ("time a file", 0.05, "seconds"))
    monkeypatch.setattr(type(Limit.SECONDS), "most", property(lambda self: self.value[1]))
    found: list[ReadError] = []

    def read() -> None:
        end = time.monotonic() + 20
        try:
            with guarded(Path("endless.txt")):
                while time.monotonic() < end:
                    try:
                        time.sleep(0.001)
                    except Exception:  # noqa: S110 - a library that swallows every error
                        pass
        except ReadError as error:
            found.append(error)

    began = time.monotonic()
    if in_thread:
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    else:
        read()
    assert time.monotonic() - began < 10
    assert str(found[0]).startswith("endless.txt: this file goes beyond a limit of what is read (time a file")


def test_a_file_in_time_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()
    for _ in range(20):
        with guarded(Path("quick.txt")):
            pass
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before


_PROFILED = """\
import cProfile, time
from pathlib import Path
from quotegrid.corpus.readers.guard import guarded
from quotegrid.corpus.text.limits import Limit
from quotegrid.errors import ReadError
with guarded(Path("quick.txt")):
    pass
cProfile.run("sorted([2, 1], key=lambda number: number)")
Limit.SECONDS._value_ = ("time a file", 0.05, "seconds")
type(Limit.SECONDS).most = property(lambda limit: limit.value[1])
try:
    with guarded(Path("endless.txt")):
        while True:
            time.sleep(0.001)
except ReadError as error:
    print(error)
cProfile.run("sorted([2, 1], key=lambda number: number)")
"""


def test_no_signal_is_left_that_is_looked_for_at_every_step() -> None:
    # With a signal that nobody receives, Python never gets beyond the first step of a function it profiles.
    told = subprocess.run(
        [sys.executable, "-c", _PROFILED],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert "endless.txt: this file goes beyond a limit" in told
