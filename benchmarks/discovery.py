"""Benchmark of discovery: the demonstration's codes, known themes in the seeds, and stability.

Run with `python benchmarks/discovery.py`. The demonstration, and the five seeds where they are, are imported
into a temporary folder and looked through with no codebook. A theme finds a code if at least half of the six
passages of its core have that code in the gold file, and two speakers said them.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.coded_data import GOLD, REPOSITORY
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.suggestions.candidate_themes import FoundTheme, is_same
from quotegrid.settings_values import PACKAGED_MODEL
from quotegrid.suggestions.discovery.candidate_themes import Passage, discover
from quotegrid.suggestions.encoder import Vectors, encoder_for
from quotegrid.suggestions.evaluation import recovery
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from quotegrid.workflows.suggestions.discover import passages_of

SEEDS = REPOSITORY.parent / "shared" / "seeds"
AMONG = (15, 30)
SHUFFLES, RESAMPLES, KEPT = 200, 10, 0.9
KNOWN = ("sticking plaster", "breathing space", "who pays")
"""Themes that a reader of the seeds names; the discovery itself does not know them."""
Gold = Mapping[int, frozenset[str]]
Embed = Callable[[Sequence[str]], Vectors]


def main() -> None:
    """Print every table."""
    embed = _embedding()
    with tempfile.TemporaryDirectory() as folder:
        study = _demonstration(Path(folder) / "demonstration")
        passages, roles = passages_of(study)
        gold = _gold(study)
        study.close()
        began = time.perf_counter()
        found = discover(passages, embed, roles=roles)
        print(f"demonstration: {len(passages)} passages, {time.perf_counter() - began:.1f} s")
        codes = {code for some in gold.values() for code in some}
        places = found_codes(found, passages, gold)
        told = ", ".join(f"{code} ({place})" for code, place in places.items())
        print(f"  codes found, of {len(codes)}: {told}")
        by_chance = _by_chance(found, passages, gold)
        for most, chance in zip(AMONG, by_chance, strict=True):
            count = sum(place <= most for place in places.values())
            print(f"  among the first {most}: {count}; with the codes shuffled {chance:.1f}")
        _print_stability(found, passages, roles, embed)
        if SEEDS.is_dir():
            study = _study(Path(folder) / "seeds", SEEDS)
            passages, roles = passages_of(study)
            study.close()
            found = discover(passages, embed, roles=roles)
            print(f"seeds: {len(passages)} passages")
            for wanted in KNOWN:
                place = next(
                    (n for n, recovered in enumerate(found, 1) if wanted in recovered.name.casefold()), None
                )
                if place is None:
                    print(f"  {wanted}: not found")
                    continue
                theme = found[place - 1]
                saying = sum(quote.says for quote in theme.quotes)
                denied = sum("negated" in quote.flags for quote in theme.quotes if quote.says)
                print(f"  {wanted}: place {place}, {saying} say it, {denied} of them flagged as negated")
            _print_stability(found, passages, roles, embed)


def found_codes(found: Sequence[FoundTheme], passages: Sequence[Passage], gold: Gold) -> dict[str, int]:
    """Return the codes that themes find, and the place of the first theme that does."""
    return recovery.found_codes(found, gold, {passage.segment.id: passage.voice for passage in passages})


def _by_chance(found: Sequence[FoundTheme], passages: Sequence[Passage], gold: Gold) -> list[float]:
    numbers = [passage.segment.id for passage in passages]
    chance = np.random.default_rng(0)
    counts = []
    for _ in range(SHUFFLES):
        others = chance.permutation(numbers).tolist()
        shuffled = {
            number: gold.get(other, frozenset()) for number, other in zip(numbers, others, strict=True)
        }
        places = found_codes(found, passages, shuffled).values()
        counts.append([sum(place <= most for place in places) for most in AMONG])
    return [float(mean) for mean in np.mean(counts, axis=0)]


def _print_stability(
    found: Sequence[FoundTheme], passages: Sequence[Passage], roles: set[str], embed: Embed
) -> None:
    shares: list[list[float]] = [[], []]
    for seed in range(RESAMPLES):
        chance = np.random.default_rng(seed)
        rows = np.sort(chance.choice(len(passages), int(KEPT * len(passages)), replace=False))
        again = discover([passages[row] for row in rows], embed, roles=roles)
        for place, among in enumerate(AMONG):
            back = sum(any(is_same(theme, other) for other in again[:among]) for theme in found[:15])
            shares[place].append(back / min(15, len(found)))
    for among, some in zip(AMONG, shares, strict=True):
        print(
            f"  of the first 15, back among the first {among} on {KEPT:.0%} of the passages: "
            f"{np.mean(some):.2f} ({min(some):.2f} to {max(some):.2f}, {RESAMPLES} resamples)"
        )


def _study(folder: Path, corpus: Path) -> StudyFolder:
    study = init_study(folder, "", "")
    import_sources(study, [corpus], ReadingOptions())
    return study


def _demonstration(folder: Path) -> StudyFolder:
    folder.mkdir()
    (folder / "quotegrid.toml").write_bytes((REPOSITORY / "quotegrid.toml").read_bytes())
    study = open_study(folder)
    import_sources(study, [REPOSITORY / "corpus"], ReadingOptions())
    return study


def _gold(study: StudyFolder) -> Gold:
    from quotegrid.storage.search.quotes import load_quotes

    with study.reading_session() as session:
        at = {(Path(quote.source).name, quote.start): quote.id for quote in load_quotes(session)}
    with GOLD.open(encoding="utf-8", newline="") as stream:
        return {
            at[row["source"], int(row["start"])]: frozenset(code for code in row["codes"].split("|") if code)
            for row in csv.DictReader(stream)
        }


def _embedding() -> Embed:
    encoder = encoder_for(PACKAGED_MODEL, Path(), precision="full")
    known: dict[str, Vectors] = {}

    def embed(texts: Sequence[str]) -> Vectors:
        missing = sorted({text for text in texts if text not in known})
        if missing:
            known.update(zip(missing, encoder.encode(missing), strict=True))
        return np.stack([known[text] for text in texts])

    return embed


if __name__ == "__main__":
    main()
