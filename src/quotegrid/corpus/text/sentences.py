"""Finds sentences with spaCy: the blank English pipeline with rules for spoken text, or an installed one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from quotegrid.errors import ConfigError

BLANK = "blank"
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev st sr jr vs approx dept est gov hon e.g i.e eg ie cf "
    "jan feb mar apr jun jul aug sept oct nov dec".split()
)
"""Words whose full stop never ends a sentence."""
_BEFORE_NUMBERS = frozenset({"no", "nos", "fig", "p", "pp", "para", "vol"})
_MAY_END = frozenset({"etc", "al", "inc", "ltd", "a.m", "p.m"})
_FIRST_PERSON = frozenset(
    {"I", "I'm", "I\u2019m", "I've", "I\u2019ve", "I'd", "I\u2019d", "I'll", "I\u2019ll"}
)
_OPENING, _CLOSING = frozenset("[("), frozenset("])")
_OPENING_QUOTES, _STRAIGHT_QUOTES = frozenset("\u201c\u2018"), frozenset("\"'")


@lru_cache(maxsize=2)
def _pipeline(name: str) -> Any:
    import spacy
    from spacy.language import Language

    if name != BLANK:
        try:
            return spacy.load(name, exclude=["ner", "lemmatizer", "textcat"])
        except OSError as error:
            raise ConfigError(
                f'the spaCy pipeline "{name}" is not installed.',
                file="quotegrid.toml",
                todo='Install it, or write pipeline = "blank" under [import].',
            ) from error
    if not Language.has_factory("quotegrid_spoken_sentences"):
        Language.component("quotegrid_spoken_sentences", func=_mend)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…"]})
    pipeline.add_pipe("quotegrid_spoken_sentences")
    pipeline.max_length = 10_000_000
    return pipeline


def _mend(document: Any) -> Any:
    """Remove the sentence ends that abbreviations, trailing thoughts and brackets only appear to make."""
    depths = _bracket_depths(document)
    starts = [False] * len(document)
    for token in document:
        first = token.i
        if first == 0:
            starts[0] = True
            continue
        if not (token.is_sent_start or _runs_on_as_new(document, first)):
            continue
        while first > 1 and _opens(document, first - 1):
            first -= 1
        if depths[first] == 0 and not _continues(document, first):
            starts[first] = True
    for token, is_start in zip(document, starts, strict=True):
        token.is_sent_start = is_start
    return document


def _bracket_depths(document: Any) -> list[int]:
    """Return how many brackets are open before each token, ignoring brackets that are never closed."""
    depths = [0] * len(document)
    open_at: list[int] = []
    for token in document:
        if token.text in _OPENING:
            open_at.append(token.i)
        elif token.text in _CLOSING and open_at:
            first = open_at.pop()
            for number in range(first + 1, token.i + 1):
                depths[number] += 1
    return depths


def _opens(document: Any, index: int) -> bool:
    """Return whether a token is an opening bracket or quotation mark, which belongs to the words after it."""
    token = document[index]
    if token.text in _OPENING or token.text in _OPENING_QUOTES:
        return True
    spaced = bool(document[index - 1].whitespace_) or document[index - 1].is_space
    return bool(token.text in _STRAIGHT_QUOTES and spaced and not token.whitespace_)


def _runs_on_as_new(document: Any, index: int) -> bool:
    """Return whether dots, or a full stop inside a token, end a sentence here unseen by the sentencizer."""
    before = document[index - 1]
    if before.is_space and index > 1:
        before = document[index - 2]
    word = before.text.casefold().rstrip(".")
    may_end = before.text.endswith(".") and (word in _MAY_END or word == "i")
    return (may_end or _is_ellipsis(before.text)) and not document[index].is_space


def _continues(document: Any, index: int) -> bool:
    """Return whether a token continues the sentence although punctuation precedes it."""
    token, before = document[index], document[index - 1]
    if before.is_space and index > 1:
        before = document[index - 2]
    first = token.text[:1]
    if _is_ellipsis(before.text):
        return not (first.isupper() and token.text not in _FIRST_PERSON) and token.text not in _OPENING
    if first.islower() or token.text in {",", ";", ":"}:
        return True
    if not before.text.endswith("."):
        return False
    word = before.text if before.text != "." else document[max(before.i - 1, 0)].text
    word = word.casefold().rstrip(".")
    if word in _BEFORE_NUMBERS:
        return bool(token.like_num)
    if word in _MAY_END:
        return not first.isupper()
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    return word in ABBREVIATIONS or (is_initial and bool(token.is_alpha))


def _is_ellipsis(text: str) -> bool:
    return text == "…" or (len(text) > 1 and set(text) == {"."}) or text.endswith("...")


def sentence_spans(text: str, start: int, end: int, pipeline: str = BLANK) -> list[tuple[int, int]]:
    """Return the start and end of each sentence in `text[start:end]`, without surrounding white space.

    Args:
        text: The normalised text of a source.
        start: The offset of the first character to read.
        end: The offset after the last character to read.
        pipeline: "blank", or the name of an installed spaCy pipeline.

    Returns:
        Offsets into `text`, in order, covering everything but white space.

    Raises:
        ConfigError: If the pipeline is not installed.
    """
    spans: list[tuple[int, int]] = []
    document = _pipeline(pipeline)(text[start:end])
    for sentence in document.sents:
        said = sentence.text
        first = start + sentence.start_char + len(said) - len(said.lstrip())
        last = first + len(said.strip())
        if last <= first:
            continue
        if spans and not any(char.isalnum() for char in text[first:last]):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans
