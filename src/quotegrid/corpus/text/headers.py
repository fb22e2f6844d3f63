"""Reads the block of `Field: value` lines at the top of a file, and sorts what a header tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from quotegrid.corpus.text.speaker_names import is_generic, is_interviewer, is_part, stands_for
from quotegrid.domain.sources.model import HeaderValue, ReadWarning, WarningKind
from quotegrid.domain.text.languages import parse_language
from quotegrid.domain.text.normalise import one_line, shortened

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "interview", "subject"),
    "date": ("date", "interview date", "date of interview"),
    "participant": ("participant", "interviewee", "respondent", "case", "speaker", "name", "pseudonym"),
    "interviewer": ("interviewer", "moderator", "facilitator", "researcher", "interviewed by"),
    "group": ("group", "stakeholder", "stakeholder group"),
    "role": ("role", "job", "job title", "position"),
    "area": ("area", "local area", "place"),
    "speakers": ("speakers", "participants"),
    "kind": ("kind",),
    "notice": ("notice", "note", "notes", "disclaimer"),
    "recording": ("recording", "duration", "length", "transcriber", "transcribed by", "location"),
    "language": ("language",),
}
"""The fields that a header may have, each with its other spellings."""

_CANONICAL = {spelling: field for field, spellings in FIELDS.items() for spelling in spellings}
_ABOUT = frozenset({"title", "date", "group", "role", "area"})
_SPEAKERS = frozenset({"participant", "interviewer"})
PARTICULARS = frozenset(
    """
    project study programme program site setting venue context product device task condition scenario session
    round version file filename audio video media start end length format mode method medium purpose number
    country region school class age gender sex occupation profession education ethnicity consent status
    time hour
    keywords tags link url episode series publisher copyright present attendees absent apologies agenda topic
    """.split()
)
"""Words that end the names of further fields of headers, of which quotegrid uses none by itself."""
FIELD_LINE = re.compile(r"^\s*(?:\*\*)?([A-Za-z][\w .'\u2019/#&-]{1,40}?)(?:\*\*)?\s*:(?:\*\*)?\s+(\S.*)$")
"""Matches a line of a header, and a turn whose label a colon ends; the groups are the name and the rest."""
_EMPTY_FIELD = re.compile(r"^\s*(?:\*\*)?([A-Za-z][\w .'\u2019/#&-]{1,40}?)(?:\*\*)?\s*:(?:\*\*)?\s*$")
_SENTENCE_END = re.compile(r"[.?!\u2026][\"'\u2019\u201d)]*$")
_NUMBERED_DATE = re.compile(r"^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_LONGEST_VALUE = 160
_LONGEST_NAME_WORDS = 8
_ARTICLES = frozenset({"the", "a", "an"})
"""Words that begin many titles ("The shed: an interview") and no field name."""
_BETWEEN_NAMES = frozenset({"and", "de", "van", "von", "of", "the", "for", "not", "&"})


def canonical(field: str) -> str | None:
    """Return the standard name of a header field, or None if it is not one."""
    return _CANONICAL.get(one_line(field.replace("_", " ").replace("-", " ")).casefold())


def names_in(value: str | None) -> list[str]:
    """Return the names that a field lists: "Jo Field and Sam Reed", "Jo Field, Sam Reed"."""
    return [name for name in re.split(r"\s*(?:[,;/&]|\band\b)\s*", value or "") if name]


def header_block(text: str, *, blank_lines_end: bool = True) -> tuple[dict[str, HeaderValue], int]:
    """Read the `Field: value` lines at the top of a transcript, up to the first speaker turn or other line.

    Up to four lines without a field (a title, a notice) may precede them. The lines count as a header only if
    they include a title, date, group, role or area, or name people who are not used as labels later on, or
    are particulars above a talk (`_particulars`).

    Args:
        text: The normalised text.
        blank_lines_end: Whether only a standard field or particular continues the header after a blank line;
            False for formats whose paragraphs are always a blank line apart (Word documents).

    Returns:
        The fields by the names written there, and the offset at which the body begins.
    """
    lines = text.split("\n")
    labels = Counter(match[1].casefold() for line in lines if (match := FIELD_LINE.match(line)))
    particulars = _particulars(lines, labels)
    header: dict[str, HeaderValue] = {}
    seen: set[str] = set()
    position = 0
    leading = 0
    body_start = 0
    after_blank = False
    for number, line in enumerate(lines, start=1):
        position += len(line) + 1
        if not line.strip():
            after_blank = blank_lines_end and bool(header)
            continue
        empty = _EMPTY_FIELD.match(line)
        if empty is not None and canonical(empty[1]) not in (None, *_SPEAKERS, *seen):
            body_start = position
            continue
        match = FIELD_LINE.match(line)
        if match is None or match[1].split()[0].casefold() in _ARTICLES:
            leading += 1
            if header or leading > 4:
                break
            continue
        name, value = match[1].strip(), match[2].strip()
        field = canonical(name)
        is_particular = number in particulars
        if field in seen or (len(value) > _LONGEST_VALUE and not is_particular):
            break
        if after_blank and field is None and not is_particular:
            break
        comes_back = labels[name.casefold()] > 1
        if not is_particular and _is_turn(
            name, field, value, header, comes_back=comes_back, apart=after_blank
        ):
            break
        if field is not None:
            seen.add(field)
        header[name] = HeaderValue(value, number)
        body_start = position
    names_people = bool(seen) and not any(labels[name.casefold()] > 1 for name in header)
    is_header = seen & _ABOUT or (seen & _SPEAKERS and names_people) or particulars
    return (header, min(body_start, len(text))) if is_header else ({}, 0)


def _particulars(lines: Sequence[str], labels: Mapping[str, int]) -> frozenset[int]:
    """Return the lines, counted from 1, that tell particulars of a talk: "Product: a kettle".

    They stand in paragraphs above the first label that comes back, in none of which is anything else. Such a
    paragraph tells particulars if all its lines are known ones or end unlike a sentence; one such line is
    enough for lines set close together above turns that stand apart.
    """
    talk = next((number for number, line in enumerate(lines) if _begins_talk(line, labels)), None)
    if talk is None:
        return frozenset()
    is_apart = talk + 1 < len(lines) and not lines[talk + 1].strip()
    found: set[int] = set()
    for first, last in _paragraphs(lines[:talk]):
        matches = [FIELD_LINE.match(line) for line in lines[first:last]]
        fields = [match for match in matches if match and _may_be_particular(match[1], labels)]
        told = [_is_told(match[1], match[2]) for match in fields]
        is_close = is_apart and len(fields) > 1
        if len(fields) == len(matches) and (all(told) or (is_close and any(told))):
            found.update(range(first + 1, last + 1))
    return frozenset(found)


def _begins_talk(line: str, labels: Mapping[str, int]) -> bool:
    match = FIELD_LINE.match(line)
    return match is not None and canonical(match[1]) is None and labels[match[1].casefold()] > 1


def _paragraphs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first line of each paragraph and the one after its last, counted from 0."""
    edges = [number for number, line in enumerate([*lines, ""]) if not line.strip()]
    begins = [0, *(edge + 1 for edge in edges[:-1])]
    return [(first, last) for first, last in zip(begins, edges, strict=True) if first < last]


def _may_be_particular(name: str, labels: Mapping[str, int]) -> bool:
    is_known = canonical(name) not in (None, *_SPEAKERS) or _is_known_particular(name)
    is_person = is_part(name) or canonical(name) in _SPEAKERS or (name.isupper() and not is_known)
    return labels[name.casefold()] == 1 and not is_person and name.split()[0].casefold() not in _ARTICLES


def _is_told(name: str, value: str) -> bool:
    is_known = canonical(name) is not None or _is_known_particular(name)
    return is_known or _SENTENCE_END.search(value) is None


def _is_known_particular(name: str) -> bool:
    return one_line(name).casefold().rstrip(".#").split()[-1] in PARTICULARS


def _is_turn(
    name: str,
    field: str | None,
    value: str,
    header: Mapping[str, HeaderValue],
    *,
    comes_back: bool,
    apart: bool,
) -> bool:
    """Return whether a `Field: value` line is something said rather than part of the header."""
    people = [said.value for other, said in header.items() if canonical(other) in _SPEAKERS]
    if field is None:
        return (
            comes_back
            or name.isupper()
            or is_generic(name)
            or is_interviewer(name)
            or stands_for(name, people) is not None
        )
    if field not in _SPEAKERS:
        return False
    if not _is_name(value) or (comes_back and apart):
        return True
    return comes_back and name.isupper() and any(not other.isupper() for other in header)


def _is_name(value: str) -> bool:
    words = value.split()
    if (
        len(words) > _LONGEST_NAME_WORDS
        or value[-1] in "?!\u2026"
        or (value[-1] == "." and len(words[-1]) > 3)
    ):
        return False
    return all(not word[0].islower() or word.rstrip(",").casefold() in _BETWEEN_NAMES for word in words)


def sort_header(
    header: Mapping[str, HeaderValue], attributes: tuple[str, ...]
) -> tuple[dict[str, HeaderValue], dict[str, HeaderValue], tuple[ReadWarning, ...]]:
    """Sort a header's fields into standard fields and the study's own attributes.

    A field that is neither is left out with a warning, because other programs write fields of their own.

    Args:
        header: The fields by the names written in the file.
        attributes: The study's own attributes.

    Returns:
        The standard fields by their standard names, the study's own attributes, and the warnings.
    """
    fields: dict[str, HeaderValue] = {}
    own: dict[str, HeaderValue] = {}
    warnings: list[ReadWarning] = []
    allowed = {known.casefold().replace(" ", "_"): known for known in attributes}
    for name, value in header.items():
        field = canonical(name)
        attribute = allowed.get(name.casefold().replace(" ", "_").replace("-", "_"))
        if field is not None:
            fields[field] = value
        elif attribute is not None:
            own[attribute] = value
        else:
            what = (
                f'"{shortened(name, 60)}" is not a header field and was left out; to keep it as an '
                "attribute, add it to attributes under [import] in quotegrid.toml."
            )
            many = "{count} fields are no header fields and were left out"
            warnings.append(ReadWarning(WarningKind.TEXT, what, value.line, names=(name,), many=many))
    day = fields.get("date")
    if day is not None and not _is_day(day.value):
        what = f'the date "{day.value}" is not a calendar date; it was kept as written.'
        warnings.append(ReadWarning(WarningKind.TEXT, what, day.line))
    language = fields.get("language")
    if language is not None and parse_language(language.value) is None:
        what = f'"{language.value}" is no language that is known by its English name or its code.'
        warnings.append(ReadWarning(WarningKind.TEXT, what, language.line))
    return fields, own, tuple(warnings)


def _is_day(text: str) -> bool:
    """Return whether a date may be valid; only a numeric date with the year first can be shown not to be."""
    found = _NUMBERED_DATE.match(text)
    if found is None:
        return True
    try:
        date(*(int(part) for part in found.groups()))
    except ValueError:
        return False
    return True
