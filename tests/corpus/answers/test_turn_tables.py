from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.answers.recognise import complete_columns, is_answers_table, turn_columns
from quotegrid.corpus.answers.rows import read_rows
from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import SourceKind, WarningKind
from quotegrid.errors import ReadError

Turns = list[tuple[str | None, str | None, str]]


def read(path: Path, rows: list[list[str]], options: ReadingOptions | None = None) -> ReadSource:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t" if path.suffix == ".tsv" else ",").writerows(rows)
    return read_source(path, path.name, options or ReadingOptions(), Stakeholders({}))


def turns(found: ReadSource) -> Turns:
    text = found.source.text
    return [(turn.label, turn.time, text[turn.start : turn.end]) for turn in found.source.turns]


EXPECTED: Turns = [
    ("Jo Field", "00:00:03", "How long did the ferry run?"),
    ("Ray Moss", "00:00:07", "Until the bridge came."),
    ("Ray Moss", "00:00:12", "Nobody asked us."),
    ("Jo Field", "00:01:05", "When was that?"),
]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        (
            "collectionbuilder.csv",
            [
                ["speaker", "words", "tags", "timestamp"],
                ["Jo Field", "How long did the ferry run?", "ferry", "[00:03]"],
                ["Ray Moss", "Until the bridge came.", "ferry; bridge", "[00:07]"],
                ["Ray Moss", "Nobody asked us.", "", "[00:12]"],
                ["Jo Field", "When was that?", "", "[01:05]"],
            ],
        ),
        (
            "service.csv",
            [
                ["Speaker", "Start Time", "End Time", "Text"],
                ["Jo Field", "00:00:03.120", "00:00:06.900", "How long did the ferry run?"],
                ["Ray Moss", "00:00:07.000", "00:00:11.100", "Until the bridge came."],
                ["Ray Moss", "00:00:12.000", "00:00:14.100", "Nobody asked us."],
                ["Jo Field", "00:01:05.000", "00:01:07.100", "When was that?"],
            ],
        ),
        (
            "headerless.tsv",
            [
                ["0:03", "Jo Field", "How long did the ferry run?"],
                ["0:07", "Ray Moss", "Until the bridge came."],
                ["0:12", "Ray Moss", "Nobody asked us."],
                ["1:05", "Jo Field", "When was that?"],
            ],
        ),
        (
            "repeated.csv",
            [
                ["Beginn (ms)", "Sprecher", "Äußerung"],
                ["3000", "Jo Field:", "Jo Field: How long did the ferry run?"],
                ["7000", "Ray Moss:", "RAY MOSS: Until the bridge came."],
                ["12000", "ray moss", "Nobody asked us."],
                ["65000", "Jo Field:", "When was that?"],
            ],
        ),
    ],
)
def test_each_row_of_a_table_of_turns_is_a_turn(tmp_path: Path, name: str, rows: list[list[str]]) -> None:
    found = read(tmp_path / name, rows)
    assert found.source.kind is SourceKind.TRANSCRIPT
    assert turns(found) == EXPECTED
    assert found.convention is not None
    assert (found.convention.name, found.confidence) == ("column of speakers", 1)
    assert is_answers_table(tmp_path / name)
    assert list(found.source.speakers) == ["Ray Moss"]
    assert {turn.label for turn in found.source.turns if turn.is_interviewer} == {"Jo Field"}


def test_whoever_is_called_an_interviewer_asks(tmp_path: Path) -> None:
    rows = [
        ["speaker", "text"],
        ["Interviewer", "And then?"],
        ["P1", "Nothing."],
        ["Jo (interviewer)", "So?"],
    ]
    found = read(tmp_path / "talk.csv", rows)
    assert [turn.is_interviewer for turn in found.source.turns] == [True, False, True]
    assert {label: speaker.name for label, speaker in found.source.speakers.items()} == {"P1": "talk P1"}


def test_numbers_and_parts_are_nobodys_names_beyond_their_file(tmp_path: Path) -> None:
    rows = [["speaker", "group", "text"], ["1", "staff", "It rained."], ["2", "users", "It did."]]
    speakers = read(tmp_path / "talk.csv", rows).source.speakers
    assert {label: (known.name, known.group) for label, known in speakers.items()} == {
        "1": ("talk 1", "staff"), "2": ("talk 2", "users")
    }  # fmt: skip


def test_a_row_without_a_speaker_goes_on_with_the_one_before_and_is_told(tmp_path: Path) -> None:
    rows = [
        ["speaker", "words"],
        ["", "(They talk about the tea.)"],
        ["Ann", "It rained."],
        ["", "For a week."],
        ["Ben", "It did."],
    ]
    found = read(tmp_path / "a.csv", rows)
    assert turns(found) == [
        ("Ann", None, "It rained."),
        ("Ann", None, "For a week."),
        ("Ben", None, "It did."),
    ]
    unsure = [str(warning) for warning in found.warnings if warning.kind is WarningKind.SPEAKER]
    assert unsure == [
        'line 2: "(They talk about the tea.)" above the first speaker belongs to nobody and is left out.',
        'line 4: no speaker is named 1 time, and the one before is taken to go on, first "For a week.".',
    ]
    assert "(They talk about the tea.)" in found.source.text


def test_rows_of_times_and_words_alone_are_read_like_captions(tmp_path: Path) -> None:
    rows = [
        ["start", "end", "text"],
        ["0", "1900", "It rained <all> week"],
        ["2000", "3000", "and the next."],
    ]
    found = read(tmp_path / "a.tsv", rows)
    assert turns(found) == [(None, "00:00:00", "It rained <all> week and the next.")]
    named = [
        ["start", "end", "text"],
        ["0", "19", "Ann: So?"],
        ["20", "30", "Ben: No."],
        ["40", "50", "Ann: Ah."],
    ]
    assert [label for label, _, _ in turns(read(tmp_path / "b.tsv", named))] == ["Ann", "Ben", "Ann"]


def test_other_columns_of_words_are_named_and_times_are_not(tmp_path: Path) -> None:
    rows = [["start", "stop", "speaker", "text", "translation"]]
    rows += [["0", "9", "Ann", "Oui.", "Yes."], ["10", "19", "Ben", "Non, non.", "No, no."]]
    (told,) = [
        warning for warning in read(tmp_path / "a.csv", rows).warnings if warning.kind is WarningKind.TEXT
    ]
    assert told.what == (
        'these columns were left out: "translation". To read the words of another one, say --text "COLUMN".'
    )


def test_an_attribute_of_the_study_is_kept_of_who_speaks(tmp_path: Path) -> None:
    rows = [["speaker", "wave", "text"], ["Ann", "1", "So?"], ["Ben", "2", "Not so."]]
    speakers = read(tmp_path / "a.csv", rows, ReadingOptions(attributes=("wave",))).source.speakers
    assert {label: speaker.attributes["wave"] for label, speaker in speakers.items()} == {
        "Ann": "1",
        "Ben": "2",
    }


def test_a_table_of_turns_with_a_row_too_long_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("speaker,text\nAnn,Well, so?\nBen,No.\n", encoding="utf-8")
    assert is_answers_table(path)
    with pytest.raises(ReadError, match="line 2: this row has 3 columns"):
        read_source(path, path.name, ReadingOptions(), Stakeholders({}))


def test_a_column_of_interviews_tells_people_without_a_name_apart(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    rows = "".join(
        f"{trade},Ann,How did you begin?\n{trade},Participant,As a {trade}'s help.\n"
        for trade in ("baker", "smith")
    )
    path.write_text(f"interview,speaker,text\n{rows}", encoding="utf-8")
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert [turn.label for turn in read.source.turns] == [
        "Ann",
        "Participant (baker)",
        "Ann",
        "Participant (smith)",
    ]
    told = [str(line) for line in read.warnings]
    assert any('"Participant" speaks in 2 interviews by the column "interview"' in line for line in told)
    assert not any("were left out" in line for line in told)
    path.write_text("interview,speaker,text\n" + rows.replace("Participant", "Ben"), encoding="utf-8")
    named = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert [turn.label for turn in named.source.turns] == ["Ann", "Ben"] * 2


def test_one_option_leaves_the_other_columns_as_they_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ID,group,when,answer\n1,a,May,So.\n2,b,May,No.\n", encoding="utf-8")
    survey = read_rows(path)
    whole = Columns(("answer",), case="ID", group="group", attributes=("when",))
    assert complete_columns(survey, Columns(("answer",))) == whole
    assert complete_columns(survey, Columns((), case="ID")) == whole
    assert complete_columns(survey, Columns((), attributes=("group",))) == Columns(
        ("answer",), case="ID", attributes=("group", "when")
    )
    path.write_text("speaker,text,note,time\nA,Why so?,x,0:01\nB,It rained.,y,0:09\n", encoding="utf-8")
    talk = read_rows(path)
    assert turn_columns(talk) == Columns(("text",), speaker="speaker", time="time")
    assert complete_columns(talk, Columns((), attributes=("note",))) == Columns(
        ("text",), speaker="speaker", time="time", attributes=("note",)
    )


def test_columns_that_are_told_make_turns_of_any_table(tmp_path: Path) -> None:
    rows = [["At", "Figure", "Line"], ["0:03", "1", "Yes."], ["0:09", "2", "No."]]
    said = ReadingOptions(columns=Columns(("Line",), speaker="Figure", time="At"))
    assert turns(read(tmp_path / "a.csv", rows, said)) == [
        ("1", "00:00:03", "Yes."),
        ("2", "00:00:09", "No."),
    ]
