"""A file as a source: reader, header, turns or quotes, speakers, segments."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotegrid.corpus.asking import seems_to_ask
from quotegrid.corpus.attributes import (
    AttributeRow,
    area_attributes,
    is_about_source,
    merged,
    source_attributes,
    speaker_rows,
)
from quotegrid.corpus.conventions import (
    ConventionMatch,
    marked_by_format,
    not_read_as_transcript,
    recognised,
    warnings_of,
)
from quotegrid.corpus.headers import canonical, checked, header_block, names_in
from quotegrid.corpus.layouts import Convention
from quotegrid.corpus.readers import PARAGRAPHS_APART, TABLES, read_file
from quotegrid.corpus.reports import find_quotes
from quotegrid.corpus.segmentation import segment_spans
from quotegrid.corpus.sentences import BLANK
from quotegrid.corpus.speakers import (
    Labels,
    find_labels,
    is_generic,
    is_interviewer,
    looks_like_transcript,
    patterned_labels,
    stands_for,
    turns_of,
    unlabelled_turns,
)
from quotegrid.corpus.tables import Columns, read_table
from quotegrid.domain.sources import (
    AttributedQuote,
    Certainty,
    HeaderValue,
    QuoteKind,
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
_SEGMENT_KINDS = {QuoteKind.BLOCK: SegmentKind.BLOCK, QuoteKind.INLINE: SegmentKind.INLINE}
_MOST_WARNINGS = 3
_NO_LABELS = ReadWarning(
    WarningKind.SPEAKER, "no speaker labels were found; all of it is read as one speaker's words."
)


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
    speakers: Convention | None = None
    """How speakers are marked; None to recognise it."""
    columns: Columns | None = None
    """Which columns of a table mean what; None to go by their names."""


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source and what is unsure about it."""

    source: Source
    warnings: tuple[ReadWarning, ...]
    quotes_by_kind: Mapping[QuoteKind, int] = field(default_factory=dict)
    """How many quotes of each kind a report has; terms that nobody said are counted and never segments."""
    convention: ConventionMatch | None = None
    """How its speakers are told; None where it has no turns by speakers."""


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
    kind, quotes = _kind_and_quotes(read, options, stakeholders, _areas(options, rows))
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


def _areas(options: ReadingOptions, rows: Sequence[AttributeRow]) -> tuple[str, ...]:
    """The areas of the study that flags and attributes files name."""
    named = [options.area, *(row.area for row in rows)]
    return tuple(dict.fromkeys(area for area in named if area))


def _kind_and_quotes(
    read: ReadText, options: ReadingOptions, stakeholders: Stakeholders, areas: Sequence[str]
) -> tuple[SourceKind, tuple[AttributedQuote, ...]]:
    said = options.kind
    if said is None and "kind" in read.header:
        value = read.header["kind"].value.casefold()
        said = next((kind for kind in SourceKind if kind.value == value), None)
    if said is SourceKind.REPORT:
        return said, find_quotes(read.text, read.body_start, stakeholders, areas)
    if said is not None:
        return said, ()
    if read.turns is not None or read.speakers or _names_participant(read.header):
        return SourceKind.TRANSCRIPT, ()
    if options.speakers is not None:
        labels = patterned_labels(read.text, read.body_start, options.speakers)
        if len(turns_of(read.text, labels.taken)) > 1:
            return SourceKind.TRANSCRIPT, ()
    labels = find_labels(read.text, read.body_start)
    if looks_like_transcript(read.text, turns_of(read.text, labels.taken)):
        return SourceKind.TRANSCRIPT, ()
    quotes = find_quotes(read.text, read.body_start, stakeholders, areas)
    sure = [one for one in quotes if one.kind is QuoteKind.BLOCK and one.certainty is Certainty.SURE]
    if len(sure) >= _FEWEST_QUOTES:
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
        speakers = self._quoted(quotes)
        segments = []
        for quote in quotes:
            kind = _SEGMENT_KINDS.get(quote.kind)
            if kind is None:
                continue
            group = None
            if quote.case is None:
                group = self.stakeholders.group_of_role(quote.role) if quote.role else None
                if group is None:
                    what = f'the role "{quote.role}" is in no group of [stakeholders].'
                    warnings.append(ReadWarning(WarningKind.GROUP, what, self._line(quote.end)))
            if quote.certainty is Certainty.UNSURE:
                what = f'it is not certain that "{quote.role}" says who is quoted.'
                warnings.append(ReadWarning(WarningKind.SPEAKER, what, self._line(quote.end)))
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
                    attributes=self._source_attributes(area) if area else {},
                )
            )
        warnings += _groups_not_known([label for label, one in speakers.items() if one.group is None])
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
            speakers=speakers,
            segments=tuple(segments),
            area=area,
            attributes=self._source_attributes(area),
            pages=self.read.pages,
            comments=self.read.comments,
            repairs=self.read.repairs,
        )
        return ReadSource(source, tuple(warnings), Counter(quote.kind for quote in quotes))

    def _line(self, offset: int) -> int:
        return self.read.text.count("\n", 0, offset) + 1

    def _quoted(self, quotes: Sequence[AttributedQuote]) -> dict[str, Speaker]:
        """The participants whom a report quotes by number, each with what the attributions and files say."""
        of_case: dict[str, list[AttributedQuote]] = {}
        for quote in quotes:
            if quote.case is not None:
                of_case.setdefault(quote.case, []).append(quote)
        speakers = {}
        for label, said in of_case.items():
            roles = [quote.role for quote in said if quote.role]
            areas = {quote.area for quote in said}
            role = next((one for one in roles if self.stakeholders.group_of_role(one)), roles[0])
            speaker = Speaker(name=f"{Path(self.name).stem} {label}", role=role)
            for row in self._rows_about(label, speaker.name, only=False):
                speaker = merged(speaker, row)
                self._check_group(row.group, self.path.with_name(row.file), row.line)
            if speaker.area is None and len(areas) == 1:
                speaker = replace(speaker, area=areas.pop())
            speaker = self._with_group(speaker)
            area = speaker.area or (self.options.area or self._source_area() if areas <= {None} else None)
            speakers[label] = replace(
                speaker, attributes={**self._source_attributes(area), **speaker.attributes}
            )
        return speakers

    def spoken(self, kind: SourceKind, file_hash: str) -> ReadSource:
        """A transcript or a document: everything that somebody other than an interviewer says."""
        turns, convention, warnings = self._turns(kind)
        warnings = [*self.read.warnings, *warnings]
        asks = seems_to_ask(self.read.text, turns)
        if asks is not None:
            what = (
                f'"{asks}" asks most of the questions and is read as a participant; '
                f'if not, say --interviewer "{asks}".'
            )
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
        return ReadSource(source, tuple(warnings), convention=convention)

    def _source_area(self) -> str | None:
        return source_attributes(self.rows, self.name)[0] or self._field("area")

    def _source_attributes(self, area: str | None) -> dict[str, str]:
        said = source_attributes(self.rows, self.name)[1]
        return {**area_attributes(self.rows, area), **self.own, **said}

    def _turns(self, kind: SourceKind) -> tuple[tuple[Turn, ...], ConventionMatch | None, list[ReadWarning]]:
        """The turns, how their speakers are told, and what is unsure about that."""
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
            turns = tuple(replace(turn, is_interviewer=turn.label in asking) for turn in self.read.turns)
            format_marks = self.read.convention
            match = None if format_marks is None else marked_by_format(format_marks, turns)
            nobody = kind is SourceKind.TRANSCRIPT and all(turn.label is None for turn in turns)
            return turns, match, [_NO_LABELS] if nobody else []
        text, start, known = self.read.text, self.read.body_start, (*declared, *interviewers)
        if kind is SourceKind.DOCUMENT:
            return unlabelled_turns(text, start), None, self._unsure_of_kind()
        labels, said, warnings = self._labels(known)
        turns = turns_of(text, labels.taken, known, interviewers)
        match = recognised(text, start, labels, turns, known, said)
        if match is None:
            return unlabelled_turns(text, start), None, [*warnings, _NO_LABELS]
        return turns, match, [*warnings, *warnings_of(text, start, match, labels, known)]

    def _labels(self, known: tuple[str, ...]) -> tuple[Labels, Convention | None, list[ReadWarning]]:
        """The labels by the user's pattern, or as they are recognised where it fits nothing."""
        text, start, said = self.read.text, self.read.body_start, self.options.speakers
        if said is None:
            return find_labels(text, start, known), None, []
        labels = patterned_labels(text, start, said, known)
        if turns_of(text, labels.taken, known):
            return labels, said, []
        return find_labels(text, start, known), None, [_fits_nothing(said)]

    def _unsure_of_kind(self) -> list[ReadWarning]:
        if self.options.kind is not None or "kind" in self.read.header:
            return []
        if self.options.speakers is not None:
            return [_fits_nothing(self.options.speakers)]
        return not_read_as_transcript(self.read.text, find_labels(self.read.text, self.read.body_start))

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
        return speakers, _groups_not_known(strangers)

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


def _groups_not_known(names: Sequence[str]) -> list[ReadWarning]:
    if len(names) > _MOST_WARNINGS:
        first = ", ".join(f'"{name}"' for name in names[:_MOST_WARNINGS])
        told = [f"the groups of {first} and {len(names) - _MOST_WARNINGS} more are not known."]
    else:
        told = [f'the group of "{name}" is not known.' for name in names]
    return [ReadWarning(WarningKind.GROUP, what) for what in told]


def _fits_nothing(said: Convention) -> ReadWarning:
    what = f'no line fits "{said.name}", so the file is read as if nothing had been said of its speakers.'
    return ReadWarning(WarningKind.SPEAKER, what)


def _first_line(read: ReadText) -> str | None:
    line = next((one for one in read.text[read.body_start :].split("\n") if one.strip()), None)
    return one_line(line)[:120] if line else None
