"""Finds speaker turns in running text: who speaks, and from which offset to which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from quotegrid.corpus.text.speaker_names import folded_label, is_interviewer, person_of, stands_for
from quotegrid.corpus.transcripts.accepting import FEWEST_REPEATS
from quotegrid.corpus.transcripts.blocks import blocks_of
from quotegrid.corpus.transcripts.labels import Label
from quotegrid.corpus.transcripts.same_person import full_names
from quotegrid.corpus.transcripts.sections import heads_an_interview
from quotegrid.corpus.transcripts.shapes.stamps import MARKED, STAMP, clock, stamp_behind
from quotegrid.corpus.transcripts.speaker_labels import find_labels
from quotegrid.corpus.transcripts.unspoken.closing_words import CERTAINLY_CLOSING
from quotegrid.corpus.transcripts.unspoken.particulars import names_a_part
from quotegrid.domain.sources.model import StyledParagraph, Turn

_NOT_SPOKEN = re.compile(
    r"\#{1,6}[ \t].*|[-*_]{3,}|\[[^\[\]]*\]"
    r"|.{1,80}[ \t](?:started|stopped) transcription|Transcribed by https?://\S+"
    r"|Meeting ended after \d{1,2}:\d{2}(?::\d{2})?\W*|This editable transcript was computer generated.*"
    r"|\([A-Z][A-Z ,.'-]*\)|\([A-Z][\w ,'-]{2,40}\.\)|\*[^*\n]{1,60}\*"
)
"""Lines that nobody says: headings, rules, notes in brackets, and lines that a service adds."""
_IN_BRACKETS = re.compile(r"\\?\[[^\[\]]*\\?\]|<[^<>]*>|!\[[^\[\]]*\]\([^()\n]*\)")
"""A note or a picture alone in its line, which nobody says wherever it stands behind the words."""
_MARK_OF_FILE = re.compile(r"_\w+[ \t]*:[^\n]*|#\w+[ \t]*=[^\n]*|%\w+:[^\n]*|@(?:Begin|End|[A-Z]\w+:[^\n]*)")
"""Matches a line that a program writes for itself among the words: "_page : 2", "#time_begin = 0:01"."""
_CAPITALS = re.compile(
    r"(?:[^.!?\u2026]|(?<=\b[A-Z])\.|(?<=\b[JS]R)\.|(?<=\bESQ)\.){6,80}(?:[^.!?\u2026\s]|(?<=R\.)|(?<=Q\.))"
)
"""Matches a line that, in capitals, is a heading and no sentence; a name has stops behind initials."""
_MARKED_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_AROUND_CREDITS = " \t*_()[]>\u2014\u2013-"
_TIME = re.compile(MARKED)
_TOPIC = re.compile(r"[ \t]*(?P<number>\d{1,2})[.)][ \t]+\S[^\n]{0,80}(?<![.?!:;,\u3002\uff1f\uff01])")
"""Matches a numbered line that ends unlike a sentence."""
_FEWEST_TOPICS = 3
_TITLE = re.compile(r"(?=[^a-z\W]|\W)[^.?!\n:\u3002\uff1f]{0,20}\w[^.?!:;\n\u3002\uff1f\uff01]{0,60}")
"""Matches a short line that ends unlike a sentence and begins with a capital or a number."""
_TIME_FIRST = re.compile(rf"\s*(?:{MARKED}|{STAMP})")
_TIME_ALONE = re.compile(rf"\n[ \t]*(?P<time>{MARKED}|{STAMP})[ \t]*\n\s*")
_FEWEST_TIMED = 5
"""The number of labels behind their times from which a time without a name begins a turn as well."""
_FEWEST_LETTERS = 4
"""The number of single letters as labels from which "I" and "Q" are two of the people."""
_FEWEST_TURNS = 3
_SAMPLE = 20_000
"""The characters at the beginning of a text that show whether all of it is in capitals."""
_LEAST_SHARE = 0.4
_LEAST_SHARE_OF_ANSWERS = 0.1
_FEW_SPEECHES = 6
_MANY_TURNS, _MOSTLY = 10, 0.8
"""The number of turns from which long ones are no hint of a document, and how many must be of regulars."""


def find_turns(
    text: str, start: int, *, declared: Iterable[str] = (), interviewers: Iterable[str] = ()
) -> tuple[Turn, ...]:
    """Return the labelled turns of a transcript, in order; empty if there are none.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        declared: Names that the header or an attributes file gives to speakers.
        interviewers: Names of interviewers.
    """
    asking = list(interviewers)
    known = (*declared, *asking)
    return turns_of(text, find_labels(text, start, known).taken, known, asking)


def turns_of(
    text: str,
    labels: Sequence[Label],
    known: tuple[str, ...] = (),
    asking: Sequence[str] = (),
    styles: Sequence[StyledParagraph] = (),
) -> tuple[Turn, ...]:
    """Return the turns that labels begin, each with the first spelling of its speaker's label.

    Args:
        text: The normalised text.
        labels: The labels that begin a turn, in order.
        known: Names of known speakers, including interviewers.
        asking: Names of interviewers.
        styles: The looks of the text's paragraphs, by which headings between turns are told.
    """
    known = (*known, *full_names(labels, known))
    names = {folded_label(label.name) for label in labels}
    first_spelling: dict[str, str] = {}
    by_aside: set[str] = set()
    people = [person_of(label.name, known) for label in labels]
    for person, label in zip(people, labels, strict=True):
        first_spelling.setdefault(person, label.name)
        if label.aside and is_interviewer(label.aside):
            by_aside.add(person)
    letters = {person for person in first_spelling if len(person) == 1}
    are_names = len(letters) >= _FEWEST_LETTERS
    asks = {
        person: person in by_aside
        or stands_for(name, known) in asking
        or (is_interviewer(name) and not (are_names and person in letters))
        for person, name in first_spelling.items()
    }
    headings = {paragraph.end: paragraph for paragraph in styles if _may_head(text, paragraph)}
    topics = _numbered_topics(text, labels) | _titles_in_a_series(text, labels)
    sample = text[:_SAMPLE]
    shouts = 2 * sum(map(str.isupper, sample)) > sum(map(str.isalpha, sample))
    turns = []
    for number, (person, label) in enumerate(zip(people, labels, strict=True)):
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        if number + 1 == len(labels):
            end = _before_closing_heading(text, label.end, end, headings, labels)
        last = _end_of_words(text, label.end, end, headings, topics, capitals_head=not shouts)
        words = text[label.end : last]
        if not any(char.isalnum() for char in words):
            continue
        turns.append(
            Turn(
                start=last - len(words.lstrip()),
                end=last,
                label=first_spelling[person],
                is_interviewer=asks[person],
                time=label.time,
                aside=None if label.aside and folded_label(label.aside) in names else label.aside,
            )
        )
    if _times_come_first(text, labels):
        turns = [part for turn in turns for part in _parted_at_times(text, turn)]
    return _without_times_behind(text, turns)


def _times_come_first(text: str, labels: Sequence[Label]) -> bool:
    """Return whether nearly all labels begin with their time."""
    timed = sum(_TIME_FIRST.match(text, label.start) is not None for label in labels)
    return timed >= max(_FEWEST_TIMED, _MOSTLY * len(labels))


def _parted_at_times(text: str, turn: Turn) -> list[Turn]:
    """Return a turn, and what follows times alone in their lines as turns of nobody who is named."""
    times = list(_TIME_ALONE.finditer(text, turn.start, turn.end))
    ends = [match.start() for match in times] + [turn.end]
    parts = [replace(turn, end=_end_of_line(text, turn.start, ends[0]))]
    for match, end in zip(times, ends[1:], strict=True):
        last = _end_of_line(text, match.end(), end)
        if text[match.end() : last].strip():
            parts.append(Turn(match.end(), last, None, time=clock(match["time"])))
    return [part for part in parts if part.end > part.start]


def _without_times_behind(text: str, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns without the times that close most of them, which are theirs and not said."""
    closed = [stamp_behind(text, turn.start, turn.end) for turn in turns]
    if 2 * sum(stamp is not None for stamp in closed) <= len(turns):
        return tuple(turns)
    return tuple(
        turn
        if stamp is None or stamp[0] <= turn.start
        else replace(turn, end=stamp[0], time=turn.time or clock(stamp[1]))
        for turn, stamp in zip(turns, closed, strict=True)
    )


def unlabelled_turns(text: str, start: int) -> tuple[Turn, ...]:
    """Return the text from `start` on as one turn of an unnamed speaker; empty if it is blank."""
    body = text[start:]
    spoken = body.strip()
    if not spoken:
        return ()
    first = start + len(body) - len(body.lstrip())
    return (Turn(start=first, end=first + len(spoken), label=None),)


def looks_like_transcript(text: str, turns: tuple[Turn, ...]) -> bool:
    """Return whether many paragraphs begin a turn, and speakers recur or an interviewer is answered.

    If both are true, few turns are enough, because an answer may run over many paragraphs. So they are if
    many turns are nearly all of people who recur, or all labels are in capitals and most have several words;
    and if everybody recurs and has a name of several words, as those who make speeches have.
    """
    counts = Counter(turn.label for turn in turns)
    is_answered = len({turn.is_interviewer for turn in turns}) == 2
    of_regulars = sum(count for count in counts.values() if count >= FEWEST_REPEATS)
    comes_back = len(turns) >= _FEWEST_TURNS and 2 * of_regulars > len(turns)
    if not (is_answered or comes_back):
        return False
    in_capitals = all(label is not None and label.isupper() for label in counts) and (
        2 * sum(len((label or "").split()) > 1 for label in counts) > len(counts)
    )
    often = len(turns) >= _MANY_TURNS and (in_capitals or of_regulars >= _MOSTLY * len(turns))
    are_full_names = all(label is not None and _is_full_name(label) for label in counts)
    if len(counts) > 1 and of_regulars == len(turns) >= _FEW_SPEECHES and are_full_names:
        return True
    share = _LEAST_SHARE_OF_ANSWERS if comes_back and (is_answered or often) else _LEAST_SHARE
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    labels_apart = sum(text[max(turn.start - 2, 0) : turn.start] == "\n\n" for turn in turns)
    paragraphs = len([part for part in text.split("\n\n") if part.strip()]) - labels_apart
    return len(turns) > min(lines, paragraphs) * share


def _is_full_name(label: str) -> bool:
    """Return whether a label has several words and no number, unlike "Chapter 1"."""
    return len(label.split()) > 1 and not label[0].islower() and not any(map(str.isdecimal, label))


def _may_head(text: str, paragraph: StyledParagraph) -> bool:
    blocks = blocks_of(text, paragraph.start, paragraph.end, [paragraph], by_line=False)
    return len(blocks) == 1 and blocks[0].is_heading


def _before_closing_heading(
    text: str, start: int, end: int, headings: Mapping[int, StyledParagraph], labels: Sequence[Label]
) -> int:
    """Return where the last turn ends, before a heading if no other turn holds one."""
    places = sorted(
        [heading.start for heading in headings.values()]
        + [match.start() for match in _MARKED_HEADING.finditer(text, labels[0].start)]
    )
    within = [place for place in places if place >= labels[0].start]
    closing = [place for place in within if place > start]
    if not closing:
        return end
    goes_on = any(_has_words_behind(text, within, first, second) for first, second in pairwise(labels))
    return end if goes_on else closing[0]


def _has_words_behind(text: str, headings: Sequence[int], label: Label, following: Label) -> bool:
    """Return whether a turn goes on behind a heading within it."""
    inside = [place for place in headings if label.end < place < following.start]
    if not inside:
        return False
    behind = text[inside[-1] : following.start].strip()
    return "\n" in behind


def _numbered_topics(text: str, labels: Sequence[Label]) -> frozenset[int]:
    """Return where lines begin that stand last before labels and are numbered one by one, as topics are.

    Each stands below a blank line and does not end like a sentence; the numbers may begin anew.
    """
    found: dict[int, int] = {}
    for first, second in pairwise(labels):
        last = _end_of_line(text, first.end, second.start)
        line = text.rfind("\n", first.end, last) + 1
        match = _TOPIC.fullmatch(text, line, last) if line and text[line - 2 : line].isspace() else None
        if match is not None:
            found[line] = int(match["number"])
    numbers = list(found.values())
    count_up = all(second in (first + 1, 1, 2) for first, second in pairwise(numbers))
    return frozenset(found) if len(found) >= _FEWEST_TOPICS and count_up else frozenset()


def _titles_in_a_series(text: str, labels: Sequence[Label]) -> frozenset[int]:
    """Return where lines begin that stand last before labels and look like the title above the first one.

    "Team 2 (dairy)" does if "Team 1 (bakery)" is the title, and "14 March" if "12 March" is.
    """
    title = text[: labels[0].start].rstrip().rpartition("\n")[2].strip() if labels else ""
    if not _TITLE.fullmatch(title):
        return frozenset()
    found = set()
    for first, second in pairwise(labels):
        last = _end_of_line(text, first.end, second.start)
        line = text.rfind("\n", first.end, last) + 1
        is_apart = line and not text[text.rfind("\n", first.end, line - 1) + 1 : line].strip()
        written = text[line:last].strip()
        if is_apart and written != title and _TITLE.fullmatch(written) and _form(written) == _form(title):
            found.add(line)
    return frozenset(found)


def _form(title: str) -> tuple[str, ...]:
    """Return the first word of a title, or which of its words are numbers if the first one is."""
    words = re.findall(r"\w+", title.casefold())
    if words[0].isdecimal():
        return tuple("1" if word.isdecimal() else "a" for word in words)
    return (words[0],)


def _end_of_words(
    text: str,
    start: int,
    end: int,
    headings: Mapping[int, StyledParagraph],
    topics: frozenset[int],
    *,
    capitals_head: bool,
) -> int:
    """Return the offset at which the words between two offsets end, before white space and unspoken lines."""
    last = _end_of_line(text, start, end)
    while last > start:
        line = text.rfind("\n", start, last) + 1
        if line <= start:
            return last
        heading = headings.get(last)
        if heading is not None and heading.start > start:
            last = _end_of_line(text, start, heading.start)
            continue
        written = text[line:last].strip()
        blank = text.rfind("\n", start, max(line - 1, start)) + 1
        is_apart = blank > 0 and not text[blank : line - 1].strip()
        is_note = _IN_BRACKETS.fullmatch(written) and not _TIME.fullmatch(written)
        if (
            is_note
            or line in topics
            or _MARK_OF_FILE.fullmatch(written)
            or names_a_part(written)
            or (
                is_apart
                and (
                    _NOT_SPOKEN.fullmatch(written)
                    or CERTAINLY_CLOSING.match(written.strip(_AROUND_CREDITS))
                    or heads_an_interview(written)
                    or (capitals_head and _CAPITALS.fullmatch(written) and written.isupper())
                )
            )
        ):
            last = _end_of_line(text, start, line)
            continue
        return last
    return last


def _end_of_line(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
