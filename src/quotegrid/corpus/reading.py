"""A file as a source: reader, header, turns or quotes, speakers, segments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quotegrid.corpus.attributes import (
    AttributeRow,
    area_attributes,
    is_about_source,
    merged,
    source_attributes,
    speaker_rows,
)
from quotegrid.corpus.headers import canonical, checked, header_block, names_in
from quotegrid.corpus.readers import PARAGRAPHS_APART, TABLES, read_file
from quotegrid.corpus.reports import find_block_quotes
from quotegrid.corpus.segmentation import segment_spans
from quotegrid.corpus.sentences import BLANK
from quotegrid.corpus.speakers import (
    find_turns,
    is_generic,
    is_interviewer,
    looks_like_transcript,
    stands_for,
    unlabelled_turns,
)
from quotegrid.corpus.tables import Columns, read_table
from quotegrid.domain.sources import (
    AttributedQuote,
    HeaderValue,
    ReadText,
    ReadWarning,
    Segment,
    SegmentKind,
    Source,
    SourceKind,
    Speaker,
    Turn,
    WarningKind,
)
from quotegrid.domain.stakeholders import Stakeholders
from quotegrid.domain.text import one_line
from quotegrid.errors import ReadError

_FEWEST_QUOTES = 3
_MOST_WARNINGS = 3


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says about the files, before anything the files say."""

    kind: SourceKind | None = None
    group: str | None = None
    role: str | None = None
    area: str | None = None
    case: str | None = None
    interviewer: str | None = None
    attributes: tuple[str, ...] = ()
    """Header fields of the study's own."""
    pipeline: str = BLANK
    columns: Columns | None = None
    """Which columns of a table mean what; None to go by their names."""


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source and what is unsure about it."""

    source: Source
    warnings: tuple[ReadWarning, ...]


def read_source(
    path: Path,
    name: str,
    options: ReadingOptions,
    stakeholders: Stakeholders,
    rows: Sequence[AttributeRow] = (),
) -> ReadSource:
    """Read one file into a source.

    Who a speaker is comes from, the first that tells: flags, attributes files, the header.

    Args:
        path: The file.
        name: What the source is called in the study.
        options: The user's flags.
        stakeholders: The study's groups and roles.
        rows: The rows of all attributes files.

    Raises:
        ReadError: If the file cannot be read, has an unknown header field, or names an unknown group.
    """
    if path.suffix.lower() in TABLES:
        read = read_table(path, options.columns, options.attributes)
    else:
        read = read_file(path)
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    in_front_matter = bool(read.header or read.speakers or read.turns is not None)
    if not in_front_matter:
        apart = path.suffix.lower() in PARAGRAPHS_APART
        header, body_start = header_block(read.text, path, blank_lines_end=not apart)
        read = replace(read, header=header, body_start=body_start)
    kind, quotes = _kind_and_quotes(read, options, stakeholders)
    try:
        fields, own = checked(read.header, path, options.attributes)
    except ReadError:
        if in_front_matter or kind is SourceKind.TRANSCRIPT:
            raise
        fields, own, read = {}, {}, replace(read, header={}, body_start=0)
    reading = _Reading(path, name, read, fields, own, options, stakeholders, rows)
    if kind is SourceKind.REPORT:
        return reading.report(quotes, file_hash)
    return reading.spoken(kind, file_hash)


def _kind_and_quotes(
    read: ReadText, options: ReadingOptions, stakeholders: Stakeholders
) -> tuple[SourceKind, tuple[AttributedQuote, ...]]:
    said = options.kind
    if said is None and "kind" in read.header:
        value = read.header["kind"].value.casefold()
        said = next((kind for kind in SourceKind if kind.value == value), None)
    if said is SourceKind.REPORT:
        return said, find_block_quotes(read.text, read.body_start, stakeholders)
    if said is not None:
        return said, ()
    if read.turns is not None or read.speakers or _names_participant(read.header):
        return SourceKind.TRANSCRIPT, ()
    if looks_like_transcript(read.text, find_turns(read.text, read.body_start)):
        return SourceKind.TRANSCRIPT, ()
    quotes = find_block_quotes(read.text, read.body_start, stakeholders)
    if len(quotes) >= _FEWEST_QUOTES:
        return SourceKind.REPORT, quotes
    return SourceKind.DOCUMENT, ()


def _names_participant(header: Mapping[str, HeaderValue]) -> bool:
    return any(
        canonical(name) == "interviewer" or name.casefold() in ("participant", "interviewee", "respondent")
        for name in header
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    path: Path
    name: str
    read: ReadText
    fields: Mapping[str, HeaderValue]
    own: Mapping[str, str]
    options: ReadingOptions
    stakeholders: Stakeholders
    rows: Sequence[AttributeRow]

    def report(self, quotes: tuple[AttributedQuote, ...], file_hash: str) -> ReadSource:
        """A report: its attributed quotes are the segments."""
        warnings = list(self.read.warnings)
        segments = []
        for quote in quotes:
            group = self.stakeholders.group_of_role(quote.role) if quote.role else None
            if group is None:
                line = self.read.text.count("\n", 0, quote.end) + 1
                what = f'the role "{quote.role}" is in no group of [stakeholders].'
                warnings.append(ReadWarning(WarningKind.GROUP, what, line))
            segments.append(
                Segment(
                    start=quote.start,
                    end=quote.end,
                    kind=SegmentKind.BLOCK,
                    heading=quote.heading,
                    role=quote.role,
                    group=group,
                )
            )
        if not segments:
            what = "no attributed quotes were found; --kind document reads all of its text."
            warnings.append(ReadWarning(WarningKind.TEXT, what))
        area = self.options.area or self._source_area()
        source = Source(
            name=self.name,
            kind=SourceKind.REPORT,
            text=self.read.text,
            file_hash=file_hash,
            title=self._field("title") or _first_line(self.read),
            date=self._field("date"),
            turns=(),
            speakers={},
            segments=tuple(segments),
            area=area,
            attributes=self._source_attributes(area),
            pages=self.read.pages,
            comments=self.read.comments,
            repairs=self.read.repairs,
        )
        return ReadSource(source, tuple(warnings))

    def spoken(self, kind: SourceKind, file_hash: str) -> ReadSource:
        """A transcript or a document: everything that somebody other than an interviewer says."""
        warnings = list(self.read.warnings)
        turns = self._turns(kind)
        if kind is SourceKind.TRANSCRIPT and all(turn.label is None for turn in turns):
            what = "no speaker labels were found; all of it is read as one speaker's words."
            warnings.append(ReadWarning(WarningKind.SPEAKER, what))
        speakers, said = self._speakers(turns, kind)
        warnings += said
        segments = []
        for number, turn in enumerate(turns):
            if turn.is_interviewer:
                continue
            spans = segment_spans(self.read.text, turn.start, turn.end, self.options.pipeline)
            segments += [
                Segment(start, end, SegmentKind.TURN, turn=number, heading=turn.heading)
                for start, end in spans
            ]
        if not segments:
            warnings.append(ReadWarning(WarningKind.SPEAKER, "nobody but interviewers speaks in it."))
        area = self.options.area or self._source_area()
        source = Source(
            name=self.name,
            kind=kind,
            text=self.read.text,
            file_hash=file_hash,
            title=self._field("title") or (None if kind is SourceKind.TRANSCRIPT else _first_line(self.read)),
            date=self._field("date"),
            turns=turns,
            speakers=speakers,
            segments=tuple(segments),
            area=area,
            attributes=self._source_attributes(area),
            pages=self.read.pages,
            comments=self.read.comments,
            repairs=self.read.repairs,
        )
        return ReadSource(source, tuple(warnings))

    def _source_area(self) -> str | None:
        return source_attributes(self.rows, self.name)[0] or self._field("area")

    def _source_attributes(self, area: str | None) -> dict[str, str]:
        said = source_attributes(self.rows, self.name)[1]
        return {**area_attributes(self.rows, area), **self.own, **said}

    def _turns(self, kind: SourceKind) -> tuple[Turn, ...]:
        described = [(speaker.name, speaker.role) for speaker in self.read.speakers]
        described += [
            (row.speaker, row.role) for row in self.rows if row.speaker and is_about_source(row, self.name)
        ]
        interviewers = names_in(self.options.interviewer) + names_in(self._field("interviewer"))
        interviewers += [name for name, role in described if role and is_interviewer(role)]
        declared = [name for name in (self._field("participant"), self.options.case) if name]
        declared += [name for name, _ in described]
        if self.read.turns is not None:
            asking = {
                label
                for label in {turn.label for turn in self.read.turns if turn.label is not None}
                if is_interviewer(label)
                or (interviewers and stands_for(label, [*declared, *interviewers]) in interviewers)
            }
            return tuple(replace(turn, is_interviewer=turn.label in asking) for turn in self.read.turns)
        if kind is SourceKind.DOCUMENT:
            return unlabelled_turns(self.read.text, self.read.body_start)
        turns = find_turns(self.read.text, self.read.body_start, declared=declared, interviewers=interviewers)
        return turns or unlabelled_turns(self.read.text, self.read.body_start)

    def _speakers(
        self, turns: tuple[Turn, ...], kind: SourceKind
    ) -> tuple[dict[str, Speaker], list[ReadWarning]]:
        labels = list(dict.fromkeys(turn.label or "" for turn in turns if not turn.is_interviewer))
        only = len(labels) == 1
        described = {speaker.name: speaker for speaker in self.read.speakers}
        participant = self._field("participant")
        strangers: list[str] = []
        speakers: dict[str, Speaker] = {}
        for label in labels:
            speaker = described.get(label) or described.get(stands_for(label, described) or "")
            if speaker is None:
                speaker = self._from_header(label, participant, only, kind)
            elif speaker.area is None:
                speaker = replace(speaker, area=self._field("area"))
            area, said = source_attributes(self.rows, self.name)
            speaker = replace(speaker, area=area or speaker.area, attributes={**speaker.attributes, **said})
            for row in self._rows_about(label, speaker.name, only):
                speaker = merged(speaker, row)
                self._check_group(row.group, self.path.with_name(row.file), row.line)
            speaker = self._with_flags(speaker, only)
            speaker = self._with_group(speaker)
            attributes = {
                **area_attributes(self.rows, speaker.area),
                **self.own,
                **speaker.attributes,
            }
            speakers[label] = replace(speaker, attributes=attributes)
            if kind is SourceKind.TRANSCRIPT and speaker.group is None:
                strangers.append(label or speaker.name)
        if len(strangers) > _MOST_WARNINGS:
            first = ", ".join(f'"{name}"' for name in strangers[:_MOST_WARNINGS])
            others = len(strangers) - _MOST_WARNINGS
            told = [f"the groups of {first} and {others} more are not known."]
        else:
            told = [f'the group of "{name}" is not known.' for name in strangers]
        return speakers, [ReadWarning(WarningKind.GROUP, what) for what in told]

    def _rows_about(self, label: str, name: str, only: bool) -> list[AttributeRow]:
        """The rows about a speaker, by label or else by the full name that the header gives."""
        found = speaker_rows(self.rows, self.name, label, only)
        return found if any(row.speaker for row in found) else speaker_rows(self.rows, self.name, name, only)

    def _from_header(self, label: str, participant: str | None, only: bool, kind: SourceKind) -> Speaker:
        is_participant = participant is not None and (only or stands_for(label, [participant]) is not None)
        if is_participant and participant is not None:
            name = participant
        elif label and not is_generic(label):
            name = label
        else:
            name = f"{Path(self.name).stem} {label}".strip()
        if kind is SourceKind.DOCUMENT and participant is None and self.options.case is None:
            name = ""
        about_all = only or is_participant
        return Speaker(
            name=name,
            group=self._field("group") if about_all else None,
            role=self._field("role") if about_all else None,
            area=self._field("area"),
        )

    def _with_flags(self, speaker: Speaker, only: bool) -> Speaker:
        options = self.options
        return replace(
            speaker,
            name=options.case if options.case and only else speaker.name,
            group=options.group or speaker.group,
            role=options.role or speaker.role,
            area=options.area or speaker.area,
        )

    def _with_group(self, speaker: Speaker) -> Speaker:
        """The group by its name in the study, or from the role."""
        if speaker.group is None:
            group = self.stakeholders.group_of_role(speaker.role) if speaker.role else None
            return replace(speaker, group=group)
        header = self.fields.get("group")
        line = header.line if header is not None and header.value == speaker.group else speaker.line
        return replace(speaker, group=self._check_group(speaker.group, self.path, line))

    def _check_group(self, group: str | None, file: Path, line: int | None) -> str | None:
        if group is None or not self.stakeholders.names:
            return group
        named = self.stakeholders.group_named(group)
        if named is None:
            raise ReadError(
                f'the group "{group}" is not one of the study.',
                file=file,
                line=line,
                todo=f"The groups are {', '.join(self.stakeholders.names)}; "
                "add others under [stakeholders] in quotegrid.toml.",
            )
        return named

    def _field(self, name: str) -> str | None:
        value = self.fields.get(name)
        return None if value is None else value.value


def _first_line(read: ReadText) -> str | None:
    line = next((one for one in read.text[read.body_start :].split("\n") if one.strip()), None)
    return one_line(line)[:120] if line else None
