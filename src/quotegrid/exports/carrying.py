"""A manifest inside a file, where the format that the end of its name says has room for one."""

from __future__ import annotations

from quotegrid.exports.carriers import Carrier
from quotegrid.exports.formats import FORMATS


def carrying(content: bytes, suffix: str, manifest: str) -> bytes:
    """Return the file with a manifest inside, or as it is where its format has no room for one."""
    carrier = _carrier(suffix)
    return content if carrier is None else carrier.put(content, manifest)


def bare(content: bytes, suffix: str) -> bytes:
    """Return the file without its manifest; of a workbook or Word document what its parts hold."""
    carrier = _carrier(suffix)
    return content if carrier is None else carrier.bare(content)


def manifest_text(content: bytes, suffix: str) -> bytes:
    """Return the bytes of a file among which its manifest stands as text; empty where there is no room."""
    carrier = _carrier(suffix)
    return b"" if carrier is None else carrier.text(content)


def _carrier(suffix: str) -> Carrier | None:
    return next((row.carrier for row in FORMATS if suffix.lower() in row.suffixes), None)
