"""Turns any failure of a reader into an error about its file, so that other files are still read.

What would take too much memory is refused before a library unpacks it, and what takes too long is stopped.
"""

from __future__ import annotations

import ctypes
import re
import threading
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from quotegrid.corpus.text.limits import Limit
from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.errors import QuotegridError, UnreadableError

_LONGEST = 120
_CHUNK = 1 << 20
_SMALL = 1 << 20
"""The size up to which the ratio says nothing: a short text of spaces packs well."""
_STOP_AGAIN = 1.0
_STEPS = 100
"""The steps within which a thread notices a signal; the next turn of a loop is enough."""
_OF_SHEETS = {b"<row": Limit.ROWS, b"<c ": Limit.CELLS}
_OF_TEXTS = {b"<": Limit.TAGS}
"""The marks that are counted in the XML of a workbook and of other documents, each with its limit."""
_LONGEST_MARK = 4
_MERGED_AREA = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    EOFError,
    OSError,
)
"""The errors that office format libraries raise for a damaged package of XML files."""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn any error of a reader into one that names the file.

    Errors of the operating system pass unchanged, and so does a lack of memory, which is not the file's
    fault.

    Args:
        path: The file that is being read.

    Raises:
        ReadError: If the file goes beyond a limit, of time too.
        UnreadableError: If a reader fails with an error that it does not report itself.
    """
    try:
        with _stopped_in_time():
            yield
    except QuotegridError as error:
        error.file = error.file or str(path)
        raise
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        said = shortened(one_line(str(error)), _LONGEST)
        line = getattr(error, "lineno", None)
        raise UnreadableError(
            f"this file could not be read ({type(error).__name__}{f': {said}' if said else ''}).",
            file=path,
            line=line if isinstance(line, int) and line > 0 else None,
            todo="It may be damaged: open it in the program that made it and save it again, or leave it out.",
        ) from error


class _TimeIsUp(BaseException):
    """The signal to a thread that its file takes too long; not one that a library takes for its own error."""


@contextmanager
def _stopped_in_time() -> Iterator[None]:
    """Stop what a thread does once it takes longer than the limit, between two steps of Python's.

    Raises:
        ReadError: If it was stopped.
    """
    thread = ctypes.c_ulong(threading.get_ident())
    is_over = threading.Event()
    lock = threading.Lock()

    def stop() -> None:
        if is_over.wait(Limit.SECONDS.most):
            return
        while True:
            with lock:
                if is_over.is_set():
                    return
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TimeIsUp))
            if is_over.wait(_STOP_AGAIN):
                return

    def end() -> None:
        while True:
            try:
                with lock:
                    is_over.set()
                # A signal on its way arrives here. Python would not forget that there was one if it were
                # taken back, and would look for it at every step of whatever follows.
                for _ in range(_STEPS):
                    pass
            except _TimeIsUp:
                continue
            return

    watcher = threading.Thread(target=stop, daemon=True)
    watcher.start()
    try:
        try:
            yield
        finally:
            end()
    except _TimeIsUp:
        end()
        raise Limit.SECONDS.error() from None


def check_package(path: Path) -> None:
    """Check how much an office document unpacks to, without keeping any of it.

    Raises:
        ReadError: If it goes beyond a limit.
        BadZipFile: If it is no package.
    """
    Limit.FILE.hold(path.stat().st_size)
    whole = 0
    with zipfile.ZipFile(path) as package:
        for member in package.infolist():
            counted = _counted_in(member.filename.lower())
            counts = dict.fromkeys(counted, 0)
            size, merged, tail = 0, 0, b""
            with package.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    Limit.EXPANDED.hold(whole + size)
                    if not counted:
                        continue
                    Limit.XML.hold(size)
                    if size > _SMALL:
                        Limit.RATIO.hold(size // max(member.compress_size, 1))
                    for mark, limit in counted.items():
                        # One that stands across two chunks is counted with the second.
                        counts[mark] += (tail + chunk).count(mark) - tail.count(mark)
                        limit.hold(counts[mark])
                    merged += sum(map(_area, _MERGED_AREA.finditer(chunk)))
                    Limit.CELLS.hold(merged)
                    tail = chunk[1 - _LONGEST_MARK :]
            whole += size


def _counted_in(name: str) -> Mapping[bytes, Limit]:
    """Return what is counted in a part of a package; nothing in what is no XML."""
    if not name.endswith((".xml", ".rels")):
        return {}
    return _OF_SHEETS if name.startswith("xl/") else _OF_TEXTS


def _area(found: re.Match[bytes]) -> int:
    """Return the number of cells of a merged area, "A3:C7"."""
    first, top, last, bottom = found.groups()
    return (_column(last) - _column(first) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
