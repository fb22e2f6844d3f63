"""Reads one file into a source: its text, its header, its kind, and then its turns or quotes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quotegrid.corpus.answers.recognise import is_tabbed_talk
from quotegrid.corpus.answers.tables import read_table
from quotegrid.corpus.people.attributes import AttributeRow
from quotegrid.corpus.readers import PARAGRAPHS_APART, TABLES, read_file
from quotegrid.corpus.readers.guard import guarded
from quotegrid.corpus.sources.read_report import read_report
from quotegrid.corpus.sources.read_transcript import read_transcript
from quotegrid.corpus.sources.reading_options import ReadingOptions
from quotegrid.corpus.sources.source_file import ReadSource, SourceFile
from quotegrid.corpus.sources.source_kinds import kind_and_quotes
from quotegrid.corpus.text.headers import canonical, header_block, sort_header
from quotegrid.corpus.text.legends import find_legend
from quotegrid.corpus.text.line_numbers import without_line_numbers
from quotegrid.corpus.text.running_heads import without_running_heads
from quotegrid.corpus.text.speaker_names import is_interviewer
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import HeaderValue, ReadText, SourceKind
from quotegrid.domain.text.repairs import Repair
from quotegrid.errors import ReadError

_VALUES = frozenset({"date", "group", "role", "area"})
"""The header fields that may say that a value is not known."""
__all__ = ["ReadSource", "ReadingOptions", "read_source"]


def read_source(
    path: Path,
    name: str,
    options: ReadingOptions,
    stakeholders: Stakeholders,
    rows: Sequence[AttributeRow] = (),
) -> ReadSource:
    """Read one file into a source.

    A speaker's values are taken from the first of these that gives them: flags, the columns of a table of
    answers, attributes tables, the header, the words beside the speaker's label; the group may follow from
    the role.

    Args:
        path: The file.
        name: The source's name in the study.
        options: The user's flags.
        stakeholders: The study's groups and roles.
        rows: The rows of all attributes files.

    Returns:
        The source, with warnings.

    Raises:
        ReadError: If the file cannot be read.
    """
    with guarded(path):
        return _read_source(path, name, options, stakeholders, rows)


def _read_source(
    path: Path,
    name: str,
    options: ReadingOptions,
    stakeholders: Stakeholders,
    rows: Sequence[AttributeRow],
) -> ReadSource:
    if path.suffix.lower() in TABLES:
        read = read_table(path, options.columns, options.attributes, options.missing)
    else:
        read = _tabbed(path, options) or _without_line_numbers(read_file(path))
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    apart = path.suffix.lower() in PARAGRAPHS_APART
    if read.turns is None and not read.pages:
        read = without_running_heads(read, joins=apart)
    in_front_matter = bool(read.header or read.speakers or read.turns is not None)
    if not in_front_matter:
        header, body_start = header_block(read.text, blank_lines_end=not apart)
        read = replace(read, header=header, body_start=body_start)
    read = _with_legend(read)
    kind, quotes = kind_and_quotes(read, options, stakeholders, rows)
    fields, own, warnings = sort_header(read.header, options.attributes)
    has_strange_fields = len(fields) + len(own) < len(read.header)
    if has_strange_fields and not in_front_matter and kind is not SourceKind.TRANSCRIPT:
        # Lines that look like fields in running prose are part of the prose.
        fields, own, warnings, read = {}, {}, (), replace(read, header={}, body_start=0, legend={})
    fields = {
        name: said
        for name, said in fields.items()
        if name not in _VALUES or said.value not in options.missing
    }
    own = {name: said for name, said in own.items() if said.value not in options.missing}
    read = replace(read, warnings=(*read.warnings, *warnings))
    file = SourceFile(path, name, file_hash, read, fields, own, options, stakeholders, rows)
    return read_report(file, quotes) if kind is SourceKind.REPORT else read_transcript(file, kind)


def _tabbed(path: Path, options: ReadingOptions) -> ReadText | None:
    """Return a text file that is a table of turns as such; None if not, or if options say how to read it."""
    is_told = options.kind is not None or options.speakers is not None
    if path.suffix.lower() != ".txt" or is_told or not is_tabbed_talk(path):
        return None
    try:
        return read_table(path, None, options.attributes, options.missing)
    except ReadError:
        return None


def _without_line_numbers(read: ReadText) -> ReadText:
    """Return a text without the numbers in the margin of its lines, where it has any."""
    has_looks = bool(read.styles) and not read.pages
    if read.turns is not None or has_looks or read.comments or read.body_start:
        return read
    found = without_line_numbers(read.text)
    if found is None:
        return read
    repairs = {**read.repairs, Repair.LINE_NUMBERS.value: found.numbers}
    if found.furniture:
        repairs[Repair.PAGE_FURNITURE.value] = found.furniture
    pages = tuple(map(found.offset_of, read.pages))
    styles = tuple(
        replace(style, start=found.offset_of(style.start), end=found.offset_of(style.end))
        for style in read.styles
    )
    return replace(read, text=found.text, pages=pages, repairs=repairs, styles=styles)


def _with_legend(read: ReadText) -> ReadText:
    """Return a text with its legend, and with the interviewers that it names if the header names none."""
    if read.turns is not None:
        return read
    legend = find_legend(read.text, read.body_start)
    names = {**legend.names, **read.legend}
    header = dict(read.header)
    asking = [label for label, name in names.items() if is_interviewer(name) or _says_interviewer(name)]
    if asking and not any(canonical(field) == "interviewer" for field in header):
        line = read.text.count("\n", 0, max(legend.end - 1, 0)) + 1
        header["interviewer"] = HeaderValue(", ".join(asking), line)
    return replace(read, header=header, legend=names, body_start=max(read.body_start, legend.end))


def _says_interviewer(name: str) -> bool:
    """Return whether a legend's words name a person as an interviewer: "Jo Field (interviewer)"."""
    return any(len(word) > 2 and is_interviewer(word) for word in re.findall(r"[^\W\d_]+", name))
