"""After any corrections, removals and undos, everything counts as in a study made anew of what stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.matrix.rows import Rows
from quotegrid.errors import QuotegridError
from quotegrid.workflows.coding.segments import code_range
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.matrix.export_matrix import matrix_as
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.list_sources import source_records
from quotegrid.workflows.sources.versions.removing import remove_source
from quotegrid.workflows.sources.versions.replacing import replace_source
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import HEAD, PARENT, StudyTemplates
from tests.profiles import examples

FILES = {"head.md": HEAD, "parent.txt": PARENT}
CORRECTIONS = (
    ("quick fix", "quickfix"),
    ("Months of waiting, and then a letter.", "Then a letter."),
    ("I rang every week", "I am his father. I rang every week"),
    ("RAY MOSS", "RAY MOSSE"),
    (". It is a patch", " - it is a patch"),
)
CODES = ("quick fix", "long wait")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["code", "code", "correct", "correct", "remove", "undo", "undo", "redo"]),
        st.integers(0, 40),
        st.integers(1, 60),
    ),
    min_size=3,
    max_size=14,
)
Texts = dict[str, str]
"""The content of each file that was ever read, by its hash."""


@pytest.fixture(scope="module")
def copied(
    studies: StudyTemplates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], StudyFolder]]:
    folder = tmp_path_factory.mktemp("recount")
    numbers = count()
    made: list[StudyFolder] = []

    def copy(template: Path) -> StudyFolder:
        made.append(open_study(studies.copied(template, folder / str(next(numbers)))))
        return made[-1]

    yield copy
    for study in made:
        study.close()


def _write(study: StudyFolder, name: str, text: str, texts: Texts) -> Path:
    file = study.root / "corpus" / name
    file.write_text(text, encoding="utf-8")
    texts[hashlib.sha256(text.encode()).hexdigest()] = text
    return file


def _do(study: StudyFolder, step: tuple[str, int, int], texts: Texts) -> None:
    kind, first, other = step
    sources = source_records(study)
    if kind == "undo":
        undo(study)
    elif kind == "redo":
        redo(study)
    elif not sources:
        return
    elif kind == "code":
        quotes = find_quotes(study).quotes
        quote = quotes[first % len(quotes)]
        start = quote.start + other % max(len(quote.text) // 2, 1)
        code_range(study, quote.source, start, quote.end, CODES[other % 2])
    elif kind == "remove":
        remove_source(study, sources[first % len(sources)]["name"])
    else:
        source = sources[first % len(sources)]
        text = texts[source["file_hash"]].replace(*CORRECTIONS[other % len(CORRECTIONS)])
        replace_source(study, source["name"], _write(study, source["name"], text, texts))


def _counts(study: StudyFolder) -> list[object]:
    """Return what is counted and listed, without numbers and times."""
    matrices = [
        matrix_as(make_matrix(study, MatrixChoice(rows=Rows.CODE, columns=column)), "csv").split("# Study")[0]
        for column in ("case", "group")
    ]
    quotes = find_quotes(study).quotes
    coded = sorted(
        (quote.source, quote.text, quote.case or "", quote.codes) for quote in quotes if quote.codes
    )
    sources = [
        tuple(source[name] for name in ("name", "turns", "segments", "words", "coded", "characters"))
        for source in source_records(study)
    ]
    cases = [(case["name"], case["group"], case["role"], case["area"]) for case in case_records(study)]
    return [matrices, coded, sources, cases]


@pytest.mark.sqlite
@examples(60, quick=6)
@given(steps=STEPS)
def test_everything_counts_as_in_a_study_made_anew(
    studies: StudyTemplates, copied: Callable[[Path], StudyFolder], steps: list[tuple[str, int, int]]
) -> None:
    study = copied(studies.imported)
    texts = {hashlib.sha256(text.encode()).hexdigest(): text for text in FILES.values()}
    for step in steps:
        try:
            _do(study, step, texts)
        except QuotegridError:
            continue
    anew = copied(studies.empty)
    attributes = (study.root / "corpus" / "attributes.csv").read_text(encoding="utf-8")
    _write(anew, "attributes.csv", attributes, {})
    for source in source_records(study):
        _write(anew, source["name"], texts[source["file_hash"]], {})
    import_sources(anew, [anew.root / "corpus"], ReadingOptions())
    for quote in find_quotes(study).quotes:
        for code in quote.codes:
            code_range(anew, quote.source, quote.start, quote.end, code)
    assert _counts(study) == _counts(anew)
