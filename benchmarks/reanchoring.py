"""Benchmark of finding codings again in a corrected transcript.

Run with `python benchmarks/reanchoring.py [FOLDER...]`: the transcripts of the folders are read as an import
reads them; without a folder those of the demonstration study. Corrections are invented in each, every kind
alone and all together, and each passage and a part of it is taken for a coding. Printed are the share of
codings on the right words, those that are on wrong words though said to be the same (there should be none),
those on wrong words and listed as changed, and those that cannot be placed. The last line is about pairs of
transcripts, some of which a folder may hold in two versions: how much alike nine of ten seem at most, beside
how much alike a corrected one is at least.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from quotegrid.corpus.readers import READERS
from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source
from quotegrid.domain.sources.reanchoring import Outcome, Reanchoring
from quotegrid.domain.text.words import word_places
from quotegrid.errors import DataError

SEED = 18
ADDED = (
    "I had forgotten to mention that before.",
    "That was some time after the others had left.",
    "No, not really, or only now and then.",
    "We talked about it with my sister too, and she saw it in the same way.",
    "Yes.",
    "You know what I mean, I think.",
)
LEAST_WORDS = 50

Character = tuple[str, int]
"""A character of the corrected text, and its place in the old one; -1 for one that is new."""
Text = list[Character]


@dataclass(frozen=True)
class Transcript:
    """A transcript as it was read."""

    source: Source
    codings: Sequence[tuple[int, int]]


def main() -> None:
    """Read the transcripts, correct them and print a line for each kind of correction."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path(__file__).parents[1] / "corpus"])
    transcripts = list(_transcripts(parser.parse_args().folders))
    codings = sum(len(transcript.codings) for transcript in transcripts)
    print(f"{len(transcripts)} transcripts, {codings:,} codings each time")
    least = 1.0
    for name, kinds in {**{name: [name] for name in CORRECTIONS}, "all together": list(CORRECTIONS)}.items():
        counts: Counter[str] = Counter()
        took = 0.0
        for number, transcript in enumerate(transcripts):
            chance = random.Random(f"{SEED} {name} {number}")  # noqa: S311 - invents corrections
            text: Text = [(character, place) for place, character in enumerate(transcript.source.text)]
            for kind in kinds:
                text = CORRECTIONS[kind](text, transcript.source, chance)
            began = time.perf_counter()
            counts += _judged(transcript, text)
            took += time.perf_counter() - began
            least = min(least, Reanchoring(transcript.source.text, _joined(text)).likeness())
        total = counts.total()
        print(
            f"{name:24} right {counts['right'] / total:8.3%}   wrong unlisted {counts['wrong']:3}   "
            f"wrong listed {counts['listed']:4}   cannot be placed {counts['lost']:4}   {took:5.1f} s"
        )
    texts = [transcript.source.text for transcript in transcripts]
    others = sorted(Reanchoring(old, new).likeness() for old, new in pairwise(texts))
    most = others[len(others) * 9 // 10]
    print(f"alike: corrected {least:.2f} at least, nine of ten pairs of transcripts {most:.2f} at most")


def _transcripts(folders: Sequence[Path]) -> Iterator[Transcript]:
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() not in READERS or path.stem.casefold() == "readme":
                continue
            try:
                source = read_source(path, path.name, ReadingOptions(), Stakeholders({})).source
            except DataError:
                continue
            chance = random.Random(f"{SEED} {path.name}")  # noqa: S311 - chooses parts of passages
            codings = [(segment.start, segment.end) for segment in source.segments]
            codings += [_part(source.text, place, chance) for place in list(codings)]
            if source.turns and len(word_places(source.text)) >= LEAST_WORDS:
                yield Transcript(
                    source, [coding for coding in codings if word_places(source.text[slice(*coding)])]
                )


def _part(text: str, place: tuple[int, int], chance: random.Random) -> tuple[int, int]:
    """Return the place of some of a passage's words that follow each other."""
    start = place[0]
    words = word_places(text[start : place[1]])
    if not words:
        return place
    first = chance.randrange(len(words))
    last = chance.randrange(first, len(words))
    return start + words[first][0], start + words[last][1]


def _judged(transcript: Transcript, text: Text) -> Counter[str]:
    new = _joined(text)
    here: dict[int, int] = {place: number for number, (_, place) in enumerate(text) if place >= 0}
    words = word_places(new)
    reanchoring = Reanchoring(transcript.source.text, new)
    counts: Counter[str] = Counter()
    for start, end in transcript.codings:
        placed = reanchoring.place(start, end)
        letters = [here[old] for old in range(start, end) if old in here and text[here[old]][0].isalnum()]
        truth = _touched(words, min(letters), max(letters) + 1) if letters else None
        if placed.outcome is Outcome.LOST:
            counts["lost"] += 1
        elif _is_right(words, new, _touched(words, placed.start, placed.end), truth):
            counts["right"] += 1
        elif placed.outcome is Outcome.CHANGED:
            counts["listed"] += 1
        else:
            counts["wrong"] += 1
    return counts


def _is_right(
    words: Sequence[tuple[int, int]], new: str, found: tuple[int, int], truth: tuple[int, int] | None
) -> bool:
    """Return whether a coding is on its words: nobody can tell "yes" from a "yes" added beside it."""
    if truth is None or found == truth:
        return found == truth
    beside = found[0] <= truth[1] + 1 and truth[0] <= found[1] + 1
    said = [new[words[first][0] : words[last][1]] for first, last in (found, truth)]
    return beside and said[0] == said[1]


def _touched(words: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    touched = [number for number, (first, last) in enumerate(words) if first < end and start < last]
    return (touched[0], touched[-1]) if touched else (-1, -1)


def _joined(text: Text) -> str:
    return "".join(character for character, _ in text)


def _typing_errors(text: Text, source: Source, chance: random.Random) -> Text:
    """Correct a word in thirty: a letter goes, comes, or changes places with the next."""
    found: Text = []
    plain = _joined(text)
    before = 0
    for match in re.finditer(r"\w{3,}", plain):
        if chance.random() > 1 / 30:
            continue
        start, at = match.start(), chance.randrange(match.start(), match.end() - 1)
        found += text[before:at]
        match chance.randrange(4):
            case 0:
                found += text[at + 1 : match.end()]
            case 1:
                found += [(chance.choice("aeinst"), text[at][1]), *text[at : match.end()]]
            case 2:
                found += [text[at + 1], text[at], *text[at + 2 : match.end()]]
            case _:
                found += [*text[at : at + 1], (" ", -1), *text[at + 1 : match.end()]]
        before = max(match.end(), start)
    return [*found, *text[before:]]


def _sentences_added(text: Text, source: Source, chance: random.Random) -> Text:
    """Add a sentence behind one in twenty."""
    found: Text = []
    plain = _joined(text)
    before = 0
    for match in re.finditer(r"[.?!] +(?=\w)", plain):
        if chance.random() < 1 / 20:
            found += [*text[before : match.end()], *((letter, -1) for letter in chance.choice(ADDED) + " ")]
            before = match.end()
    return [*found, *text[before:]]


def _speaker_renamed(text: Text, source: Source, chance: random.Random) -> Text:
    """Give the speaker with the most turns another label wherever a line begins with it."""
    labels = Counter(turn.label for turn in source.turns if turn.label and not turn.is_interviewer)
    if not labels:
        return text
    label = labels.most_common(1)[0][0]
    found: Text = []
    before = 0
    for match in re.finditer(rf"(?m)^[^\w\n]*{re.escape(label or '')}(?=\W)", _joined(text)):
        found += [*text[before : match.start()], *((letter, -1) for letter in "Speaker Mirren")]
        before = match.end()
    return [*found, *text[before:]]


def _paragraph_moved(text: Text, source: Source, chance: random.Random) -> Text:
    """Move the words of two long paragraphs to other places."""
    for _ in range(2):
        lines = list(re.finditer(r"(?m)^[^\n]+\n?", _joined(text)))
        long = [line for line in lines if len(line.group().split()) >= 12]
        if len(long) < 3:
            return text
        moved, target = chance.sample(long, 2)
        piece, rest = text[moved.start() : moved.end()], [*text[: moved.start()], *text[moved.end() :]]
        at = target.start() if target.start() < moved.start() else target.start() - len(piece)
        if piece[-1][0] != "\n":
            piece.append(("\n", -1))
        text = [*rest[:at], *piece, *rest[at:]]
    return text


def _punctuation(text: Text, source: Source, chance: random.Random) -> Text:
    """Punctuate as another typist does: commas, dashes, dots, quotation marks and capitals."""
    found: Text = []
    for character, place in text:
        match character:
            case "," if chance.random() < 0.4:
                continue
            case ".":
                found += [(".", place), *[(".", -1)] * (2 if chance.random() < 0.2 else 0)]
            case '"' | "'":
                found.append(("\u201d" if character == '"' else "\u2019", place))
            case " " if chance.random() < 0.05:
                found += (
                    [(" ", place), ("-", -1), (" ", -1)]
                    if chance.random() < 0.5
                    else [(",", -1), (" ", place)]
                )
            # The capital of a few letters, such as the German double s, is two letters: they stay.
            case _ if chance.random() < 0.01 and len(character.swapcase()) == 1:
                found.append((character.swapcase(), place))
            case _:
                found.append((character, place))
    return found


CORRECTIONS: dict[str, Callable[[Text, Source, random.Random], Text]] = {
    "typing errors": _typing_errors,
    "sentences added": _sentences_added,
    "a speaker renamed": _speaker_renamed,
    "paragraphs moved": _paragraph_moved,
    "another's punctuation": _punctuation,
}


if __name__ == "__main__":
    main()
