"""Compiles a user's description of how speakers are marked: a small template, or a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotegrid.corpus.transcripts.shapes.stamps import GAP, STAMP
from quotegrid.errors import UsageError

MARKS = (
    r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e\u0eb0-\u0ecd"
    r"\u102b-\u103e\u200c-\u200f"
)
"""Vowel signs and other marks that belong to a word and that `\\w` does not match."""
LETTER = r"[^\W\d_]"
_OF_HEBREW = '(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])'
"""Matches the mark within a Hebrew abbreviation, for which a quotation mark is typed."""
WORD = rf"(?:[\w.'\u2019&/+\u00b7\u30fb{MARKS}-]|\(\)|(?<=_)\?+|{_OF_HEBREW})"
_WORD = rf"(?:[\w.'\u2019&,#/\u00b7\u30fb{MARKS}-]|\(\)|(?<=_)\?+|{_OF_HEBREW})"
COLONS = ":\uff1a\ufe55\ufe13\u2236"
COLON = f"[{COLONS}]"

_SPEAKER = (
    rf"(?P<speaker>{LETTER}{_WORD}*(?:{GAP}{_WORD}+){{0,7}}?)(?<![,/#-])"
    rf"(?:{GAP}*\((?P<aside>[^()\n]{{1,60}})\))??"
)
_FIELDS = {
    "speaker": _SPEAKER,
    "time": rf"(?P<time>{STAMP})",
    "any": r"[^\n]{1,80}?",
    "text": r"(?=\S)",
}
_NUMBER = rf"(?:\d{{1,4}}[.)]?{GAP}+)?"
_NEW_LINE = rf"{GAP}*\n(?:{GAP}*\n){{0,2}}{GAP}*"
_LINE_ENDS = rf"{GAP}*(?=\n|\Z)"
_WHITE = " \u00a0"
_EXAMPLE = 'Write for example "{speaker}:" or "[{time}] {speaker}:".'
_PARTS = re.compile(r"(?P<brace>\{\{|\}\})|\{(?P<field>[^{}\n]*)\}|(?P<alone>[{}])|(?P<plain>[^{}]+)")


@dataclass(frozen=True, slots=True)
class SpeakerPattern:
    """A compiled description of how speakers are marked."""

    written: str
    """The description as the user or a convention writes it."""
    expression: re.Pattern[str]
    """Matches everything before the words spoken, from the beginning of a line; has the group "speaker"."""
    signs: tuple[str, ...] = ()
    """Strings that a text must contain for the pattern to fit anywhere."""


def compile_pattern(written: str) -> SpeakerPattern:
    r"""Compile a template or regular expression that describes how speakers are marked.

    A template holds `{speaker}` once and may hold `{time}`, `{any}` (words to ignore) and, at its end,
    `{text}`. A space stands for any white space in a line, `\n` for the end of a line, `\t` for a tab,
    `{{` and `}}` for braces; everything else stands for itself. A description that contains `(?P<speaker>`
    is read as a regular expression.

    Raises:
        UsageError: If it is neither, naming the faulty character, counted from 1.
    """
    if "(?P<" in written:
        return SpeakerPattern(written, _checked_expression(written))
    signs = [word for field, plain, _ in _parts(written) if not field for word in plain.split()]
    return SpeakerPattern(written, re.compile(_template(written), re.MULTILINE), tuple(signs))


def _checked_expression(written: str) -> re.Pattern[str]:
    try:
        expression = re.compile(written, re.MULTILINE)
    except re.error as error:
        raise _wrong(
            written, f"this is not a regular expression ({error.msg})", (error.pos or 0) + 1
        ) from error
    unknown = [name for name in expression.groupindex if name not in ("speaker", "time", "text")]
    if unknown:
        at = written.index(f"(?P<{unknown[0]}>") + 1
        raise _wrong(written, f'there is no field "{unknown[0]}", only speaker, time and text', at)
    if "speaker" not in expression.groupindex:
        raise _wrong(written, "the group (?P<speaker>...) is missing", len(written))
    if expression.match(""):
        raise _wrong(written, "the expression also matches empty text", 1)
    return expression


def _template(written: str) -> str:
    parts = list(_parts(written))
    fields = [field for field, _, _ in parts if field]
    if "speaker" not in fields:
        raise _wrong(written, "{speaker} is missing", len(written) or 1)
    out = [rf"^{GAP}*{_NUMBER}"]
    for number, (field, plain, at) in enumerate(parts):
        following = parts[number + 1][1] if number + 1 < len(parts) else None
        if not field:
            out.append(_plain(plain, ends=number + 1 == len(parts)))
            continue
        if field != "any" and fields.count(field) > 1 and field in [part for part, _, _ in parts[:number]]:
            raise _wrong(written, f"{{{field}}} occurs twice", at)
        if field == "text" and number + 1 < len(parts):
            raise _wrong(written, "nothing may follow {text}", at)
        if field in ("speaker", "any") and not _ends(following, parts[number + 1 :]):
            raise _wrong(written, f"nothing shows where {{{field}}} ends", at)
        out.append(_FIELDS[field])
    if not parts[-1][0] and not parts[-1][1].endswith("\n"):
        out.append(r"(?!//)")
    return "".join(out) + (f"{GAP}*" if not parts[-1][1].endswith("\n") else "")


def _parts(written: str) -> Iterator[tuple[str, str, int]]:
    """Yield each part of a template: its field or "", its plain text, and its position counted from 1."""
    plain, began = "", 1
    for part in _PARTS.finditer(written):
        at = part.start() + 1
        if part["alone"]:
            missing = "}" if part["alone"] == "{" else "{"
            raise _wrong(written, f'the "{part["alone"]}" has no "{missing}"', at)
        if part["field"] is None:
            began = began if plain else at
            plain += part["brace"][0] if part["brace"] else _escaped(part["plain"])
            continue
        if part["field"] not in _FIELDS:
            fields = ", ".join(f"{{{name}}}" for name in _FIELDS)
            raise _wrong(written, f"{{{part['field']}}} is not one of {fields}", at)
        if plain:
            yield "", plain, began
            plain = ""
        yield part["field"], "", at
    if plain:
        yield "", plain, began


def _escaped(plain: str) -> str:
    return plain.replace("\\n", "\n").replace("\\t", "\t")


def _ends(following: str | None, rest: list[tuple[str, str, int]]) -> bool:
    """Return whether the text after a run of words can be distinguished from further words."""
    if following is None:
        return False
    if following.strip(_WHITE):
        return True
    return bool(following) and len(rest) > 1 and rest[1][0] == "time"


def _plain(plain: str, *, ends: bool) -> str:
    out = []
    for run in re.findall(rf"[{_WHITE}]*[\n\t]+[{_WHITE}\n\t]*|[{_WHITE}]+|[^{_WHITE}\n\t]+", plain):
        if "\n" in run:
            out.append(_NEW_LINE)
        elif "\t" in run:
            out.append(rf"[ \u00a0]*\t{GAP}*")
        elif run.strip(_WHITE):
            out.append(re.escape(run))
        else:
            out.append(f"{GAP}+")
    if ends and plain.endswith("\n"):
        out[-1] = _LINE_ENDS
    return "".join(out)


def _wrong(written: str, what: str, at: int) -> UsageError:
    return UsageError(f'the pattern "{written}" cannot be used: {what} (character {at}).', todo=_EXAMPLE)
