"""Speaker turns in running text: who speaks from where to where."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePath

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

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?"
_GAP = r"[ \t\u00a0]"
_LABEL = re.compile(
    rf"""^{_GAP}*
        (?:\d{{1,4}}[.)]?{_GAP}+)?  # the paragraph's number
        (?:[\[(]?(?P<before>{_TIME})[\])]?{_GAP}*\n?{_GAP}*)?
        (?P<open>\*\*|__)?
        (?P<label>[^\W\d_][\w.'\u2019&-]*(?:{_GAP}[\w.'\u2019&-]+){{0,4}}?)
        (?:{_GAP}*\[(?P<after>{_TIME})\]|{_GAP}*\((?P<aside>[^()\n]{{1,60}})\))?
        (?:(?P<close>\*\*|__){_GAP}*:|{_GAP}*:(?P<close2>\*\*|__)?|{_GAP}+(?P<alone>{_TIME})(?={_GAP}*$))
        (?=\s|$|[^\W\d_]|["\u201c\u2018'(\[]){_GAP}*""",
    re.VERBOSE | re.MULTILINE,
)
_NOT_SPOKEN_AT_END = re.compile(r"(?:\n[ \t]*\n\s*(?:\#{1,6}[ \t].*|[-*_]{3,}|\[[^\[\]\n]*\])[ \t]*)+\Z")
"""Headings, rules and notes in brackets that stand in paragraphs of their own behind what was said."""
_BLOCK = re.compile(r"\n[ \t]*\n\s*")
_FEWEST_REPEATS = 2
_FEWEST_TURNS = 3
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


def name_of_unnamed(source: str, label: str) -> str:
    """What a speaker without a name is called, until somebody names them: "interview-3 P1"."""
    return f"{PurePath(source).stem} {label}".strip()


def find_turns(
    text: str, start: int, *, declared: Iterable[str] = (), interviewers: Iterable[str] = ()
) -> tuple[Turn, ...]:
    """The labelled turns of a transcript, in order; empty if there are none.

    What stands before a colon at a line's beginning (or alone with a time) is a label when it names a
    declared speaker or a part in the conversation, or comes back and looks like a name. A label that
    comes once must look like the others. However a label's later spellings differ, the turns bear the first.

    Args:
        text: The normalised text.
        start: Where the text proper begins.
        declared: Names that the header or an attributes file gives to speakers.
        interviewers: Names of those who ask.
    """
    asking = list(interviewers)
    known = [*declared, *asking]
    labels = _labels(text, start, known)
    first_spelling: dict[str, str] = {}
    by_aside: set[str] = set()
    for match in labels:
        first_spelling.setdefault(_person(match, known), one_line(match["label"]))
        if match["aside"] and is_interviewer(match["aside"]):
            by_aside.add(_person(match, known))
    turns = []
    for number, match in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        body = text[match.end() : end]
        spoken = _NOT_SPOKEN_AT_END.sub("", body.rstrip()).strip()
        if not spoken:
            continue
        first = match.end() + len(body) - len(body.lstrip())
        person = _person(match, known)
        label = first_spelling[person]
        asks = person in by_aside or stands_for(label, known) in asking or is_interviewer(label)
        aside = match["aside"]
        is_time = aside is not None and re.fullmatch(_TIME, aside) is not None
        turns.append(
            Turn(
                start=first,
                end=first + len(spoken),
                label=label,
                is_interviewer=asks,
                time=_time(
                    match["before"] or match["after"] or match["alone"] or (aside if is_time else None)
                ),
                aside=None if is_time else aside,
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
    """Whether many paragraphs begin a turn, and a speaker comes back or an interviewer is answered.

    Where both is so, few will do: an answer may run over many paragraphs.
    """
    counts = Counter(turn.label for turn in turns)
    is_answered = len({turn.is_interviewer for turn in turns}) == 2
    comes_back = len(turns) >= _FEWEST_TURNS and max(counts.values()) >= _FEWEST_REPEATS
    if not (is_answered or comes_back):
        return False
    share = _LEAST_SHARE_OF_ANSWERS if is_answered and comes_back else _LEAST_SHARE
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    paragraphs = len([part for part in text.split("\n\n") if part.strip()])
    return len(turns) > min(lines, paragraphs) * share


def _labels(text: str, start: int, known: Sequence[str]) -> list[re.Match[str]]:
    """The matches that are labels, decided name by name."""
    named: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _LABEL.finditer(text, start):
        named[_person(match, known)].append(match)
    asked = any(_ASKING.fullmatch(name) for name in named)
    sure = {name for name, matches in named.items() if _is_sure(name, matches, known, asked)}
    likely = {name for name, matches in named.items() if name not in sure and _comes_back(name, matches)}
    styles = Counter(_style(match) for name in sure | likely if not _is_part(name) for match in named[name])
    main = styles.most_common(1)[0][0] if styles else None
    opening = _block_starts(text, start)
    first = min((match.start() for matches in named.values() for match in matches), default=start)
    all_labelled = {match.start() for matches in named.values() for match in matches} >= {
        block for block in opening if block >= first
    }
    for name, matches in named.items():
        if name in sure | likely or name in _NOT_NAMES or not _spaced(matches[0]):
            continue
        style = _style(matches[0])
        if style == "lower":
            fits = main is None and all_labelled and len(matches) >= _FEWEST_REPEATS
        elif main is None:
            fits = all_labelled
        else:
            fits = style == main and (style != "name" or all_labelled)
        if fits:
            likely.add(name)
    begins = {name: any(match.start() in opening for match in named[name]) for name in sure | likely}
    a_block_each = sum(begins.values()) > 1 and all(begins[name] for name in sure)
    return sorted(
        (
            match
            for name in sure | likely
            if name in sure or begins[name] or not a_block_each
            for match in named[name]
        ),
        key=lambda match: match.start(),
    )


def _is_sure(name: str, matches: Sequence[re.Match[str]], known: Sequence[str], asked: bool) -> bool:
    label = one_line(matches[0]["label"])
    if stands_for(label, known) is not None:
        return True
    if not _is_part(name):
        return False
    if len(matches) >= _FEWEST_REPEATS:
        return len(name) > 1 or label.isupper()
    if name in ("question", "answer") or not label[0].isupper() or not _spaced(matches[0]):
        return False
    return len(name) > 1 or _ASKING.fullmatch(name) is not None or asked


def _is_part(name: str) -> bool:
    return bool(_ASKING.fullmatch(name) or _ANSWERING.fullmatch(name))


def _comes_back(name: str, matches: Sequence[re.Match[str]]) -> bool:
    if name in _NOT_NAMES or sum(_spaced(match) for match in matches) < _FEWEST_REPEATS:
        return False
    return any(_style(match) != "lower" for match in matches)


def _style(match: re.Match[str]) -> str:
    label = one_line(match["label"])
    if match["open"] and (match["close"] or match["close2"]):
        return "bold"
    if label.upper() == label and len(label) > 1:
        return "capitals"
    words_are_names = all(word[:1].isupper() or word[:1].isdigit() for word in label.split())
    return "name" if words_are_names else "lower"


def _spaced(match: re.Match[str]) -> bool:
    """Whether white space follows the colon; where none does, it must be a label that is known otherwise."""
    return (
        match.end() == len(match.string)
        or match.string[match.end() - 1].isspace()
        or (match.string[match.end()].isspace())
    )


def _block_starts(text: str, start: int) -> set[int]:
    """Where paragraphs begin, or lines in a text without blank lines; headings and notes left out."""
    body = text[start:]
    spaced = _BLOCK.search(body.strip()) is not None
    starts = set()
    for match in re.finditer(r"^[^\n]*\S[^\n]*$", body, re.MULTILINE):
        before = body[: match.start()].rstrip(" \t")
        is_note = re.match(r"\s*(?:#{1,6}\s|[-*_]{3,}\s*$|\[[^\[\]]*\]\s*$)", match.group())
        if not is_note and (not spaced or not before or before.endswith("\n\n")):
            starts.add(start + match.start())
    return starts


def _person(match: re.Match[str], known: Sequence[str]) -> str:
    """What the labels of one speaker have in common: the declared name, or the label without case."""
    return _folded(stands_for(match["label"], known) or match["label"])


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


def _time(printed: str | None) -> str | None:
    if printed is None:
        return None
    parts = re.split("[.,]", printed)[0].split(":")
    return ":".join(part.zfill(2) for part in (["00", *parts] if len(parts) == 2 else parts))
