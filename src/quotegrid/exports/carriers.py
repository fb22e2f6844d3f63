"""The place of a manifest inside a file: in each format, one that readers do not see."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

_START = b"quotegrid manifest "
_CORE = "docProps/core.xml"
_DUBLIN_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_IDENTIFIER = re.compile(rb"<dc:identifier [^>]*>quotegrid manifest [^<]*</dc:identifier>")
_IN_JSON = re.compile(rb',\n  "manifest": "quotegrid manifest [^\n]*"(?=\n\}\n\Z)')
_NOTED = re.compile(rb'\n"?# Use: [^\n]*\n\Z')
"""The last line of a CSV that says below its table where it comes from, as `domain.provenance` words it."""
_IN_CSV = re.compile(rb'(?<=\n)"# quotegrid manifest [^\n]*"\n\Z')
_CHUNK = b"tEXtquotegrid\0"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A way to put a manifest (one line of ASCII, as `domain.manifest.packed` makes it) into a file.

    For every content, `bare(put(content, ...))` is `bare(content)`.
    """

    place: str
    """The place of the manifest, in the words of the documentation."""
    put: Callable[[bytes, str], bytes]
    """Returns the file with a manifest inside; as it is where it has no room for one."""
    bare: Callable[[bytes], bytes]
    """Returns the file without its manifest; of an archive the names and contents of its parts."""
    text: Callable[[bytes], bytes] = bytes
    """Returns the bytes among which the manifest stands as text."""


def comment(before: bytes, after: bytes, place: str) -> Carrier:
    """Return what puts a manifest into a comment at the end of a text.

    Args:
        before: The opening of the comment.
        after: The end of the comment.
        place: Its name in the documentation.
    """

    def put(content: bytes, manifest: str) -> bytes:
        return content + before + manifest.encode() + after

    def bare(content: bytes) -> bytes:
        start = content.rfind(before + _START)
        is_last_line = start >= 0 and content.find(after, start + len(before)) == len(content) - len(after)
        return content[:start] if is_last_line else content

    return Carrier(place, put, bare)


def _unreadable() -> tuple[type[Exception], ...]:
    """Return what zipfile raises on a file that is no archive, is damaged, or is locked by a password."""
    import zipfile

    return zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error


def _into_zip(content: bytes, manifest: str) -> bytes:
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as parts,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in parts.infolist():
            data = parts.read(part)
            if part.filename == _CORE:
                end = data.rindex(b"</")
                # openpyxl binds the prefix on each element, not on the root.
                element = f"<dc:identifier {_DUBLIN_CORE}>{manifest}</dc:identifier>"
                data = data[:end] + element.encode() + data[end:]
            copy.writestr(part, data)
    return out.getvalue()


def _out_of_zip(content: bytes) -> bytes:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            found = []
            for name in sorted(parts.namelist()):
                data = parts.read(name)
                if name == _CORE:
                    data = _IDENTIFIER.sub(b"", data)
                found.append(name.encode() + b"\0" + str(len(data)).encode() + b"\0" + data)
            return b"".join(found)
    except _unreadable():
        return content


def _zip_text(content: bytes) -> bytes:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return parts.read(_CORE)
    except _unreadable():
        return b""


def _into_json(content: bytes, manifest: str) -> bytes:
    if not (content.startswith(b"{") and content.endswith(b"\n}\n")):
        return content
    return content[:-3] + f',\n  "manifest": {json.dumps(manifest)}\n}}\n'.encode()


def _out_of_json(content: bytes) -> bytes:
    return _IN_JSON.sub(b"", content)


def _json_text(content: bytes) -> bytes:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return b""
    text = found.get("manifest") if isinstance(found, dict) else None
    return text.encode("utf-8", "replace") if isinstance(text, str) else b""


def _into_csv(content: bytes, manifest: str) -> bytes:
    if not _NOTED.search(content):
        return content
    doubled = manifest.replace('"', '""')
    return content + f'"# {doubled}"\n'.encode()


def _out_of_csv(content: bytes) -> bytes:
    return _IN_CSV.sub(b"", content)


def _csv_text(content: bytes) -> bytes:
    found = _IN_CSV.search(content)
    return b"" if found is None else found[0].replace(b'""', b'"')


def _into_png(content: bytes, manifest: str) -> bytes:
    end = content.rfind(b"IEND") - 4
    if end < 0:
        return content
    chunk = _CHUNK + manifest.encode()
    length, checksum = struct.pack(">I", len(chunk) - 4), struct.pack(">I", zlib.crc32(chunk))
    return content[:end] + length + chunk + checksum + content[end:]


def _out_of_png(content: bytes) -> bytes:
    start = content.rfind(_CHUNK + _START) - 4
    if start < 0:
        return content
    (length,) = struct.unpack(">I", content[start : start + 4])
    return content[:start] + content[start + 12 + length :]


ARCHIVE = Carrier("the identifier in the file's properties", _into_zip, _out_of_zip, _zip_text)
JSON = Carrier("the field `manifest`, where the file is an object", _into_json, _out_of_json, _json_text)
CSV = Carrier(
    "of a matrix: the last of its lines that begin with `#`; of a list: none",
    _into_csv,
    _out_of_csv,
    _csv_text,
)
PNG = Carrier("a text chunk named `quotegrid`", _into_png, _out_of_png)
MARKUP = comment(b"<!-- ", b" -->\n", "a comment at the end")
MARKDOWN = comment(b"\n<!-- ", b" -->\n", "a comment at the end")
LATEX = comment(b"% ", b"\n", "a comment line at the end")
