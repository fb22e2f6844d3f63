"""Speaker turns in running text: who speaks from where to where."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quotegrid.corpus.labels import Label, block_starts, colon_labels, pattern_labels
from quotegrid.corpus.layouts import ALONE, CHAT, OF_WHOLE_TEXTS, Convention
from quotegrid.domain.sources import Turn
from quotegrid.domain.text import one_line

_ASKING = re.compile(r"(?:interviewer|int|iv|i|q|question|moderator|mod|facilitator|researcher)\s?\d{0,2}")
_ANSWERING = re.compile(r"(?:participant|respondent|interviewee|speaker)\s?\d{0,3}|[aprs]\d{0,3}|answer")
_NOT_NAMES = frozenset(
    "note nb ps example first firstly second secondly third thirdly finally lastly next important point "
    "problem reason result summary context source time date yes no so well".split()
)
"""Words that open a remark far more often than they name a speaker."""
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})

_NOT_SPOKEN = re.compile(
    r"\#{1,6}[ \t].*|[-*_]{3,}|\[[^\[\]]*\]"
    r"|.{1,80}[ \t](?:started|stopped) transcription|Transcribed by https?://\S+"
)
"""Lines that nobody says: headings, rules, notes in brackets, and what a service adds of its own."""
_FEWEST_REPEATS = 2
_MOST_NAME_WORDS = 4
_FEWEST_TURNS = 3
_CLOSING = " \t\n\u00a0\u201d\u2019\"')]*"
_LEAST_SHARE = 0.4
_LEAST_SHARE_OF_ANSWERS = 0.1


def is_interviewer(label: str, declared: Iterable[str] = ()) -> bool:
    """Whether a speaker label marks somebody who asks, by what it says or because the name is declared."""
    folded = _folded(label)
    return _ASKING.fullmatch(folded) is not None or stands_for(label, declared) is not None


def is_generic(label: str) -> bool:
    """Whether a label names the part of one who answers ("P1", "Participant 2") rather than a person."""
    return _ANSWERING.fullmatch(_folded(label)) is not None


def stands_for(label: str, names: Iterable[str]) -> str | None:
    """The name that a label is, or is the one short form of: "Jo", "JF", "Ms Field" for "Jo Field"."""
    folded = _folded(label)
    distinct = list(dict.fromkeys(names))
    exact = next((name for name in distinct if _folded(name) == folded), None)
    if exact is not None:
        return exact
    found = [name for name in distinct if _is_short_for(folded, _folded(name))]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Labels:
    """What has the shape of a speaker's label in a text."""

    taken: tuple[Label, ...]
    """What begins a turn, in order."""
    passed_over: tuple[Label, ...] = ()
    """What does not, in order."""


def find_labels(text: str, start: int, known: tuple[str, ...] = ()) -> Labels:
    """The labels of a transcript that begin turns, and what only looks like one.

    What stands before a colon at a line's beginning (or alone with a time) is a label when it names a
    declared speaker or a part in the conversation, or comes back and looks like a name. A label that
    comes once must look like the others. Where another convention, one without colons, finds more
    labels, the text is read by that one.

    Args:
        text: The normalised text.
        start: Where the text proper begins.
        known: Names of those who speak, as a header, a table or a flag gives them.
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
        enough = max(_FEWEST_REPEATS, len(taken) + (convention is not CHAT))
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
    """The labels of one convention; one in small letters must come back or name a known speaker.

    Args:
        text: The normalised text.
        start: Where the text proper begins.
        convention: What to look for.
        known: Names of those who speak, as a header, a table or a flag gives them.
    """
    found = pattern_labels(text, start, convention.patterns, convention)
    counts = Counter(_person(label, known) for label in found)
    taken = [
        label
        for label in found
        if _person(label, known) not in _NOT_NAMES
        and (
            label.style != "lower"
            or counts[_person(label, known)] >= _FEWEST_REPEATS
            or stands_for(label.name, known) is not None
        )
    ]
    return _labels(taken, [*colon_labels(text, start), *found])


def find_turns(
    text: str, start: int, *, declared: Iterable[str] = (), interviewers: Iterable[str] = ()
) -> tuple[Turn, ...]:
    """The labelled turns of a transcript, in order; empty if there are none.

    Args:
        text: The normalised text.
        start: Where the text proper begins.
        declared: Names that the header or an attributes file gives to speakers.
        interviewers: Names of those who ask.
    """
    asking = list(interviewers)
    known = (*declared, *asking)
    return turns_of(text, find_labels(text, start, known).taken, known, asking)


def turns_of(
    text: str, labels: Sequence[Label], known: tuple[str, ...] = (), asking: Sequence[str] = ()
) -> tuple[Turn, ...]:
    """The turns that labels begin; however a label's later spellings differ, the turns bear the first.

    Args:
        text: The normalised text.
        labels: What begins a turn, in order.
        known: Names of those who speak, those who ask among them.
        asking: Names of those who ask.
    """
    first_spelling: dict[str, str] = {}
    by_aside: set[str] = set()
    people = [_person(label, known) for label in labels]
    for person, label in zip(people, labels, strict=True):
        first_spelling.setdefault(person, label.name)
        if label.aside and is_interviewer(label.aside):
            by_aside.add(person)
    asks = {
        person: person in by_aside or stands_for(name, known) in asking or is_interviewer(name)
        for person, name in first_spelling.items()
    }
    turns = []
    for number, (person, label) in enumerate(zip(people, labels, strict=True)):
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        last = _end_of_words(text, label.end, end)
        words = text[label.end : last]
        if not words.strip():
            continue
        turns.append(
            Turn(
                start=last - len(words.lstrip()),
                end=last,
                label=first_spelling[person],
                is_interviewer=asks[person],
                time=label.time,
            )
        )
    return tuple(turns)


def unlabelled_turns(text: str, start: int) -> tuple[Turn, ...]:
    """The whole text from `start` as one turn of somebody who is not named; empty if it is blank."""
    body = text[start:]
    spoken = body.strip()
    if not spoken:
        return ()
    first = start + len(body) - len(body.lstrip())
    return (Turn(start=first, end=first + len(spoken), label=None),)


def looks_like_transcript(text: str, turns: tuple[Turn, ...]) -> bool:
    """Whether many paragraphs begin a turn, and most speakers come back or an interviewer is answered.

    Where both is so, few will do: an answer may run over many paragraphs.
    """
    counts = Counter(turn.label for turn in turns)
    is_answered = len({turn.is_interviewer for turn in turns}) == 2
    of_regulars = sum(count for count in counts.values() if count >= _FEWEST_REPEATS)
    comes_back = len(turns) >= _FEWEST_TURNS and 2 * of_regulars > len(turns)
    if not (is_answered or comes_back):
        return False
    share = _LEAST_SHARE_OF_ANSWERS if is_answered and comes_back else _LEAST_SHARE
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    labels_apart = sum(text[max(turn.start - 2, 0) : turn.start] == "\n\n" for turn in turns)
    paragraphs = len([part for part in text.split("\n\n") if part.strip()]) - labels_apart
    return len(turns) > min(lines, paragraphs) * share


def _end_of_words(text: str, start: int, end: int) -> int:
    """Where what is said between two offsets ends: before white space and paragraphs that nobody says."""
    last = _end_of_line(text, start, end)
    while True:
        line = text.rfind("\n", start, last) + 1
        blank = text.rfind("\n", start, max(line - 1, start)) + 1
        is_apart = blank > 0 and not text[blank : line - 1].strip()
        if not is_apart or _NOT_SPOKEN.fullmatch(text[line:last].strip()) is None:
            return last
        last = _end_of_line(text, start, blank)


def _end_of_line(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


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
    """Those that are labels, decided name by name."""
    named: dict[str, list[Label]] = defaultdict(list)
    for label in seen:
        named[_person(label, known)].append(label)
    asked = any(_ASKING.fullmatch(name) for name in named)
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
            fits = main is None and all_labelled and len(labels) >= _FEWEST_REPEATS
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
    """The labels of a convention without colons; none where few of its names come back.

    Without times a name must come back.
    """
    named: dict[str, list[Label]] = defaultdict(list)
    for label in _with_words(found, text, known):
        name = _person(label, known)
        if name not in _NOT_NAMES and (label.style != "lower" or convention.timed):
            named[name].append(label)
    surely = {name for name in named if is_part(name) or stands_for(named[name][0].name, known) is not None}
    regular = {name for name, labels in named.items() if len(labels) >= _FEWEST_REPEATS} | surely
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
    return labels if len(regular) >= _FEWEST_REPEATS else []


def _with_words(found: Sequence[Label], text: str, known: tuple[str, ...]) -> list[Label]:
    """Labels with words behind them: of two that follow each other, the rarer is a heading or an answer."""
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
    """Whether words alone in a line may be a name rather than a short answer."""
    return len(name.split()) <= _MOST_NAME_WORDS and name[-1].isalnum()


def _is_conversation(text: str, labels: Sequence[Label], known: tuple[str, ...]) -> bool:
    """Whether labels that might be headings name people: they are known, or somebody asks and asks again.

    Headings come back as well, but what stands below one seldom ends in a question every other time.
    """
    asked: dict[str, list[bool]] = defaultdict(list)
    for number, label in enumerate(labels):
        if is_part(label.name) or stands_for(label.name, known) is not None:
            return True
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        words = text[label.end : end].rstrip(_CLOSING)
        asked[_person(label, known)].append(words.endswith("?"))
    return any(sum(turns) >= _FEWEST_REPEATS and 2 * sum(turns) >= len(turns) for turns in asked.values())


def _is_sure(name: str, labels: Sequence[Label], known: tuple[str, ...], asked: bool) -> bool:
    label = labels[0].name
    if stands_for(label, known) is not None:
        return True
    if not is_part(name):
        return False
    if len(labels) >= _FEWEST_REPEATS:
        return len(name) > 1 or label.isupper()
    if name in ("question", "answer") or not label[0].isupper() or not labels[0].spaced:
        return False
    return len(name) > 1 or _ASKING.fullmatch(name) is not None or asked


def may_name(label: Label) -> bool:
    """Whether a label may name a speaker at all: white space behind it, and not "Note" or the like."""
    return label.spaced and _folded(label.name) not in _NOT_NAMES


def is_part(label: str) -> bool:
    """Whether a label names a part in the conversation, of one who asks or of one who answers."""
    folded = _folded(label)
    return bool(_ASKING.fullmatch(folded) or _ANSWERING.fullmatch(folded))


def _comes_back(name: str, labels: Sequence[Label]) -> bool:
    if name in _NOT_NAMES or sum(label.spaced for label in labels) < _FEWEST_REPEATS:
        return False
    return any(label.style != "lower" for label in labels)


def _person(label: Label, known: tuple[str, ...]) -> str:
    return person_of(label.name, known)


@lru_cache(maxsize=4096)
def person_of(label: str, known: tuple[str, ...]) -> str:
    """What the labels of one speaker have in common: the declared name, or the label without case."""
    return _folded(stands_for(label, known) or label)


def _is_short_for(label: str, name: str) -> bool:
    aside = re.search(r"\(([^()]*)\)", name)
    if aside is not None:
        if label == aside.group(1).strip():
            return True
        name = one_line(name.replace(aside.group(), " "))
    words = [word for word in name.split() if word.rstrip(".") not in _TITLES]
    said = label.split()
    if not words or not said:
        return False
    if label == name or said == [words[0]]:
        return True
    if words == said[:1] and not any(char.isdigit() for char in label):
        return True
    if said[0].rstrip(".") in _TITLES:
        return said[1:] in (words, words[-1:])
    return len(words) > 1 and (
        said == [words[-1]] or label.replace(".", "").replace(" ", "") == "".join(word[0] for word in words)
    )


def _folded(label: str) -> str:
    return one_line(label.replace("_", " ")).casefold().rstrip(".")
