"""Benchmark of the time and memory of an import: 15, 75 and 150 text files, beside a mere copy.

Run with `python benchmarks/import_corpus.py`; `--word` imports Word files instead, `--parts` says which parts
of the program take the time. The interviews are made up from a list of words in a temporary folder, 6,667
words each, so that 150 of them hold 1,000,000. Each import runs in a process of its own, start-up included.
The processor's time is the figure to compare on a machine that others use too. 150 files are imported three
times, in turn with a process that copies the files and puts their paragraphs into a SQLite database with full
text.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import open_study
from quotegrid.workflows.study.init_study import init_study

FILES = (15, 75, 150)
ROUNDS = 3
WORDS_PER_FILE = 6_667
PARTS = {
    "reading": ("corpus/readers",),
    "labels and turns": ("corpus/transcripts",),
    "sentences and passages": ("corpus/text/sentence", "corpus/text/run_on", "corpus/text/segmentation"),
    "other corpus": ("corpus/",),
    "marks and words": ("domain/",),
    "storing": ("storage/", "sqlalchemy", "sqlmodel", "sqlite3"),
}
"""The parts of the program, by what is in the paths of their functions; the first that fits counts."""
WORDS = """\
a about after again all already also always and another answer any because been before board both but
came children council could day did do done each even every families few find first for from funding get
give go had half have head help her here him how if in into is it its job keep kind know last late learn
letter little long made make many meeting money month more most much must need never new next no nobody
not nothing now number of off often old on once one only or other our out over own pay people place plan
pupil put quarter rather right said same say school see she should since small so some staff start still
such support take team term than that the their them then there they thing this those time to too told
town under until up us very wait want was way we week well went were what when where which while who why
will with without work would year yet you young""".split()


def main() -> None:
    """Make the interviews, import them and print a line for each number of files and each round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--word", action="store_true", help="Word files instead of text files")
    parser.add_argument("--parts", action="store_true", help="the parts that take the time, by a profile")
    parser.add_argument("--import", dest="study", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--copy", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.study:
        import_study(options.study, by_parts=options.parts)
    elif options.copy:
        copy(*options.copy)
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), "docx" if options.word else "txt", by_parts=options.parts)


def compare(folder: Path, suffix: str, *, by_parts: bool) -> None:
    """Import interviews of a kind, in turn with copying them."""
    files = folder / "files"
    files.mkdir()
    for number in range(max(FILES)):
        write_interview(files / f"interview-{number:03}.{suffix}", number)
    for number in FILES:
        measure(f"{number} files", "--import", make_study(folder / f"{number}", files, number))
    for round_number in range(1, ROUNDS + 1):
        study = make_study(folder / f"round-{round_number}", files, max(FILES))
        measure(f"import, round {round_number}", "--import", study)
        if suffix == "txt":
            measure(f"copying, round {round_number}", "--copy", files, folder / f"copy-{round_number}")
    if by_parts:
        measure("with a profile", "--import", make_study(folder / "parts", files, max(FILES)), "--parts")


def make_study(root: Path, files: Path, number: int) -> Path:
    """Return a new study's folder with some of the files in its corpus."""
    init_study(root, "Benchmark").close()
    for file in sorted(files.iterdir())[:number]:
        shutil.copy(file, root / "corpus")
    return root


def measure(name: str, *arguments: str | Path) -> None:
    """Run this file in a process of its own, and print what it took and says."""
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - this very file
        [sys.executable, __file__, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    ) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    found = json.loads(said)
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(
        f"{name:<18}{found.pop('passages'):>8,} passages {time.perf_counter() - began:6.1f} s "
        f"{used.ru_utime + used.ru_stime:6.1f} s of processor {peak / 1e6:5.0f} MB at most"
    )
    for part, seconds in found.items():
        print(f"    {part:<26}{seconds:6.1f} s")


def write_interview(path: Path, seed: int) -> None:
    """Write an interview of two speakers in turns of up to six sentences, as text or as a Word file."""
    chance = random.Random(seed)  # noqa: S311 - invented words, not a secret
    paragraphs = [f"Title: Interview {seed}", "Interviewer: Jo Field", f"Participant: Speaker {seed:03}"]
    left = WORDS_PER_FILE
    speaker = "Jo Field"
    while left > 0:
        sentences = []
        for _ in range(1 if speaker == "Jo Field" else chance.randint(1, 6)):
            length = min(chance.randint(4, 25), max(left, 1))
            left -= length
            words = chance.choices(WORDS, k=length)
            words[length // 2] += "," if length > 8 else ""
            sentences.append(" ".join(words).capitalize() + chance.choice((".", ".", ".", "?", "...")))
        paragraphs.append(f"{speaker}: {' '.join(sentences)}")
        speaker = f"Speaker {seed:03}" if speaker == "Jo Field" else "Jo Field"
    if path.suffix == ".txt":
        header, said = paragraphs[:3], paragraphs[3:]
        path.write_text("\n".join(header) + "\n\n" + "\n\n".join(said) + "\n", encoding="utf-8")
        return
    from docx import Document

    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def import_study(root: Path, *, by_parts: bool) -> None:
    """Import a study's corpus and print how many passages it has, and the seconds of each part, as JSON."""
    study = open_study(root)
    profile = cProfile.Profile()
    if by_parts:
        profile.enable()
    summary = import_sources(study, [root / "corpus"], ReadingOptions())
    profile.disable()
    study.close()
    found: dict[str, float] = {"passages": sum(source.segments for source in summary.imported)}
    print(json.dumps(found | (seconds_of_parts(profile) if by_parts else {})))


def seconds_of_parts(profile: cProfile.Profile) -> dict[str, float]:
    """Return the seconds spent in the functions of each part, including the built-in ones that they call."""
    seconds = dict.fromkeys([*PARTS, "all else"], 0.0)
    functions = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # typeshed does not name it
    for (file, _, name), (_, _, own, _, callers) in functions.items():
        if file != "~" or not callers:
            seconds[part_of(f"{file} {name}")] += own
        else:
            for (caller, _, _), (_, _, time_for_it, _) in callers.items():
                seconds[part_of(f"{caller} {name}")] += time_for_it
    return seconds


def part_of(path: str) -> str:
    """Return the part to which a function belongs."""
    return next((part for part, marks in PARTS.items() if any(mark in path for mark in marks)), "all else")


def copy(files: Path, target: Path) -> None:
    """Copy files and put their paragraphs into a new database with full text: the least there is to do."""
    target.mkdir()
    paragraphs = 0
    with closing(sqlite3.connect(target / "copy.db")) as database:
        database.execute("CREATE TABLE file (name TEXT, text TEXT)")
        database.execute("CREATE VIRTUAL TABLE paragraph USING fts5(text)")
        for file in sorted(files.iterdir()):
            shutil.copy(file, target)
            text = file.read_text(encoding="utf-8")
            rows = [(paragraph,) for paragraph in text.split("\n\n")]
            database.execute("INSERT INTO file VALUES (?, ?)", (file.name, text))
            database.executemany("INSERT INTO paragraph VALUES (?)", rows)
            paragraphs += len(rows)
        database.commit()
    print(json.dumps({"passages": paragraphs}))


if __name__ == "__main__":
    main()
