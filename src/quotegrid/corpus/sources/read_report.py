"""Reads a report as a source: its attributed quotes, the participants quoted, and warnings about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotegrid.corpus.people.attributes import area_attributes
from quotegrid.corpus.sources.source_file import ReadSource, SourceFile
from quotegrid.corpus.sources.speaker_values import (
    from_attributions,
    from_flags,
    from_header,
    from_tables,
    speaker_of,
)
from quotegrid.corpus.sources.speaker_warnings import (
    area_not_known,
    contradictions,
    groups_not_known,
    unknown_areas,
    unlisted_groups,
)
from quotegrid.corpus.text.speaker_names import name_of_unnamed
from quotegrid.domain.sources.model import (
    AttributedQuote,
    Certainty,
    QuoteKind,
    ReadWarning,
    Segment,
    SegmentKind,
    SourceKind,
    Speaker,
    WarningKind,
)

_SEGMENT_KINDS = {QuoteKind.BLOCK: SegmentKind.BLOCK, QuoteKind.INLINE: SegmentKind.INLINE}


def read_report(file: SourceFile, quotes: Sequence[AttributedQuote]) -> ReadSource:
    """Read a report: its attributed quotes become the segments, its numbered participants the speakers.

    Args:
        file: The report's file.
        quotes: Its quotes, with offsets into its text.

    Returns:
        The source, with warnings and the number of quotes of each kind.
    """
    areas = file.options.areas
    quotes = [replace(quote, area=areas.standard(quote.area)) if quote.area else quote for quote in quotes]
    speakers = _participants(file, quotes)
    segments, unsure = _segments(file, quotes, speakers)
    warnings = [*file.read.warnings, *unsure]
    warnings += groups_not_known([label for label, speaker in speakers.items() if speaker.group is None])
    for speaker in speakers.values():
        warnings += contradictions(speaker, file.name)
    warnings += unlisted_groups(speakers, file.name, file.stakeholders)
    warnings += unknown_areas(speakers, file.name, areas)
    warnings += _unknown_areas_of_quotes(file, segments)
    if not segments:
        what = "no attributed quotes were found; --kind document reads all of its text."
        warnings.append(ReadWarning(WarningKind.TEXT, what))
    area = file.area()
    unknown = None if area is None else areas.unknown(area)
    if area is not None and unknown is not None:
        warnings.append(area_not_known(area, unknown))
    source = file.source(SourceKind.REPORT, segments, speakers)
    return ReadSource(source, tuple(warnings), Counter(quote.kind for quote in quotes))


def _segments(
    file: SourceFile, quotes: Sequence[AttributedQuote], speakers: Mapping[str, Speaker]
) -> tuple[list[Segment], list[ReadWarning]]:
    """Return the quotes that somebody said, and warnings about quotes whose speaker is uncertain."""
    segments: list[Segment] = []
    warnings: list[ReadWarning] = []
    for quote in quotes:
        kind = _SEGMENT_KINDS.get(quote.kind)
        if kind is None:
            continue
        group = None
        if quote.case is None:
            group = file.stakeholders.group_of_role(quote.role) if quote.role else None
            if group is None:
                what = f'the role "{quote.role}" is in no group of [stakeholders].'
                names = (quote.role,) if quote.role else ()
                many = "{count} roles are in no group of [stakeholders]"
                line = file.line_of(quote.end)
                warnings.append(ReadWarning(WarningKind.GROUP, what, line, names=names, many=many))
        if quote.certainty is Certainty.UNSURE:
            what = f'it is not certain that "{quote.role}" says who is quoted.'
            warnings.append(ReadWarning(WarningKind.WORDS, what, file.line_of(quote.end)))
        area = None if quote.case and speakers[quote.case].area else quote.area
        segments.append(
            Segment(
                start=quote.start,
                end=quote.end,
                kind=kind,
                heading=quote.heading,
                role=quote.role,
                group=group,
                certainty=quote.certainty,
                voice=quote.voice,
                headings=quote.headings,
                box=quote.box,
                area=area,
                case=quote.case,
                attributes=area_attributes(file.rows, area),
            )
        )
    return segments, warnings


def _participants(file: SourceFile, quotes: Sequence[AttributedQuote]) -> dict[str, Speaker]:
    """Return the participants quoted by number, with the values that attributions and files give them."""
    of_case: dict[str, list[AttributedQuote]] = {}
    for quote in quotes:
        if quote.case is not None:
            of_case.setdefault(quote.case, []).append(quote)
    return {label: _participant(file, label, told) for label, told in of_case.items()}


def _participant(file: SourceFile, label: str, quotes: Sequence[AttributedQuote]) -> Speaker:
    """Return a participant; the report's own area applies to them only if no quote has one."""
    name = name_of_unnamed(file.name, label)
    names_area = any(quote.area is not None for quote in quotes)
    said = [value for value in from_flags(file) if value.field == "area" and not names_area]
    said += from_tables(file, label, name, only=False, names_area=names_area)
    said += [
        value
        for value in from_header(file, label, None, only=False)
        if value.field != "area" or not names_area
    ]
    said += from_attributions(file, quotes)
    return speaker_of(file, name, said)


def _unknown_areas_of_quotes(file: SourceFile, segments: Sequence[Segment]) -> list[ReadWarning]:
    first: dict[str, Segment] = {}
    for segment in segments:
        if segment.area is not None:
            first.setdefault(segment.area, segment)
    return [
        area_not_known(area, what, file.line_of(segment.end))
        for area, segment in first.items()
        if (what := file.options.areas.unknown(area)) is not None
    ]
