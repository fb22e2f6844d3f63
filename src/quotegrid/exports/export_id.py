"""The id of an export inside its file, where the format has room for one that no reader sees."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

NAME = "quotegrid-export"
_GUID = rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PNG_END = b"\x00\x00\x00\x00IEND"
_PROPERTIES = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{guid}</vt:lpwstr></property></Properties>"
)


def with_id(content: bytes, guid: str) -> bytes:
    """The file with the id in it: a property, a meta element or a text chunk; text files stay as they are.

    The format is told by the content, not by a name.
    """
    if content.startswith(b"PK\x03\x04"):
        return _office_with_id(content, guid)
    if content.startswith(b"\x89PNG") and _PNG_END in content:
        body = b"tEXt" + NAME.encode() + b"\0" + guid.encode()
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        place = content.rindex(_PNG_END)
        return content[:place] + chunk + content[place:]
    if _is_page(content) and b"</head>" in content:
        return content.replace(b"</head>", f'<meta name="{NAME}" content="{guid}">\n</head>'.encode(), 1)
    if _is_drawing(content) and b"</svg>" in content:
        place = content.rindex(b"</svg>")
        return content[:place] + f"<metadata>{NAME} {guid}</metadata>".encode() + content[place:]
    return content


def id_in(content: bytes) -> str | None:
    """The id of the export that a file was made as; None where it holds none."""
    told: bytes | None = None
    if content.startswith(b"PK\x03\x04"):
        told = _office_properties(content)
        pattern = rb'name="' + NAME.encode() + rb'"[^>]*>\s*<[^>]*>\s*(' + _GUID + rb")"
    elif content.startswith(b"\x89PNG"):
        told, pattern = content, NAME.encode() + rb"\x00(" + _GUID + rb")"
    elif _is_page(content):
        told = content.split(b"</head>", 1)[0]
        pattern = rb'name="' + NAME.encode() + rb'" content="(' + _GUID + rb')"'
    elif _is_drawing(content):
        told, pattern = content, rb"<metadata>" + NAME.encode() + rb" (" + _GUID + rb")</metadata>"
    found = None if told is None else re.search(pattern, told)
    return None if found is None else found[1].decode()


def _is_page(content: bytes) -> bool:
    return content[:200].lstrip().lower().startswith(b"<!doctype html")


def _is_drawing(content: bytes) -> bool:
    return b"<svg" in content[:1000] and content[:200].lstrip().startswith((b"<?xml", b"<svg"))


def _office_with_id(content: bytes, guid: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        if _PROPERTIES in before.namelist() or "_rels/.rels" not in before.namelist():
            return content
        for part in before.infolist():
            data = before.read(part)
            if part.filename == "[Content_Types].xml":
                override = f'<Override PartName="/{_PROPERTIES}" ContentType="{_TYPE}"/>'
                data = data.replace(b"</Types>", f"{override}</Types>".encode())
            elif part.filename == "_rels/.rels":
                relation = f'<Relationship Id="quotegridId" Type="{_RELATION}" Target="{_PROPERTIES}"/>'
                data = data.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            after.writestr(part, data, compress_type=zipfile.ZIP_DEFLATED)
        after.writestr(_PROPERTIES, _CUSTOM.format(name=NAME, guid=guid), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _office_properties(content: bytes) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return parts.read(_PROPERTIES)
    except (zipfile.BadZipFile, KeyError):
        return None
