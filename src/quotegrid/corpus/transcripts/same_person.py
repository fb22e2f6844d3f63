"""Finds which labels of a transcript name one person: a full name and its initials, a name and its number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from quotegrid.corpus.text.part_words import PAIRED
from quotegrid.corpus.text.speaker_names import (
    ASKING,
    TITLES,
    folded_label,
    is_part,
    joined_names,
    stands_for,
)
from quotegrid.corpus.transcripts.labels import Label
from quotegrid.domain.text.normalise import one_line

_NUMBERED = re.compile(r"(?P<word>[^\W\d_]+)[ \t]?(?P<number>\d{1,3})")
_EXAMINER = re.compile(
    r"^[ \t]*BY[ \t]+(?P<name>(?:M[RS]S?|MISS|DR|PROF|JUDGE|THE)\b\.?[^\n:]{1,40}):[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Matches the line above the questions of a lawyer: "BY MR. BELL:"."""
_WITNESS = re.compile(r"\bthe witness(?=[ \t]*:)", re.IGNORECASE)
_FIRST_NAME = re.compile(r"^[ \t]*(?P<name>[^\W\d_]{2,})[:.][ \t]+(?=\S)", re.MULTILINE)
_FEWEST_NUMBERS = 3
_QUESTIONS = PAIRED - {"f", "p", "r"}
"""Words and letters that stand for questions and answers, and for nobody of several people."""
_MOST_OF_A_NUMBER = 2
_FEWEST_OF_A_LETTER = 3
_SHORTEST_CLIPPED = 3
_SIDES = 2
_MOST_OF_A_FULL_NAME = 2
"""The number of turns up to which somebody is introduced by a full name."""


def full_names(labels: Sequence[Label], known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names, among labels, that other labels abbreviate.

    "Peter Marsh (PM)" names whom "PM" stands for, and "Peter Marsh" whom "PM", "Peter" or "Marsh" stand for,
    unless two full names could be meant, or the two labels answer each other and so are two people.

    Args:
        labels: The labels that begin a turn, in order.
        known: Names that are known already.
    """
    counts = Counter(folded_label(label.name) for label in labels)
    asides: dict[str, str] = {}
    for label in labels:
        short = (label.aside or "").strip()
        if not short or folded_label(short) not in counts or is_part(label.name):
            continue
        if stands_for(label.name, known) is None or stands_for(short, known) is None:
            asides.setdefault(folded_label(label.name), f"{label.name} ({short})")
    spelt = {folded_label(label.name): label.name for label in labels}
    joint = {folded for folded, name in spelt.items() if _is_of_several(name, spelt)}
    long = [
        name
        for folded, name in spelt.items()
        if len(name.split()) > 1 and not is_part(name) and folded not in joint
    ]
    found = list(asides.values())
    neighbours = {
        frozenset((folded_label(first.name), folded_label(second.name))) for first, second in pairwise(labels)
    }
    for folded, name in spelt.items():
        words = folded.split()
        is_short = len(words) == 1 or (len(words) == 2 and words[0].rstrip(".") in TITLES)
        if is_part(name) or stands_for(name, known) is not None or not is_short:
            continue
        full = stands_for(name, [other for other in long if folded_label(other) != folded])
        clipped = None if full is not None else _clipped(folded, counts, long)
        if clipped is not None and frozenset((folded, folded_label(clipped))) not in neighbours:
            found.append(f"{clipped} ({name})")
        if full is None or folded_label(full) in asides:
            continue
        if frozenset((folded, folded_label(full))) not in neighbours:
            found.append(full)
    return tuple(dict.fromkeys(found))


def _clipped(short: str, counts: Counter[str], long: Sequence[str]) -> str | None:
    """Return the one full name that a label clips: "Fred" of "Frederick Moss", who is called so seldom."""
    if len(short) < _SHORTEST_CLIPPED:
        return None
    names = [name for name in long if folded_label(name).startswith(short)]
    is_seldom = len(names) == 1 and counts[folded_label(names[0])] <= _MOST_OF_A_FULL_NAME < counts[short]
    return names[0] if is_seldom else None


def _is_of_several(name: str, spelt: Collection[str]) -> bool:
    """Return whether a label joins people who have labels of their own: "AB / CD", where "AB" speaks too."""
    return any(part in spelt for part in joined_names(name))


def examined_labels(text: str, named: Sequence[Label], questions: Sequence[Label]) -> list[Label]:
    """Return the labels of a hearing: names, with "Q." and "A." in between for who examines and the witness.

    The questions below "BY MR. BELL:" are Mr Bell's. The answers are those of "THE WITNESS", if anybody is
    called so.

    Args:
        text: The normalised text.
        named: The labels that are names, in order.
        questions: The labels "Q." and "A.", in order.
    """
    witness = _WITNESS.search(text)
    examiners = list(_EXAMINER.finditer(text))
    begins = [match.start() for match in examiners]
    spelt = {folded_label(label.name): label.name for label in named}
    merged = {label.start: label for label in named if label.start not in begins}
    for label in questions:
        place = bisect_right(begins, label.start) - 1
        if folded_label(label.name) == "a":
            name = witness.group() if witness is not None else label.name
        else:
            name = one_line(examiners[place]["name"]) if place >= 0 else label.name
        aside = None if folded_label(label.name) == "a" else "interviewer"
        merged[label.start] = replace(label, name=spelt.get(folded_label(name), name), aside=aside)
    for match in examiners:
        # It begins no turn, as no words follow it; the turn above ends here.
        merged[match.start()] = replace(
            questions[0], start=match.start(), end=match.end(), name=one_line(match["name"]), aside=None
        )
    return [merged[at] for at in sorted(merged)]


def without_numbers_of_questions(labels: Sequence[Label]) -> list[Label]:
    """Return the labels, without the numbers that count questions and answers rather than people.

    "Q1", "A1", "Q2", "A2" are two people: the numbers only ever go up, and hardly any comes back. "P1", "P4",
    "P1" are two as well, and keep theirs.

    Args:
        labels: The labels that begin a turn, in order.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    for label in labels:
        found = _NUMBERED.fullmatch(label.name.strip())
        if found is not None:
            numbers[found["word"].casefold()].append(int(found["number"]))
    counting = {
        word
        for word, counted in numbers.items()
        if all(map(_counts, _runs(counted) if word in _QUESTIONS else [counted]))
    }
    if not counting or (len(counting) == 1 and not counting & PAIRED):
        return list(labels)
    kept = []
    for label in labels:
        found = _NUMBERED.fullmatch(label.name.strip())
        if found is not None and found["word"].casefold() in counting:
            label = replace(label, name=found["word"])
        kept.append(label)
    return kept


def under_the_interviewer(labels: Sequence[Label]) -> list[Label]:
    """Return the labels, "Q" under the one interviewer's where nobody is called "A".

    "Q1:", "Q2:" count the questions of a guide, which who is called "Interviewer:" elsewhere asks.

    Args:
        labels: The labels that begin a turn, in order.
    """
    names = {folded_label(label.name): label.name for label in labels}
    answers = {name for name in names if name in PAIRED and ASKING.fullmatch(name) is None}
    asking = [name for name in names if ASKING.fullmatch(name) and name not in _QUESTIONS]
    spelt_out = [name for name in asking if len(name) > 2]
    if answers or len(spelt_out) != 1:
        return list(labels)
    return [
        replace(label, name=names[spelt_out[0]]) if folded_label(label.name) in _QUESTIONS else label
        for label in labels
    ]


def first_names_of_initials(text: str, labels: Sequence[Label]) -> dict[str, str]:
    """Return the first names, by the single letters that stand for them further down: "Ada:", then "A:".

    Each letter stands for the one name that begins with it; the name is said before the letter, and less
    often than it. Two letters at least must have names.

    Args:
        text: The normalised text.
        labels: All places with the shape of a label before a colon, in order.
    """
    begins: dict[str, list[int]] = defaultdict(list)
    for label in labels:
        begins[label.name].append(label.start)
    particulars = {
        label.name for label, following in pairwise(labels) if _is_particular(text, label, following)
    }
    letters = [name for name in begins if len(name) == 1 and len(begins[name]) >= _FEWEST_OF_A_LETTER]
    found = {}
    for letter in letters:
        names = [
            name
            for name, places in begins.items()
            if len(name) > 2
            and " " not in name
            and name[0] == letter
            and places[0] < begins[letter][0]
            and len(places) < len(begins[letter])
            and not is_part(name)
            and name not in particulars
        ]
        if len(names) == 1:
            found[letter] = names[0]
    counts = {name: len(places) for name, places in begins.items()}
    return found if len(found) > 1 or _has_initials(counts) else {}


def _is_particular(text: str, label: Label, following: Label) -> bool:
    """Return whether a list stands between a label and the next, and no turn's words."""
    return not label.in_block and "\n" in text[label.end : following.start].strip()


def _has_initials(counts: dict[str, int]) -> bool:
    """Return whether a full name is said once or twice and its initials are from then on: "Al Moss", "AM"."""
    return any(
        counts.get("".join(word[0] for word in name.split()), 0) >= _FEWEST_OF_A_LETTER
        for name, count in counts.items()
        if count <= _MOST_OF_A_FULL_NAME and len(name.split()) > 1
    )


def under_first_names(text: str, labels: Sequence[Label], seen: Sequence[Label]) -> list[Label]:
    """Return the labels, single letters under the first names that they stand for, with those names' own.

    Args:
        text: The normalised text.
        labels: The labels that begin a turn, in order.
        seen: All labels before a colon, in order.
    """
    names = first_names_of_initials(text, seen)
    taken = {label.start for label in labels}
    spelt = [label for label in seen if label.name in names.values() and label.start not in taken]
    renamed = [replace(label, name=names.get(label.name, label.name)) for label in labels]
    return sorted([*renamed, *spelt], key=lambda label: label.start)


def under_names_of_the_opening(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels of two letters, under the names by which the same two people are called before.

    "Ned: ..." and "Ada. ..." open the talk of "b." and "a." if both names stand in the title, nothing else
    stands between, and the two sides take turns throughout.

    Args:
        text: The normalised text.
        labels: The labels that begin a turn, in order.
    """
    letters = {folded_label(label.name) for label in labels}
    if len(letters) != _SIDES or any(len(letter) > 1 for letter in letters):
        return list(labels)
    first = labels[0]
    opening = _opening_labels(text, first)
    names = list(dict.fromkeys(label.name for label in reversed(opening)))
    ends = [*(label.start for label in opening[1:]), first.start]
    words = [text[label.end : end].strip() for label, end in zip(opening, ends, strict=False)]
    takes_turns = all(before.name != label.name for before, label in pairwise(opening))
    if len(names) != _SIDES or not takes_turns or any("\n\n" in said for said in words):
        return list(labels)
    letter = folded_label(first.name)
    called = {letter: names[1], **dict.fromkeys(letters - {letter}, names[0])}
    if any(name[0].casefold() in letters - {short} for short, name in called.items()):
        return list(labels)
    return [*opening, *(replace(label, name=called[folded_label(label.name)]) for label in labels)]


def _opening_labels(text: str, first: Label) -> list[Label]:
    """Return the first names above a label that begin paragraphs and stand in the title above as well."""
    found = list(_FIRST_NAME.finditer(text, 0, first.start))
    title = set(re.findall(r"[^\W\d_]+", text[: found[0].start()])) if found else set()
    return [
        Label(match.start(), match.end(), match["name"], first.convention)
        for match in found
        if match["name"] in title and not is_part(match["name"])
    ]


def under_short_names(labels: Sequence[Label]) -> list[Label]:
    """Return the labels, those that give a part its short name under it: "Respondent (R1)" where "R1" speaks.

    Args:
        labels: The labels that begin a turn, in order.
    """
    names = {folded_label(label.name): label.name for label in labels if label.aside is None}
    kept = []
    for label in labels:
        short = names.get(folded_label(label.aside or ""))
        is_short = short is not None and is_part(short) and is_part(label.name)
        kept.append(replace(label, name=short, aside=None) if short is not None and is_short else label)
    return kept


def _counts(numbers: Sequence[int]) -> bool:
    """Return whether numbers count upwards, each used once or twice."""
    if len(set(numbers)) < _FEWEST_NUMBERS or max(Counter(numbers).values()) > _MOST_OF_A_NUMBER:
        return False
    return all(first <= second for first, second in pairwise(numbers))


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return numbers that begin with 1 anew in each interview, by interview."""
    runs: list[list[int]] = [[]]
    for number in numbers:
        if number == 1 and runs[-1] and runs[-1][-1] > 1:
            runs.append([])
        runs[-1].append(number)
    return runs
