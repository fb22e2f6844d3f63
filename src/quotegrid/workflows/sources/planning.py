"""The reading of an import's plans, and their check against the study's groups and areas."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotegrid.corpus.people.plans import read_plan
from quotegrid.domain.matrix.coverage import Planned
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.errors import DataError, ReadError
from quotegrid.workflows.sources.reading_files import Reading
from quotegrid.workflows.study.names import closest


@dataclass(slots=True)
class ReadPlans:
    """The plans of an import."""

    lines: list[Planned] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    """The usable files."""
    problems: list[DataError] = field(default_factory=list)
    warnings: list[tuple[Path, ReadWarning]] = field(default_factory=list)


def read_plans(reading: Reading, study_areas: Collection[str]) -> ReadPlans:
    """Read the plans of an import.

    Areas get the study's standard names. Where attributes tables list the areas, a plan may name no others
    Areas get the study's standard names. Where attributes tables list the areas, a plan may name only those
    and those of the settings; elsewhere an area that nobody comes from yet is a warning.

    Args:
        reading: The files.
        study_areas: The areas of the cases and sources, including those of this import.
    """
    found = ReadPlans()
    listed = {row.area for row in reading.rows if row.is_about_area and row.area}
    standard = reading.options.areas
    areas = {area.casefold(): area for area in (*study_areas, *sorted(listed), *standard.names)}
    names = list(areas.values())
    for file in reading.plan_files:
        try:
            lines = [_with_group(line, reading.stakeholders) for line in read_plan(file)]
            lines = [_with_standard_area(line, standard) for line in lines]
            _check_together(file, lines, found.lines)
            if listed:
                lines = [_with_area(line, file, areas) for line in lines]
        except DataError as error:
            found.problems.append(error)
            continue
        for line in lines:
            area = line.attributes.get("area")
            if area is not None and area.casefold() not in areas:
                what = f'no case comes from the area "{area}" so far. {closest(area, names, "areas")}'
                found.warnings.append((file, ReadWarning(WarningKind.AREA, what, line.line)))
        found.lines += lines
        found.files.append(file)
    return found


def _with_group(line: Planned, stakeholders: Stakeholders) -> Planned:
    group = line.attributes.get("group")
    named = None if group is None else stakeholders.group_named(group)
    return line if named is None else replace(line, attributes={**line.attributes, "group": named})


def _with_standard_area(line: Planned, areas: Areas) -> Planned:
    area = line.attributes.get("area")
    if area is None:
        return line
    return replace(line, attributes={**line.attributes, "area": areas.standard(area)})


def _with_area(line: Planned, file: Path, areas: dict[str, str]) -> Planned:
    area = line.attributes.get("area")
    if area is None:
        return line
    known = areas.get(area.casefold())
    if known is None:
        raise ReadError(
            f'the area "{area}" is not one of the study.',
            file=file,
            line=line.line,
            todo=f"{closest(area, list(areas.values()), 'areas')} "
            "If it is a new one, give it a line in the attributes table.",
        )
    return replace(line, attributes={**line.attributes, "area": known})


def _check_together(file: Path, lines: Sequence[Planned], others: Sequence[Planned]) -> None:
    """Refuse plans that use different attributes or repeat a line."""
    for line in lines:
        for other in others:
            if line.attributes.keys() != other.attributes.keys():
                raise ReadError(
                    f"this plan goes by {_listed(line)}, and {other.file} by {_listed(other)}.",
                    file=file,
                    line=1,
                    todo="Use one of them, or give both the same columns.",
                )
            if _folded(line) == _folded(other):
                raise ReadError(
                    f"the same values stand in {other.file}, line {other.line}.", file=file, line=line.line
                )


def _listed(line: Planned) -> str:
    return " and ".join(line.attributes)


def _folded(line: Planned) -> dict[str, str]:
    return {name: value.casefold() for name, value in line.attributes.items()}
