"""Reads the items of a JSON list as speech: who says what and when, whatever a program calls these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from quotegrid.corpus.readers.web import page_paragraphs
from quotegrid.corpus.transcripts.columns.names import (
    names_answers,
    names_people,
    names_questions,
    names_speakers,
    names_start,
    names_words,
)
from quotegrid.domain.text.normalise import normalise, one_line

Item = Mapping[str, Any]
_PARTS = ("elements", "words", "items", "tokens", "children", "alternatives", "paragraphs", "sentences")
"""The names under which an item holds its words one by one, or in several pieces."""
_WORD = ("punctuated_word", "word", "value", "text", "content", "transcript", "token")
"""The names of a single word or mark in such a list, the fullest first."""
_NAMES = ("name", "display", "display_name", "displayName", "full_name", "fullName", "label", "title", "id")
"""The names under which an object that stands for a person says what they are called, the likeliest first."""
_TAG = re.compile(r"</?(?:p|br|div|i|b|em|strong|span|a|iframe|ul|ol|li)\b[^<>]*>", re.IGNORECASE)
_CLOSES = re.compile(r"\s+(?=[.,!?;:\u2026](?:\s|\Z))")
_QUOTED = re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}")
_TEMPLATE_MARK = re.compile(r"<<[ \t]*[^<>\n]{1,20}[ \t]*>>[ \t]*")
"""Matches the marks of a word processor's template around labels, as records of parliaments have them."""
_FEWEST_LINES = 20
_FEWEST_PAIRS = 3
_DEEPEST = 40
"""The number of lists and objects within each other beyond which nobody writes speech."""


def lists_within(content: Any, depth: int = 0) -> Iterator[Sequence[Any]]:
    """Yield every list of objects that a JSON holds, however deep, the outermost first."""
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        if any(isinstance(item, dict) for item in content):
            yield content
        for item in content:
            yield from lists_within(item, depth + 1)
    elif isinstance(content, dict):
        for value in content.values():
            if isinstance(value, list | dict):
                yield from lists_within(value, depth + 1)


def asked_and_answered(content: Any) -> Sequence[Item]:
    """Return the questions and answers of a list of pairs as items, by their own fields' names; or none.

    Most objects of the list must have a question and an answer, which both have words.
    """
    for found in lists_within(content):
        pairs = [pair for item in found if isinstance(item, dict) and (pair := _pair(item)) is not None]
        if len(pairs) >= _FEWEST_PAIRS and 2 * len(pairs) > len(found):
            return [{"speaker": name, "text": words} for pair in pairs for name, words in pair]
    return []


def _pair(item: Item) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return the names and the words of an object's question and its answer, if it has both."""
    told = [(name, _told(value)) for name, value in item.items() if isinstance(value, str)]
    question = next(((name, words) for name, words in told if words and names_questions(name)), None)
    answer = next(((name, words) for name, words in told if words and names_answers(name)), None)
    return None if question is None or answer is None else (question, answer)


def words_of(item: Item) -> str:
    """Return what an item says: its text, or its words joined; empty if it says nothing."""
    return _value(item, names_words) or _joined(item)


def single_word(item: Item) -> str:
    """Return the word or mark that an item of a list of words holds; empty if it is no such item."""
    found = next((value for name in _WORD if isinstance(value := item.get(name), str) and value.strip()), "")
    if not found:
        alternatives = item.get("alternatives")
        first = alternatives[0] if isinstance(alternatives, list) and alternatives else None
        found = single_word(first) if isinstance(first, dict) else ""
    return found


def speaker_of(item: Item, names: Mapping[str, str] | None = None, *, people: bool = False) -> str:
    """Return who says an item's words; empty if it does not tell.

    Args:
        item: The item.
        names: The names that the file gives to its speakers' numbers.
        people: Whether names of people count as well, who need not be speakers elsewhere.
    """
    told = _value(item, names_speakers) or _value(item, _is_of_speaker)
    if not told and people:
        told = _value(item, names_people)
    return (names or {}).get(told, unquote(told) if _QUOTED.search(told) else told)


def text_of_record(content: Any) -> str | None:
    """Return the one long text of several paragraphs that an object holds beside short values; or None."""
    values = list(content.values()) if isinstance(content, dict) else []
    texts = [value for value in values if isinstance(value, str) and value.count("\n") >= _FEWEST_LINES]
    if len(texts) != 1 or any(isinstance(value, list | dict) and len(value) > 1 for value in values):
        return None
    text = _TEMPLATE_MARK.sub("", normalise(texts[0]))
    return text if "\ufeff" not in text[:1] else text[1:]


def _is_of_speaker(name: str) -> bool:
    """Return whether a field is one of a speaker's: "speakerTag", "section_speaker", "speaker_label"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").casefold().split()
    return words[-1:] == ["speaker"] or words in (["speaker", "tag"], ["spk"])


def named_speakers(content: Any) -> dict[str, str]:
    """Return the names that a list or object "speakers" of a JSON gives to numbers and codes."""
    told = content.get("speakers") if isinstance(content, dict) else None
    if isinstance(told, dict):
        return {str(code): name for code, value in told.items() if (name := _told(value))}
    found: dict[str, str] = {}
    for entry in told if isinstance(told, list) else ():
        code = entry.get("id", entry.get("label")) if isinstance(entry, dict) else None
        called = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(code, str | int) and isinstance(called, str) and called.strip():
            found[str(code)] = one_line(called)
    return found


def moment_of(item: Item) -> str:
    """Return when an item begins, as it is written; it may be an object of a beginning and an end."""
    for name, value in item.items():
        told = value.get("from") if isinstance(value, dict) else value
        if names_start(name) and isinstance(told, str | int | float) and not isinstance(told, bool):
            return str(told).strip()
    for name in _PARTS:
        parts = item.get(name)
        if isinstance(parts, list):
            first = next(
                (found for part in parts if isinstance(part, dict) and (found := moment_of(part))), ""
            )
            if first:
                return first
    return ""


def _joined(item: Item) -> str:
    """Return the words that an item holds one by one as running text."""
    for name in _PARTS:
        parts = item.get(name)
        if not isinstance(parts, list):
            continue
        words = [single_word(part) or words_of(part) if isinstance(part, dict) else part for part in parts]
        if words and all(isinstance(word, str) for word in words):
            return plain(_CLOSES.sub("", one_line(" ".join(words))))
    return ""


def plain(words: str) -> str:
    """Return words without the marks of a web page, if they have any, each paragraph behind a line end."""
    if _TAG.search(words) is None:
        return words
    return "\n".join(paragraph for paragraph in map(one_line, page_paragraphs(words)) if paragraph)


def _value(item: Item, fits: Callable[[str], bool]) -> str:
    """Return the first value whose name fits, as text; a speaker may be an object with a name."""
    for name, value in item.items():
        if fits(name) and (told := _told(value)):
            return told
    return ""


def _told(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in _NAMES if isinstance(value.get(name), str | int)), None)
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    written = str(value)
    return plain(written) if _TAG.search(written) else one_line(written)


def come_back(names: Iterable[str]) -> bool:
    """Return whether several people speak, one of them again after another."""
    order = [name for name in names if name]
    kept = [name for number, name in enumerate(order) if not number or order[number - 1] != name]
    return len(set(kept)) > 1 and len(kept) > len(set(kept))
