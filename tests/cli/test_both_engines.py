"""The whole job on both engines: every command says the same, whichever keeps the study."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.errors import StudyBusyError
from quotegrid.workflows.study.folder import open_study
from tests.conftest import ATTRIBUTES, CODEBOOK, HEAD, PARENT, Result
from tests.engines import Server

_PATCH = HEAD.index("patch on a roof")
JOB = (
    "import corpus",
    "suggest --at-least 0",
    "suggestions --format json",
    "decide 1 accept --memo clear",
    "decide 2 reject",
    "decide --from decisions.csv",
    "stance 3 'room to plan' disputes",
    f"apply head.md {_PATCH}-{_PATCH + len('patch on a roof')} 'quick fix'",
    "undo",
    "redo",
    "widen 1 after",
    "narrow 4 before",
    "undo",
    "cases rename 'Ada Stone' 'A. Stone'",
    "cases set 'A. Stone' wave=2",
    "cases check",
    "cases show 'Ada Stone' --format json",
    "cases merge 'RAY MOSS' 'A. Stone' --yes",
    "cases undo",
    "cases history",
    "summarise Money 'Ada Stone' --text 'A fix [q:1].'",
    "summaries --format json",
    "quotes",
    "quotes text:wait --format json",
    "quotes 'text:\"quick fix\" OR text:month*' --format json",
    "quotes 'NOT (coded:yes OR text:summer)' --sort case --format json",
    "quotes 'area:Westhay -group:parents' --sort newest --format json",
    'quotes near:"who pays" --limit 3 --format json',
    "matrix --format json",
    "matrix --columns area --count cases --rows code",
    "matrix --columns wave --count words --include-suggested",
    "matrix -o exports/matrix.csv",
    "verify exports/matrix.csv --format json",
    "exports --format json",
    "cooccurrence",
    "amounts",
    "coverage",
    "codes --format json",
    "decisions --format json",
    "sources --format json",
    "cases --format json",
    "memos",
    "status",
    "import corpus",
    "report -o exports/report.md",
)
_CHANGING = re.compile(
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{12,64}\b"
    r"|\d{4}-\d\d-\d\d[T ][\d:.+Z]+|\d\d:\d\d"
)
"""GUIDs, hashes and times."""


def _done(
    root: Path, run: Callable[..., Result], patch: pytest.MonkeyPatch, database: str
) -> list[tuple[str, int, str, str]]:
    """Return the output of each command of the job, without what differs each time."""
    arguments = ["--database", database] if database else []
    assert run("init", root, "--name", "Trial", *arguments).code == 0
    config = root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8").replace(
        "[suggestions]\n", '[suggestions]\nmodel = "hashing"\n', 1
    )
    config.write_text(text, encoding="utf-8")
    (root / "codebook" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    for name, content in (("head.md", HEAD), ("parent.txt", PARENT), ("attributes.csv", ATTRIBUTES)):
        (root / "corpus" / name).write_text(content, encoding="utf-8")
    (root / "decisions.csv").write_text(
        "segment,code,decision,memo,stance\n3,room to plan,apply,,\n4,long wait,apply,so,supports\n",
        encoding="utf-8",
    )
    patch.chdir(root)
    said = []
    for command in JOB:
        done = run(*shlex.split(command))
        out, err = (_CHANGING.sub("...", text.replace(str(root), "STUDY")) for text in (done.out, done.err))
        said.append((command, done.code, out, err))
    return said


def test_every_command_says_the_same_on_both_engines(
    tmp_path: Path, run: Callable[..., Result], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_server = _done(tmp_path / "shared", run, monkeypatch, server.new())
    in_file = _done(tmp_path / "alone", run, monkeypatch, "")
    assert [answer for answer in in_file if answer[1] != 0] == []
    for alone, shared in zip(in_file, on_server, strict=True):
        assert shared == alone
    assert not list((tmp_path / "shared").glob("*.db*"))


def test_two_people_write_in_turn_and_are_told_who_else_is_at_work(
    tmp_path: Path, run: Callable[..., Result], server: Server
) -> None:
    run("init", tmp_path, "--database", server.new())
    one, other = open_study(tmp_path), open_study(tmp_path)
    with one.writing_session("deciding"):
        pass
    with other.writing_session("deciding"):
        pass
    with one.writing("importing"), pytest.raises(StudyBusyError, match=r"by tester \(importing\)"):
        with other.writing_session("deciding"):
            pass
    for study in (one, other):
        study.close()


def test_a_server_that_does_not_answer_is_told_and_leaves_no_study(
    tmp_path: Path, run: Callable[..., Result]
) -> None:
    pytest.importorskip("psycopg")
    address = "postgresql+psycopg://ana:very-secret@127.0.0.1:1/study"
    said = run("init", tmp_path / "study", "--database", address)
    assert said.code == 4
    assert "postgresql+psycopg://ana@127.0.0.1:1/study: the server does not answer" in said.err
    assert "very-secret" not in said.err + said.out
    assert not (tmp_path / "study" / "quotegrid.toml").exists()


def test_another_kind_of_server_is_refused(tmp_path: Path, run: Callable[..., Result]) -> None:
    said = run("init", tmp_path / "study", "--database", "mysql://ana@host/study")
    assert said.code == 3
    assert "line 5" in said.err
    assert "postgresql+psycopg://NAME@HOST/DATABASE" in said.err
