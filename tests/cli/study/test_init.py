from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from quotegrid.corpus.sources import source_kinds
from quotegrid.domain.sources.model import AttributedQuote, QuoteKind
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents, records
from tests.conftest import ATTRIBUTES, HEAD, PARENT

VTT = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Jo Field>Who is waiting?

00:00:05.000 --> 00:00:09.000
<v Ann Lake>Everybody is on the waiting list.
"""


def word_document(path: Path) -> None:
    from docx import Document

    document = Document()
    for text in (
        "Title: A therapist",
        "Interviewer: Jo Field",
        "Participant: Max Dean",
        "Group: health",
        "Jo Field: Did it help?",
        "Max Dean: We had room to plan.",
        "Jo Field: And then?",
        "Max Dean: Then the money ran out.",
    ):
        document.add_paragraph(text)
    document.save(str(path))


def test_init_makes_a_study_that_the_other_commands_accept(run: Run, tmp_path: Path) -> None:
    made = run("init", tmp_path / "new", "--name", 'Views "2025" {x}')
    assert made.code == 0
    config = tomllib.loads((tmp_path / "new" / "quotegrid.toml").read_text(encoding="utf-8"))
    assert config["study"]["name"] == 'Views "2025" {x}'
    assert sorted(path.name for path in (tmp_path / "new").iterdir() if path.is_dir()) == [
        "codebook",
        "corpus",
        "exports",
    ]
    status = records(run("-C", tmp_path / "new", "status", "--format", "json"))
    assert (status["study"], status["sources"], status["codes"]) == ('Views "2025" {x}', 0, 0)
    assert status["next_step"] == "Put transcripts into corpus/ and run: quotegrid import corpus"


def test_init_leaves_a_study_that_is_there_alone(run: Run, study: StudyFolder) -> None:
    before = contents(study.root), (study.root / "quotegrid.toml").read_bytes()
    assert_refused(run("init", study.root), 2, study.root / "quotegrid.toml", "already")
    assert (contents(study.root), (study.root / "quotegrid.toml").read_bytes()) == before


def test_init_with_a_codebook_that_cannot_be_used_makes_no_study(run: Run, tmp_path: Path) -> None:
    (tmp_path / "codebook").mkdir()
    codebook = tmp_path / "codebook" / "codebook.yaml"
    codebook.write_text("codes:\n  - name: a\n  - name: A\n", encoding="utf-8")
    assert_refused(run("init", tmp_path), 3, f"{codebook}, line 3", "twice")
    assert not (tmp_path / "quotegrid.toml").exists()
    codebook.write_text("codes:\n  - name: a\n", encoding="utf-8")
    assert run("init", tmp_path).code == 0


def test_init_where_no_folder_can_be_made_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert_refused(run("init", tmp_path / "file" / "study"), 2, tmp_path / "file" / "study")


def test_a_folder_is_imported_with_every_format_and_its_attributes(
    run: Run, empty_study: StudyFolder
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "wave1").mkdir()
    (corpus / "wave1" / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / "parent.txt").write_text(PARENT, encoding="utf-8")
    (corpus / "lake.vtt").write_text(VTT, encoding="utf-8")
    word_document(corpus / "dean.docx")
    (corpus / "areas.csv").write_text(ATTRIBUTES, encoding="utf-8")
    (corpus / "people.csv").write_text(
        "speaker,role,group\nJo Field,Interviewer,\nAnn Lake,Nurse,health\n", encoding="utf-8"
    )
    (corpus / "photo.jpg").write_bytes(b"\xff\xd8")
    (corpus / "README.md").write_text("About this folder.", encoding="utf-8")
    done = run("-C", empty_study.root, "import", corpus)
    assert done.code == 0
    assert "photo.jpg: left out" in done.out
    assert "attributes from areas.csv, people.csv" in done.out
    sources = records(run("-C", empty_study.root, "sources", "--format", "json"))
    assert [(source["name"], source["kind"], source["cases"]) for source in sources] == [
        ("dean.docx", "transcript", ["Max Dean"]),
        ("lake.vtt", "transcript", ["Ann Lake"]),
        ("parent.txt", "transcript", ["RAY MOSS"]),
        ("wave1/head.md", "transcript", ["Ada Stone"]),
    ]
    quotes = records(run("-C", empty_study.root, "quotes", "--source", "dean.docx", "--format", "json"))
    assert [quote["text"] for quote in quotes] == ["We had room to plan.", "Then the money ran out."]
    assert {quote["group"] for quote in quotes} == {"health"}


def test_flags_say_who_speaks_in_a_file_that_does_not(
    run: Run, empty_study: StudyFolder, tmp_path: Path
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("Q: Did it help?\n\nA: It did.\n\nQ: How?\n\nA: We had time.\n", encoding="utf-8")
    flags = (
        "--group",
        "Parents",
        "--role",
        "Mother",
        "--area",
        "Eastlow",
        "--case",
        "P7",
        "--interviewer",
        "Q",
    )
    assert run("-C", empty_study.root, "import", file, *flags).code == 0
    quotes = records(run("-C", empty_study.root, "quotes", "--format", "json"))
    assert [
        (quote["text"], quote["case"], quote["group"], quote["role"], quote["area"]) for quote in quotes
    ] == [
        ("It did.", "P7", "parent", "Mother", "Eastlow"),
        ("We had time.", "P7", "parent", "Mother", "Eastlow"),
    ]


def test_an_attributes_file_can_be_given_later(run: Run, study: StudyFolder, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("speaker,on_track\nAda Stone,yes\n", encoding="utf-8")
    corpus = study.root / "corpus"
    done = run("-C", study.root, "import", corpus, "--attributes", more)
    assert done.code == 0
    assert "2 unchanged" in done.out
    assert "(1 value changed)" in done.out
    found = records(run("-C", study.root, "quotes", "--where", "on_track=yes", "--format", "json"))
    assert {record["case"] for record in found} == {"Ada Stone"}
    assert len(found) == 3


def test_a_report_is_its_attributed_quotes(run: Run, empty_study: StudyFolder, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "What we heard\n\nThe money\n\n"
        "“It is a quick fix.” — *LA leaders*\n\nSome said otherwise.\n\n“We had room.” — *Parent*\n",
        encoding="utf-8",
    )
    assert run("-C", empty_study.root, "import", "--kind", "report", report).code == 0
    quotes = records(run("-C", empty_study.root, "quotes", "--kind", "block", "--format", "json"))
    assert [
        (quote["text"], quote["role"], quote["group"], quote["case"], quote["heading"]) for quote in quotes
    ] == [
        ("“It is a quick fix.”", "LA leaders", "local authority", None, "The money"),
        ("“We had room.”", "Parent", "parent", None, "The money"),
    ]


FORMS = """\
# Post

"The letters came late." (Parent)

"They came." (P7, school)

## Case study: the post in Hollin

"They rang." [LA leaders]

"Nobody rang." (Postmaster)

*I waited.* (Postmaster)
"""


def test_a_report_is_imported_with_its_quotes_counted_by_kind_and_its_participants_as_cases(
    run: Run, empty_study: StudyFolder, tmp_path: Path
) -> None:
    report = tmp_path / "post.md"
    report.write_text(FORMS, encoding="utf-8")
    preview = run("-C", empty_study.root, "import", report, "--preview")
    assert preview.out.startswith("post.md: report, 5 block quotes\n")
    assert "  P7, school: case post P7, school; 1 quote, 2 words" in preview.out
    assert "  LA leaders: local authority, Hollin; 1 quote, 2 words" in preview.out
    assert "  Unsure: line 13: it is not certain that" in preview.out
    done = run("-C", empty_study.root, "import", report)
    assert (done.code, done.out.splitlines()[0]) == (0, "  post.md: report, 5 block quotes, 1 case")
    assert 'post.md:13: it is not certain that "Postmaster" says who is quoted.' in done.err
    quotes = records(run("-C", empty_study.root, "quotes", "--format", "json"))
    assert [
        (quote["role"], quote["case"], quote["area"], quote["box"], quote["certainty"], quote["voice"])
        for quote in quotes
    ] == [
        ("Parent", None, None, None, "sure", "person"),
        ("P7, school", "post P7", None, None, "sure", "person"),
        ("LA leaders", None, "Hollin", "Case study: the post in Hollin", "sure", "group"),
        ("Postmaster", None, "Hollin", "Case study: the post in Hollin", "sure", "person"),
        ("Postmaster", None, "Hollin", "Case study: the post in Hollin", "unsure", "person"),
    ]
    shown = run("-C", empty_study.root, "quotes").out.splitlines()
    assert [line.split()[0] for line in shown if line.endswith("(not certain who is quoted)")] == ["5"]
    assert quotes[2]["headings"] == ["Post", "Case study: the post in Hollin"]
    assert records(run("-C", empty_study.root, "quotes", "--kind", "inline", "--format", "json")) == []
    assert len(records(run("-C", empty_study.root, "quotes", "--area", "hollin", "--format", "json"))) == 3


def test_an_attributes_table_imported_later_tells_who_a_reports_participant_is(
    run: Run, empty_study: StudyFolder, tmp_path: Path
) -> None:
    report = tmp_path / "post.md"
    report.write_text(FORMS, encoding="utf-8")
    assert run("-C", empty_study.root, "import", report).code == 0
    more = tmp_path / "more.csv"
    more.write_text("source,speaker,group,area\npost.md,P7,college,Nether Hay\n", encoding="utf-8")
    areas = tmp_path / "areas.csv"
    areas.write_text("area,wave\nHollin,2\n", encoding="utf-8")
    assert "3 values changed" in run("-C", empty_study.root, "import", report, more, areas).out
    assert len(records(run("-C", empty_study.root, "quotes", "--where", "wave=2", "--format", "json"))) == 3
    (quote,) = records(run("-C", empty_study.root, "quotes", "--case", "post P7", "--format", "json"))
    assert (quote["group"], quote["area"], quote["attribution"]) == (
        "college",
        "Nether Hay",
        "P7, school, Nether Hay",
    )


@pytest.mark.parametrize(
    ("quotes", "said"),
    [
        ({QuoteKind.BLOCK: 47, QuoteKind.INLINE: 21}, "47 block quotes, 21 inline quotes"),
        (
            {QuoteKind.INLINE: 1, QuoteKind.SCARE: 1},
            "1 inline quote; 1 term in quotation marks without a speaker",
        ),
        ({QuoteKind.SCARE: 3}, "0 quotes; 3 terms in quotation marks without a speaker left out"),
        ({}, "0 quotes"),
    ],
)
def test_terms_without_a_speaker_are_counted_as_left_out(
    run: Run,
    empty_study: StudyFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    quotes: dict[QuoteKind, int],
    said: str,
) -> None:
    report = tmp_path / "post.md"
    report.write_text("We read the post.\n", encoding="utf-8")
    found = [
        AttributedQuote(0, 2, "Parent", None, kind) for kind, times in quotes.items() for _ in range(times)
    ]
    monkeypatch.setattr(source_kinds, "find_quotes", lambda *_: tuple(found))
    shown = run("-C", empty_study.root, "import", "--kind", "report", report, "--preview")
    assert shown.out.startswith(f"post.md: report, {said}")


def test_importing_twice_changes_nothing(run: Run, study: StudyFolder) -> None:
    before = contents(study.root)
    again = run("-C", study.root, "import", study.root / "corpus")
    assert (again.code, contents(study.root)) == (0, before)
    assert "Imported 0 sources with 0 passages; 2 unchanged" in again.out
    one = run("-C", study.root, "import", study.root / "corpus" / "head.md")
    assert (one.code, contents(study.root)) == (0, before)


def test_a_changed_file_is_read_again_as_long_as_nobody_decided_on_it(
    run: Run, suggested: StudyFolder
) -> None:
    parent = suggested.root / "corpus" / "parent.txt"
    parent.write_text(PARENT.replace("Fourteen months", "Two years"), encoding="utf-8")
    done = run("-C", suggested.root, "import", parent)
    assert done.code == 0
    assert "parent.txt: had changed" in done.out
    found = records(run("-C", suggested.root, "quotes", "--text", "two years", "--format", "json"))
    assert [record["text"][:9] for record in found] == ["Two years"]
    assert len(records(run("-C", suggested.root, "sources", "--format", "json"))) == 2


def test_a_changed_file_with_decisions_is_left_as_it_was_and_the_others_imported(
    run: Run, suggested: StudyFolder
) -> None:
    corpus = suggested.root / "corpus"
    assert run("-C", suggested.root, "decide", 10, "accept").code == 0
    (corpus / "parent.txt").write_text(PARENT.replace("Fourteen months", "Two years"), encoding="utf-8")
    before = contents(suggested.root)
    alone = run("-C", suggested.root, "import", corpus / "parent.txt")
    assert_refused(alone, 3, corpus / "parent.txt", "1 decision stands", "Nothing was imported.")
    (corpus / "new.txt").write_text(PARENT.replace("Fourteen", "Nine"), encoding="utf-8")
    assert_refused(
        run("-C", suggested.root, "import", corpus, "--strict"), 3, corpus / "parent.txt", "1 decision stands"
    )
    assert contents(suggested.root) == before
    done = run("-C", suggested.root, "import", corpus)
    assert done.code == 3
    assert f"Cannot be used: {corpus / 'parent.txt'}: this file has changed" in done.err
    quotes = records(run("-C", suggested.root, "quotes", "--text", "months on the", "--format", "json"))
    assert [quote["text"][:15] for quote in quotes] == ["Nine months on ", "Fourteen months"]


def test_the_same_text_under_another_name_is_not_imported(run: Run, study: StudyFolder) -> None:
    (study.root / "corpus" / "copy.txt").write_text(PARENT, encoding="utf-8")
    before = contents(study.root)
    done = run("-C", study.root, "import", study.root / "corpus")
    assert done.code == 0
    assert 'copy.txt: has the same text as "parent.txt"' in done.out
    assert contents(study.root) == before


@pytest.mark.parametrize(
    ("name", "data", "line", "said"),
    [
        ("bad.txt", b"", None, "the file is empty"),
        ("bad.md", b" \n\n", None, "the file is empty"),
        ("bad.txt", bytes(range(256)) * 20, 1, "not a text file"),
        ("bad.docx", b"PK\x03\x04 and then nothing", None, "Word document is broken"),
        ("bad.vtt", b"00:01.000 --> 00:02.000\nno captions here\n", 1, "not a WebVTT file"),
        ("bad.csv", b"speaker,wave\nAda Stone,1,2\n", 2, "this row has 3 columns"),
    ],
    ids=range(6),
)
def test_one_bad_file_among_good_ones_is_left_out_whole_and_stops_a_strict_import(
    run: Run, empty_study: StudyFolder, name: str, data: bytes, line: int | None, said: str
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "good.md").write_text(HEAD, encoding="utf-8")
    (corpus / name).write_bytes(data)
    before = contents(empty_study.root)
    place = f"{corpus / name}, line {line}: " if line else f"{corpus / name}: "
    for arguments in ((corpus, "--strict"), (corpus / name,)):
        refused = run("-C", empty_study.root, "import", *arguments)
        assert_refused(refused, 3, place, said, "Nothing was imported.")
        assert contents(empty_study.root) == before
    done = run("-C", empty_study.root, "import", corpus)
    assert done.code == 3
    assert done.err.startswith(f"Cannot be used: {place}")
    assert said in done.err
    assert "Imported 1 source with 3 passages" in done.out
    assert done.out.endswith("\n1 file could not be used; nothing of it was imported.\n")
    assert [
        source["name"] for source in records(run("-C", empty_study.root, "sources", "--format", "json"))
    ] == ["good.md"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("odd.txt", PARENT.replace("Role: Parent", "Mood: low"), 'odd.txt:6: "Mood" is not a header field'),
        (
            "odd.md",
            HEAD.replace("group: schools", "group: martians"),
            'odd.md:6: the group "martians"',
        ),
        ("odd.csv", "speaker,group\nAda Stone,martians\n", 'good.md: the group "martians"'),
    ],
    ids=range(3),
)
def test_a_field_or_group_that_the_study_does_not_know_refuses_nothing_and_is_told(
    run: Run, empty_study: StudyFolder, name: str, text: str, told: str
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "good.md").write_text(HEAD, encoding="utf-8")
    (corpus / name).write_text(text, encoding="utf-8")
    done = run("-C", empty_study.root, "import", corpus, "--strict")
    assert done.code == 0
    assert told in done.err
    assert "Cannot be used" not in done.err
    sources = {
        source["name"] for source in records(run("-C", empty_study.root, "sources", "--format", "json"))
    }
    assert sources == {"good.md"} | ({name} if name != "odd.csv" else set())


def test_every_bad_file_is_named(run: Run, empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "one.txt").write_bytes(b"")
    (corpus / "two.docx").write_bytes(b"")
    for arguments in ((corpus,), (corpus, "--strict")):
        result = run("-C", empty_study.root, "import", *arguments)
        assert_refused(result, 3, "2 files", corpus / "one.txt", corpus / "two.docx", "nothing was imported")
    (corpus / "good.md").write_text(HEAD, encoding="utf-8")
    some = run("-C", empty_study.root, "import", corpus)
    assert some.code == 3
    assert str(corpus / "one.txt") in some.err
    assert str(corpus / "two.docx") in some.err
    assert some.out.endswith("\n2 files could not be used; nothing of them was imported.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("missing.txt",), 2, "missing.txt: there is no such file"),
        (("corpus", "--attributes", "missing.csv"), 2, "missing.csv: there is no such attributes file"),
        (("quotegrid.toml",), 3, 'quotegrid.toml: files of type ".toml"'),
    ],
)
def test_an_import_that_asks_for_what_is_not_there_is_refused(
    run: Run,
    study: StudyFolder,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(study.root)
    before = contents(study.root)
    assert_refused(run("import", *arguments), code, said, "Nothing was imported.")
    assert contents(study.root) == before


def test_suggest_says_what_it_did_and_embeds_nothing_twice(run: Run, study: StudyFolder) -> None:
    first = run("-C", study.root, "suggest", "--at-least", "0")
    assert first.code == 0
    assert "15 suggestions for 5 of 5 passages from 3 codes" in first.out
    ids = [
        suggestion["id"] for suggestion in records(run("-C", study.root, "suggestions", "--format", "json"))
    ]
    second = run("-C", study.root, "suggest", "--at-least", "0")
    assert "Embedded 0 texts" in second.out
    assert [
        suggestion["id"] for suggestion in records(run("-C", study.root, "suggestions", "--format", "json"))
    ] == ids


def test_suggest_keeps_silent_below_the_threshold(run: Run, study: StudyFolder) -> None:
    assert run("-C", study.root, "suggest", "--at-least", "0.3").code == 0
    found = records(run("-C", study.root, "suggestions", "--format", "json"))
    assert found
    assert all(record["score"] >= 0.3 for record in found)


def test_suggest_without_sources_or_codes_says_what_is_missing(run: Run, empty_study: StudyFolder) -> None:
    assert_refused(run("-C", empty_study.root, "suggest"), 2, "no passages yet", "quotegrid import")
    empty_study.codebook_path.write_text("themes: []\n", encoding="utf-8")
    assert_refused(run("-C", empty_study.root, "suggest"), 2, empty_study.codebook_path, "no codes yet")


def test_a_table_whose_answers_nobody_has_named_is_left_out_with_the_way_to_say_it(
    empty_study: StudyFolder, run: Run
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "talk.txt").write_text("Ada: Yes.\n\nRay: No.\n\nAda: So.\n", encoding="utf-8")
    (corpus / "survey.csv").write_text("What changed?,What next?\nLittle.,Ask us.\n", encoding="utf-8")
    for arguments in (("--preview",), ()):
        result = run("-C", empty_study.root, "import", corpus, *arguments)
        assert "survey.csv: left out, a table that does not show which column holds answers" in result.out
        assert '--text "What changed?" --text "What next?"' in result.out
    result = run("-C", empty_study.root, "import", corpus / "survey.csv", "--text", "What changed?")
    assert result.code == 0, result.err
