from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quotegrid import __version__
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents, records

HOLD = """\
import sys
from pathlib import Path
from quotegrid.workflows.study.folder import open_study
study = open_study(Path(sys.argv[1]))
with study.writing("importing"):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out == f"quotegrid {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("decide", "abc", "accept"), "suggestion"),
        (("quotes", "--format", "bogus"), "'bogus' is not one of"),
        (("quotes", "--kind", "song"), "'song' is not one of"),
        (("matrix", "--rows", "hats"), "'hats' is not one of"),
        (("matrix", "--count", "hats"), "'hats' is not one of"),
        (("import",), "paths"),
        (("import", "x.txt", "--kind", "song"), "'song' is not one of"),
        (("suggest", "--at-least", "2"), "--at-least"),
        (("quotes", "--hat"), "--hat"),
    ],
)
def test_a_wrong_command_is_explained_with_exit_code_2(
    run: Run, study: StudyFolder, arguments: tuple[str, ...], said: str
) -> None:
    before = contents(study.root)
    result = run("-C", study.root, *arguments)
    assert (result.code, result.out) == (2, "")
    assert "Usage: " in result.err
    assert said.casefold() in result.err.casefold()
    assert "Traceback" not in result.err
    assert contents(study.root) == before


@pytest.mark.parametrize("command", ["quotes", "matrix", "status", "undo", "suggest", "code"])
def test_where_there_is_no_study_init_is_recommended(run: Run, tmp_path: Path, command: str) -> None:
    assert_refused(run("-C", tmp_path, command), 2, f"no study in {tmp_path}", "quotegrid init")
    assert list(tmp_path.iterdir()) == []


def test_a_study_is_found_from_a_folder_inside_it(
    run: Run, study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study.root / "corpus")
    assert len(records(run("quotes", "--format", "json"))) == 5


def test_the_workbench_asks_for_a_terminal(run: Run, study: StudyFolder) -> None:
    for arguments in ((), ("code",)):
        assert_refused(run("-C", study.root, *arguments), 2, "needs a terminal")


@pytest.mark.parametrize(
    ("config", "line", "said"),
    [
        ('[study]\nname = "open\n', 2, "not valid TOML"),
        ('[study]\nname = "x"\n\n[studdy]\n', 4, '"studdy" is not a section'),
        ('[study]\nname = "x"\ncolour = "red"\n', 3, '"colour" is not a setting of [study]'),
        ("[suggestions]\nthreshold = 7\n", 2, '"threshold" must be a number from 0 to 1'),
        ('[stakeholders]\nparent = "mother"\n', 2, 'the group "parent" must have a list of roles'),
    ],
)
def test_broken_settings_are_named_with_their_line(
    run: Run, study: StudyFolder, config: str, line: int, said: str
) -> None:
    file = study.root / "quotegrid.toml"
    file.write_text(config, encoding="utf-8")
    before = contents(study.root)
    for command in ("quotes", "undo", "suggest"):
        assert_refused(run("-C", study.root, command), 3, f"{file}, line {line}: ", said)
    assert contents(study.root) == before


@pytest.mark.parametrize(
    ("codebook", "line", "said"),
    [
        (
            "codes:\n  - name: wait\n  - name: cost\n  - name: Wait\n",
            4,
            '"Wait" is there twice (first on line 2)',
        ),
        ("codes:\n  - name: a\n    parent: b\n  - name: b\n    parent: a\n", 2, "a > b > a"),
        ("codes:\n  - name: a\n    parent: nobody\n", 2, 'the parent "nobody" of "a" is not a code'),
        ("codes:\n  - name: a\n    shade: red\n", 3, '"shade" is not a field of a code'),
        ("codes:\n  - name: [a\n", 3, "not valid YAML"),
    ],
)
def test_a_broken_codebook_is_named_with_its_line(
    run: Run, suggested: StudyFolder, codebook: str, line: int, said: str
) -> None:
    before = contents(suggested.root)
    suggested.codebook_path.write_text(codebook, encoding="utf-8")
    for arguments in (("quotes",), ("matrix",), ("decide", 1, "accept"), ("suggest",)):
        result = run("-C", suggested.root, *arguments)
        assert_refused(result, 3, f"{suggested.codebook_path}, line {line}: ", said)
    assert contents(suggested.root) == before


def _text(file: Path) -> None:
    file.write_text("This is a shopping list. " * 100, encoding="utf-8")


def _torn(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def _other(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.commit()


@pytest.mark.parametrize("damage", [_text, _torn, _cut, _newer, _other])
def test_a_damaged_database_is_named_and_left_alone(
    run: Run, suggested: StudyFolder, damage: Callable[[Path], None]
) -> None:
    suggested.close()
    file = suggested.database_path
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    damage(file)
    before = file.read_bytes()
    head = suggested.root / "corpus" / "head.md"
    for arguments in (("quotes",), ("matrix",), ("decide", 1, "accept"), ("undo",), ("import", head)):
        assert_refused(run("-C", suggested.root, *arguments), 4, file)
    assert file.read_bytes()[100:] == before[100:]


def test_a_second_writer_is_told_who_is_writing_while_readers_go_on(run: Run, suggested: StudyFolder) -> None:
    (suggested.root / "corpus" / "new.txt").write_text("A: One.\n\nB: Two.\n", encoding="utf-8")
    before = contents(suggested.root)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(suggested.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        who = f"tester (importing, process {other.pid})"
        for arguments in (("decide", 1, "accept"), ("import", suggested.root / "corpus" / "new.txt")):
            assert_refused(run("-C", suggested.root, *arguments), 4, suggested.database_path, who)
        assert len(records(run("-C", suggested.root, "quotes", "--format", "json"))) == 5
        assert records(run("-C", suggested.root, "matrix", "--format", "json"))["count"] == "quotes"
        assert contents(suggested.root) == before
        other.communicate("\n")
    assert other.returncode == 0
    assert run("-C", suggested.root, "decide", 1, "accept").code == 0


def test_a_writer_that_was_killed_does_not_lock_the_study(run: Run, suggested: StudyFolder) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(suggested.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        other.kill()
    assert run("-C", suggested.root, "decide", 1, "accept").code == 0


def test_a_message_shows_what_a_file_holds_as_text(run: Run, empty_study: StudyFolder) -> None:
    file = empty_study.root / "corpus" / "talk.txt"
    file.write_text(
        "Title: A talk\nGroup: \x1b[31m[red]martians\nInterviewer: Q\n\n"
        "Q: Why?\n\nA: So.\n\nQ: And?\n\nA: Yes.\n",
        encoding="utf-8",
    )
    result = run("-C", empty_study.root, "import", file)
    assert result.code == 0
    assert 'corpus/talk.txt:2: the group "␛[31m[red]martians" is not in [stakeholders]' in result.err
    assert "\x1b" not in result.err + result.out


def test_a_reader_that_goes_away_is_no_error(study: StudyFolder) -> None:
    command = f'"{sys.executable}" -m quotegrid -C "{study.root}" quotes --format json | head -c 1'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[", "")


def test_a_fault_of_the_disk_is_named_with_its_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(args: list[str]) -> None:
        raise OSError(errno.EIO, "Input/output error", "notes.txt")

    monkeypatch.setattr("quotegrid.cli.main.app", fail)
    assert_refused(run("quotes"), 3, "notes.txt: Input/output error.")
