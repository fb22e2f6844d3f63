from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from quotegrid.corpus.readers.guard import guarded
from quotegrid.corpus.text.limits import VARIABLE, Limit, check_brackets, check_tags, check_text, check_values
from quotegrid.errors import ReadError


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
