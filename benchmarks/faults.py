"""Benchmark of safety: what is lost when the program is killed, the disk fills up, or bits rot.

    python benchmarks/faults.py [TIMES] [--operations import,decide,...]

does each operation TIMES times (200 without it) on a fresh copy of a small study, with a fault at a random
moment, and looks at what is there afterwards. The child process tells the parent of each step when it is
done, as a command does when it prints its answer: what was told is *acknowledged*, and must be there. The
moments depend on the machine. The table says for each operation and fault how often it was tried, how many
steps were acknowledged, how often something acknowledged was lost, how often something was half done, and
how often SQLite found the database damaged. Full disks need the right to mount one, and are left out
without it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import QuotegridError
from quotegrid.storage.engines.sqlite_backup import faults_of
from quotegrid.workflows.codebook.edit_codebook import add_code, merge_codes
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.exchange.keep_export import Export, keep_export
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.versions.replacing import replace_source
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from quotegrid.workflows.study.restoring import back_up_by_hand, restore_backup, verify_backups

_OLD_STUDY = Path(__file__).parent.parent / "tests" / "fixtures" / "studies" / "first_schema.zip"
_FILES, _TURNS, _DECISIONS = 6, 30, 12
_ROT_BYTES = 40_000
_DISK_MARGIN = 3_000_000
_COUNT = 'SELECT count(*) FROM "{}"'
State = tuple[object, ...]
Tell = Callable[[], object]


@dataclass(frozen=True)
class Operation:
    """Something that is done to a study in steps, each of which is told when it is done."""

    name: str
    make: Callable[[Path], None]
    """Makes the study in a folder."""
    do: Callable[[Path, Tell], None]
    """Does it to the study in a folder."""
    look: Callable[[Path], State]
    """Returns what can be seen of it afterwards."""


@dataclass
class Line:
    """A line of the table."""

    operation: str
    fault: str
    tried: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    damaged: int = 0
    messages: set[str] = field(default_factory=set)


def _make_new(root: Path) -> None:
    """Make a study with some interviews, codes, codings and a backup."""
    study = init_study(root, "Faults")
    for number in range(_FILES):
        (root / "corpus" / f"{number}.md").write_text(_interview(number, 0), encoding="utf-8")
    for number in range(_FILES, 2 * _FILES):
        (root / f"later-{number}.md").write_text(_interview(number, 0), encoding="utf-8")
    (root / "corrected.md").write_text(_interview(0, 1), encoding="utf-8")
    import_sources(study, [root / "corpus"], ReadingOptions())
    for name in ("the wait", "no beds"):
        add_code(study, Code(name))
    for segment in range(1, _DECISIONS):
        decide_segment(study, segment, Action.APPLY, "the wait" if segment % 2 else "no beds")
    back_up_by_hand(study)
    decide_segment(study, _DECISIONS, Action.APPLY, "the wait")
    study.close()


def _interview(number: int, seed: int) -> str:
    lots = random.Random(f"{number} {seed}")  # noqa: S311 - drawn for words, not for secrets
    words = "ward night rota pump lift bed form queue letter visit doctor porter clinic corridor".split()
    turns = []
    for turn in range(_TURNS):
        said = " ".join(lots.choices(words, k=18)) if seed and turn % 7 == 0 else ""
        fixed = random.Random(f"{number} {turn}")  # noqa: S311 - as above
        turns.append(f"I: What about {fixed.choice(words)}?")
        turns.append(f"P{number}: {' '.join(fixed.choices(words, k=24))}. {said}".rstrip())
    return "\n\n".join(turns) + "\n"


def _make_old(root: Path) -> None:
    with zipfile.ZipFile(_OLD_STUDY) as archive, tempfile.TemporaryDirectory() as temporary:
        archive.extractall(temporary)
        shutil.copytree(Path(temporary) / "study", root, dirs_exist_ok=True)


@contextlib.contextmanager
def _opened(root: Path) -> Iterator[StudyFolder]:
    study = open_study(root)
    try:
        yield study
    finally:
        study.close()


def _import(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        import_sources(study, sorted(root.glob("later-*.md")), ReadingOptions())
        tell()


def _decide(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        for segment in range(_DECISIONS + 1, 2 * _DECISIONS + 1):
            decide_segment(study, segment, Action.APPLY, "no beds")
            tell()


def _merge(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        merge_codes(study, "no beds", "the wait")
        tell()


def _replace(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        replace_source(study, source_records(study)[0]["name"], root / "corrected.md")
        tell()


def _migrate(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        source_records(study)
        tell()


def _export(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        keep_export(root / "exports" / "list.csv", b"a,b\n" * 20_000, Export("quotes", ()), study)
        tell()


def _back_up(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        back_up_by_hand(study)
        tell()


def _restore(root: Path, tell: Tell) -> None:
    with _opened(root) as study:
        restore_backup(study, "")
        tell()


def _counts(root: Path) -> State:
    """Return how many rows each table has, and which codes the codebook's file names."""
    with _opened(root) as study:
        source_records(study)
        codebook = study.codebook_path.read_text(encoding="utf-8")
    with closing(sqlite3.connect(root / "quotegrid.db")) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            # The parts of the full-text index depend on when it was tidied.
            if "_fts" not in row[0] and "words_" not in row[0] and not row[0].startswith("sqlite_")
        ]
        rows = tuple((name, *connection.execute(_COUNT.format(name)).fetchone()) for name in names)
    return rows, "no beds" in codebook


def _counts_and_file(root: Path) -> State:
    file = root / "exports" / "list.csv"
    return *_counts(root), file.stat().st_size if file.exists() else None


def _backups(root: Path) -> State:
    with _opened(root) as study:
        found = verify_backups(study, [])
    return len(found), [faults for _, faults in found if faults]


OPERATIONS = (
    Operation("import", _make_new, _import, _counts),
    Operation("decide", _make_new, _decide, _counts),
    Operation("merge", _make_new, _merge, _counts),
    Operation("replace", _make_new, _replace, _counts),
    Operation("migrate", _make_old, _migrate, _counts),
    Operation("export", _make_new, _export, _counts_and_file),
    Operation("backup", _make_new, _back_up, _backups),
    Operation("restore", _make_new, _restore, _counts),
)


@dataclass(frozen=True)
class Known:
    """What an operation does when nothing goes wrong."""

    template: Path
    states: list[State]
    """What is there before it and after each step."""
    seconds: float


def _known(operation: Operation, folder: Path) -> Known:
    template = folder / operation.name / "template"
    template.mkdir(parents=True)
    operation.make(template)
    states: list[State] = []
    clean = folder / operation.name / "clean"
    if operation.make is not _make_old:
        states.append(operation.look(template))
    shutil.copytree(template, clean)
    started = time.monotonic()
    operation.do(clean, lambda: states.append(operation.look(clean)))
    seconds = time.monotonic() - started
    # Looking at an older study brings it up to date: there is one state, which must always be reached.
    return Known(template, states if len(states) > 1 else states * 2, seconds)


def _in_child(operation: Operation, root: Path, wait: Callable[[int], None]) -> tuple[int, str]:
    """Do an operation in a child process; return how many steps it told of, and how it ended.

    Args:
        operation: The operation.
        root: The study.
        wait: Waits, and kills the child or not.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            operation.do(root, lambda: os.write(write, b"."))
        except QuotegridError as error:
            os.write(write, b"\n" + str(error).encode())
        except BaseException as error:
            os.write(write, b"\n!" + repr(error).encode())
        finally:
            os._exit(0)
    os.close(write)
    wait(child)
    with os.fdopen(read, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    steps, _, message = told.partition(b"\n")
    return len(steps), message.decode()


def _judge(line: Line, operation: Operation, known: Known, root: Path, told: int) -> None:
    line.tried += 1
    line.acknowledged += told
    line.damaged += bool(faults_of(root / "quotegrid.db"))
    try:
        state = operation.look(root)
    except (QuotegridError, sqlite3.Error, OSError) as error:
        line.half += 1
        line.messages.add(f"afterwards: {error}")
        return
    if state not in known.states:
        line.half += 1
    elif max(number for number, at in enumerate(known.states) if at == state) < told:
        line.lost += 1


def kill(operation: Operation, known: Known, folder: Path, times: int) -> Line:
    """Kill the program at random moments of an operation."""
    line = Line(operation.name, "killed")
    moments = random.Random(operation.name)  # noqa: S311 - drawn for moments, not for secrets
    for number in range(times):
        root = folder / operation.name / f"kill-{number}"
        shutil.copytree(known.template, root)

        def wait(child: int) -> None:
            time.sleep(moments.uniform(0, 1.1 * known.seconds))
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

        told, _ = _in_child(operation, root, wait)
        _judge(line, operation, known, root, told)
        shutil.rmtree(root)
    return line


def fill(operation: Operation, known: Known, folder: Path, times: int) -> Line:
    """Do an operation on a disk with too little room, as far as it comes; then make room and look."""
    line = Line(operation.name, "disk full")
    room = random.Random(operation.name)  # noqa: S311 - as above
    used = sum(file.stat().st_size for file in known.template.rglob("*") if file.is_file())
    for number in range(times):
        disk = folder / operation.name / f"disk-{number}"
        disk.mkdir()
        size = used * 2 + _DISK_MARGIN
        _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk)
        try:
            root = disk / "study"
            shutil.copytree(known.template, root)
            left = room.randint(0, used)
            with (disk / "filler").open("wb") as stream, contextlib.suppress(OSError):
                stream.write(b"x" * max(shutil.disk_usage(disk).free - left, 0))
            told, message = _in_child(operation, root, lambda _: None)
            if message:
                line.messages.add(_without_numbers(message.replace(str(disk), "DISK")))
            (disk / "filler").unlink()
            _run("mount", "-o", f"remount,size={4 * size}", disk)
            _judge(line, operation, known, root, told)
        finally:
            _run("umount", "-l", disk)
    return line


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - mount and umount of a folder of this benchmark


def rot(known: Known, folder: Path, times: int) -> Line:
    """Overwrite 40 kB somewhere in the database; "lost" is how often nobody noticed."""
    line = Line("check", "bits rot")
    places = random.Random("rot")  # noqa: S311 - as above
    for number in range(times):
        root = folder / f"rot-{number}"
        shutil.copytree(known.template, root)
        database = root / "quotegrid.db"
        with database.open("r+b") as stream:
            stream.seek(places.randrange(database.stat().st_size - _ROT_BYTES))
            stream.write(places.randbytes(_ROT_BYTES))
        is_noticed = bool(faults_of(database))
        line.tried += 1
        line.damaged += is_noticed
        line.lost += not is_noticed
        shutil.rmtree(root)
    return line


def _without_numbers(message: str) -> str:
    return re.sub(r"\d[\d,.]*", "N", message)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", nargs="?", type=int, default=200)
    parser.add_argument("--operations", default=",".join(operation.name for operation in OPERATIONS))
    given = parser.parse_args()
    chosen = [operation for operation in OPERATIONS if operation.name in given.operations.split(",")]
    can_mount = os.geteuid() == 0 and shutil.which("mount") is not None
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    lines = []
    heads = f"{'operation':10} {'fault':10} {'tried':>6} {'acknowledged':>13} {'lost':>6} {'half done':>10}"
    print(f"{heads} {'damaged':>8}")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary:
        folder = Path(temporary)
        for operation in chosen:
            known = _known(operation, folder)
            for run in (kill, fill) if can_mount else (kill,):
                lines.append(_printed(run(operation, known, folder, given.times)))
        if chosen:
            lines.append(_printed(rot(known, folder, given.times)))
    for line in lines:
        for message in sorted(line.messages):
            print(f"{line.operation}, {line.fault}: {message}")
    if any(line.lost or line.half for line in lines):
        sys.exit(1)


def _printed(line: Line) -> Line:
    print(
        f"{line.operation:10} {line.fault:10} {line.tried:6} {line.acknowledged:13} {line.lost:6} "
        f"{line.half:10} {line.damaged:8}",
        flush=True,
    )
    return line


if __name__ == "__main__":
    main()
