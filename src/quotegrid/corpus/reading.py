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
    said_by_rows,
    source_attributes,
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
    name_of_unnamed,
    patterned_labels,
    stands_for,
    turns_of,
    unlabelled_turns,
)
from quotegrid.corpus.tables import Columns, read_table
from quotegrid.domain.areas import Areas
from quotegrid.domain.cases import WHO, Origin, Said, agree, conflicts, standing
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
    areas: Areas = field(default_factory=Areas)
    """The study's areas by their standard names."""


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

    Who a speaker is comes from, the first that tells: flags, the columns of a table of answers, attributes
    tables, the header, what stands beside the speaker's label, the role for the group.

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
    """The areas of the study in all spellings, and those that flags and attributes files name."""
    listed = [spelling for name, others in options.areas.variants.items() for spelling in (name, *others)]
    named = [options.area, *(row.area for row in rows), *listed]
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
    own: Mapping[str, HeaderValue]
    options: ReadingOptions
    stakeholders: Stakeholders
    rows: Sequence[AttributeRow]

    def report(self, quotes: tuple[AttributedQuote, ...], file_hash: str) -> ReadSource:
        """A report: its attributed quotes are the segments."""
        warnings = list(self.read.warnings)
        quotes = tuple(
            replace(quote, area=self.options.areas.standard(quote.area)) if quote.area else quote
            for quote in quotes
        )
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
        for speaker in speakers.values():
            warnings += self._contradictions(speaker)
        warnings += self._unknown_areas(speakers)
        warnings += self._unknown_areas_of_quotes(segments)
        if not segments:
            what = "no attributed quotes were found; --kind document reads all of its text."
            warnings.append(ReadWarning(WarningKind.TEXT, what))
        area = self._source_area()
        unknown = None if area is None else self.options.areas.unknown(area)
        if unknown is not None:
            warnings.append(ReadWarning(WarningKind.AREA, unknown))
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
        return {label: self._participant(label, told) for label, told in of_case.items()}

    def _participant(self, label: str, quotes: Sequence[AttributedQuote]) -> Speaker:
        """A participant whom a report quotes; the report's own area is theirs only where no quote has one."""
        name = name_of_unnamed(self.name, label)
        areas = {quote.area for quote in quotes}
        names_area = areas != {None}
        said = [one for one in self._flags() if one.field == "area" and not names_area]
        said += self._from_tables(label, name, only=False, names_area=names_area)
        said += [
            one for one in self._from_header(label, None, only=False) if one.field != "area" or not names_area
        ]
        said += self._from_attributions(quotes)
        return self._speaker(name, self._with_group(self._with_standard_areas(said)))

    def _from_attributions(self, quotes: Sequence[AttributedQuote]) -> list[Said]:
        """What a report prints of one participant: the area if it is always one, and a role of each group.

        A role in no group counts only where none is in any, for it is often nothing but the number.
        """
        roles: dict[str | None, AttributedQuote] = {}
        for quote in quotes:
            if quote.role:
                roles.setdefault(self.stakeholders.group_of_role(quote.role), quote)
        if len(roles) > 1:
            roles.pop(None, None)
        told = [("role", quote.role, quote) for quote in roles.values()]
        if len({quote.area for quote in quotes}) == 1:
            told.append(("area", quotes[0].area, quotes[0]))
        return [
            Said(field, value, Origin.ATTRIBUTION, self.name, self._line(quote.end))
            for field, value, quote in told
            if value
        ]

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
        area = self._source_area()
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
        area = self.options.area or source_attributes(self.rows, self.name)[0] or self._field("area")
        return None if area is None else self.options.areas.standard(area)

    def _source_attributes(self, area: str | None) -> dict[str, str]:
        said = source_attributes(self.rows, self.name)[1]
        own = {name: value.value for name, value in self.own.items()}
        return {**area_attributes(self.rows, area), **own, **said}

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
        strangers: list[str] = []
        speakers: dict[str, Speaker] = {}
        warnings: list[ReadWarning] = []
        for label in labels:
            known = described.get(label) or described.get(stands_for(label, described) or "")
            name = self._name(label, only, kind) if known is None else known.name
            said = self._flags()
            said += self._described(known) if known is not None else []
            said += self._from_tables(label, name, only)
            said += self._from_header(label, known, only)
            said += self._from_asides([turn for turn in turns if (turn.label or "") == label])
            said = self._with_group(self._with_standard_areas(said))
            called = self.options.case if self.options.case and only else name
            speakers[label] = self._speaker(called, said, None if known is None else known.line)
            warnings += self._contradictions(speakers[label])
            if kind is SourceKind.TRANSCRIPT and speakers[label].group is None:
                strangers.append(label or name)
        return speakers, [*_groups_not_known(strangers), *warnings, *self._unknown_areas(speakers)]

    def _speaker(self, name: str, said: Sequence[Said], line: int | None = None) -> Speaker:
        """A speaker as what is said of them stands, with the attributes of the area."""
        stands = standing(said)
        values = {field: one.value for field, one in stands.items()}
        own = {field: value for field, value in values.items() if field not in WHO}
        area = values.get("area")
        return Speaker(
            name=name,
            group=values.get("group"),
            role=values.get("role"),
            area=area,
            attributes={**area_attributes(self.rows, area), **own},
            line=line,
            said=tuple(said),
        )

    def _name(self, label: str, only: bool, kind: SourceKind) -> str:
        participant = self._field("participant")
        if participant is not None and self._is_participant(label, only):
            return participant
        if kind is SourceKind.DOCUMENT and participant is None and self.options.case is None:
            return ""
        return label if label and not is_generic(label) else name_of_unnamed(self.name, label)

    def _is_participant(self, label: str, only: bool) -> bool:
        participant = self._field("participant")
        return participant is not None and (only or stands_for(label, [participant]) is not None)

    def _flags(self) -> list[Said]:
        values = {field: getattr(self.options, field) for field in WHO}
        said = [Said(field, value, Origin.FLAG, f"--{field}") for field, value in values.items() if value]
        return [self._checked(one, self.path) for one in said]

    def _described(self, speaker: Speaker) -> list[Said]:
        """What a row of a table of answers, or an entry in the front matter, says of its speaker."""
        origin = Origin.COLUMN if self.path.suffix.lower() in TABLES else Origin.HEADER
        said = [replace(one, origin=origin, place=self.name) for one in speaker.values()]
        return [self._checked(one, self.path) for one in said]

    def _from_tables(self, label: str, name: str, only: bool, *, names_area: bool = False) -> list[Said]:
        said = said_by_rows(self.rows, self.name, [label, name], only, names_area=names_area)
        return [self._checked(one, self.path.with_name(one.place)) for one in said]

    def _from_header(self, label: str, known: Speaker | None, only: bool) -> list[Said]:
        """What the header says of a speaker, as far as an entry of their own leaves it open."""
        fields = dict(self.own)
        if known is None and (only or self._is_participant(label, only)):
            fields |= {field: self.fields[field] for field in ("group", "role") if field in self.fields}
        if "area" in self.fields and (known is None or known.area is None):
            fields["area"] = self.fields["area"]
        told = {} if known is None else known.attributes
        said = [
            Said(field, value.value, Origin.HEADER, self.name, value.line)
            for field, value in fields.items()
            if field not in told
        ]
        return [self._checked(one, self.path) for one in said]

    def _from_asides(self, turns: Sequence[Turn]) -> list[Said]:
        """Roles and areas of the study that stand beside a label: "Ray Moss (parent, Eastlow)"."""
        said: list[Said] = []
        for turn in turns:
            for part in (turn.aside or "").split(","):
                area = self.options.areas.named(part)
                if area is None and self.stakeholders.group_of_role(part) is None:
                    continue
                field, value = ("area", area) if area is not None else ("role", one_line(part))
                if not any(one.field == field and agree(field, one.value, value) for one in said):
                    line = self.read.text.count("\n", 0, turn.start) + 1
                    said.append(Said(field, value, Origin.ATTRIBUTION, self.name, line))
        return said

    def _with_standard_areas(self, said: Sequence[Said]) -> list[Said]:
        areas = self.options.areas
        return [replace(one, value=areas.standard(one.value)) if one.field == "area" else one for one in said]

    def _with_group(self, said: list[Said]) -> list[Said]:
        """What is said, with the groups that follow from the roles where no group is said."""
        if any(one.field == "group" for one in said):
            return said
        roles = dict.fromkeys(one.value for one in said if one.field == "role")
        groups = {role: self.stakeholders.group_of_role(role) for role in roles}
        return said + [Said("group", group, Origin.DERIVED, role) for role, group in groups.items() if group]

    def _contradictions(self, speaker: Speaker) -> list[ReadWarning]:
        """What is said differently of a speaker; the rows of a table have been compared already."""
        found = []
        for conflict in conflicts(speaker.said):
            told = (conflict.stands, *conflict.others)
            if any(one.origin is not Origin.COLUMN for one in told):
                line = next((one.line for one in told if one.place == self.name), None)
                found.append(ReadWarning(WarningKind.CONFLICT, f'"{speaker.name}": {conflict}', line))
        return found

    def _unknown_areas(self, speakers: Mapping[str, Speaker]) -> list[ReadWarning]:
        areas = {speaker.area: speaker for speaker in speakers.values() if speaker.area is not None}
        found = []
        for area, speaker in areas.items():
            what = self.options.areas.unknown(area)
            if what is not None:
                said = next((one for one in speaker.said if one.field == "area" and one.value == area), None)
                line = said.line if said is not None and said.place == self.name else None
                found.append(ReadWarning(WarningKind.AREA, what, line))
        return found

    def _unknown_areas_of_quotes(self, segments: Sequence[Segment]) -> list[ReadWarning]:
        first: dict[str, Segment] = {}
        for segment in segments:
            if segment.area is not None:
                first.setdefault(segment.area, segment)
        return [
            ReadWarning(WarningKind.AREA, what, self._line(segment.end))
            for area, segment in first.items()
            if (what := self.options.areas.unknown(area)) is not None
        ]

    def _checked(self, said: Said, file: Path) -> Said:
        """A value as the study has it: a group by its name there."""
        if said.field != "group":
            return said
        return replace(said, value=self._check_group(said.value, file, said.line))

    def _check_group(self, group: str, file: Path, line: int | None) -> str:
        if not self.stakeholders.names:
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
