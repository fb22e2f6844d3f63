"""Imports as a whole: files known again, one summary, and cancelling."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents, records
from tests.conftest import HEAD, PARENT

GUEST = """\
Interviewer: Jo Field

JO FIELD: Did it help?

GUEST: "No," they said - it didn't re-start.

JO FIELD: Why?

GUEST: Nobody came.
"""


def word_document(path: Path, text: str) -> None:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        if line:
            document.add_paragraph(line.replace('"No,"', "\u201cNo,\u201d").replace("'", "\u2019"))
    document.save(str(path))


def names(run: Run, study: StudyFolder) -> list[str]:
    return [source["name"] for source in records(run("-C", study.root, "sources", "--format", "json"))]


def test_a_renamed_file_renames_its_source_which_keeps_its_guid_and_decisions(
    run: Run, suggested: StudyFolder
) -> None:
    assert run("-C", suggested.root, "decide", 10, "accept").code == 0
    sources = records(run("-C", suggested.root, "sources", "--format", "json"))
    decided = records(run("-C", suggested.root, "decisions", "--format", "json"))
    corpus = suggested.root / "corpus"
    (corpus / "parent.txt").rename(corpus / "P07 parent.txt")
    shown = run("-C", suggested.root, "import", corpus, "--preview")
    assert '  Is "parent.txt" renamed; the source would get the new name.\n' in shown.out
    assert names(run, suggested) == ["head.md", "parent.txt"]
    done = run("-C", suggested.root, "import", corpus)
    assert (done.code, done.err) == (0, "")
    assert '  P07 parent.txt: is "parent.txt" renamed; ' in done.out
    renamed = records(run("-C", suggested.root, "sources", "--format", "json"))
    by_guid = {
        source["guid"]: {**source, "name": "P07 parent.txt"}
        for source in sources
        if source["name"] != "head.md"
    }
    assert [record for record in renamed if record["name"] != "head.md"] == list(by_guid.values())
    after = records(run("-C", suggested.root, "decisions", "--format", "json"))
    assert after == [{**record, "source": "P07 parent.txt"} for record in decided]
    assert "2 unchanged" in run("-C", suggested.root, "import", corpus).out


def test_a_file_outside_the_study_is_renamed_too(run: Run, study: StudyFolder, tmp_path: Path) -> None:
    old = tmp_path / "guest.txt"
    old.write_text(GUEST, encoding="utf-8")
    assert run("-C", study.root, "import", old).code == 0
    new = old.rename(tmp_path / "visitor.txt")
    assert 'visitor.txt: is "guest.txt" renamed' in run("-C", study.root, "import", new).out
    assert names(run, study) == ["head.md", "parent.txt", "visitor.txt"]


def test_a_copy_beside_the_original_is_no_renaming(run: Run, study: StudyFolder) -> None:
    corpus = study.root / "corpus"
    (corpus / "copy.txt").write_bytes((corpus / "parent.txt").read_bytes())
    before = contents(study.root)
    done = run("-C", study.root, "import", corpus)
    assert 'copy.txt: has the same text as "parent.txt"; not imported again' in done.out
    assert contents(study.root) == before


def test_a_source_whose_name_another_file_has_taken_keeps_its_name(run: Run, study: StudyFolder) -> None:
    corpus = study.root / "corpus"
    (corpus / "parent.txt").unlink()
    (corpus / "head.md").write_text(PARENT, encoding="utf-8")
    done = run("-C", study.root, "import", corpus)
    assert 'head.md: has the same text as "parent.txt"; not imported again' in done.out
    assert "corpus/head.md: this file now says what" in done.err
    assert names(run, study) == ["head.md", "parent.txt"]


def test_the_same_words_in_another_format_are_said_and_not_imported(run: Run, study: StudyFolder) -> None:
    corpus = study.root / "corpus"
    (corpus / "guest.txt").write_text(GUEST, encoding="utf-8")
    assert run("-C", study.root, "import", corpus).code == 0
    word_document(corpus / "guest.docx", GUEST)
    (corpus / "guest 2.txt").write_text(GUEST.replace("\n\n", "\r\n\r\n\r\n"), encoding="utf-8", newline="")
    before = contents(study.root)
    shown = run("-C", study.root, "import", corpus, "--preview").out
    assert '  Has the same words as "guest.txt" (another format); would not be imported again.\n' in shown
    done = run("-C", study.root, "import", corpus)
    assert done.code == 0
    assert 'guest.docx: has the same words as "guest.txt" (another format); not imported again' in done.out
    assert (
        'guest 2.txt: has the same words as "guest.txt" (other spacing or punctuation); not imported again'
    ) in done.out
    assert contents(study.root) == before
    again = run("-C", study.root, "import", corpus / "guest.docx", "--again")
    assert "Imported 1 source with 2 passages." in again.out
    assert "guest.docx" in names(run, study)


def test_two_files_of_one_import_with_the_same_words_are_one_source(
    run: Run, empty_study: StudyFolder
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "guest.txt").write_text(GUEST, encoding="utf-8")
    word_document(corpus / "guest.docx", GUEST)
    shown = run("-C", empty_study.root, "import", corpus, "--preview").out
    assert 'Has the same words as "guest.docx" (another format)' in shown
    done = run("-C", empty_study.root, "import", corpus)
    assert 'guest.txt: has the same words as "guest.docx" (another format)' in done.out
    assert names(run, empty_study) == ["guest.docx"]


def test_a_name_and_text_that_come_back_after_a_renaming_can_be_imported_again(
    run: Run, study: StudyFolder
) -> None:
    corpus = study.root / "corpus"
    (corpus / "parent.txt").rename(corpus / "renamed.txt")
    assert run("-C", study.root, "import", corpus).code == 0
    (corpus / "parent.txt").write_text(PARENT, encoding="utf-8")
    assert "Imported 1 source" in run("-C", study.root, "import", corpus, "--again").out
    sources = records(run("-C", study.root, "sources", "--format", "json"))
    assert len({source["guid"] for source in sources}) == len(sources) == 3


def test_a_table_that_says_later_who_asks_has_its_source_read_again(run: Run, study: StudyFolder) -> None:
    corpus = study.root / "corpus"
    (corpus / "pair.txt").write_text(
        "KIM HALL: So.\n\nSAM POOL: It helped.\n\nKIM HALL: And.\n\nSAM POOL: It went.\n", encoding="utf-8"
    )
    assert run("-C", study.root, "import", corpus).code == 0
    cases = records(run("-C", study.root, "cases", "--format", "json"))
    assert {"KIM HALL", "SAM POOL"} <= {case["name"] for case in cases}
    (corpus / "people.csv").write_text(
        "speaker,role\nKim Hall,Interviewer\nSam Pool,Parent\n", encoding="utf-8"
    )
    done = run("-C", study.root, "import", corpus)
    assert "pair.txt: read again, because its speakers are read differently now" in done.out
    cases = records(run("-C", study.root, "cases", "--format", "json"))
    assert "KIM HALL" not in {case["name"] for case in cases}
    quotes = records(run("-C", study.root, "quotes", "--source", "pair.txt", "--format", "json"))
    assert [quote["text"] for quote in quotes] == ["It helped.", "It went."]
    assert run("-C", study.root, "decide", "--from", _coded(study, quotes[0]["id"])).code == 0
    (corpus / "people.csv").write_text("speaker,role\nSam Pool,Interviewer\n", encoding="utf-8")
    told = run("-C", study.root, "import", corpus)
    assert told.code == 0
    assert (
        "corpus/pair.txt: its speakers are read differently now; it was left unchanged because 1 d"
        in told.err
    )
    after = records(run("-C", study.root, "quotes", "--source", "pair.txt", "--format", "json"))
    assert [record["text"] for record in after] == ["It helped.", "It went."]


def _coded(study: StudyFolder, segment: int) -> Path:
    file = study.root / "decisions.csv"
    file.write_text(f"segment,code,decision,memo\n{segment},quick fix,apply,\n", encoding="utf-8")
    return file


def test_a_corrected_table_of_the_same_answers_brings_its_values_in(run: Run, study: StudyFolder) -> None:
    table = study.root / "corpus" / "survey.csv"
    table.write_text("ID,Group,Answer\nA1,parents,It helped.\nA2,parents,No.\n", encoding="utf-8")
    assert run("-C", study.root, "import", table).code == 0
    table.write_text("ID,Group,Answer\nA1,parents,It helped.\nA2,schools,No.\n", encoding="utf-8")
    assert "1 unchanged" in run("-C", study.root, "import", table).out
    quotes = records(run("-C", study.root, "quotes", "--source", "survey.csv", "--format", "json"))
    assert [quote["group"] for quote in quotes] == ["parent", "school"]


def test_the_summary_counts_everything_once_and_warnings_by_kind_with_their_place(
    run: Run, empty_study: StudyFolder
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / "again.md").write_text(HEAD.replace("Honestly, it is", "It was"), encoding="utf-8")
    (corpus / "guest.txt").write_text(GUEST, encoding="utf-8")
    (corpus / "stranger.txt").write_text(GUEST.replace("GUEST", "VISITOR"), encoding="utf-8")
    (corpus / "survey.csv").write_text(
        "ID,Group,Answer\nA1,parents,It helped.\nA1,schools,No.\n", encoding="utf-8"
    )
    done = run("-C", empty_study.root, "import", corpus)
    assert done.code == 0
    words = sum(len(text.split()) for text in (HEAD, GUEST, GUEST, "It helped. No.")) + len(HEAD.split()) - 1
    assert done.out.splitlines()[-3:] == [
        "Imported 5 sources with 12 passages.",
        f"Looked at 5 files; what was imported holds 4 cases, 18 turns and {words} words.",
        "Unsure: groups 2, conflicts 1.",
    ]
    lines = done.err.splitlines()
    assert [line for line in lines if not line.startswith("  To do: ")] == [
        "Unsure, groups (2):",
        '  corpus/guest.txt: the group of "GUEST" is not known.',
        '  corpus/stranger.txt: the group of "VISITOR" is not known.',
        "Unsure, conflicts (1):",
        '  corpus/survey.csv:3: the group of "A1" is "schools", but "parents" on line 2.',
    ]
    assert [number for number, line in enumerate(lines) if line.startswith("  To do: ")] == [3, 6]
    assert "quotegrid cases set NAME group=..." in lines[3]


STRANGERS = "Title: T\nColour: red\n\nQ: Who?\n\n{name}: I.\n\nQ: When?\n\n{name}: At dusk.\n"


def test_what_is_unsure_in_many_files_is_told_once_and_by_itself_where_asked(
    run: Run, empty_study: StudyFolder
) -> None:
    corpus = empty_study.root / "corpus"
    for number in range(12):
        text = STRANGERS.format(name=f"Visitor {chr(65 + number)}")
        (corpus / f"talk-{number:02}.txt").write_text(text, encoding="utf-8")
    told = run("-C", empty_study.root, "import", corpus).err.splitlines()
    assert told[0] == "Unsure, groups (12):"
    assert told[1] == (
        '  corpus/talk-00.txt and 11 more places: the group of 12 people is not known: "Visitor A", '
        '"Visitor B", "Visitor C" and 9 more.'
    )
    assert told[3:5] == [
        "Unsure, text (12):",
        '  corpus/talk-00.txt:2 and 11 more places: "Colour" is not a header field and was left out; to keep '
        "it as an attribute, add it to attributes under [import] in quotegrid.toml.",
    ]
    shown = run("-C", empty_study.root, "import", "--preview", corpus).out
    assert "Unsure: groups 12, text 12." in shown


def test_a_long_list_is_cut_with_how_to_see_all_of_it(run: Run, empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    names = ["Ann", "Ben", "Cai", "Dov", "Eva", "Fay", "Gus", "Hal", "Ivo", "Jan"]
    for name in names:
        text = f"{name}: So?\n\nQ: Who?\n\n{name}: Why?\n\nQ: I.\n\n{name}: When?\n\nQ: No.\n"
        (corpus / f"{name}.csv").write_text(
            f"Case,Group,Answer\n{name},parents,{text.splitlines()[0]}\n{name},schools,No.\n",
            encoding="utf-8",
        )
    told = run("-C", empty_study.root, "import", corpus).err
    assert told.startswith("Unsure, conflicts (10):\n")
    assert told.count('the group of "') == 8
    assert "  and 2 more; --verbose lists all, with --preview also later\n" in told
    every = run("-C", empty_study.root, "import", "--preview", "--verbose", corpus).out
    assert every.count('the group of "') == 10


def test_an_area_that_the_study_does_not_list_is_told_among_areas(run: Run, empty_study: StudyFolder) -> None:
    settings = empty_study.root / "quotegrid.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[areas]\nWesthay = []\n", encoding="utf-8")
    talk = empty_study.root / "corpus" / "head.md"
    talk.write_text(HEAD.replace("area: Westhay", "area: Westhey"), encoding="utf-8")
    done = run("-C", empty_study.root, "import", talk)
    assert done.code == 0
    assert done.err.splitlines()[:2] == [
        "Unsure, areas (1):",
        '  corpus/head.md:8: the area "Westhey" is not one of [areas]; did you mean Westhay?',
    ]


def test_one_is_not_said_in_the_plural(run: Run, empty_study: StudyFolder, tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    one.write_text("Answer\nYes.\n", encoding="utf-8")
    done = run("-C", empty_study.root, "import", one)
    assert done.out == (
        "  one.csv: transcript, 1 passage, 1 case\n"
        "Imported 1 source with 1 passage.\n"
        "Looked at 1 file; what was imported holds 1 case, 1 turn and 1 word.\n"
        "Unsure: groups 1.\n"
    )


# A run of the tests that a shell started in the background hands an ignored SIGINT on to its children.
HEEDING_INTERRUPTS = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from quotegrid.cli.main import main
main(sys.argv[1:])
"""
INTERRUPTED = """\
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from quotegrid.cli.main import main
from quotegrid.workflows.sources.import_sources import _Import
from quotegrid.workflows.sources.recognising import Recogniser

owner, name = {"reading": (Recogniser, "recognise"), "storing": (_Import, "_take")}[sys.argv[1]]
done, left = getattr(owner, name), [3]

def step(self, *arguments, **options):
    left[0] -= 1
    result = done(self, *arguments, **options)
    if not left[0]:
        os.kill(os.getpid(), signal.SIGINT)
    return result

setattr(owner, name, step)
main(sys.argv[2:])
"""


def transcripts(study: StudyFolder, number: int, turns: int) -> None:
    for file in range(number):
        said = "".join(
            f"JO FIELD: And then?\n\nGUEST {file}: We waited {turn} weeks. Nobody rang. It went on.\n\n"
            for turn in range(turns)
        )
        path = study.root / "corpus" / f"talk-{file:03}.txt"
        path.write_text(f"Interviewer: Jo Field\n\n{said}", encoding="utf-8")


def assert_cancelled(code: int, out: str, err: str, study: StudyFolder, before: list[str]) -> None:
    assert (code, out, err) == (130, "", "Cancelled; nothing was imported.\n")
    assert contents(study.root) == before
    assert not (study.root / "quotegrid.db.writer").exists()


@pytest.mark.parametrize("moment", ["reading", "storing"])
def test_an_interrupt_leaves_the_study_as_it_was(run: Run, study: StudyFolder, moment: str) -> None:
    transcripts(study, 6, 3)
    (study.root / "corpus" / "parent.txt").write_text(PARENT.replace("Fourteen", "Nine"), encoding="utf-8")
    before = contents(study.root)
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, moment, "-C", study.root, "import", study.root / "corpus"],
        capture_output=True,
        text=True,
    )
    assert_cancelled(done.returncode, done.stdout, done.stderr, study, before)
    assert run("-C", study.root, "import", study.root / "corpus").code == 0
    assert len(names(run, study)) == 8


@pytest.mark.skipif(os.name != "posix", reason="signals of the keyboard are POSIX's")
def test_an_interrupt_from_the_keyboard_leaves_the_study_as_it_was(study: StudyFolder) -> None:
    transcripts(study, 150, 80)
    before = contents(study.root)
    process = subprocess.Popen(
        [sys.executable, "-c", HEEDING_INTERRUPTS, "-C", study.root, "import", study.root / "corpus"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while not (study.root / "quotegrid.db.writer").exists():
        assert time.monotonic() < until
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    # CPython ends itself by the signal where it came while a library ran exec(); a shell calls both 130.
    code = 130 if process.returncode == -signal.SIGINT else process.returncode
    assert_cancelled(code, out, err, study, before)


def test_a_plan_and_sources_that_are_all_bad_are_refused_together(run: Run, empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "empty.txt").touch()
    (corpus / "plan.csv").write_text("group,planned\nparents,some\n", encoding="utf-8")
    assert_refused(
        run("-C", empty_study.root, "import", corpus),
        3,
        "2 files",
        f"{corpus / 'plan.csv'}, line 2",
        '"some"',
    )
