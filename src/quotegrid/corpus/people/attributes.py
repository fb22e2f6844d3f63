"""Reads attributes files: tables that describe areas, sources or speakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from quotegrid.corpus.answers.rows import table_lines
from quotegrid.corpus.readers.guard import guarded
from quotegrid.corpus.readers.plain import decode
from quotegrid.corpus.text.headers import canonical
from quotegrid.domain.people.case_values import Origin, StatedValue, area_key
from quotegrid.domain.text.normalise import normalise, one_line
from quotegrid.errors import ReadError

SOURCE_COLUMNS = frozenset({"source", "file", "filename", "transcript"})
_WHO = ("group", "role", "area")


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """One line of an attributes file: whom or what it is about, and the values it gives."""

    file: str
    line: int
    source: str | None
    speaker: str | None
    area: str | None
    group: str | None
    role: str | None
    attributes: Mapping[str, str]
    area_written: str = ""
    """The area as the file writes it, where `[areas]` has another name for it; else empty."""

    @property
    def is_about_area(self) -> bool:
        """Return whether the row describes an area rather than a source or a speaker."""
        return self.source is None and self.speaker is None


def read_attributes(path: Path) -> tuple[AttributeRow, ...]:
    """Read an attributes file.

    The columns source and speaker, or area, say what a row is about; group, role and area describe a speaker;
    every other column is an attribute.

    Raises:
        ReadError: If the file is not a table, has none of the key columns or a column twice, or two rows
            contradict each other.
    """
    with guarded(path):
        return _read_attributes(path)


def _read_attributes(path: Path) -> tuple[AttributeRow, ...]:
    lines = table_lines(path)
    head = next((row for row in lines if any(map(str.strip, row.cells))), None)
    if head is None:
        raise ReadError("the file is empty.", file=path, todo="Leave it out, or fill it.")
    columns = list(map(one_line, head.cells))
    while not columns[-1]:
        columns.pop()
    meanings = [meaning_of(column) for column in columns]
    for place, meaning in enumerate(meanings):
        if meaning in meanings[:place]:
            raise ReadError(
                f'there are two columns for "{meaning}": {meanings.index(meaning) + 1} and {place + 1}.',
                file=path,
                line=head.number,
                todo="Leave one of them out, or give it another name.",
            )
    if not {"source", "speaker", "area"} & set(meanings):
        raise ReadError(
            "no column says what a row is about.",
            file=path,
            line=head.number,
            todo="Name one source, speaker or area.",
        )
    rows: list[AttributeRow] = []
    said: dict[tuple[str | None, ...], dict[str, tuple[str, int]]] = {}
    for line in lines:
        cells = [line.merged.get(place, cell) for place, cell in enumerate(line.cells)]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
            raise ReadError(
                f"this row has {len(cells)} columns, the first line {len(columns)}.",
                file=path,
                line=line.number,
                todo="Put text that holds a separator into quotation marks.",
            )
        values = {
            meaning: one_line(cell) for meaning, cell in zip(meanings, cells, strict=False) if cell.strip()
        }
        row = AttributeRow(
            file=path.name,
            line=line.number,
            source=values.pop("source", None),
            speaker=values.pop("speaker", None),
            area=values.pop("area", None),
            group=values.pop("group", None),
            role=values.pop("role", None),
            attributes=values,
        )
        about_area = row.is_about_area
        if about_area and row.area is None:
            raise ReadError("this row does not say whom or what it is about.", file=path, line=line.number)
        if about_area and (row.group or row.role):
            raise ReadError(
                "a group or role needs a source or a speaker, not only an area.", file=path, line=line.number
            )
        key = tuple(
            None if value is None else value.casefold()
            for value in (row.source, row.speaker, row.area if about_area else None)
        )
        _refuse_contradiction(path, row, said.setdefault(key, {}))
        rows.append(row)
    return tuple(rows)


def _refuse_contradiction(path: Path, row: AttributeRow, said: dict[str, tuple[str, int]]) -> None:
    """Refuse a row that gives another value than an earlier row about the same; take its values in otherwise.

    Args:
        path: The table.
        row: The row.
        said: What earlier rows say of the same source, speaker or area, by field, each with its line.
    """
    area = {} if row.is_about_area else {"area": row.area}
    for name, value in {"group": row.group, "role": row.role, **area, **row.attributes}.items():
        before, line = said.get(name, (value, row.line))
        if value and before and value.casefold() != before.casefold():
            about = " in ".join(part for part in (row.speaker, row.source) if part) or row.area
            raise ReadError(
                f'the {name} of "{about}" is "{value}" here, and "{before}" on line {line}.',
                file=path,
                line=row.line,
                todo="Leave one of the two rows out.",
            )
        if value:
            said.setdefault(name, (value, row.line))


def is_attributes_file(path: Path) -> bool:
    """Return whether the first line of a CSV file has a key column: source, speaker or area."""
    try:
        with guarded(path):
            first = normalise(decode(path).text).split("\n", 1)[0]
    except ReadError:
        return False
    for separator in ",;\t":
        cells = [meaning_of(one_line(cell.strip('" '))) for cell in first.split(separator)]
        if len(cells) > 1 and {"source", "speaker", "area"} & set(cells):
            return True
    return False


def area_attributes(rows: Sequence[AttributeRow], area: str | None) -> dict[str, str]:
    """Return the attributes that the rows about areas give to one area."""
    found: dict[str, str] = {}
    for row in rows:
        if row.is_about_area and row.area and area and row.area.casefold() == area.casefold():
            found.update(row.attributes)
    return found


def is_about_source(row: AttributeRow, source: str) -> bool:
    """Return whether a row is about a source or a speaker in it; a row may omit the folder and suffix."""
    return not row.is_about_area and (row.source is None or row.source.casefold() in _names_of(source))


@lru_cache(maxsize=4096)
def _names_of(source: str) -> frozenset[str]:
    # Every row of a table is compared with every source.
    return frozenset({source.casefold(), Path(source).name.casefold(), Path(source).stem.casefold()})


def source_attributes(rows: Sequence[AttributeRow], source: str) -> tuple[str | None, dict[str, str]]:
    """Return the area and the attributes that the rows give to a whole source, whoever speaks in it."""
    area: str | None = None
    found: dict[str, str] = {}
    for row in rows:
        if row.speaker is None and is_about_source(row, source):
            area = row.area or area
            found.update(row.attributes)
    return area, found


def emptied_cells(rows: Sequence[AttributeRow], source: str) -> set[str]:
    """Return the attributes that a table has a column for but that no row about the source gives a value."""
    about = [row for row in rows if row.speaker is None and is_about_source(row, source)]
    files = {row.file for row in about}
    columns = {name for row in rows if row.file in files for name in row.attributes}
    return columns - {name for row in about for name in row.attributes}


def speaker_rows(rows: Sequence[AttributeRow], source: str, label: str, only: bool) -> list[AttributeRow]:
    """Return the rows about a speaker of a source.

    Args:
        rows: All rows.
        source: The source's name; a row may omit its folder and suffix.
        label: The speaker's name or label.
        only: Whether this is the source's only speaker, so that a row about the source is about them.
    """
    found = []
    for row in rows:
        if row.is_about_area or not is_about_source(row, source):
            continue
        if row.speaker is None:
            if only:
                found.append(row)
        elif row.speaker.casefold() == label.casefold():
            found.append(row)
    return found


def values_of_speaker(
    rows: Sequence[AttributeRow],
    source: str,
    names: Sequence[str],
    only: bool,
    *,
    names_area: bool = False,
) -> list[StatedValue]:
    """Return the values that rows give to a speaker, those of rows naming both source and speaker first.

    A row about a whole source applies to all its speakers where no row about the speaker has a value; its
    attributes belong to the source itself.

    Args:
        rows: All rows.
        source: The source's name.
        names: The speaker's label, then other names; each is used only if no row names an earlier one.
        only: Whether this is the source's only speaker.
        names_area: Whether the source itself gives the speaker's area, so that the area of the whole source
            does not apply to them.
    """
    own: list[AttributeRow] = []
    for name in names:
        own = [row for row in speaker_rows(rows, source, name, only) if row.speaker is not None]
        if own:
            break
    own.sort(key=lambda row: row.source is None)
    said = [value for row in own for value in _said(row, only=True)]
    known = {value.field for value in said}
    about_all = [row for row in rows if row.speaker is None and is_about_source(row, source)]
    general = [value for row in about_all for value in _said(row, only=only)]
    if names_area:
        known.add("area")
    return [*said, *(value for value in general if value.field not in known)]


def values_of_areas(rows: Sequence[AttributeRow]) -> dict[str, list[StatedValue]]:
    """Return the attributes that the rows give to each area, by `area_key`; later rows take precedence."""
    found: dict[str, dict[str, StatedValue]] = {}
    for row in rows:
        if row.is_about_area and row.area:
            for name, value in row.attributes.items():
                said = StatedValue(name, value, Origin.DERIVED, row.file, row.line)
                found.setdefault(area_key(row.area), {})[name] = said
    return {area: list(values.values()) for area, values in found.items()}


def _said(row: AttributeRow, *, only: bool) -> list[StatedValue]:
    """Return the values that a row gives to a speaker; a row about several leaves out group and role."""
    who = {"group": row.group, "role": row.role} if only else {}
    own = row.attributes if row.speaker is not None else {}
    values = {**who, "area": row.area, **own}
    said = [
        StatedValue(field, value, Origin.TABLE, row.file, row.line)
        for field, value in values.items()
        if value
    ]
    return [replace(value, written=row.area_written) if value.field == "area" else value for value in said]


def meaning_of(column: str) -> str:
    """Return what an attributes column means: source, speaker, group, role, area or an attribute."""
    if column.casefold() in SOURCE_COLUMNS:
        return "source"
    field = canonical(column)
    if field == "participant":
        return "speaker"
    if field in _WHO:
        return field
    return column.casefold().replace(" ", "_").replace("-", "_")
