from __future__ import annotations

import csv
import logging
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from quotegrid.corpus.readers.pdf import read
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import SourceKind
from quotegrid.domain.text.normalise import one_line
from quotegrid.errors import ReadError
from tests.conftest import SHARED
from tests.profiles import examples

INTERVIEWS = SHARED / "interviews"
SIZE = 11
LINE = 5.5
LONG = (
    "We had been on the list since the spring, and every week somebody rang to say that the week after would "
    "be the one. In the end my sister drove over and asked at the desk. They had lost the form, of course, "
    "and nobody had thought of telling us so."
)
SECOND = (
    "The new coordinator changed that within a month. She wrote down what each family was waiting for, who "
    "had promised it, and by when, and she read the whole list out at every meeting until it was short."
)
THIRD = (
    "What I would keep is the list. What I would drop is the portal, because it asks for the same answers "
    "that the paper asked for and then prints them on paper again."
)


class Printed(FPDF):
    """A writer with a running header and a page number, for those tests that set them."""

    head = ""
    foot = ""

    def header(self) -> None:
        if self.head:
            self.set_font("Helvetica", size=9)
            self.cell(0, 5, self.head)
            self.ln(12)
            self.set_font("Helvetica", size=SIZE)

    def footer(self) -> None:
        if self.foot:
            self.set_y(-15)
            self.set_font("Helvetica", size=9)
            self.cell(0, 5, self.foot.format(self.page_no()), align="C")


def _printer(head: str = "", foot: str = "") -> Printed:
    pdf = Printed()
    pdf.head, pdf.foot = head, foot
    pdf.set_font("Helvetica", size=SIZE)
    pdf.add_page()
    pdf.set_font("Helvetica", size=SIZE)
    return pdf


def _paragraphs(pdf: FPDF, paragraphs: Sequence[str], width: float = 0, gap: float = 4) -> None:
    left = pdf.get_x()
    for words in paragraphs:
        pdf.set_x(left)
        pdf.multi_cell(width, LINE, words, align="L", new_x="LEFT", new_y="NEXT")
        pdf.ln(gap)


def _lines(pdf: FPDF, x: float, y: float, lines: Sequence[str], pitch: float = LINE) -> None:
    for number, words in enumerate(lines):
        pdf.text(x, y + number * pitch, words)


def _raised(pdf: FPDF, x: float, y: float, words: str, mark: str, behind: str = "") -> None:
    pdf.text(x, y, words)
    x += pdf.get_string_width(words)
    pdf.set_font_size(6)
    pdf.text(x, y - 1.5, mark)
    x += pdf.get_string_width(mark)
    pdf.set_font_size(SIZE)
    pdf.text(x, y, behind)


def _saved(pdf: FPDF, folder: Path) -> Path:
    path = folder / "a.pdf"
    pdf.output(str(path))
    return path


def _text(pdf: FPDF, folder: Path) -> str:
    return read(_saved(pdf, folder)).text


def test_wrapped_lines_become_paragraphs_with_a_blank_line_between(tmp_path: Path) -> None:
    pdf = _printer()
    _paragraphs(pdf, [LONG, SECOND, THIRD])
    assert _text(pdf, tmp_path) == f"{LONG}\n\n{SECOND}\n\n{THIRD}\n"


def test_paragraphs_without_space_between_are_told_by_their_short_last_lines(tmp_path: Path) -> None:
    pdf = _printer()
    _paragraphs(pdf, [LONG, SECOND, THIRD], gap=0)
    assert _text(pdf, tmp_path) == f"{LONG}\n\n{SECOND}\n\n{THIRD}\n"


def test_an_indent_begins_a_paragraph(tmp_path: Path) -> None:
    pdf = _printer()
    _lines(
        pdf,
        20,
        20,
        [
            "The first line of the first one and it is long enough to be full,",
            "and its second line, which is as long as the first of them is too.",
        ],
    )
    _lines(pdf, 26, 31, ["Then the second paragraph begins, and this line is full as well,"])
    _lines(pdf, 20, 36.5, ["and so it goes on."])
    first, second = _text(pdf, tmp_path).strip().split("\n\n")
    assert first.endswith("of them is too.")
    assert second == "Then the second paragraph begins, and this line is full as well, and so it goes on."


def test_every_speaker_label_begins_a_paragraph(tmp_path: Path) -> None:
    pdf = _printer()
    turns = [
        f"INTERVIEWER: {THIRD[:60]}?",
        f"Participant: {LONG}",
        "INTERVIEWER: And then?",
        f"Participant: {SECOND}",
    ]
    _paragraphs(pdf, turns, gap=0)
    path = _saved(pdf, tmp_path)
    assert read(path).text == "\n\n".join(turns) + "\n"
    source = read_source(path, "a.pdf", ReadingOptions(), Stakeholders({})).source
    assert source.kind is SourceKind.TRANSCRIPT
    assert [(turn.label, turn.is_interviewer) for turn in source.turns] == [
        ("INTERVIEWER", True),
        ("Participant", False),
    ] * 2


def test_field_lines_at_the_top_are_a_header(tmp_path: Path) -> None:
    pdf = _printer()
    _paragraphs(
        pdf, ["Title: A parent", "Interviewer: Jo Field", "Participant: Ann Lake", "Area: Westhay"], gap=0
    )
    pdf.ln(6)
    _paragraphs(pdf, [f"Jo: {THIRD}", f"Ann: {LONG}"])
    source = read_source(_saved(pdf, tmp_path), "a.pdf", ReadingOptions(), Stakeholders({})).source
    assert (source.title, source.area, len(source.turns)) == ("A parent", "Westhay", 2)
    assert source.speakers["Ann"].name == "Ann Lake"


def test_labels_in_a_column_of_their_own_stay_with_their_words(tmp_path: Path) -> None:
    pdf = _printer()
    for label, y, lines in [
        (
            "Jo:",
            20,
            [
                "How long did all of that take you, from the first letter until the",
                "day on which somebody came?",
            ],
        ),
        (
            "Ann:",
            31,
            [
                "It took us the best part of two years, and we wrote to them every",
                "month, and we have kept all the letters that came back to us, with",
                "the envelopes.",
            ],
        ),
        ("Jo:", 47.5, ["And who came?"]),
        ("Ann:", 53, ["A nurse."]),
    ]:
        pdf.text(20, y, label)
        _lines(pdf, 50, y, lines)
    paragraphs = _text(pdf, tmp_path).strip().split("\n\n")
    assert [words.split()[0] for words in paragraphs] == ["Jo:", "Ann:", "Jo:", "Ann:"]
    assert paragraphs[1].endswith("came back to us, with the envelopes.")


def test_a_table_of_names_and_words_is_a_talk(tmp_path: Path) -> None:
    pdf = _printer()
    pdf.add_page()
    pdf.set_font("Helvetica", size=SIZE)
    y = 20.0
    turns = [
        ("Ann Moss", "Who paid for the raft?"),
        ("Ray", "The mill, for a year."),
        ("Ann Moss", "And then?"),
    ]
    for who, words in [*turns, ("Ray", LONG)]:
        pdf.text(20, y, who)
        lines = [words[at : at + 70] for at in range(0, len(words), 70)]
        _lines(pdf, 60, y, [line.strip() for line in lines])
        y += LINE * (len(lines) + 0.4)
    read_turns = read_source(_saved(pdf, tmp_path), "talk.pdf", ReadingOptions(), Stakeholders({})).source
    assert [turn.label for turn in read_turns.turns] == ["Ann Moss", "Ray", "Ann Moss", "Ray"]
    said = read_turns.text[read_turns.turns[1].start : read_turns.turns[1].end]
    assert said == "The mill, for a year."


@pytest.mark.parametrize("shape", ["label", "question"])
def test_what_is_bold_tells_who_speaks(shape: str, tmp_path: Path) -> None:
    pdf = _printer()
    pdf.add_page()
    turns = [("Who paid for the raft?", "The mill did, for a year."), ("And what came then?", LONG)] * 3
    for asked, answer in turns:
        pdf.set_font("Helvetica", "B", size=SIZE)
        if shape == "label":
            for who, words in (("Ann Moss", asked), ("Ray", answer)):
                pdf.set_font("Helvetica", "B", size=SIZE)
                pdf.write(LINE, f"{who} ")
                pdf.set_font("Helvetica", size=SIZE)
                pdf.write(LINE, f"{words}\n")
        else:
            pdf.write(LINE, f"{asked}\n")
            pdf.set_font("Helvetica", size=SIZE)
            pdf.write(LINE, f"{answer}\n")
    source = read_source(_saved(pdf, tmp_path), "interview.pdf", ReadingOptions(), Stakeholders({})).source
    assert [source.text[turn.start : turn.end].replace("\n", " ") for turn in source.turns] == [
        words for turn in turns for words in turn
    ]
    assert len({turn.label for turn in source.turns[::2]} | {turn.label for turn in source.turns[1::2]}) == 2


def test_two_columns_are_read_one_after_the_other_below_a_title_across(tmp_path: Path) -> None:
    pdf = _printer()
    pdf.set_font_size(16)
    pdf.text(20, 20, "What families said about the list, and what we made of all that")
    pdf.set_font_size(SIZE)
    pdf.set_xy(20, 30)
    _paragraphs(pdf, [LONG, SECOND], width=80)
    pdf.set_xy(110, 31.3)
    _paragraphs(pdf, [THIRD, LONG], width=80)
    title, *paragraphs = _text(pdf, tmp_path).strip().split("\n\n")
    assert title.startswith("What families said")
    assert paragraphs == [LONG, SECOND, THIRD, LONG]


def test_running_headers_footers_and_page_numbers_go_and_pages_are_known(tmp_path: Path) -> None:
    pdf = _printer("Interview 4, transcript", "Page {} of 3")
    paragraphs = [f"{number}. {LONG}" for number in range(36)]
    _paragraphs(pdf, paragraphs)
    path = _saved(pdf, tmp_path)
    result = read(path)
    assert result.text == "\n\n".join(paragraphs) + "\n"
    assert len(result.pages) == pdf.page_no() == 3
    assert result.pages[0] == 0
    assert list(result.pages) == sorted(set(result.pages))


def test_a_paragraph_over_a_page_break_is_one_and_its_page_begins_within_it(tmp_path: Path) -> None:
    pdf = _printer(foot="{}")
    _lines(
        pdf,
        20,
        20,
        ["The first page ends in the middle of what was being said, since the", "paper was short and the"],
    )
    pdf.add_page()
    _lines(pdf, 20, 20, ["story was long. It went on over here."])
    result = read(_saved(pdf, tmp_path))
    assert result.text.count("\n\n") == 0
    assert result.text[result.pages[1] :] == "story was long. It went on over here.\n"


def test_a_line_printed_again_at_the_top_of_the_next_page_is_read_once(tmp_path: Path) -> None:
    pdf = _printer()
    line = "and this is the line that the page break has cut through the middle,"
    _lines(pdf, 20, 20, ["Here is the line before it, which fills all of the width that there is,", line])
    pdf.add_page()
    _lines(pdf, 20, 20, [line, "and so it was printed on both."])
    assert _text(pdf, tmp_path).count(line) == 1


def test_short_answers_alike_at_the_top_of_pages_are_kept(tmp_path: Path) -> None:
    pdf = _printer(foot="{}")
    for number in range(4):
        if number:
            pdf.add_page()
        _lines(
            pdf,
            20,
            20,
            [
                "Ann: Yes.",
                f"Jo: And what came after that, in year {'abcd'[number]}?",
                "Ann: More of it.",
                "Jo: I see.",
            ],
        )
    assert _text(pdf, tmp_path).count("Ann: Yes.") == 4


def test_footnotes_stand_in_brackets_behind_the_paragraph_of_their_page_end(tmp_path: Path) -> None:
    pdf = _printer()
    _raised(pdf, 20, 20, "They followed the guide", "1", ", which everybody knew, and then")
    _lines(pdf, 20, 25.5, ["they had to wait for the rest of the year, because the money that they"])
    pdf.set_font_size(8)
    _raised(pdf, 20, 270, "", "1", "")
    pdf.set_font_size(8)
    _lines(pdf, 22, 270, ["The guide of 2019 [second edition]."])
    pdf.add_page()
    pdf.set_font_size(SIZE)
    _lines(pdf, 20, 20, ["had asked for came late.", "", "Another paragraph."])
    assert _text(pdf, tmp_path) == (
        "They followed the guide, which everybody knew, and then they had to wait for the rest of the year, "
        "because the money that they had asked for came late.\n\n"
        "[1 The guide of 2019 (second edition).]\n\nAnother paragraph.\n"
    )


def test_footnotes_alike_on_every_page_are_no_running_footer(tmp_path: Path) -> None:
    pdf = _printer()
    for number in range(1, 4):
        if number > 1:
            pdf.add_page()
        pdf.set_font_size(SIZE)
        _raised(pdf, 20, 20, f"Claim {'abc'[number - 1]} was made", str(number), " by all of them.")
        pdf.set_font_size(8)
        _lines(pdf, 20, 270, [f"{number} Ibid."])
    text = _text(pdf, tmp_path)
    assert [f"[{number} Ibid.]" in text for number in (1, 2, 3)] == [True] * 3
    assert "Claim b was made by all of them." in text


def test_a_footnote_is_nobodys_words_in_a_transcript(tmp_path: Path) -> None:
    pdf = _printer()
    _lines(pdf, 20, 20, ["Interviewer: Which guide?", "Ann: The old one."])
    _raised(pdf, 20, 31, "Interviewer: Which guide", "1", " do you mean?")
    _lines(
        pdf,
        20,
        36.5,
        ["Ann: The green one, the one that we had all been given in the first week", "of the course."],
    )
    pdf.set_font_size(8)
    _lines(pdf, 20, 270, ["1 Handed out later."])
    pdf.add_page()
    pdf.set_font_size(SIZE)
    _lines(pdf, 20, 20, ["We still have it.", "Interviewer: Thank you."])
    path = _saved(pdf, tmp_path)
    source = read_source(path, "a.pdf", ReadingOptions(), Stakeholders({})).source
    said = [source.text[turn.start : turn.end] for turn in source.turns]
    assert "[1 Handed out later.]" in source.text
    assert not any("Handed" in words for words in said)
    assert said[2] == "Which guide do you mean?"


def test_a_power_is_kept_where_no_footnote_has_its_number(tmp_path: Path) -> None:
    pdf = _printer()
    _raised(pdf, 20, 20, "The room has 20 m", "2", " and one window.")
    assert _text(pdf, tmp_path) == "The room has 20 m² and one window.\n"


def test_hyphens_at_line_ends_are_mended_only_where_the_document_shows_how(tmp_path: Path) -> None:
    pdf = _printer()
    lines = [
        "The information was there. A part-time job is a job, and they said infor-",
        "mation is all that people in need ask for, and that a post is a part-",
        "time one too, and nobody ever said so, because of the unwilling-",
        "ness of one- and two-year plans that came to be made, and th-",
        "they never came.",
    ]
    _lines(pdf, 20, 20, lines)
    text = _text(pdf, tmp_path)
    assert "said information is" in text
    assert "a part-time one" in text
    assert "unwilling-ness of one-" in text
    assert "th- they never" in text
    assert read(tmp_path / "a.pdf").repairs == {"hyphens at line ends": 1}


def test_paragraph_numbers_in_the_margin_go_and_begin_paragraphs(tmp_path: Path) -> None:
    pdf = _printer()
    y, expected = 20.0, []
    for number in range(1, 6):
        pdf.text(10, y, str(number))
        _lines(
            pdf,
            25,
            y,
            [
                f"Passage {'abcde'[number - 1]} goes on until the line is as full as it is going to be,",
                "and it has a second line as full as the first one of it is, to the end.",
            ],
        )
        expected.append(f"Passage {'abcde'[number - 1]}")
        y += 2 * LINE
    paragraphs = _text(pdf, tmp_path).strip().split("\n\n")
    assert [words[:9] for words in paragraphs] == expected
    assert all(words.endswith("to the end.") for words in paragraphs)


def test_line_numbers_in_either_margin_go_and_begin_nothing(tmp_path: Path) -> None:
    words = [
        f"this is line {'abcdefgh'[number]} and it fills the width that there is from left to right"
        for number in range(8)
    ]
    for x in (10.0, 190.0):
        pdf = _printer()
        _lines(pdf, 25, 20, words)
        _lines(pdf, x, 20, [str(number + 1) for number in range(8)])
        assert _text(pdf, tmp_path) == " ".join(words) + "\n"


def test_ligatures_are_spelt_out_and_soft_hyphens_go(tmp_path: Path) -> None:
    face = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    if face is None:
        pytest.skip("no font with ligatures is installed")
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("DejaVu", fname=str(face))
    pdf.set_font("DejaVu", size=SIZE)
    pdf.text(20, 20, "The \ufb01rst o\ufb03ce \ufb02oor is cut o\ufb00, co\u00adoperation too.")
    assert _text(pdf, tmp_path) == "The first office floor is cut off, cooperation too.\n"


def test_text_that_is_turned_is_left_out_but_a_turned_page_is_read(tmp_path: Path) -> None:
    pdf = _printer()
    _paragraphs(pdf, [LONG])
    with pdf.rotation(45, 100, 150):
        pdf.text(80, 150, "DRAFT")
    assert _text(pdf, tmp_path) == LONG + "\n"
    pdf = _printer()
    with pdf.rotation(90, 100, 150):
        _lines(pdf, 60, 150, ["Read me", "from the side."])
    assert one_line(_text(pdf, tmp_path)) == "Read me from the side."


def _picture(folder: Path) -> Path:
    path = folder / "scan.png"
    Image.new("L", (40, 60), 128).save(path)
    return path


def test_a_scan_is_refused_with_the_way_out(tmp_path: Path) -> None:
    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.image(str(_picture(tmp_path)), 0, 0, 210)
    with pytest.raises(ReadError, match=r"a\.pdf: this PDF holds pictures of pages and no text .*ocrmypdf"):
        read(_saved(pdf, tmp_path))


def test_scanned_pages_among_others_are_told(tmp_path: Path) -> None:
    pdf = _printer()
    _paragraphs(pdf, [LONG])
    pdf.add_page()
    pdf.image(str(_picture(tmp_path)), 0, 0, 210)
    result = read(_saved(pdf, tmp_path))
    assert tuple(map(str, result.warnings)) == (
        "page 2 is a picture without text; what it says was not read.",
    )
    assert result.pages == (0, len(result.text))


def test_a_pdf_without_anything_is_said_to_have_no_text(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    with pytest.raises(ReadError, match="there is no text in this PDF"):
        read(_saved(pdf, tmp_path))


def _encrypted(path: Path) -> None:
    pdf = _printer()
    _paragraphs(pdf, [LONG])
    pdf.set_encryption(owner_password="owner", user_password="user")  # noqa: S106 - no secret
    pdf.output(str(path))


def _truncated(path: Path) -> None:
    pdf = _printer()
    _paragraphs(pdf, [LONG] * 30)
    pdf.output(str(path))
    path.write_bytes(path.read_bytes()[:-200])


def _hollow(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\nnothing of the kind\n%%EOF\n")


def _other(path: Path) -> None:
    path.write_text("Words.", encoding="utf-8")


def _empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_encrypted, "protected by a password"),
        (_truncated, "cut short"),
        (_hollow, "this PDF is broken"),
        (_other, "this is not a PDF"),
        (_empty, "the file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_message(
    tmp_path: Path, spoil: Callable[[Path], None], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.pdf"
    spoil(path)
    with caplog.at_level(logging.DEBUG), pytest.raises(ReadError, match=rf"a\.pdf: .*{message}"):
        read(path)
    assert caplog.records == []


def test_bytes_changed_anywhere_end_in_text_or_one_message(tmp_path: Path) -> None:
    pdf = _printer()
    pdf.set_compression(False)
    _paragraphs(pdf, [LONG])
    data = _saved(pdf, tmp_path).read_bytes()
    path = tmp_path / "b.pdf"
    for at in range(20, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:at] + b"\xff<</x" + data[at + 6 :])
        try:
            assert read(path).text
        except ReadError as error:
            assert error.todo


_SAID = st.lists(
    st.from_regex(r"[A-Z][a-z]{1,9}( [a-z]{1,9}){3,40}\.", fullmatch=True), min_size=1, max_size=8
)


@examples(25, quick=8)
@given(paragraphs=_SAID)
def test_invented_paragraphs_come_back_as_they_were_printed(tmp_path: Path, paragraphs: list[str]) -> None:
    pdf = _printer()
    # How far apart lines are can be told only where one goes on.
    paragraphs = [LONG, *paragraphs]
    _paragraphs(pdf, paragraphs)
    assert _text(pdf, tmp_path) == "\n\n".join(paragraphs) + "\n"


def _field(paragraph: object, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with two Word documents that LibreOffice has printed: an interview, and two columns."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, columns in [("interview", 1), ("columns", 2)]:
        document = Document()
        section = document.sections[0]
        section.header.paragraphs[0].text = "A study of waiting"
        _field(section.footer.paragraphs[0], "PAGE")
        if columns == 2:
            section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), "2")
        for words in _office_paragraphs(name):
            document.add_paragraph(words)
        document.save(str(folder / f"{name}.docx"))
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, folder.glob("*.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    yield folder


def _office_paragraphs(name: str) -> list[str]:
    if name == "columns":
        return [f"{LONG} {SECOND}", THIRD] * 8
    return [f"Interviewer: {THIRD}", f"Ann Lake: {LONG} {SECOND}"] * 8


@pytest.mark.parametrize("name", ["interview", "columns"])
def test_what_libreoffice_prints_is_read_as_it_was_written(office: Path, name: str) -> None:
    result = read(office / f"{name}.pdf")
    assert one_line(result.text) == " ".join(_office_paragraphs(name))
    assert len(result.pages) > 1
    if name == "interview":
        assert result.text == "\n\n".join(_office_paragraphs(name)) + "\n"


needs_interviews = pytest.mark.skipif(not INTERVIEWS.is_dir(), reason="the shared interviews are not here")


@needs_interviews
def test_nearly_all_segments_coded_by_others_are_found_in_the_real_interviews() -> None:
    texts = {path.stem: one_line(read(path).text) for path in INTERVIEWS.glob("P*.pdf")}
    with (INTERVIEWS / "coded-segments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = sum(one_line(row["text"]) in texts[row["source"]] for row in rows)
    assert (found, len(rows)) >= (212, 215)


@needs_interviews
def test_the_real_interviews_have_two_speakers() -> None:
    for path in INTERVIEWS.glob("P*.pdf"):
        source = read_source(path, path.name, ReadingOptions(interviewer="Dan"), Stakeholders({})).source
        asking = {turn.label for turn in source.turns if turn.is_interviewer}
        answering = [turn.label for turn in source.turns if not turn.is_interviewer]
        assert asking == {"Dan"}
        # One answer of one file has its label misspelt.
        assert len(answering) - answering.count("Participant") <= 1


def _words_on_one_page(path: Path, words: int, in_a_line: int) -> Path:
    """Write a page as high as it needs to be, so that nothing of it is another page's."""
    lines = words // in_a_line
    pdf = FPDF(unit="pt", format=(60.0 + 30 * in_a_line, 100.0 + 14 * lines))
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("Helvetica", size=SIZE)
    for line in range(lines):
        pdf.text(30, 50 + 14 * line, " ".join(f"w{line}" for _ in range(in_a_line)))
    pdf.output(str(path))
    return path


@pytest.mark.timing
@pytest.mark.parametrize("in_a_line", [1, 12])
def test_the_time_for_a_page_grows_with_its_words_and_no_faster(tmp_path: Path, in_a_line: int) -> None:
    def taken(words: int) -> float:
        path = _words_on_one_page(tmp_path / f"{words}.pdf", words, in_a_line)
        began = time.process_time()
        assert len(read(path).text.split()) == words
        return time.process_time() - began

    taken(300)
    assert taken(12_000) < 4 * 3 * taken(3_000) + 0.1
