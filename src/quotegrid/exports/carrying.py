"""A manifest inside a file, wherever its format has room for one that nobody sees."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

_START = b"quotegrid manifest "
_CORE = "docProps/core.xml"
_DUBLIN_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_IDENTIFIER = re.compile(rb"<dc:identifier [^>]*>quotegrid manifest [^<]*</dc:identifier>")
_IN_JSON = re.compile(rb',\n  "manifest": "quotegrid manifest [^\n]*"(?=\n\}\n\Z)')
_NOTED = re.compile(rb'\n"?# Use: [^\n]*\n\Z')
"""The last line of a CSV that says below its table where it comes from, as `domain.provenance` words it."""
_IN_CSV = re.compile(rb'(?<=\n)"# quotegrid manifest [^\n]*"\n\Z')
_CHUNK = b"tEXtquotegrid\0"
_UNREADABLE = (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error)
"""What zipfile raises on a file that is no archive, is damaged, or is locked by a password."""


def carrying(content: bytes, suffix: str, manifest: str) -> bytes:
    """Return the file with a manifest inside, as `domain.report.manifest.pack_manifest` writes it.

    Workbooks and Word documents carry it as the identifier in their properties, JSON objects under
    "manifest", pictures as a text chunk, and text formats as a comment at the end; so does a CSV that has
    such lines already. What has no room, such as any other CSV, comes back as it is.
    """
    kind = suffix.lower()
    if kind in _COMMENTS:
        before, after = _COMMENTS[kind]
        return content + before + manifest.encode() + after
    return _PUT[kind](content, manifest) if kind in _PUT else content


def bare(content: bytes, suffix: str) -> bytes:
    """The file without its manifest; of a workbook or Word document the names and contents of its parts.

    For every content, `bare(carrying(content, ...))` is `bare(content)`.
    """
    kind = suffix.lower()
    if kind in _COMMENTS:
        before, after = _COMMENTS[kind]
        start = content.rfind(before + _START)
        is_last_line = start >= 0 and content.find(after, start + len(before)) == len(content) - len(after)
        return content[:start] if is_last_line else content
    return _TAKE[kind](content) if kind in _TAKE else content


def manifest_text(content: bytes, suffix: str) -> bytes:
    """The bytes of a file among which its manifest stands as text; empty where there is no room for one."""
    kind = suffix.lower()
    if kind in (".xlsx", ".docx"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                return parts.read(_CORE)
        except _UNREADABLE:
            return b""
    if kind == ".json":
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            return b""
        text = found.get("manifest") if isinstance(found, dict) else None
        return text.encode("utf-8", "replace") if isinstance(text, str) else b""
    if kind == ".csv":
        found = _IN_CSV.search(content)
        return b"" if found is None else found[0].replace(b'""', b'"')
    return content if kind in _COMMENTS or kind in _PUT else b""


def _into_zip(content: bytes, manifest: str) -> bytes:
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
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            found = []
            for name in sorted(parts.namelist()):
                data = parts.read(name)
                if name == _CORE:
                    data = _IDENTIFIER.sub(b"", data)
                found.append(name.encode() + b"\0" + str(len(data)).encode() + b"\0" + data)
            return b"".join(found)
    except _UNREADABLE:
        return content


def _into_json(content: bytes, manifest: str) -> bytes:
    if not (content.startswith(b"{") and content.endswith(b"\n}\n")):
        return content
    return content[:-3] + f',\n  "manifest": {json.dumps(manifest)}\n}}\n'.encode()


def _out_of_json(content: bytes) -> bytes:
    return _IN_JSON.sub(b"", content)


def _into_csv(content: bytes, manifest: str) -> bytes:
    if not _NOTED.search(content):
        return content
    doubled = manifest.replace('"', '""')
    return content + f'"# {doubled}"\n'.encode()


def _out_of_csv(content: bytes) -> bytes:
    return _IN_CSV.sub(b"", content)


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


_COMMENTS: dict[str, tuple[bytes, bytes]] = {
    ".md": (b"\n<!-- ", b" -->\n"),
    ".markdown": (b"\n<!-- ", b" -->\n"),
    ".html": (b"<!-- ", b" -->\n"),
    ".svg": (b"<!-- ", b" -->\n"),
    ".tex": (b"% ", b"\n"),
}
_PUT: dict[str, Callable[[bytes, str], bytes]] = {
    ".xlsx": _into_zip,
    ".docx": _into_zip,
    ".json": _into_json,
    ".csv": _into_csv,
    ".png": _into_png,
}
_TAKE: dict[str, Callable[[bytes], bytes]] = {
    ".xlsx": _out_of_zip,
    ".docx": _out_of_zip,
    ".json": _out_of_json,
    ".csv": _out_of_csv,
    ".png": _out_of_png,
}
