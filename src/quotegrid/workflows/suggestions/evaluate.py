"""The evaluation of suggestions on segments that people have coded."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import normalise
from quotegrid.errors import ReadError, UsageError
from quotegrid.workflows.suggestions.material import all_texts, material_of, with_sentences

if TYPE_CHECKING:
    from quotegrid.suggestions.encoder import Encoder, Vectors
    from quotegrid.suggestions.evaluation.measures import CurvePoint, Gold, Interval, Learner, ReliabilityBin
    from quotegrid.suggestions.evaluation.recovery import Recovery
    from quotegrid.suggestions.prior import Scores
    from quotegrid.suggestions.views import SegmentText

ORDERS = 10
_STEPS = (1, 2, 4, 8, 16, 32)
"""The numbers of decided segments per code."""
_MOST_DECIDED = 0.8
_FEWEST_SOURCES = 4
AT_LEAST = (0.2, 0.3, 0.5, 0.7)
"""The chances for which the share of right suggestions of that chance or more is measured."""
_BANDS = tuple(tenth / 10 for tenth in range(11))
_BATCH = 256


@dataclass(frozen=True, slots=True)
class GoldSegment:
    """A segment and the codes that people gave it."""

    text: str
    codes: tuple[str, ...]
    line: int
    source: str = ""
    """The source, if the file gives it; a source counts as a speaker."""
    question: str = ""
    """The question before it, if the file gives it."""


@dataclass(frozen=True)
class Evaluation:
    """The measurements of an evaluation."""

    segments: int
    coded: int
    codes: int
    model: str
    metrics: Mapping[str, float]
    """The measures with nothing learned: hit_at_1 and _3, lrap, map, recall_at_10 and so on, wss_at_95."""
    intervals: Mapping[str, Interval]
    baselines: Mapping[str, Mapping[str, float]]
    """The same measures for other ways to rank, nothing learned."""
    curve: Sequence[CurvePoint]
    """The learning curve on undecided segments, the mean of ten random orders."""
    curves: Mapping[str, Sequence[CurvePoint]]
    """The learning curves of other learners."""
    curve_by_source: Sequence[CurvePoint]
    """The learning curve on whole sources left out; empty where the file has fewer than four sources."""
    at_least: Sequence[ReliabilityBin]
    """The share of right suggestions of some chance or more, with nothing and with half of all decided."""
    reliability: Sequence[ReliabilityBin]
    """The share of right suggestions by ranges of chances, for a reliability plot."""
    themes: Recovery | None = None
    """The recovery of the codes by discovery without a codebook; None unless requested."""


def read_gold(path: Path) -> list[GoldSegment]:
    """Read the segments of a gold file: a CSV with the columns text and codes, codes separated by a bar.

    Raises:
        ReadError: If it cannot be read, lacks a column, or has no segments.
    """
    try:
        text = normalise(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError("this is not UTF-8 text.", file=path, todo="Save it as UTF-8.") from error
    except OSError as error:
        raise ReadError(f"this file cannot be read ({error.strerror}).", file=path) from error
    reader = csv.DictReader(io.StringIO(text), strict=True)
    found = []
    try:
        names = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
        for wanted in ("text", "codes"):
            if wanted not in names:
                raise ReadError(
                    f'there is no column "{wanted}".',
                    file=path,
                    line=1,
                    todo='The columns are text and codes; several codes are separated by "|".',
                )
        for row in reader:
            said = (row.get(names["text"]) or "").strip()
            codes = tuple(code.strip() for code in (row.get(names["codes"]) or "").split("|") if code.strip())
            source, question = (
                (row.get(names.get(column, "")) or "").strip() for column in ("source", "question")
            )
            if said:
                found.append(GoldSegment(said, codes, reader.line_num, source, question))
    except csv.Error as error:
        raise ReadError(f"this is not a valid table ({error}).", file=path, line=reader.line_num) from error
    if not any(segment.codes for segment in found):
        raise ReadError("no passage in it has a code.", file=path)
    return found


def read_codes(path: Path, gold: Sequence[GoldSegment], gold_path: Path) -> list[Code]:
    """Read the codes to choose from: a codebook's codes without children, and those that the gold file uses.

    Raises:
        CodebookError: If the codebook cannot be used.
        ReadError: If the gold file has a code that the codebook lacks.
    """
    from quotegrid.codebook.csv_file import read_codebook_table
    from quotegrid.codebook.yaml_file import read_codebook

    book = read_codebook_table(path) if path.suffix.lower() == ".csv" else read_codebook(path)
    used = {code.casefold() for segment in gold for code in segment.codes}
    known = {code.name.casefold() for code in book.codes}
    for segment in gold:
        for code in segment.codes:
            if code.casefold() not in known:
                raise ReadError(
                    f'the code "{code}" is not in {path.name}.',
                    file=gold_path,
                    line=segment.line,
                    todo="Add it to the codebook, or correct its name.",
                )
    leaves = {code.name for code in book.assignable()}
    return [code for code in book.walk() if code.name in leaves or code.name.casefold() in used]


def evaluate(
    gold_path: Path,
    codebook_path: Path,
    encoder: Encoder,
    *,
    orders: int = ORDERS,
    with_themes: bool = False,
    report: ProgressReport | None = None,
) -> Evaluation:
    """Measure the suggestions on segments that people have coded, beside simple baselines.

    Args:
        gold_path: A CSV with the columns text and codes.
        codebook_path: A codebook, in YAML, or as CSV with the columns name and definition.
        encoder: The encoder.
        orders: The number of random orders over which the learning curve is averaged.
        with_themes: Whether to discover themes without the codebook too, which takes longer.
        report: Called with the progress.

    Raises:
        DataError: If a file cannot be used.
        UsageError: If there are fewer than two codes, or themes are asked for without sources.
    """
    import numpy as np

    from quotegrid.suggestions.calibration import Calibration
    from quotegrid.suggestions.evaluation.measures import (
        by_chance,
        calibration_interval,
        curve,
        interval,
        measures,
        nearest_view,
        neighbours_learner,
        our_learner,
        probe_learner,
        reliability_bins,
        words_learner,
    )
    from quotegrid.suggestions.learner import arrange_decisions, predict_log_odds
    from quotegrid.suggestions.prior import score
    from quotegrid.suggestions.views import ViewKind

    segments = read_gold(gold_path)
    codes = read_codes(codebook_path, segments, gold_path)
    if len(codes) < 2:
        raise UsageError("there must be two codes at least to choose from.", file=codebook_path)
    rows = [(row, 0, 0, segment.text) for row, segment in enumerate(segments)]
    questions = {row: segment.question for row, segment in enumerate(segments)}
    texts = with_sentences(rows, "blank", report, questions)
    place = {code.name.casefold(): number for number, code in enumerate(codes)}
    gold: Gold = np.zeros((len(texts), len(codes)), dtype=np.bool_)
    for row, text in enumerate(texts):
        gold[row, [place[code.casefold()] for code in segments[text.id].codes]] = True
    wanted = all_texts(texts, codes)
    order = sorted(wanted, key=lambda digest: -len(wanted[digest]))
    vectors: dict[str, Vectors] = {}
    for first in range(0, len(order), _BATCH):
        if report is not None:
            report("Embedding", first, len(order))
        batch = order[first : first + _BATCH]
        vectors.update(zip(batch, encoder.encode([wanted[key] for key in batch]), strict=True))
    material = material_of(texts, codes, vectors)
    prior = score(material)
    nothing = arrange_decisions({}, {}, [], len(codes))
    logits = predict_log_odds(prior, material.segments, prior.lexical, nothing)
    coded = int(gold.any(axis=1).sum())
    steps = [0, *(number * len(codes) for number in _STEPS if number * len(codes) <= _MOST_DECIDED * coded)]
    others = {
        "word TF-IDF and logistic regression": words_learner([text.said for text in texts]),
        "logistic regression on embeddings": probe_learner(material),
        "nearest neighbours": neighbours_learner(material),
    }
    curves = {}
    for done, (name, learner) in enumerate(others.items()):
        if report is not None:
            report("Learning curves", done, len(others) + 1)
        curves[name] = curve(learner, gold, steps[1:], orders)
    if report is not None:
        report("Learning curves", len(others), len(others) + 1)
    ours = our_learner(prior, material)
    ranges = [*((low, 1.0) for low in AT_LEAST), *pairwise(_BANDS)]
    told = [reliability_bins(prior, material, gold, step, orders, ranges) for step in (0, len(texts) // 2)]
    intervals = {name: interval(found) for name, found in measures(logits, gold).items()}
    intervals["calibration_error"] = calibration_interval(Calibration().chances(logits), gold)
    return Evaluation(
        segments=len(texts),
        coded=coded,
        codes=len(codes),
        model=encoder.fingerprint,
        metrics={name: measure.value for name, measure in intervals.items()},
        intervals=intervals,
        baselines={
            "random": _means(by_chance(gold), gold),
            "cosine to name": _means(nearest_view(material, ViewKind.NAME), gold),
            "cosine to name and definition": _means(nearest_view(material, ViewKind.DEFINITION), gold),
        },
        curve=curve(ours, gold, steps, orders),
        curves=curves,
        curve_by_source=_curve_by_source(ours, gold, [segments[text.id].source for text in texts], orders),
        at_least=[measured for found in told for measured in found[: len(AT_LEAST)]],
        reliability=[measured for found in told for measured in found[len(AT_LEAST) :]],
        themes=_themes(texts, segments, encoder, report) if with_themes else None,
    )


def _curve_by_source(learner: Learner, gold: Gold, names: Sequence[str], orders: int) -> list[CurvePoint]:
    import numpy as np

    from quotegrid.suggestions.evaluation.measures import curve, left_out_sources

    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    sources = np.array([numbers[name] for name in names], dtype=np.intp)
    coded = gold.any(axis=1)
    used = np.unique(sources[coded])
    if "" in numbers or len(used) < _FEWEST_SOURCES:
        return []
    sizes = sorted(int((sources[coded] == number).sum()) for number in used)
    to_decide = sum(sizes[: len(used) - left_out_sources(len(used))])
    each = gold.shape[1]
    steps = [0, *(times * each for times in _STEPS if times * each <= to_decide)]
    return curve(learner, gold, steps, orders, sources)


def _themes(
    texts: Sequence[SegmentText],
    segments: Sequence[GoldSegment],
    encoder: Encoder,
    report: ProgressReport | None,
) -> Recovery:
    from quotegrid.suggestions.discovery.candidate_themes import Passage, discover
    from quotegrid.suggestions.evaluation.recovery import recovery

    names = [segments[text.id].source for text in texts]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    if "" in numbers or len(numbers) < 2:
        raise UsageError(
            "themes are what several speakers share, and the gold file does not tell who speaks.",
            todo="Add a column source that names the transcript of each segment, or leave out --themes.",
        )
    passages = [Passage(text, numbers[name], name, True) for text, name in zip(texts, names, strict=True)]
    known: dict[str, Vectors] = {}

    def embed(wanted: Sequence[str]) -> Vectors:
        import numpy as np

        missing = list(dict.fromkeys(text for text in wanted if text not in known))
        for first in range(0, len(missing), _BATCH):
            batch = missing[first : first + _BATCH]
            known.update(zip(batch, encoder.encode(batch), strict=True))
        return np.stack([known[text] for text in wanted])

    found = discover(passages, embed, report=report)
    codes = {text.id: frozenset(code.casefold() for code in segments[text.id].codes) for text in texts}
    return recovery(found, codes, {text.id: name for text, name in zip(texts, names, strict=True)})


def _means(scores: Scores, gold: Gold) -> dict[str, float]:
    from quotegrid.suggestions.evaluation.measures import measures

    return {name: float(found.mean()) for name, found in measures(scores, gold).items()}
