"""The demonstration's gold codes: they are of the corpus as it is, and of the codebook as it is."""

from __future__ import annotations

import csv
from pathlib import Path

from quotegrid.codebook.yaml_file import read_codebook
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.text.normalise import one_line
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import REPOSITORY

FOLDER = Path(__file__).parent / "fixtures" / "gold"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_segment_of_the_corpus_has_been_coded_where_it_stands(empty_study: StudyFolder) -> None:
    config = empty_study.root / "quotegrid.toml"
    config.write_text((REPOSITORY / "quotegrid.toml").read_text(encoding="utf-8"), encoding="utf-8")
    import_sources(empty_study, [REPOSITORY / "corpus"], ReadingOptions())
    quotes = {
        (quote.source, str(quote.start), str(quote.end)): one_line(quote.text)
        for quote in all_quotes(empty_study)
    }
    coded = {(row["source"], row["start"], row["end"]): row["text"] for row in rows("demonstration.csv")}
    assert coded == quotes
    assert {row["segment"] for row in decisions()} <= {
        f"{quote[0]}:{quote[1]}-{quote[2]}" for quote in quotes
    }


def decisions() -> list[dict[str, str]]:
    with (REPOSITORY / "codebook" / "decisions.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_code_is_in_the_codebook_and_every_code_is_used() -> None:
    names = {code.name for code in read_codebook(REPOSITORY / "codebook" / "codebook.yaml").assignable()}
    used = {code for row in rows("demonstration.csv") for code in row["codes"].split("|") if code}
    again = {code for row in rows("second-coder.csv") for code in row["codes"].split("|") if code}
    assert used == names
    assert again <= names


def test_no_example_of_the_codebook_is_from_the_corpus() -> None:
    texts = " ".join(row["text"] for row in rows("demonstration.csv")).casefold()
    for code in read_codebook(REPOSITORY / "codebook" / "codebook.yaml").codes:
        for example in code.examples:
            assert example.casefold().rstrip(".") not in texts
