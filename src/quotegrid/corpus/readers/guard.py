"""Turns any failure of a reader into an error about its file, so that other files are still read."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.errors import QuotegridError, UnreadableError

_LONGEST = 120
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
        UnreadableError: If a reader fails with an error that it does not report itself.
    """
    try:
        yield
    except (QuotegridError, MemoryError):
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
