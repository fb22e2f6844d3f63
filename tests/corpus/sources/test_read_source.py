from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.people.attributes import AttributeRow, read_attributes
from quotegrid.corpus.sources import source_kinds
from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.case_values import Origin
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import (
    AttributedQuote,
    Certainty,
    QuoteKind,
    SegmentKind,
    Source,
    SourceKind,
    Speaker,
    Voice,
    WarningKind,
)
from quotegrid.errors import ReadError
from tests.conftest import HEAD, PARENT, REPORT, SEEDS
from tests.profiles import examples

STAKEHOLDERS = Stakeholders(
    {
        "school": ("headteacher",),
        "parent": ("carer",),
        "health": ("therapist", "DCO"),
        "local authority": ("LA",),
    }
)


def _read(
    folder: Path,
    text: str,
    *,
    name: str = "a.txt",
    options: ReadingOptions | None = None,
    rows: tuple[AttributeRow, ...] = (),
) -> ReadSource:
    path = folder / name
    path.write_bytes(text.encode())
    return read_source(path, name, options or ReadingOptions(), STAKEHOLDERS, rows)


def _words(source: Source) -> list[str]:
    return [source.text[segment.start : segment.end] for segment in source.segments]


def _rows(folder: Path, text: str) -> tuple[AttributeRow, ...]:
    path = folder / "attributes.csv"
    path.write_text(text, encoding="utf-8")
    return read_attributes(path)


def test_front_matter_names_the_case_and_the_interviewer(tmp_path: Path) -> None:
    read = _read(tmp_path, HEAD, name="head.md")
    source = read.source
    assert (source.kind, source.title, source.date) == (
        SourceKind.TRANSCRIPT,
        "A head teacher",
        "2025-01-15",
    )
    assert source.speakers == {"Ada Stone": Speaker("Ada Stone", "school", "Headteacher", "Westhay")}
    assert [turn.is_interviewer for turn in source.turns] == [True, False, True, False]
    assert [segment.turn for segment in source.segments] == [1, 1, 3]
    assert _words(source) == [
        "Honestly, it is a quick fix. It is a patch on a roof that leaks everywhere else. "
        "The cause is\nstill there and nobody has gone near it.",
        "It buys time, I will say that. We had room to plan for one whole summer.",
        "They sit on a waiting list. Months of waiting, and then a letter.",
    ]
    assert read.warnings == ()


def test_a_header_block_does_the_same_for_plain_text(tmp_path: Path) -> None:
    source = _read(tmp_path, PARENT).source
    assert source.speakers == {"RAY MOSS": Speaker("RAY MOSS", "parent", "Parent", "Eastlow")}
    assert _words(source) == [
        "Fourteen months on the waiting list. I rang every week... they never rang back.",
        "Never heard of it. It is not a quick fix if nobody sees it, is it?",
    ]


def test_a_word_document_reads_like_the_text_it_holds(tmp_path: Path) -> None:
    document = Document()
    for line in PARENT.split("\n"):
        if line:
            document.add_paragraph(line)
    path = tmp_path / "a.docx"
    document.save(str(path))
    source = read_source(path, "a.docx", ReadingOptions(), STAKEHOLDERS).source
    plain = _read(tmp_path, PARENT).source
    assert source.speakers == plain.speakers
    assert source.title == "A parent"
    assert _words(source) == _words(plain)
    assert [turn.label for turn in source.turns] == [turn.label for turn in plain.turns]


def test_captions_get_who_speaks_from_an_attributes_file(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jo Field>Why?\n\n00:03.000 --> 00:04.000\n<v Ann Lee>No.\n"
    rows = _rows(
        tmp_path,
        "source,speaker,group,role,area\na.vtt,Ann Lee,,Therapist,Westhay\na.vtt,Jo Field,,Interviewer,\n",
    )
    source = _read(tmp_path, text, name="a.vtt", rows=rows).source
    assert source.speakers == {"Ann Lee": Speaker("Ann Lee", "health", "Therapist", "Westhay")}
    assert _words(source) == ["No."]
    assert source.turns[1].time == "00:00:03"


TURNS = "Jo: Why?\n\nAnn: It leaked.\n\nJo: So?\n\nAnn: It still does.\n"
HEADER = "Title: T\nInterviewer: Jo Field\nParticipant: Ann Lee\nGroup: parents\n"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (HEADER + "\n" + TURNS, ReadingOptions()),
        (HEADER + TURNS, ReadingOptions()),
        (HEADER + "\n" + TURNS.replace("Jo:", "JF:").replace("Ann:", "AL:"), ReadingOptions()),
        (HEADER + "\n" + TURNS.replace("Jo:", "Interviewer:").replace("Ann:", "P1:"), ReadingOptions()),
        (HEADER.replace("Jo Field", "Sam Reed and Jo Field") + "\n" + TURNS, ReadingOptions()),
        ("Participant: Ann Lee\nInterviewer: Jo Field\n\n" + TURNS, ReadingOptions()),
        (TURNS, ReadingOptions(interviewer="Jo Field", case="Ann Lee")),
        (
            TURNS.replace("Jo:", "interviewer:").replace("Ann:", "participant:"),
            ReadingOptions(case="Ann Lee"),
        ),
        ("---\nspeakers:\n  - {name: Jo, role: Interviewer}\n  - Ann Lee\n---\n" + TURNS, ReadingOptions()),
        ("---\ninterviewer: [Sam Reed, Jo Field]\nparticipant: Ann Lee\n---\n" + TURNS, ReadingOptions()),
    ],
)
def test_what_an_interviewer_says_is_never_data(tmp_path: Path, text: str, options: ReadingOptions) -> None:
    source = _read(tmp_path, text, options=options).source
    assert source.kind is SourceKind.TRANSCRIPT
    assert _words(source) == ["It leaked.", "It still does."]
    assert [speaker.name for speaker in source.speakers.values()] == ["Ann Lee"]


def test_an_interviewer_alone_gives_no_segments_and_a_warning(tmp_path: Path) -> None:
    read = _read(tmp_path, "INT: One.\n\nINT: Two.\n\nINT: Three.\n")
    assert read.source.segments == ()
    assert [str(warning) for warning in read.warnings] == ["only interviewers speak in this file."]


def test_a_focus_group_keeps_its_speakers_apart(tmp_path: Path) -> None:
    text = """\
---
title: Group
moderator: Jo Field
area: Westhay
wave: 2
speakers:
  - {name: Ann Lee, group: parents}
  - {name: Ben Roy, role: Therapist, area: Eastlow}
---
Jo: Why?

Ann: One.

Ben: Two.

Latecomer: Three.

Ann: Four.
"""
    read = _read(tmp_path, text, options=ReadingOptions(attributes=("wave",)))
    assert read.source.attributes == {"wave": "2"}
    assert read.source.speakers == {
        "Ann": Speaker("Ann Lee", "parent", None, "Westhay"),
        "Ben": Speaker("Ben Roy", "health", "Therapist", "Eastlow"),
        "Latecomer": Speaker("Latecomer", None, None, "Westhay"),
    }
    assert [str(warning) for warning in read.warnings] == ['the group of "Latecomer" is not known.']


def test_a_speaker_without_a_name_is_called_after_the_source(tmp_path: Path) -> None:
    source = _read(tmp_path, "INT: Why?\n\nP1: One.\n\nINT: So?\n\nP2: Two.\n").source
    assert [speaker.name for speaker in source.speakers.values()] == ["a P1", "a P2"]


def test_attributes_are_keyed_on_area_source_and_speaker(tmp_path: Path) -> None:
    rows = (
        *_rows(tmp_path, "area,region,wave\nWesthay,west,1\n"),
        *_rows(tmp_path, "source,area,wave\na,Westhay,2\n"),
        *_rows(tmp_path, "speaker,group,wave\nAnn Lee,parents,3\n"),
    )
    text = HEADER.replace("Group: parents\n", "") + "\n" + TURNS
    source = _read(tmp_path, text, rows=rows).source
    assert source.speakers["Ann"] == Speaker(
        "Ann Lee", "parent", None, "Westhay", {"region": "west", "wave": "3"}
    )
    assert source.area == "Westhay"
    assert source.attributes == {"wave": "2"}


def test_a_row_about_a_source_is_about_everybody_in_it_and_about_a_report(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "source,area,wave\na.txt,Westhay,2\n")
    group = _read(tmp_path, "INT: Why?\n\nANN: One.\n\nINT: So?\n\nBEN: Two.\n", rows=rows).source
    assert [(speaker.area, speaker.attributes) for speaker in group.speakers.values()] == [
        ("Westhay", {})
    ] * 2
    assert group.attributes == {"wave": "2"}
    report = _read(
        tmp_path, "We saw it. - LA lead\n", rows=rows, options=ReadingOptions(kind=SourceKind.REPORT)
    )
    assert (report.source.area, report.source.attributes) == ("Westhay", {"wave": "2"})


def test_flags_go_before_attributes_files_and_these_before_the_header(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "speaker,role,area\nAnn Lee,Headteacher,Westhay\n")
    text = HEADER + "Role: Parent\nArea: Eastlow\n\n" + TURNS
    source = _read(tmp_path, text, rows=rows, options=ReadingOptions(area="Northby", group="schools")).source
    assert source.speakers["Ann"] == Speaker("Ann Lee", "school", "Headteacher", "Northby")
    assert source.area == "Northby"


def _told(source: Source, label: str) -> list[tuple[str, str, Origin, str]]:
    return [(value.field, value.value, value.origin, value.where) for value in source.speakers[label].said]


def test_every_value_knows_where_it_comes_from(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "speaker,role,wave\nAnn Lee,Headteacher,3\n")
    text = HEADER.replace("Group: parents\n", "") + "Role: Parent\nArea: Eastlow\n\n" + TURNS
    read = _read(tmp_path, text, rows=rows, options=ReadingOptions(area="Northby"))
    line = text[: text.index("Role:")].count("\n") + 1
    assert _told(read.source, "Ann") == [
        ("area", "Northby", Origin.FLAG, "--area"),
        ("role", "Headteacher", Origin.TABLE, "attributes.csv, line 2"),
        ("wave", "3", Origin.TABLE, "attributes.csv, line 2"),
        ("role", "Parent", Origin.HEADER, f"a.txt, line {line}"),
        ("area", "Eastlow", Origin.HEADER, f"a.txt, line {line + 1}"),
        ("group", "school", Origin.DERIVED, "Headteacher"),
        ("group", "parent", Origin.DERIVED, "Parent"),
    ]
    assert read.source.speakers["Ann"].group == "school"
    assert [(warning.kind, warning.line) for warning in read.warnings] == [
        (WarningKind.CONFLICT, line),
        (WarningKind.CONFLICT, line + 1),
    ]
    assert read.warnings[0].what == (
        f'"Ann Lee": the role is "Headteacher" (attributes table, attributes.csv, line 2), but "Parent" '
        f'(header, a.txt, line {line}); "Headteacher" stands.'
    )


def test_what_stands_beside_a_label_is_a_role_where_the_study_knows_it(tmp_path: Path) -> None:
    text = (
        "INT: Why?\n\nRay Moss (parent, West Hay): One.\n\nINT: So?\n\nAnn Lee (laughs): Two.\n\n"
        "INT: So?\n\nRay Moss (Parents): Three.\n\nINT: And?\n\nAnn Lee (00:12): Four.\n"
    )
    options = ReadingOptions(areas=Areas({"Westhay": ("West Hay",)}))
    source = _read(tmp_path, text, options=options).source
    assert _told(source, "Ray Moss") == [
        ("role", "parent", Origin.ATTRIBUTION, "a.txt, line 3"),
        ("area", "Westhay", Origin.ATTRIBUTION, "a.txt, line 3"),
        ("group", "parent", Origin.DERIVED, "parent"),
    ]
    assert _told(source, "Ann Lee") == []


def test_columns_of_a_table_of_answers_go_before_attributes_tables(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "speaker,role\nA1,Therapist\n")
    text = "ID,role,answer\nA1,Parent,One.\nA1,Carer,Two.\n"
    source = _read(tmp_path, text, name="survey.csv", rows=rows).source
    assert _told(source, "A1") == [
        ("role", "Parent", Origin.COLUMN, "survey.csv, line 2"),
        ("role", "Carer", Origin.COLUMN, "survey.csv, line 3"),
        ("role", "Therapist", Origin.TABLE, "attributes.csv, line 2"),
        ("group", "parent", Origin.DERIVED, "Parent"),
        ("group", "parent", Origin.DERIVED, "Carer"),
        ("group", "health", Origin.DERIVED, "Therapist"),
    ]
    assert source.speakers["A1"].role == "Parent"


def test_areas_have_their_standard_names_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    options = ReadingOptions(areas=Areas({"Westhay": ("West Hay",)}))
    read = _read(tmp_path, HEADER + "Area: west hay\n\n" + TURNS, options=options)
    assert read.warnings == ()
    assert (read.source.area, read.source.speakers["Ann"].area) == ("Westhay", "Westhay")
    read = _read(tmp_path, HEADER + "Area: Wresthay\n\n" + TURNS, options=options)
    (warning,) = read.warnings
    assert (warning.kind, warning.line) == (WarningKind.AREA, HEADER.count("\n") + 1)
    assert warning.what == 'the area "Wresthay" is not one of [areas]; did you mean Westhay?'
    report = "Area: Wresthay\n\nWe saw it. - LA lead\n\nWe did. - LA lead\n\nGone. - LA lead\n"
    assert WarningKind.AREA in {unsure.kind for unsure in _read(tmp_path, report, options=options).warnings}


@pytest.mark.parametrize(
    ("text", "name", "line", "what"),
    [
        ("", "a.txt", None, "the file is empty"),
        ("\x00\x01\x02", "a.txt", 1, "this is not a text file"),
        ("no document", "a.docx", None, "this Word document is broken"),
        ("00:01.000 --> 00:02.000\nno captions", "a.vtt", 1, "this is not a WebVTT file"),
        ("words", "a.epub", None, "cannot be read yet"),
    ],
)
def test_bad_input_is_named_with_file_and_line(
    tmp_path: Path, text: str, name: str, line: int | None, what: str
) -> None:
    with pytest.raises(ReadError, match=what) as caught:
        _read(tmp_path, text, name=name)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / name), line)


def test_a_field_that_no_header_has_is_left_out_and_told_of_with_its_line(tmp_path: Path) -> None:
    read = _read(tmp_path, HEADER + "Colour: red\n\n" + TURNS)
    assert [
        (warning.line, "Colour" in warning.what)
        for warning in read.warnings
        if "header field" in warning.what
    ] == [(5, True)]
    assert "red" not in [read.source.text[segment.start : segment.end] for segment in read.source.segments]


def test_a_group_that_the_study_does_not_list_is_taken_as_written_and_told_of(tmp_path: Path) -> None:
    read = _read(tmp_path, HEADER.replace("parents", "parnts") + "\n" + TURNS)
    assert [speaker.group for speaker in read.source.speakers.values()] == ["parnts"]
    (told,) = [warning for warning in read.warnings if warning.kind is WarningKind.GROUP]
    assert told.line == 4
    assert told.what.startswith('the group "parnts" is not in [stakeholders] and was taken as written.')
    assert told.what.endswith("Did you mean parent?")


def test_a_group_of_an_attributes_file_is_taken_as_written(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "speaker,group\nAnn Lee,pilots\n")
    read = _read(tmp_path, HEADER + "\n" + TURNS, rows=rows)
    assert [speaker.group for speaker in read.source.speakers.values()] == ["pilots"]


def test_lines_with_colons_on_top_of_a_document_are_no_unknown_fields(tmp_path: Path) -> None:
    document = Document()
    for line in ("Title: Update", "From: The Office", "We met twice.", "Nothing came of it."):
        document.add_paragraph(line)
    path = tmp_path / "a.docx"
    document.save(str(path))
    source = read_source(path, "a.docx", ReadingOptions(), STAKEHOLDERS).source
    assert (source.kind, source.title) == (SourceKind.DOCUMENT, "Title: Update")
    assert source.speakers[""].name == ""


REPORT_TEXT = """\
What we heard

We saw a patch. \u2013 *LA leader*

LA \u2013 local authority

We waited. - Carer

It was quiet. \u2013 *Librarian*
"""


def test_a_report_keeps_role_group_heading_and_offsets_of_each_quote(tmp_path: Path) -> None:
    read = _read(tmp_path, REPORT_TEXT)
    source = read.source
    assert (source.kind, source.title, source.turns) == (SourceKind.REPORT, "What we heard", ())
    assert [(segment.kind, segment.role, segment.group) for segment in source.segments] == [
        (SegmentKind.BLOCK, "LA leader", "local authority"),
        (SegmentKind.BLOCK, "Carer", "parent"),
        (SegmentKind.BLOCK, "Librarian", None),
    ]
    assert _words(source) == ["We saw a patch.", "We waited.", "It was quiet."]
    assert source.segments[0].heading == "What we heard"
    assert tuple(map(str, read.warnings)) == (
        'line 9: the role "Librarian" is in no group of [stakeholders].',
    )


NUMBERED_TEXT = """\
# What we heard in Westhay

"We saw a patch." (P7, carer)

"We waited." (P3)

"It was quiet, and we waited." (P7)

## Case study: waiting in Eastlow

"They rang." (Librarian)

"They did not." [LA leaders, Southby]
"""


def test_a_participant_whom_a_report_quotes_by_number_is_a_case_of_the_report(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "source,speaker,group,area,wave\na.md,P3,health,Southby,2\n")
    rows += (AttributeRow("areas.csv", 2, None, None, "Westhay", None, None, {"wave": "1"}),)
    source = _read(tmp_path, NUMBERED_TEXT, name="a.md", rows=rows).source
    assert source.kind is SourceKind.REPORT
    assert source.speakers == {
        "P7": Speaker("a P7", "parent", "P7, carer", "Westhay", {"wave": "1"}),
        "P3": Speaker("a P3", "health", "P3", "Southby", {"wave": "2"}),
    }
    assert [(segment.case, segment.role, segment.group) for segment in source.segments] == [
        ("P7", "P7, carer", None),
        ("P3", "P3", None),
        ("P7", "P7", None),
        (None, "Librarian", None),
        (None, "LA leaders", "local authority"),
    ]


def test_a_segment_of_a_report_knows_its_place_its_area_and_how_certain_it_is(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "area,wave\nSouthby,2\n")
    read = _read(tmp_path, NUMBERED_TEXT, name="a.md", rows=rows)
    first, *_, rung, last = read.source.segments
    title = "What we heard in Westhay"
    assert (first.headings, first.heading, first.box, first.area) == ((title,), title, None, None)
    assert (first.certainty, first.voice) == (Certainty.SURE, Voice.PERSON)
    box = "Case study: waiting in Eastlow"
    assert (rung.headings, rung.box, rung.area) == ((title, box), box, "Eastlow")
    assert (last.box, last.area, last.voice) == (box, "Southby", Voice.GROUP)
    assert read.quotes_by_kind == {QuoteKind.BLOCK: 5}


def test_a_quote_with_an_area_of_its_own_has_the_attributes_of_that_area(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "area,wave,region\nWesthay,1,west\nSouthby,2,\n")
    rows += (AttributeRow("sources.csv", 2, "a.md", None, "Westhay", None, None, {"year": "2025"}),)
    source = _read(tmp_path, NUMBERED_TEXT, name="a.md", rows=rows).source
    assert source.attributes == {"year": "2025"}
    found = [(segment.area, segment.attributes) for segment in source.segments[-2:]]
    assert found == [("Eastlow", {}), ("Southby", {"wave": "2"})]


def test_a_participant_quoted_in_two_areas_has_the_attributes_of_neither(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "area,wave\nWesthay,1\nSouthby,2\n")
    text = '"One." (P7, Westhay)\n\n"Two." (P7, Southby)\n\n"Three." (P3, Southby)\n'
    source = _read(
        tmp_path, text, name="a.md", rows=rows, options=ReadingOptions(kind=SourceKind.REPORT)
    ).source
    assert {label: (speaker.area, speaker.attributes) for label, speaker in source.speakers.items()} == {
        "P7": (None, {}),
        "P3": ("Southby", {"wave": "2"}),
    }
    assert [(segment.area, segment.attributes) for segment in source.segments] == [
        ("Westhay", {"wave": "1"}),
        ("Southby", {"wave": "2"}),
        (None, {}),
    ]


def test_what_a_report_leaves_unsure_is_listed_with_its_line(tmp_path: Path) -> None:
    text = NUMBERED_TEXT.replace('"They rang."', "*They rang.*")
    read = _read(tmp_path, text, name="a.md", options=ReadingOptions(kind=SourceKind.REPORT))
    assert [(warning.kind, str(warning)) for warning in read.warnings] == [
        (WarningKind.GROUP, 'line 11: the role "Librarian" is in no group of [stakeholders].'),
        (WarningKind.WORDS, 'line 11: it is not certain that "Librarian" says who is quoted.'),
        (WarningKind.GROUP, 'the group of "P3" is not known.'),
    ]


def test_a_row_about_a_participant_of_a_report_may_name_any_group(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "source,speaker,group\na.md,P3,Martians\n")
    read = _read(tmp_path, NUMBERED_TEXT, name="a.md", rows=rows)
    assert "Martians" in [speaker.group for speaker in read.source.speakers.values()]


def test_only_sure_block_quotes_make_a_document_a_report(tmp_path: Path) -> None:
    two = "*One.* \u2013 *Carer*\n\nTwo. (LA leader)\n\n"
    assert _read(tmp_path, two + '"Three." (P7)\n').source.kind is SourceKind.DOCUMENT
    assert _read(tmp_path, two + '"Three." (Carer)\n').source.kind is SourceKind.REPORT


def test_inline_quotes_are_segments_of_what_is_said_to_be_a_report_and_terms_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "A carer said \u201cwe waited\u201d for a \u201cpatch\u201d, \u201croof\u201d or \u201croom\u201d.\n"
    )
    found = (
        AttributedQuote(13, 24, "carer", None, QuoteKind.INLINE),
        AttributedQuote(31, 38, None, None, QuoteKind.SCARE),
        AttributedQuote(40, 46, None, None, QuoteKind.SCARE),
    )
    monkeypatch.setattr(source_kinds, "find_quotes", lambda *_: found)
    read = _read(tmp_path, text, options=ReadingOptions(kind=SourceKind.REPORT))
    assert [(segment.kind, segment.role, segment.group) for segment in read.source.segments] == [
        (SegmentKind.INLINE, "carer", "parent")
    ]
    assert read.quotes_by_kind == {QuoteKind.INLINE: 1, QuoteKind.SCARE: 2}
    monkeypatch.setattr(source_kinds, "find_quotes", lambda *_: found[:1] * 5)
    assert _read(tmp_path, text).source.kind is SourceKind.DOCUMENT


@pytest.mark.parametrize(
    ("text", "kind", "segments"),
    [
        (REPORT_TEXT, SourceKind.DOCUMENT, 5),
        (REPORT_TEXT, SourceKind.TRANSCRIPT, 5),
        (TURNS, SourceKind.REPORT, 0),
        ("---\nkind: report\n---\nOne. - LA lead\n", None, 1),
    ],
)
def test_the_kind_that_the_user_names_is_believed(
    tmp_path: Path, text: str, kind: SourceKind | None, segments: int
) -> None:
    read = _read(tmp_path, text, options=ReadingOptions(kind=kind))
    assert read.source.kind is (kind or SourceKind.REPORT)
    assert len(read.source.segments) == segments
    assert bool(read.warnings) is (kind in (SourceKind.TRANSCRIPT, SourceKind.REPORT))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_one_interview_is_the_same_source_in_every_encoding(tmp_path: Path, encoding: str, ends: str) -> None:
    text = HEADER.replace("Ann", "Ren\u00e9e") + "\n" + TURNS.replace("Ann", "Ren\u00e9e")
    raw = text.replace("\n", ends)
    path = tmp_path / "a.txt"
    path.write_bytes((unicodedata.normalize("NFD", raw) if encoding == "utf-8" else raw).encode(encoding))
    source = read_source(path, "a.txt", ReadingOptions(), STAKEHOLDERS).source
    assert source.text == text
    assert source.speakers == {"Ren\u00e9e": Speaker("Ren\u00e9e Lee", "parent")}
    assert _words(source) == ["It leaked.", "It still does."]


_ANSWER = st.lists(
    st.sampled_from(
        [
            "It is so.",
            "Thing is: no",
            "See https://a.b:80",
            "3:1.",
            "\n",
            "\n\n",
            "Dr. Caf\u00e9",
            "\u2026",
            "(yes)",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@examples(50)
@given(st.lists(_ANSWER, min_size=2, max_size=5))
def test_segments_stay_in_their_turn_and_together_say_all_of_it(tmp_path: Path, answers: list[str]) -> None:
    text = "".join(f"INTERVIEWER: Why?\n\nANN LEE: I say, {answer}\n\n" for answer in answers)
    source = _read(tmp_path, text).source
    said = [turn for turn in source.turns if not turn.is_interviewer]
    assert len(said) == len(answers)
    for turn, answer in zip(said, answers, strict=True):
        assert source.text[turn.start : turn.end] == f"I say, {answer}".strip()
    for number, turn in enumerate(source.turns):
        position = turn.start
        for segment in (spoken for spoken in source.segments if spoken.turn == number):
            assert source.text[position : segment.start].strip() == ""
            assert segment.end <= turn.end
            assert "\n\n" not in source.text[segment.start : segment.end]
            position = segment.end
        assert turn.is_interviewer or position == turn.end


def test_short_turns_without_a_full_stop_are_turns(tmp_path: Path) -> None:
    source = _read(tmp_path, "Jo: Why?\n\nAnn: no idea\n\nJo: So?\n\nAnn: well\n\nIt rained.\n").source
    assert [turn.label for turn in source.turns] == ["Jo", "Ann", "Jo", "Ann"]


@pytest.mark.skipif(not REPORT.exists(), reason="the shared seeds are not there")
class TestTheSharedSeeds:
    @pytest.mark.parametrize(
        ("start", "kind"),
        [
            ("000", SourceKind.REPORT),
            ("001", SourceKind.DOCUMENT),
            ("002", SourceKind.DOCUMENT),
            ("003", SourceKind.DOCUMENT),
            ("004", SourceKind.DOCUMENT),
        ],
    )
    def test_each_is_read_as_what_it_is(self, start: str, kind: SourceKind) -> None:
        (path,) = SEEDS.glob(f"{start}_*.txt")
        read = read_source(path, path.name, ReadingOptions(), STAKEHOLDERS)
        assert read.source.kind is kind
        assert len(read.source.turns) == (0 if kind is SourceKind.REPORT else 1)
        assert read.source.segments

    def test_roles_that_the_study_does_not_know_are_said_line_by_line(self) -> None:
        read = read_source(REPORT, REPORT.name, ReadingOptions(kind=SourceKind.REPORT), STAKEHOLDERS)
        blocks = [segment for segment in read.source.segments if segment.kind is SegmentKind.BLOCK]
        assert len(blocks) == 47
        groups = Counter(segment.group for segment in blocks)
        assert (groups["local authority"], groups["school"], groups[None]) == (20, 11, 11)
        said = 'the role "SENDIASS Lead" is in no group of [stakeholders].'
        assert sum(str(warning).endswith(said) for warning in read.warnings) == 3


def test_what_is_said_of_a_participant_in_a_report_knows_where_it_comes_from(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "source,speaker,role,area\na.md,P7,Therapist,\na.md,,,Southby\n")
    options = ReadingOptions(areas=Areas({"Westhay": ("West Hay",), "Southby": ()}))
    text = """\
# What we heard

"We saw a patch." (P7, carer, West Hay)

"We waited." (P3, DCO)

"It was quiet." (P7, parent, Westhay)

"They rang." (P7)
"""
    text = text.replace("(P7)", "(P7, Westhay)")
    read = _read(tmp_path, text, name="a.md", rows=rows, options=options)
    seventh, third = read.source.speakers["P7"], read.source.speakers["P3"]
    assert [(value.field, value.value, value.origin, value.where) for value in seventh.said] == [
        ("role", "Therapist", Origin.TABLE, "attributes.csv, line 2"),
        ("role", "P7, carer", Origin.ATTRIBUTION, "a.md, line 3"),
        ("area", "Westhay", Origin.ATTRIBUTION, "a.md, line 3"),
        ("group", "health", Origin.DERIVED, "Therapist"),
        ("group", "parent", Origin.DERIVED, "P7, carer"),
    ]
    assert (seventh.group, seventh.role, seventh.area) == ("health", "Therapist", "Westhay")
    assert (third.group, third.area) == ("health", "Southby")
    assert [(warning.kind, str(warning)) for warning in read.warnings] == [
        (
            WarningKind.CONFLICT,
            'line 3: "a P7": the role is "Therapist" (attributes table, attributes.csv, line 2), '
            'but "P7, carer" (attribution, a.md, line 3); "Therapist" stands.',
        )
    ]


def test_the_areas_of_a_reports_quotes_have_their_standard_names(tmp_path: Path) -> None:
    options = ReadingOptions(kind=SourceKind.REPORT, areas=Areas({"Westhay": ("West Hay",)}))
    text = '"One." (Parent, West Hay)\n\n# Case study: waiting in Esthay\n\n"Two." (Parent)\n'
    read = _read(tmp_path, text, name="a.md", options=options)
    assert [segment.area for segment in read.source.segments] == ["Westhay", "Esthay"]
    assert [(warning.kind, str(warning)) for warning in read.warnings] == [
        (WarningKind.AREA, 'line 5: the area "Esthay" is not one of [areas]; did you mean Westhay?')
    ]


@pytest.mark.parametrize(
    ("beside", "again", "group"),
    [
        ("ward sister", "", "ward sister"),
        ("ward sister, nights", "Ward sister", "ward sister"),
        ("laughing", "", None),
        ("2", "", None),
        ("ward sister", "porter", None),
    ],
)
def test_what_stands_beside_a_label_is_a_group_whatever_the_study_joins(
    tmp_path: Path, beside: str, again: str, group: str | None
) -> None:
    path = tmp_path / "talk.txt"
    later = f" ({again})" if again else ""
    path.write_text(
        f"Interviewer: So?\n\nAnn ({beside}): Far.\n\nInterviewer: And?\n\nAnn{later}: Too far.\n",
        encoding="utf-8",
    )
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert [speaker.group for speaker in read.source.speakers.values()] == [group]
    flagged = read_source(path, path.name, ReadingOptions(group="nursing"), Stakeholders({}))
    assert [speaker.group for speaker in flagged.source.speakers.values()] == ["nursing"]
    assert not any(warning.kind is WarningKind.CONFLICT for warning in flagged.warnings)
    listed = read_source(path, path.name, ReadingOptions(), Stakeholders({"others": ()}))
    assert [speaker.group for speaker in listed.source.speakers.values()] == [group]


def test_a_legend_says_who_asks_and_is_no_words(tmp_path: Path) -> None:
    text = "At the lamp house\n\nA = interviewer\nB = keeper\n\nA: Who?\n\nB: I.\n\nA: When?\n\nB: At dusk.\n"
    source = _read(tmp_path, text).source
    assert [(turn.label, turn.is_interviewer) for turn in source.turns] == [("A", True), ("B", False)] * 2
    assert _words(source) == ["I.", "At dusk."]


def test_a_legend_names_no_interviewer_where_the_header_does(tmp_path: Path) -> None:
    text = "Interviewer: B\nTitle: T\n\nKey: A = interviewer\n\nA: I.\n\nB: Who?\n\nA: Yes.\n\nB: So.\n"
    source = _read(tmp_path, text).source
    assert [(turn.label, turn.is_interviewer) for turn in source.turns] == [("A", False), ("B", True)] * 2


def test_particulars_are_left_out_and_listed_with_their_lines(tmp_path: Path) -> None:
    text = (
        "A session\n\nModel: Lantern 2\nSetting: At home.\n\nQ: Who?\n\nP4: I.\n\nQ: When?\n\nP4: At dusk.\n"
    )
    read = _read(tmp_path, text)
    assert [turn.label for turn in read.source.turns] == ["Q", "P4", "Q", "P4"]
    told = [(warning.line, warning.what.split('"')[1]) for warning in read.warnings if warning.line]
    assert told == [(3, "Model"), (4, "Setting")]


def test_a_text_file_of_lines_with_tabs_is_read_as_the_table_that_it_is(tmp_path: Path) -> None:
    rows = [("0.52", "INT", "where was the ferry"), ("3.10", "MAR", "by the mill, with a rope"),
            ("7.77", "INT", "and the raft"), ("9.02", "MAR", "it sank, I am afraid")]  # fmt: skip
    path = tmp_path / "talk.txt"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    source = read_source(path, path.name, ReadingOptions(), Stakeholders({})).source
    assert [(turn.label, source.text[turn.start : turn.end]) for turn in source.turns] == [
        row[1:] for row in rows
    ]


def test_a_text_file_of_tabs_is_read_as_text_where_options_say_who_speaks(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("0:01\tJo\twhere is it\n0:04\tLen\tby the mill\n" * 3, encoding="utf-8")
    options = ReadingOptions(speakers=parse_convention("{time}\t{speaker}\t{text}"))
    source = read_source(path, path.name, options, Stakeholders({})).source
    assert [turn.label for turn in source.turns] == ["Jo", "Len"] * 3
    assert source.text.startswith("0:01\tJo")


def test_a_legend_names_cases_and_gives_roles(tmp_path: Path) -> None:
    path = tmp_path / "ward.txt"
    path.write_text(
        "I = interviewer\nR1 = ward sister\nRM = Ray Moss\n\nI: How was the night?\nR1: Quiet until four.\n"
        "RM: Then the lift broke.\nI: And then?\nR1: He carried her.\nRM: I did.\n",
        encoding="utf-8",
    )
    source = read_source(path, path.name, ReadingOptions(), Stakeholders({})).source
    assert {label: (known.name, known.role) for label, known in source.speakers.items()} == {
        "R1": ("ward R1", "ward sister"),
        "RM": ("Ray Moss", None),
    }
