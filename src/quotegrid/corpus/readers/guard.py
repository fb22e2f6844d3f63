"""A guard around whatever reads a file: one that its reader cannot take is told of, and stops no other."""

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
"""What the libraries of office formats raise on a damaged package of XML files."""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn any error of a reader into one that names the file.

    What the operating system says of the file passes, and so does a lack of memory, which is not the file's.

    Args:
        path: The file that is being read.

    Raises:
        UnreadableError: If a reader fails in any way that it does not tell of itself.
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
