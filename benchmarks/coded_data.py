"""Coded data to measure on: the demonstration's gold codes, and seven real interviews where they are."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quotegrid.codebook.yaml_file import read_codebook
from quotegrid.corpus.text.sentences import sentence_spans
from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.non_speech import spoken
from quotegrid.suggestions.encoder import Encoder, Vectors
from quotegrid.suggestions.prior import Material
from quotegrid.suggestions.views import SegmentText, code_views

REPOSITORY = Path(__file__).parent.parent
GOLD = REPOSITORY / "tests" / "fixtures" / "gold" / "demonstration.csv"
INTERVIEWS = REPOSITORY.parent / "shared" / "interviews" / "coded-segments.csv"


@dataclass(frozen=True)
class CodedData:
    """Segments, codes, and which codes people gave to each segment."""

    name: str
    texts: tuple[str, ...]
    codes: tuple[Code, ...]
    gold: tuple[frozenset[int], ...]
    """The places of each segment's codes in `codes`; may be empty."""
    sources: tuple[str, ...]


def demonstration() -> CodedData:
    """Return all 676 segments of the demonstration corpus, coded by reading (see docs/suggestions.md)."""
    codes = read_codebook(REPOSITORY / "codebook" / "codebook.yaml").assignable()
    return _coded("demonstration", GOLD, codes)


def demonstration_by_definition() -> CodedData:
    """Return the demonstration with a codebook of names and definitions only, as many teams write it."""
    codes = read_codebook(REPOSITORY / "codebook" / "codebook.yaml").assignable()
    plain = [Code(name=code.name, parent=code.parent, definition=code.definition) for code in codes]
    return _coded("demonstration, definitions", GOLD, plain)


def interviews() -> CodedData | None:
    """Return 215 segments of seven real interviews, coded by their researchers; None if they are absent."""
    if not INTERVIEWS.is_file():
        return None
    with INTERVIEWS.open(encoding="utf-8", newline="") as stream:
        paths = sorted({code for row in csv.DictReader(stream) for code in row["codes"].split("|") if code})
    names = {path: path.split(" > ") for path in paths}
    codes = [Code(name=path, definition=": ".join(parts[-2:])) for path, parts in names.items()]
    return _coded("interviews", INTERVIEWS, codes)


def _coded(name: str, path: Path, codes: Sequence[Code]) -> CodedData:
    place = {code.name: number for number, code in enumerate(codes)}
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return CodedData(
        name=name,
        texts=tuple(row["text"] for row in rows),
        codes=tuple(codes),
        gold=tuple(frozenset(place[code] for code in row["codes"].split("|") if code) for row in rows),
        sources=tuple(row["source"] for row in rows),
    )


def material(data: CodedData, encoder: Encoder) -> Material:
    """Return the material for scoring, embedded."""
    segments = [
        SegmentText(
            id=number,
            text=text,
            start=0,
            sentences=tuple(
                (start, end)
                for start, end in sentence_spans(text, 0, len(text)) or [(0, len(text))]
                if spoken(text[start:end]).text or not spoken(text).text
            ),
        )
        for number, text in enumerate(data.texts)
    ]
    sentences = [sentence for segment in segments for sentence in segment.sentence_texts()]
    views = code_views(data.codes)
    said = [segment.said for segment in segments]
    wanted = list(dict.fromkeys([*said, *sentences, *(view.text for view in views)]))
    row = {text: number for number, text in enumerate(wanted)}
    vectors = encoder.encode(wanted)

    def rows(texts: Sequence[str]) -> Vectors:
        return np.asarray(vectors[[row[text] for text in texts]])

    return Material(
        segment_texts=said,
        segments=rows(said),
        sentences=rows(sentences),
        sentence_of=np.array([segment.id for segment in segments for _ in segment.sentences], dtype=np.intp),
        view_list=views,
        views=rows([view.text for view in views]),
        codes=len(data.codes),
    )
