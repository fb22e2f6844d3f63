from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.transcripts.labels import colon_labels
from quotegrid.corpus.transcripts.unspoken.particulars import names_a_part, repeated_particulars
from quotegrid.domain.people.stakeholders import Stakeholders
from tests.corpus.transcripts.invented import FERRY, read, said, talk

TALK = "JO: When did it stop?\n\nRAY: In spring.\n\nJO: Who told you?\n\nRAY: My aunt did.\n\n"


def names_of(text: str) -> list[str]:
    return [label.name for label in repeated_particulars(text, list(colon_labels(text, 0)))]


@pytest.mark.parametrize(
    "lines",
    [
        ["Baker: Ann Lund", "Oven: the old one"],
        ["\u91c7\u8bbf\u4eba\uff1a\u6797\u5b89", "\u5730\u70b9\uff1a\u78e8\u574a"],
        ["Trade: baker", "Town: Vik", "Years there: 31"],
    ],
)
def test_lines_that_stand_above_each_interview_are_nobodys(tmp_path: Path, lines: list[str]) -> None:
    block = "\n\n".join(lines)
    text = f"{block}\n\n{TALK}{block}\n\n{TALK}"
    assert len(names_of(text)) == 2 * len(lines)
    path = tmp_path / "mill.txt"
    path.write_text(text, encoding="utf-8")
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    said = [text[turn.start : turn.end] for turn in read.source.turns]
    assert said == ["When did it stop?", "In spring.", "Who told you?", "My aunt did."] * 2
    assert any("above each interview" in warning.what for warning in read.warnings)


@pytest.mark.parametrize(
    "text",
    [
        f"Clerk: Item one.\n\nChair: Next, please.\n\n{TALK}Clerk: Item two.\n\nChair: Go on.\n\n{TALK}",
        f"Trade: baker\n\nTown: Vik\n\n{TALK}{TALK}",
        f"Trade: baker\n\nTown: Vik\n\n{TALK}Trade: smith\n\nRAY: So.\n\nTown: Moen\n\n{TALK}",
        f"Trade: baker\n\nTown: Vik\n\nTrade: smith\n\nTown: Moen\n\n{TALK}",
        f"{TALK}{TALK}Trade: baker\n\nTown: Vik\n\n{TALK}Trade: smith\n\nTown: Moen\n\n{TALK}",
    ],
)
def test_labels_of_speakers_and_other_lines_are_no_particulars(text: str) -> None:
    assert names_of(text) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Interviewee: Ada Moore", True),
        ("Entrevistador: Juan Castaño.", True),
        ("Interviewee: it sank, Ada.", False),
        ("Raft: Ada Moore", False),
        ("Interviewee: Ada Moore built it with Ben Ode", False),
    ],
)
def test_a_line_of_a_part_and_a_name_says_who_talks_next(line: str, names: bool) -> None:
    assert names_a_part(line) is names


def test_a_talk_begins_below_the_form_above_it(tmp_path: Path) -> None:
    form = "ADA PIKE: A talk held for the mill.\n\n"
    form += "INTERVIEWEE: Ada Pike\nINTERVIEWER: Jo Dale\nPLACE: the mill\n\n"
    turns = talk("{who}:\n\n{words}\n\n", "Q", "Ada Pike")
    assert said(read(tmp_path, form + turns))[0] == ("Q", FERRY[0])


@pytest.mark.parametrize("field", ["Tanggal", "Datum", "Fecha", "Lieu"])
def test_fields_of_forms_in_other_languages_speak_nowhere(field: str, tmp_path: Path) -> None:
    pairs = zip(FERRY[::2], FERRY[1::2], strict=True)
    text = f"{field}\t\t: 3 May\n\n" + "".join(f"{asked}\n\n{answer}\n\n" for asked, answer in pairs)
    assert [words for _, words in said(read(tmp_path, text))] == list(FERRY)
