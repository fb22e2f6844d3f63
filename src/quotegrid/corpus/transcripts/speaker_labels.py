"""Decides which of the places with the shape of a speaker's label begin a turn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotegrid.corpus.text.speaker_names import ASKING, folded_label, is_part, person_of, stands_for
from quotegrid.corpus.transcripts.labels import Label, block_starts, colon_labels, pattern_labels
from quotegrid.corpus.transcripts.layouts import ALONE, CHAT, OF_WHOLE_TEXTS, Convention

FEWEST_REPEATS = 2
"""The number of turns from which a speaker counts as recurring."""

_NOT_NAMES = frozenset(
    "note nb ps example first firstly second secondly third thirdly finally lastly next important point "
    "problem reason result summary context source time date yes no so well".split()
)
"""Words that open a remark far more often than they name a speaker."""
_MOST_NAME_WORDS = 4
_CLOSING = " \t\n\u00a0\u201d\u2019\"')]*"


@dataclass(frozen=True, slots=True)
class Labels:
    """The places in a text that have the shape of a speaker's label."""

    taken: tuple[Label, ...]
    """The labels that begin a turn, in order."""
    passed_over: tuple[Label, ...] = ()
    """The labels that do not, in order."""


def find_labels(text: str, start: int, known: tuple[str, ...] = ()) -> Labels:
    """Return the labels of a transcript that begin turns, and the places that only look like labels.

    Words before a colon at the beginning of a line (or alone with a time) are a label if they name a declared
    speaker or a part in the conversation, or if they recur and look like a name. A label that occurs once
    must look like the others. If another convention, one without colons, finds more labels, the text is read
    by that one.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        known: Names of known speakers, from a header, a table or a flag.
    """
    seen = colon_labels(text, start)
    opening = block_starts(text, start)
    taken = _colon_labels(seen, opening, start, known)
    for convention in OF_WHOLE_TEXTS:
        found = pattern_labels(text, start, convention.patterns, convention)
        if not found:
            continue
        apart = [label for label in found if label.start in opening and _may_stand_alone(label.name)]
        accepted = _accepted(found if convention is not ALONE else apart, text, convention, known)
        enough = max(FEWEST_REPEATS, len(taken) + (convention is not CHAT))
        sure = convention.timed or _is_conversation(text, accepted, known)
        if sure and len(accepted) >= enough:
            taken = accepted
        if convention is not ALONE:
            seen += found
        else:
            names = {_person(label, known) for label in (*taken, *accepted)}
            seen += [
                label
                for label in apart
                if _person(label, known) in names or stands_for(label.name, known) is not None
            ]
    return _labels(taken, seen)


def patterned_labels(
    text: str,
    start: int,
    convention: Convention,
    known: tuple[str, ...] = (),
) -> Labels:
    """Return the labels of one convention; a lower-case one must recur or name a known speaker.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        convention: The convention to look for.
        known: Names of known speakers, from a header, a table or a flag.
    """
    found = pattern_labels(text, start, convention.patterns, convention)
    counts = Counter(_person(label, known) for label in found)
    taken = [
        label
        for label in found
        if _person(label, known) not in _NOT_NAMES
        and (
            label.style != "lower"
            or counts[_person(label, known)] >= FEWEST_REPEATS
            or stands_for(label.name, known) is not None
        )
    ]
    return _labels(taken, [*colon_labels(text, start), *found])


def may_name(label: Label) -> bool:
    """Return whether a label may name a speaker: it is followed by white space and is no word like "Note"."""
    return label.spaced and folded_label(label.name) not in _NOT_NAMES


def _labels(taken: Iterable[Label], seen: Iterable[Label]) -> Labels:
    kept = sorted(taken, key=lambda label: label.start)
    starts = {label.start for label in kept}
    others: dict[int, Label] = {}
    for label in seen:
        if label.start not in starts:
            others.setdefault(label.start, label)
    return Labels(tuple(kept), tuple(others[at] for at in sorted(others)))


def _colon_labels(
    seen: Sequence[Label], opening: set[int], start: int, known: tuple[str, ...]
) -> list[Label]:
    """Return the labels before a colon that begin turns, decided for each name as a whole."""
    named: dict[str, list[Label]] = defaultdict(list)
    for label in seen:
        named[_person(label, known)].append(label)
    asked = any(ASKING.fullmatch(name) for name in named)
    sure = {name for name, labels in named.items() if _is_sure(name, labels, known, asked)}
    likely = {name for name, labels in named.items() if name not in sure and _comes_back(name, labels)}
    styles = Counter(label.style for name in sure | likely if not is_part(name) for label in named[name])
    main = styles.most_common(1)[0][0] if styles else None
    first = min((label.start for label in seen), default=start)
    all_labelled = {label.start for label in seen} >= {block for block in opening if block >= first}
    for name, labels in named.items():
        if name in sure | likely or name in _NOT_NAMES or not labels[0].spaced:
            continue
        style = labels[0].style
        if style == "lower":
            fits = main is None and all_labelled and len(labels) >= FEWEST_REPEATS
        elif main is None:
            fits = all_labelled
        else:
            fits = style == main and (style != "name" or all_labelled)
        if fits:
            likely.add(name)
    begins = {name: any(label.start in opening for label in named[name]) for name in sure | likely}
    a_block_each = sum(begins.values()) > 1 and all(begins[name] for name in sure)
    return [
        label
        for name in sure | likely
        if name in sure or begins[name] or not a_block_each
        for label in named[name]
    ]


def _accepted(
    found: Sequence[Label], text: str, convention: Convention, known: tuple[str, ...]
) -> list[Label]:
    """Return the labels of a convention without colons, or none if few of its names recur.

    In a convention without times, every name must recur.
    """
    named: dict[str, list[Label]] = defaultdict(list)
    for label in _with_words(found, text, known):
        name = _person(label, known)
        if name not in _NOT_NAMES and (label.style != "lower" or convention.timed):
            named[name].append(label)
    surely = {name for name in named if is_part(name) or stands_for(named[name][0].name, known) is not None}
    regular = {name for name, labels in named.items() if len(labels) >= FEWEST_REPEATS} | surely
    of_regulars = sum(len(named[name]) for name in regular)
    if not regular or 2 * of_regulars <= sum(map(len, named.values())):
        return []
    if convention.timed:
        kept = [
            label
            for name, labels in named.items()
            if name in regular or labels[0].style != "lower"
            for label in labels
        ]
        return sorted(kept, key=lambda label: label.start)
    labels = sorted((label for name in regular for label in named[name]), key=lambda label: label.start)
    return labels if len(regular) >= FEWEST_REPEATS else []


def _with_words(found: Sequence[Label], text: str, known: tuple[str, ...]) -> list[Label]:
    """Return the labels followed by words; of two adjacent labels, the rarer is a heading or an answer."""
    counts = Counter(_person(label, known) for label in found)
    kept: list[Label] = []
    for label in found:
        if kept and not text[kept[-1].end : label.start].strip():
            if counts[_person(label, known)] <= counts[_person(kept[-1], known)]:
                continue
            kept.pop()
        kept.append(label)
    return kept


def _may_stand_alone(name: str) -> bool:
    """Return whether the words alone on a line may be a name rather than a short answer."""
    return len(name.split()) <= _MOST_NAME_WORDS and name[-1].isalnum()


def _is_conversation(text: str, labels: Sequence[Label], known: tuple[str, ...]) -> bool:
    """Return whether labels that might be headings name people: known ones, or one who asks repeatedly.

    Headings recur as well, but the text below one seldom ends in a question every other time.
    """
    asked: dict[str, list[bool]] = defaultdict(list)
    for number, label in enumerate(labels):
        if is_part(label.name) or stands_for(label.name, known) is not None:
            return True
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        words = text[label.end : end].rstrip(_CLOSING)
        asked[_person(label, known)].append(words.endswith("?"))
    return any(sum(turns) >= FEWEST_REPEATS and 2 * sum(turns) >= len(turns) for turns in asked.values())


def _is_sure(name: str, labels: Sequence[Label], known: tuple[str, ...], asked: bool) -> bool:
    label = labels[0].name
    if stands_for(label, known) is not None:
        return True
    if not is_part(name):
        return False
    if len(labels) >= FEWEST_REPEATS:
        return len(name) > 1 or label.isupper()
    if name in ("question", "answer") or not label[0].isupper() or not labels[0].spaced:
        return False
    return len(name) > 1 or ASKING.fullmatch(name) is not None or asked


def _comes_back(name: str, labels: Sequence[Label]) -> bool:
    if name in _NOT_NAMES or sum(label.spaced for label in labels) < FEWEST_REPEATS:
        return False
    return any(label.style != "lower" for label in labels)


def _person(label: Label, known: tuple[str, ...]) -> str:
    return person_of(label.name, known)
