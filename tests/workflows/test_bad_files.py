"""A file that its reader cannot take is left out with a message of its own, and the others are imported."""

from __future__ import annotations

import importlib
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from quotegrid.corpus.answers import rows
from quotegrid.corpus.readers import READERS, TABLES
from quotegrid.corpus.readers.guard import guarded
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.errors import QuotegridError, UnreadableError
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.sources.tables.questions import table_columns
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import HEAD, Result

FAILURES = [
    ValueError("no value"),
    RecursionError("too deep"),
    KeyError("lost"),
    OSError("odd"),
    LookupError(),
]


def _break(monkeypatch: pytest.MonkeyPatch, suffix: str, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    if suffix in TABLES:
        monkeypatch.setattr(
            rows, {".xlsx": "sheet_rows", ".jsonl": "_objects"}.get(suffix, "delimited_lines"), fail
        )
    else:
        module = importlib.import_module(f"quotegrid.corpus.readers.{READERS[suffix]}")
        monkeypatch.setattr(module, "read", fail)


def _good(suffix: str) -> str:
    """Another format than the one that fails."""
    return "good.srt" if READERS.get(suffix) == "plain" else "good.md"


def _write_good(folder: Path, suffix: str) -> str:
    name = _good(suffix)
    subtitles = (
        "1\n00:00:01,000 --> 00:00:02,000\nJo: Why?\n\n2\n00:00:03,000 --> 00:00:04,000\nAnn: It leaked.\n"
    )
    (folder / name).write_text(subtitles if name.endswith("srt") else HEAD, encoding="utf-8")
    return name


@pytest.mark.parametrize("suffix", sorted({*READERS, *TABLES}))
@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_whatever_a_reader_raises_leaves_out_its_file_alone(
    empty_study: StudyFolder, suffix: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = empty_study.root / "corpus"
    name = _write_good(corpus, suffix)
    bad = corpus / f"bad{suffix}"
    bad.write_text("answer\nwhatever\n", encoding="utf-8")
    _break(monkeypatch, suffix, error)
    paths = [corpus / name, bad]
    found = preview_import(empty_study, paths, ReadingOptions())
    assert [source.name for source in found.sources] == [name]
    assert len(found.problems) == 1
    assert found.problems[0].startswith(f"{bad}: this file could not be read ({type(error).__name__}")
    assert list(empty_study.root.glob("fault-*.txt")) == []
    summary = import_sources(empty_study, paths, ReadingOptions())
    assert [source.name for source in summary.imported] == [name]
    [problem] = summary.problems
    assert problem.file == str(bad)
    [report] = empty_study.root.glob("fault-*.txt")
    assert report.name in problem.todo
    assert f"{type(error).__name__}" in report.read_text(encoding="utf-8")


def test_a_reader_that_has_no_memory_stops_the_import(
    empty_study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "bad.md").write_text(HEAD, encoding="utf-8")
    _break(monkeypatch, ".md", MemoryError())
    with pytest.raises(MemoryError):
        import_sources(empty_study, [corpus], ReadingOptions())


def test_what_the_operating_system_says_passes_the_guard_with_its_number(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), guarded(tmp_path):
        raise PermissionError(13, "Permission denied")
    with pytest.raises(UnreadableError) as caught, guarded(tmp_path):
        raise SyntaxError("bad", ("x", 7, 1, "y"))
    assert caught.value.line == 7


def _xlsx(path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["id", "answer"])
    book.worksheets[0].append(["A", "It leaked."])
    book.save(path)


def _docx(path: Path) -> None:
    document = Document()
    for line in HEAD.split("\n\n"):
        document.add_paragraph(line)
    document.save(str(path))


def _written(content: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(content, encoding="utf-8")

    return write


FILES: dict[str, Callable[[Path], None]] = {
    ".md": _written(HEAD),
    ".txt": _written(HEAD),
    ".html": _written("<html><body><p>Jo: Why?</p><p>Ann: It leaked.</p></body></html>"),
    ".rtf": _written("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 Jo: Why?\\par Ann: It leaked. \\u233?\\par}"),
    ".srt": _written("1\n00:00:01,000 --> 00:00:02,000\nJo: Why?\n"),
    ".vtt": _written("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jo>Why?</v>\n"),
    ".csv": _written('id,answer\nA,"It leaked."\n'),
    ".jsonl": _written('{"id": "A", "answer": "It leaked."}\n'),
    ".xlsx": _xlsx,
    ".docx": _docx,
}


@pytest.mark.parametrize("suffix", sorted(FILES))
def test_damaged_and_cut_files_are_read_or_told_of(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"whole{suffix}"
    FILES[suffix](whole)
    content, chance = whole.read_bytes(), random.Random(suffix)  # noqa: S311 - damage, no secret
    path = tmp_path / f"damaged{suffix}"
    for number in range(60):
        damaged = bytearray(content)
        if number % 3 == 0:
            del damaged[chance.randrange(1, len(damaged)) :]
        else:
            for _ in range(chance.choice((1, 4, 16))):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
        except QuotegridError as error:
            assert error.file == str(path)
        else:
            read.source.text.encode("utf-8")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize(
    "part", [b"", b"<", b"<a", b"<Relationships/>", b"<?xml version='1.0'?><other a='1'/>"]
)
def test_a_package_with_a_damaged_part_is_told_to_be_broken(tmp_path: Path, suffix: str, part: bytes) -> None:
    whole, path = tmp_path / f"whole{suffix}", tmp_path / f"damaged{suffix}"
    FILES[suffix](whole)
    with zipfile.ZipFile(whole) as package:
        names = package.namelist()
        for damaged in names:
            with zipfile.ZipFile(path, "w") as copy:
                for name in names:
                    copy.writestr(name, part if name == damaged else package.read(name))
            try:
                read_source(path, path.name, ReadingOptions(), Stakeholders({}))
            except QuotegridError as error:
                assert not isinstance(error, UnreadableError), error


def test_a_damaged_workbook_or_table_in_a_folder_is_told_of_and_so_is_one_asked_for_its_columns(
    empty_study: StudyFolder,
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "good.md").write_text(HEAD, encoding="utf-8")
    for name in ("cut.xlsx", "deep.jsonl"):
        (corpus / name).write_text('{"answer": ' + "[" * 100_000, encoding="utf-8")
        with pytest.raises(QuotegridError):
            table_columns(corpus / name)
    summary = import_sources(empty_study, [corpus], ReadingOptions())
    assert [source.name for source in summary.imported] == ["good.md"]
    assert sorted(Path(problem.file or "").name for problem in summary.problems) == ["cut.xlsx", "deep.jsonl"]
    assert summary.left_out == {}


def test_half_a_character_is_replaced_and_counted(empty_study: StudyFolder) -> None:
    path = empty_study.root / "corpus" / "half.jsonl"
    path.write_text('{"answer": "Well \\ud83d said", "id": "A\\ud83d"}\n', encoding="utf-8")
    found = preview_import(empty_study, [path], ReadingOptions())
    assert found.sources[0].repairs == {"halves of characters": 1}
    summary = import_sources(empty_study, [path], ReadingOptions())
    assert [source.name for source in summary.imported] == ["half.jsonl"]


FRONT_MATTER = """\
---
title: A talk
date: 2025-02-30
revised: 2025-02-31
tags: [hedges, birds]
links:
  from: {one: 1, two: [2, 3]}
pages: 12
draft: true
speakers: [Jo Field, Ada Stone]
---

**Jo Field:** Go on.

**Ada Stone:** It leaked.

**Jo Field:** And then.

**Ada Stone:** It was patched.
"""


def test_front_matter_of_other_programs_refuses_nothing_and_is_told_with_its_line(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    path = empty_study.root / "corpus" / "talk.md"
    path.write_text(FRONT_MATTER, encoding="utf-8")
    summary = import_sources(empty_study, [path], ReadingOptions())
    assert summary.problems == []
    told = {warning.line: warning.what for _, warning in summary.warnings if warning.line is not None}
    assert sorted(told) == [3, 4, 5, 6, 8, 9]
    assert '"2025-02-30" is not a calendar date' in told[3]
    assert '"tags" is not a header field and was left out' in told[5]
    empty_study.close()
    assert "2025-02-30" in run("-C", empty_study.root, "sources").out


def test_a_link_that_leads_out_of_the_folder_is_followed_only_if_it_is_named(
    empty_study: StudyFolder,
) -> None:
    outside = empty_study.root / "elsewhere.md"
    outside.write_text(HEAD, encoding="utf-8")
    corpus = empty_study.root / "corpus"
    (corpus / "inside.txt").write_text("Jo: Why?\n\nAnn: It leaked.\n", encoding="utf-8")
    link = corpus / "link.md"
    try:
        link.symlink_to(outside)
    except OSError:
        pytest.skip("no links can be made here")
    summary = import_sources(empty_study, [corpus], ReadingOptions())
    assert [source.name for source in summary.imported] == ["inside.txt"]
    assert summary.left_out == {"link.md": "a link out of the folder; name the file itself to import it"}
    named = import_sources(empty_study, [link], ReadingOptions())
    assert len(named.imported) == 1
