"""Benchmark of the time and memory of an import: 15, 75 and 150 Word transcripts.

Run with `python benchmarks/import_corpus.py`. The transcripts are made up from a list of words in a
temporary folder, 6,667 words each, so that 150 of them hold 1,000,000. Each import runs in a process of
its own, whose peak memory is what the operating system says of it. The processor's time is the figure to
compare on a machine that others use too.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import open_study
from quotegrid.workflows.study.init_study import init_study

FILES = (15, 75, 150)
WORDS_PER_FILE = 6_667
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
    """Make the transcripts, import them and print a line for each number of files."""
    with tempfile.TemporaryDirectory() as folder:
        for files in FILES:
            root = Path(folder) / str(files)
            init_study(root, "Benchmark").close()
            for number in range(files):
                write_transcript(root / "corpus" / f"interview-{number:03}.docx", number)
            done = subprocess.run(  # noqa: S603 - this very file
                [sys.executable, __file__, str(root)], capture_output=True, text=True, check=True
            )
            found = json.loads(done.stdout)
            print(
                f"{files:>4} files  {files * WORDS_PER_FILE:>9,} words  {found['segments']:>7,} segments  "
                f"{found['seconds']:6.1f} s  {found['processor']:6.1f} s of processor  "
                f"{found['megabytes']:5.0f} MB at most"
            )


def write_transcript(path: Path, seed: int) -> None:
    """Write an interview of two speakers in turns of up to six sentences."""
    from docx import Document

    chance = random.Random(seed)  # noqa: S311 - invented words, not a secret
    document = Document()
    for line in (f"Title: Interview {seed}", "Interviewer: Jo Field", f"Participant: Speaker {seed:03}"):
        document.add_paragraph(line)
    left = WORDS_PER_FILE
    speaker = "Jo Field"
    while left > 0:
        sentences = []
        for _ in range(1 if speaker == "Jo Field" else chance.randint(1, 6)):
            length = min(chance.randint(4, 25), max(left, 1))
            left -= length
            sentences.append(" ".join(chance.choices(WORDS, k=length)).capitalize() + ".")
        document.add_paragraph(f"{speaker}: {' '.join(sentences)}")
        speaker = f"Speaker {seed:03}" if speaker == "Jo Field" else "Jo Field"
    document.save(str(path))


def measure(root: Path) -> None:
    """Import a study's corpus and print what it took, as JSON."""
    study = open_study(root)
    began, began_processor = time.perf_counter(), time.process_time()
    summary = import_sources(study, [root / "corpus"], ReadingOptions())
    seconds, processor = time.perf_counter() - began, time.process_time() - began_processor
    study.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bytes_each = 1 if sys.platform == "darwin" else 1024
    segments = sum(source.segments for source in summary.imported)
    found = {"seconds": seconds, "processor": processor, "megabytes": peak * bytes_each / 1e6}
    print(json.dumps({**found, "segments": segments}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
    else:
        main()
