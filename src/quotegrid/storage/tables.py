"""The tables. Rows do not validate; what goes in has been checked in `domain` and `corpus`.

All offsets are code points into `source.text`, end exclusive. Times are UTC, ISO 8601.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel


def new_guid() -> str:
    """Return a new GUID."""
    return str(uuid.uuid4())


def now() -> str:
    """Return the current time in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


_OWN_VALUES = ("group", "role", "area")
"""The values that a report can give to single quotes; in transcripts the case has them."""


def _index_of_some(name: str, *columns: str) -> Index:
    """Return an index of the rows whose first column is not null."""
    said = sql(f'"{columns[0]}" IS NOT NULL')
    return Index(name, *columns, sqlite_where=said, postgresql_where=said)


_SENTINEL = {"insert_sentinel": True}
"""Marks a unique column by which rows that one statement inserts are matched with the numbers they are given;
without one SQLite inserts them one by one."""


def _guid_field() -> Any:
    """Return a column of GUIDs, in a table that many rows are added to at once."""
    return Field(default_factory=new_guid, unique=True, sa_column_kwargs=_SENTINEL)


class StudyRow(SQLModel, table=True):
    """The study itself: one row."""

    __tablename__ = "study"
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(default_factory=new_guid, unique=True)
    name: str
    created_at: str = Field(default_factory=now)
    codebook_digest: str = ""
    """SHA-256 of the codebook file as it was last read."""
    suggested: int = 0
    """The number of times that suggestions were made for all segments."""
    joined: str = ""
    """The settings that join spellings, as JSON, by which groups and areas were last worked out."""


class CoderRow(SQLModel, table=True):
    """A researcher who decides."""

    __tablename__ = "coder"
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(default_factory=new_guid, unique=True)
    name: str = Field(unique=True)


class JournalRow(SQLModel, table=True):
    """An entry of the journal. Numbers grow in the order of the entries.

    What the entry says stands in the table of its kind. Rows are added, never changed or removed: triggers
    see to it.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_by", "by", "id"),
        _index_of_some("ix_journal_undoes", "undoes_id"),
        _index_of_some("ix_journal_group", "group_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    guid: str = _guid_field()
    by: str
    """The name of whoever made it; somebody who only imports or exports is no coder."""
    at: str = Field(default_factory=now)
    kind: str
    """One of `domain.coding.journal.EntryKind`."""
    undoes_id: int | None = Field(default=None, foreign_key="journal.id")
    """The entry that this one takes back."""
    group_id: int | None = Field(default=None, foreign_key="journal.id")
    """The first of the entries that are undone and redone with this one; None in that first one and in one
    that stands alone."""


def _entry_field() -> Any:
    """Return a column that names the row's entry of the journal, each of which has one row."""
    return Field(foreign_key="journal.id", unique=True, sa_column_kwargs=_SENTINEL)


class _SourceColumns(SQLModel):
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(unique=True)
    name: str = Field(unique=True)
    kind: str
    title: str | None = None
    date: str | None = None
    area: str | None = None
    text: str
    text_hash: str = Field(index=True)
    word_hash: str
    """SHA-256 of the letters and digits alone, the same for one text in two formats."""
    file_hash: str
    path: str = ""
    """The path of the file, relative to the study where it was inside it."""
    pages: list[int] = Field(default_factory=list, sa_type=JSON, nullable=False)
    """The offsets at which its pages begin; empty for formats without pages."""
    repairs: dict[str, int] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    """The number of repairs of each kind to the file's characters, by `domain.text.repairs.Repair`."""
    language: str | None = None
    """The code of its language, by `domain.text.languages`; None if it is not known."""
    language_is_set: bool = False
    """Whether a person or the file said it; else it was guessed."""
    imported_at: str = Field(default_factory=now)


class AnySourceRow(_SourceColumns, table=True):
    """An imported document, whether or not it is in use: what is written to. Its text never changes."""

    __tablename__ = "source"
    __table_args__ = (Index("ix_source_words", "id", "text_hash", "language"),)
    is_aside: bool = False
    """Whether it was removed, or a corrected version is in its place: it is kept for undo and the log."""


class SourceRow(_SourceColumns, table=True):
    """An imported document: a view of the sources in use, which is read and never written to."""

    __tablename__ = "source_in_use"
    __table_args__ = ({"info": {"is_view": True}},)


class SourceArchiveRow(SQLModel, table=True):
    """A source that an entry of the journal set aside, and what hung on it then. Rows are only ever added."""

    __tablename__ = "source_archive"
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    source_id: int = Field(foreign_key="source.id", index=True)
    instead_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    """The version that was put in its place; None where it was removed."""
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The rows of `storage.sources.archive.Archive`, as compressed JSON."""


class CaseRow(SQLModel, table=True):
    """A case."""

    __tablename__ = "speaking_case"
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(default_factory=new_guid, unique=True)
    name: str = Field(unique=True)
    group: str | None = Field(default=None, index=True)
    role: str | None = None
    area: str | None = Field(default=None, index=True)
    attributes: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The attributes by name, which `domain.people.case_values` derives like group, role and area."""


class CaseValueRow(SQLModel, table=True):
    """A stated value of a case, whether or not it stands."""

    __tablename__ = "case_value"
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="speaking_case.id", index=True, ondelete="CASCADE")
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True, ondelete="CASCADE")
    """The source that it was imported with; None for values set by hand."""
    label: str = ""
    """The speaker's label in that source."""
    field: str
    value: str
    origin: str
    place: str
    line: int | None = None
    written: str = ""
    """The group as the file writes it, where `[stakeholders]` joins it to another; else empty."""


class CaseAliasRow(SQLModel, table=True):
    """Another name of a case, or the case that a label of one source stands for whatever the file says."""

    __tablename__ = "case_alias"
    __table_args__ = (UniqueConstraint("source", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="speaking_case.id", index=True, ondelete="CASCADE")
    source: str = ""
    """The source's name, which outlives a changed file; empty for a name that holds everywhere."""
    name: str
    """The other name, or the speaker's label in the source."""


class CaseChangeRow(SQLModel, table=True):
    """A researcher's change to cases. Triggers ensure that rows are only ever added."""

    __tablename__ = "case_change"
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    action: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Enough to say what was done and to undo it; cases by their GUIDs, sources by their names."""


class TakenTableRow(SQLModel, table=True):
    """The changes that a table of attributes made to people, sources and areas. Rows are only ever added."""

    __tablename__ = "taken_table"
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(default_factory=new_guid, unique=True)
    """The name by which the change of cases has it, whose own row is read with every other."""
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class AreaValueRow(SQLModel, table=True):
    """An attribute of an area, which every case of the area has unless its own value differs."""

    __tablename__ = "area_value"
    __table_args__ = (UniqueConstraint("area", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    area: str
    """The area's key, as `domain.people.case_values.area_key` makes it."""
    name: str
    value: str
    place: str
    line: int | None = None


class AttributeRow(SQLModel, table=True):
    """A further attribute of a source, for quotes without a case."""

    __tablename__ = "attribute"
    __table_args__ = (UniqueConstraint("source_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", ondelete="CASCADE")
    name: str
    value: str


class PlanRow(SQLModel, table=True):
    """A line of the plan: how many cases with certain values were to be interviewed."""

    __tablename__ = "plan"
    id: int | None = Field(default=None, primary_key=True)
    attributes: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The value of each attribute that the plan goes by."""
    planned: int
    file: str
    line: int


class TurnRow(SQLModel, table=True):
    """One speaker's uninterrupted speech."""

    __tablename__ = "turn"
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    case_id: int | None = Field(default=None, foreign_key="speaking_case.id", index=True)
    position: int
    label: str | None = None
    is_interviewer: bool = False
    start: int
    end: int
    time: str | None = None


class _SegmentColumns(SQLModel):
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(unique=True)
    source_id: int = Field(foreign_key="source.id", ondelete="CASCADE")
    turn_id: int | None = Field(default=None, foreign_key="turn.id", ondelete="CASCADE")
    label: str | None = None
    """A report's label for the quoted participant; None where there is a turn, which has the label."""
    case_id: int | None = Field(default=None, foreign_key="speaking_case.id")
    kind: str
    start: int
    end: int
    words: int
    """The number of spoken words."""
    text_hash: str
    """SHA-256 of the text that is embedded: without what is not speech."""
    heading: str | None = None
    role: str | None = None
    """The role as a report prints it; None where the case has it."""
    group: str | None = None
    area: str | None = None
    """The area that a report names for this quote; None where the case or the source has it."""
    certainty: str | None = None
    """Whether a report's attribution can be relied on; None in transcripts."""
    voice: str | None = None
    headings: list[str] = Field(default_factory=list, sa_type=JSON, nullable=False)
    box: str | None = None
    attributes: dict[str, str] = Field(default_factory=dict, sa_type=JSON, nullable=False)
    """The attributes of its own area, if any; they take precedence over its source's and its case's."""
    made_by_id: int | None = Field(default=None, foreign_key="coder.id")
    """The coder who cut it out by hand, or whose edit of turns took it out of the passages; None for a
    passage of an import or of such an edit."""
    made_at: str | None = None


class AnySegmentRow(_SegmentColumns, table=True):
    """A segment, whether or not it is in use: what is written to."""

    __tablename__ = "segment"
    __table_args__ = (
        Index("ix_segment_source_start", "source_id", "start", "is_idle"),
        Index(
            "ix_segment_speaker",
            *("source_id", "case_id", "group", "role", "area", "attributes", "is_idle", "words"),
        ),
        Index("ix_segment_case_id", "case_id", "is_idle"),
        Index("ix_segment_text_hash", "text_hash"),
        _index_of_some("ix_segment_made_by", "made_by_id"),
        *(_index_of_some(f"ix_segment_{name}", name, "is_idle") for name in _OWN_VALUES),
    )
    is_idle: bool = False
    """Whether it is kept only for the log: no participant's turn holds it any more, or it was made by hand
    and has no coding."""


class SegmentRow(_SegmentColumns, table=True):
    """The unit that is coded: a view of the segments in use, which is read and never written to."""

    __tablename__ = "segment_in_use"
    __table_args__ = ({"info": {"is_view": True}},)


class CodeRow(SQLModel, table=True):
    """A node of the codebook. One that left the file stays, not active, as long as decisions name it."""

    __tablename__ = "code"
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(default_factory=new_guid, unique=True)
    name: str = Field(unique=True)
    parent_id: int | None = Field(default=None, foreign_key="code.id")
    definition: str = ""
    use_when: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    do_not_use_when: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    examples: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    terms: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    colour: str = ""
    is_deprecated: bool = False
    position: int
    is_active: bool = True


class CodebookVersionRow(SQLModel, table=True):
    """A version of the codebook. Triggers ensure that rows are only ever added."""

    __tablename__ = "codebook_version"
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    what: str
    """The change, as a sentence."""
    text: str
    """The content of the file."""
    digest: str = Field(index=True)
    """SHA-256 of the file."""
    codes: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The codes with their numbers, in tree order."""
    merged: list[list[int]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The numbers of each code that was merged and of the code that it was merged into."""


class DecisionRow(SQLModel, table=True):
    """A coder's decision. Triggers ensure that rows are only ever added."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_segment", "segment_id", "coder_id"),
        Index("ix_decision_coder", "coder_id", "action"),
    )
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    coder_id: int = Field(foreign_key="coder.id")
    """The coder whose coding it changes: who decided, or whose coding a change of the codebook moved."""
    action: str
    segment_id: int = Field(foreign_key="segment.id")
    code_id: int | None = Field(default=None, foreign_key="code.id")
    source_id: int = Field(foreign_key="source.id")
    start: int
    end: int
    score: float | None = None
    """The suggestion's score at the time, None where nothing was suggested."""
    stance: str | None = None


class CodingRow(SQLModel, table=True):
    """A coding: always the result of `domain.coding.decisions.fold`."""

    __tablename__ = "coding"
    __table_args__ = (
        UniqueConstraint("segment_id", "code_id", "coder_id"),
        Index("ix_coding_code_stance_segment", "code_id", "stance", "segment_id"),
        Index("ix_coding_coder", "coder_id"),
        Index("ix_coding_decision", "decision_id", "segment_id"),
        Index("ix_coding_segment", "segment_id", "code_id", "coder_id", "stance", "at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    guid: str = _guid_field()
    segment_id: int = Field(foreign_key="segment.id")
    code_id: int = Field(foreign_key="code.id")
    coder_id: int = Field(foreign_key="coder.id")
    source_id: int = Field(foreign_key="source.id")
    start: int
    end: int
    stance: str | None = None
    decision_id: int = Field(foreign_key="decision.id")
    at: str
    """The time of that decision."""


class SummaryRow(SQLModel, table=True):
    """A summary of a cell. Triggers ensure that rows are only ever added."""

    __tablename__ = "summary"
    __table_args__ = (Index("ix_summary_place", "code_id", "attribute", "value"),)
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    code_id: int = Field(foreign_key="code.id")
    attribute: str
    value: str
    """The value; for a case its GUID, which stays the same when cases are merged and merges undone."""
    text: str = ""
    """Markdown that names quotes by their segments' GUIDs; empty in a removal and in an undo."""
    replaces: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The last entries of the cell, one of each case that was merged into it, when this one was written."""


class SuggestionRow(SQLModel, table=True):
    """The machine's proposal; never counts as data."""

    __tablename__ = "suggestion"
    __table_args__ = (UniqueConstraint("segment_id", "code_id"),)
    id: int | None = Field(default=None, primary_key=True)
    segment_id: int = Field(foreign_key="segment.id", ondelete="CASCADE")
    code_id: int = Field(foreign_key="code.id", index=True)
    score: float
    rank: int
    evidence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    model: str
    verdict: str | None = None
    """The action of the last decision that counts on it, by any coder; None while undecided."""


class ExemplarRow(SQLModel, table=True):
    """The setting or removal of an exemplar mark, by which a quote is shown for a code before others.

    Triggers ensure that rows are only ever added. The last row that counts decides.
    """

    __tablename__ = "exemplar"
    __table_args__ = (Index("ix_exemplar_place", "segment_id", "code_id"),)
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    segment_id: int = Field(foreign_key="segment.id")
    code_id: int = Field(foreign_key="code.id")
    is_marked: bool


class SourceChangeRow(SQLModel, table=True):
    """A change of a source, a mark that it is read, or values from a table. Rows are only ever added."""

    __tablename__ = "source_change"
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    action: str
    """One of `domain.sources.changes.SourceAction`."""
    source_guid: str | None = None
    """The source's GUID; None where a table covers several sources."""
    name: str
    """The name of the source or the table at the time."""
    before: str | None = None
    """The source's name before it was renamed."""
    language: str | None = None
    """The code of the language that the source was given."""
    options: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The options that the user gave when its file was read, by their names."""


class TurnChangeRow(SQLModel, table=True):
    """An edit of a source's turns, or a tick on what its import was unsure about.

    Triggers ensure that rows are only ever added.
    """

    __tablename__ = "turn_change"
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    source_guid: str = Field(index=True)
    source: str
    """The source's name at the time."""
    what: str
    """The edit, as the end of a sentence that begins with who made it."""
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Enough to undo it: a `storage.sources.turns.turn_changes.TurnChange`."""


class UnsureRow(SQLModel, table=True):
    """Something that the import of a source was unsure about; ticks on it are in `turn_change`."""

    __tablename__ = "unsure"
    __table_args__ = (UniqueConstraint("source_id", "place"),)
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", ondelete="CASCADE")
    place: int
    """Its place among those of the source, counted from 0."""
    kind: str
    """One of `domain.sources.model.WarningKind`."""
    what: str
    line: int | None = None
    """The line of the file, counted from 1."""
    start: int | None = None
    """The offset in the source's text at which that line begins."""


class AuditRow(SQLModel, table=True):
    """A passage of the random sample for the stopping rule; only the latest sample counts."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    segment_id: int = Field(foreign_key="segment.id", ondelete="CASCADE", unique=True)
    place: int
    """Its place in the order of drawing, counted from 1."""
    population: int
    """The number of passages without decisions, from which it was drawn."""
    since: int
    """The number of the latest decision when it was drawn, 0 for none."""
    by: str
    at: str = Field(default_factory=now)


class ThemeRow(SQLModel, table=True):
    """A candidate theme, and the decision on it; never counts as data."""

    __tablename__ = "theme"
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(default_factory=new_guid, unique=True)
    rank: int
    """The rank, 1 for the first of those that were found together."""
    name: str
    variants: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    quotes: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The quotes, each with segment, start, end, says and flags."""
    model: str
    found_at: str = Field(default_factory=now)
    state: str = "open"
    code_id: int | None = Field(default=None, foreign_key="code.id", index=True)
    """The code that it became or was merged into."""
    version_id: int | None = Field(default=None, foreign_key="codebook_version.id")
    """The change of the codebook that did so; when that is undone the theme is open again."""
    by: str = ""
    """The name of whoever decided."""
    at: str = ""


class MemoRow(SQLModel, table=True):
    """A researcher's note."""

    __tablename__ = "memo"
    __table_args__ = (Index("ix_memo_about", "about", "about_id"),)
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(default_factory=new_guid, unique=True)
    coder_id: int = Field(foreign_key="coder.id")
    at: str = Field(default_factory=now)
    about: str
    """The kind of its subject: decision, segment, source, coding, code, case or study."""
    about_id: int | None = None
    """The number of the decision, segment or source, for a coding of its segment; None for other subjects."""
    about_guid: str | None = None
    """The GUID of the code or case, for a coding of its code; None for other subjects."""
    whose_id: int | None = Field(default=None, foreign_key="coder.id")
    """The coder of the coding; None for other subjects."""
    about_name: str = ""
    """The name of its subject when it was written, which is shown once the subject is gone."""
    day: str | None = None
    """The day that an entry of the diary is about, as YYYY-MM-DD; None for the day of its writing."""
    start: int | None = None
    """Its start in the source; None, like `end`, where it is about the whole subject."""
    end: int | None = None
    is_imported: bool = False
    """Whether it came with the source's file, and so is replaced with it."""
    text: str
    """Markdown, as it was first written; names in double brackets stand with their GUIDs."""
    entry_id: int | None = Field(default=None, foreign_key="journal.id", index=True)
    """The entry that wrote it, or the decision to which it belongs; None where it came with the file."""


class MemoChangeRow(SQLModel, table=True):
    """A later text of a memo. Triggers ensure that rows are only ever added."""

    __tablename__ = "memo_change"
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    memo_id: int = Field(foreign_key="memo.id", index=True)
    text: str = ""
    """The text from then on; empty where the memo was deleted."""


class VectorRow(SQLModel, table=True):
    """The embedding of a text by a model: 32-bit floats, little endian, unit length."""

    __tablename__ = "vector"
    model: str = Field(primary_key=True)
    text_hash: str = Field(primary_key=True)
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ExportRow(SQLModel, table=True):
    """A file that the study has written, so that it can be known again.

    Triggers ensure that rows are only ever added.
    """

    __tablename__ = "export"
    id: int | None = Field(default=None, primary_key=True)
    guid: str = Field(unique=True)
    """The random name in the file's manifest."""
    at: str
    """When the file was made, as its manifest says."""
    entry_id: int = _entry_field()
    file: str
    path: str = Field(index=True)
    """The path, relative to the study where it is inside it."""
    what: str
    """The command."""
    arguments: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    options: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    """The options of a matrix, with which it can be made again."""
    version: str
    codebook: str
    is_published: bool = False
    file_hash: str = Field(index=True)
    """SHA-256 of the file as it was written."""
    content: str
    """SHA-256 of the file without its manifest."""
    numbers: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    state: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Fingerprints of the study's data at the time."""


class PublishedTableRow(SQLModel, table=True):
    """A table of a publication: what its numbers count, and which of them it tells.

    Triggers ensure that rows are only ever added.
    """

    __tablename__ = "published_table"
    id: int | None = Field(default=None, primary_key=True)
    export_id: int = Field(foreign_key="export.id", index=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """A `domain.matrix.published.PublishedTable`, as compressed JSON."""


class WithdrawalRow(SQLModel, table=True):
    """The withdrawal of a publication.

    Triggers ensure that rows are only ever added.
    """

    __tablename__ = "withdrawal"
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = _entry_field()
    export_id: int = Field(foreign_key="export.id")
    never_left: bool
    """Whether nobody outside the team ever had the file, so that it told nothing."""
