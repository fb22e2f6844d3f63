"""Finds sentences by rules for spoken text, or with an installed spaCy pipeline, and cuts what never ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

from quotegrid.corpus.text.run_on import pieces_of
from quotegrid.corpus.text.sentence_ends import sentence_starts
from quotegrid.errors import ConfigError

BLANK = "blank"
_LETTER = re.compile(r"[^\W_]")


@lru_cache(maxsize=1)
def _pipeline(name: str) -> Any:
    import spacy

    try:
        return spacy.load(name, exclude=["ner", "lemmatizer", "textcat"])
    except OSError as error:
        raise ConfigError(
            f'the spaCy pipeline "{name}" is not installed.',
            file="quotegrid.toml",
            todo='Install it, or write pipeline = "blank" under [import].',
        ) from error


def sentence_spans(text: str, start: int, end: int, pipeline: str = BLANK) -> list[tuple[int, int]]:
    """Return the start and end of each sentence in `text[start:end]`, without surrounding white space.

    What runs on far longer than a sentence, such as automatic captions without full stops, is cut where the
    speaker pauses.

    Args:
        text: The normalised text of a source.
        start: The offset of the first character to read.
        end: The offset after the last character to read.
        pipeline: "blank" for the rules, or the name of an installed spaCy pipeline.

    Returns:
        Offsets into `text`, in order, covering everything but white space.

    Raises:
        ConfigError: If the pipeline is not installed.
    """
    if pipeline == BLANK:
        starts: Iterable[int] = sentence_starts(text, start, end)
    else:
        starts = (start + said.start_char for said in _pipeline(pipeline)(text[start:end]).sents)
    spans: list[tuple[int, int]] = []
    for begin, stop in pairwise((start, *starts, end)):
        said = text[begin:stop]
        first = begin + len(said) - len(said.lstrip())
        last = first + len(said.strip())
        if last <= first:
            continue
        if spans and not _LETTER.search(said):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return [piece for first, last in spans for piece in pieces_of(text, first, last)]
