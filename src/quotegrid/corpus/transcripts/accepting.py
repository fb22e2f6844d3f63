"""Decides whether the names of one way of marking speakers are those of people who speak."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from quotegrid.corpus.text.headers import canonical
from quotegrid.corpus.text.speaker_names import (
    ASKING,
    folded_label,
    is_part,
    is_voice,
    joined_names,
    person_of,
    stands_for,
)
from quotegrid.corpus.transcripts.asking import asks
from quotegrid.corpus.transcripts.labels import Label
from quotegrid.corpus.transcripts.shapes.layouts import ALONE, STARRED, STOPPED, Convention
from quotegrid.corpus.transcripts.unspoken.closing_words import CLOSING
from quotegrid.corpus.transcripts.unspoken.particular_words import NAMES_OF_PARTICULARS

FEWEST_REPEATS = 2
"""The number of turns from which a speaker counts as recurring."""
NOT_NAMES = NAMES_OF_PARTICULARS | frozenset(
    "note nb ps example first firstly second secondly third thirdly finally lastly next important point "
    "problem reason result summary context source time date yes no so well end transcript transcription "
    "transkript transkription transcripción transcrição trascrizione transcriptie conclusion".split()
)
"""Words that open a remark far more often than they name a speaker."""
_FIELDS = frozenset(
    """
    name names nombre nome nom naam navn namn imię nimi nama имя фио дата date fecha
    data datum dato alter age edad idade età âge leeftijd возраст beruf profession
    profesión profissão professione beroep профессия occupation ocupación ocupação
    должность gender género gênero sexo sex genre geschlecht пол место ort lugar local
    location lieu luogo plaats yaş meslek umur usia pekerjaan tanggal tempat duration
    dauer durée duración duração email
    姓名 年龄 性别 职业 日期 时间 地点 이름
    나이 직업 날짜 氏名 年齢 職業 日時 場所
    """.split()
)
"""Names of particulars of people and talks, in several languages, that stand before a colon as labels do."""
_MOST_NAME_WORDS = 4
_MOSTLY = 0.9
"""The share of the paragraphs that begin with a label from which a name said once is one as well."""
_FEWEST_FOR_MOSTLY = 5
_FEWEST_IN_LOWER_CASE = 3
_MOST_PARTICULARS = 3
"""The number of interviews of a file up to which each may say above it who speaks."""
_FEWEST_ALONE, _TIMES_ALONE, _LEAST_CHANGES = 12, 5, 0.7
"""The fewest labels alone in their lines, how often each name stands, and the share that change."""
_MOST_OF_ASKED = 0.6
"""The share of the questions that somebody answers in a paragraph that begins with a question."""
_FEWEST_OF_ONE = 3
"""The number of labels that name one part from which the other part may have none."""


_STOPPED = re.compile(r"[^\W\d_]{2}\.\Z")
"""Matches a full stop behind a word of several letters, and so not behind an initial."""


def may_name(label: Label) -> bool:
    """Return whether a label may name a speaker: it is followed by white space and is no word like "Note"."""
    return label.spaced and folded_label(label.name) not in NOT_NAMES


def may_stand_alone(name: str) -> bool:
    """Return whether the words alone on a line may be a name rather than a short answer."""
    return len(name.split()) <= _MOST_NAME_WORDS and name[-1] not in ".-&'\u2019"


def accept_colons(
    seen: Sequence[Label], opening: set[int], start: int, known: tuple[str, ...]
) -> list[Label]:
    """Return the labels before a colon that begin turns, decided for each name as a whole.

    A label counts if it names a declared speaker or a part in the conversation, or if it comes back and looks
    like a name. One that occurs once must look like the others.

    Args:
        seen: The labels before a colon, in order.
        opening: The offsets at which paragraphs begin.
        start: The offset at which the body begins.
        known: Names of known speakers.
    """
    by_name: dict[str, list[Label]] = defaultdict(list)
    for label in seen:
        by_name[person_of(label.name, known)].append(label)
    named = {name: labels for name, labels in by_name.items() if not _is_field(name, labels, known)}
    seen = [label for label in seen if person_of(label.name, known) in named]
    asked = any(ASKING.fullmatch(name) for name in named)
    sure = {name for name, labels in named.items() if _is_sure(name, labels, known, asked)}
    likely = {name for name, labels in named.items() if name not in sure and _comes_back(name, labels)}
    talking = sum(len(named[name]) for name in sure | likely if any(label.in_block for label in named[name]))
    if talking >= _FEWEST_FOR_MOSTLY:
        sure -= {name for name in sure if _is_particular(named[name]) and stands_for(name, known) is None}
    parts = {name for name in sure if is_part(name) and len(named[name]) >= _FEWEST_OF_ONE}
    if len({ASKING.fullmatch(name) is not None for name in parts}) > 1:
        talk = min(named[name][0].start for name in parts)
        sure -= {name for name in sure if _is_above(named[name], talk) and stands_for(name, known) is None}
    likely |= {name for name, labels in named.items() if _is_spelt_out(labels, sure | likely)}
    likely |= {name for name, labels in named.items() if _is_full_name(labels[0], named, sure | likely)}
    if len(sure | likely) >= FEWEST_REPEATS:
        likely |= {
            name
            for name, labels in named.items()
            if name not in sure
            and (is_voice(name) or _are_speakers(name, sure | likely))
            and any(label.start in opening for label in labels)
        }
    styles = Counter(label.style for name in sure | likely if not is_part(name) for label in named[name])
    main = styles.most_common(1)[0][0] if styles else None
    first = min((label.start for label in seen), default=start)
    regular = sorted(label.start for name in sure | likely for label in named[name])
    labelled = {label.start for label in seen}
    share = _share_labelled(sorted(labelled), opening, regular[0] if regular else first)
    all_labelled = share == 1 if len(regular) < _FEWEST_FOR_MOSTLY else share >= _MOSTLY
    strictly = labelled >= {block for block in opening if block >= first}
    sizes = {min(len(label.name.split()), 3) for name in likely for label in named[name]}
    for name, labels in named.items():
        if name in sure | likely or name in NOT_NAMES or not labels[0].spaced:
            continue
        if len(labels) == 1 and CLOSING.match(f"{labels[0].name}:"):
            continue
        style, at = labels[0].style, labels[0].start
        is_particular = not labels[0].in_block and (style == "name" or style != main)
        if regular and at < regular[0] and (canonical(labels[0].name) is not None or is_particular):
            continue
        if style == "lower":
            fits = main is None and strictly and len(labels) >= FEWEST_REPEATS
            often = len(labels) >= _FEWEST_IN_LOWER_CASE and len(name.split()) == 1
            fits = fits or (often and all_labelled and at in opening)
        elif main is None:
            fits = strictly
        elif strictly:
            fits = style in styles
        else:
            size = min(len(labels[0].name.split()), 3)
            fits = style == main and (style != "name" or (all_labelled and size in sizes and size > 1))
        if fits:
            likely.add(name)
    begins = {name: any(label.start in opening for label in named[name]) for name in sure | likely}
    a_block_each = sum(begins.values()) > 1 and all(begins[name] for name in sure)
    inside = _answering_inside(named, sure, [name for name in likely if not begins[name]])
    return [
        label
        for name in sure | likely
        if name in sure or begins[name] or not a_block_each or name in inside
        for label in named[name]
        if not _gives_a_name(label, named[name])
    ]


def _is_field(name: str, labels: Sequence[Label], known: tuple[str, ...]) -> bool:
    """Return whether a label is the name of a particular, mostly with a value that is no sentence."""
    if name not in _FIELDS or stands_for(labels[0].name, known) is not None:
        return False
    return 2 * sum(label.in_block for label in labels) < len(labels)


def _answering_inside(named: Mapping[str, Sequence[Label]], sure: set[str], names: Sequence[str]) -> set[str]:
    """Return the names within paragraphs that are people's: those with times, or of two who come back.

    Those come back below most of the questions that begin a paragraph, as in the answers of a group.
    """
    timed = {name for name in names if any(label.time for label in named[name])}
    asked = sum(len(named[name]) for name in sure)
    often = {name for name in names if len(named[name]) >= max(FEWEST_REPEATS, _MOST_OF_ASKED * asked)}
    return timed | (often if asked and len(often) >= FEWEST_REPEATS else set())


def _is_full_name(label: Label, named: Mapping[str, Sequence[Label]], speakers: set[str]) -> bool:
    """Return whether a label is a full name that a speaker's labels abbreviate: "Uli Horn" by "Horn"."""
    if label.style == "lower" or len(label.name.split()) < FEWEST_REPEATS or not label.spaced:
        return False
    return any(
        not is_part(name) and len(name) > 1 and stands_for(named[name][0].name, [label.name]) is not None
        for name in speakers
    )


def accept_others(
    found: Sequence[Label], text: str, opening: set[int], convention: Convention, known: tuple[str, ...]
) -> list[Label]:
    """Return the labels of a convention without colons, or none if few of its names recur.

    In a convention without times, every name must recur, and the names must be those of people who talk: a
    part, a declared speaker, or somebody who asks; or nearly every paragraph must begin with one, where the
    convention is hardly used for anything else.

    Args:
        found: The labels of the convention, in order.
        text: The normalised text.
        opening: The offsets at which paragraphs begin.
        convention: The convention.
        known: Names of known speakers.
    """
    named: dict[str, list[Label]] = defaultdict(list)
    for label in _with_words(_without_sentences(found), text, known):
        name = person_of(label.name, known)
        if name not in NOT_NAMES and (label.style != "lower" or convention.timed or convention.is_distinct):
            named[name].append(label)
        elif convention is STOPPED and len(name) == 1:
            named[name].append(label)
    regular = _regular(named, known)
    if not regular:
        return []
    if convention.timed:
        return sorted(
            (
                label
                for name, labels in named.items()
                if name in regular or labels[0].style != "lower"
                for label in labels
            ),
            key=lambda label: label.start,
        )
    labels = sorted((label for name in regular for label in named[name]), key=lambda label: label.start)
    alone = len(regular) == 1 and len(labels) >= _FEWEST_OF_ONE and is_part(next(iter(regular)))
    if len(regular) < FEWEST_REPEATS and not alone:
        return []
    starts = sorted(label.start for others in named.values() for label in others)
    everywhere = convention is STARRED or (
        convention.is_distinct
        and (
            _share_labelled(starts, opening, starts[0]) >= _MOSTLY
            or not any(start in opening for start in starts)
        )
    )
    taking_turns = convention is ALONE and _take_turns(labels, known)
    if everywhere or taking_turns or _is_conversation(text, labels, convention, known):
        once = [
            label
            for name, others in named.items()
            if name not in regular and everywhere and others[0].style == labels[0].style
            for label in others
        ]
        return sorted([*labels, *once], key=lambda label: label.start)
    return []


def _without_sentences(found: Sequence[Label]) -> list[Label]:
    """Return the labels without those that end in a full stop where most do not, as "OK." below a time."""
    stopped = sum(_STOPPED.search(label.name) is not None for label in found)
    if 2 * stopped >= len(found):
        return list(found)
    return [label for label in found if not _STOPPED.search(label.name)]


def recurring_labels(found: Sequence[Label], text: str, known: tuple[str, ...]) -> list[Label]:
    """Return the labels whose names come back, if most do, whether or not they are people who talk."""
    named: dict[str, list[Label]] = defaultdict(list)
    for label in _with_words(found, text, known):
        name = person_of(label.name, known)
        if name not in NOT_NAMES and label.style != "lower":
            named[name].append(label)
    return [label for name in _regular(named, known) for label in named[name]]


def _regular(named: Mapping[str, Sequence[Label]], known: tuple[str, ...]) -> set[str]:
    """Return the names that recur, are declared, or name a part; none if most labels have other names."""
    regular = {
        name
        for name, labels in named.items()
        if len(labels) >= FEWEST_REPEATS or is_part(name) or stands_for(labels[0].name, known) is not None
    }
    of_regulars = sum(len(named[name]) for name in regular)
    return regular if 2 * of_regulars > sum(map(len, named.values())) else set()


def _take_turns(labels: Sequence[Label], known: tuple[str, ...]) -> bool:
    """Return whether names alone in their lines come back and change as often as no headings do."""
    people = [person_of(label.name, known) for label in labels]
    counts = Counter(people)
    changes = sum(first != second for first, second in pairwise(people))
    return (
        len(labels) >= _FEWEST_ALONE
        and len(labels) >= _TIMES_ALONE * len(counts)
        and changes >= _LEAST_CHANGES * (len(labels) - 1)
    )


def _is_spelt_out(labels: Sequence[Label], speakers: set[str]) -> bool:
    """Return whether a label has the short name of a speaker in brackets: "Peter Marsh (PM)"."""
    return any(label.aside is not None and folded_label(label.aside) in speakers for label in labels)


def _are_speakers(name: str, speakers: set[str]) -> bool:
    """Return whether a label joins the names of several speakers."""
    names = joined_names(name)
    return bool(names) and all(other in speakers or is_part(other) for other in names)


def _share_labelled(starts: Sequence[int], opening: set[int], first: int) -> float:
    """Return the share of the paragraphs from an offset on that begin with a label."""
    blocks = [block for block in opening if block >= first]
    if not blocks:
        return 0.0
    return sum(bisect_right(starts, block) > bisect_left(starts, block) for block in blocks) / len(blocks)


def _with_words(found: Sequence[Label], text: str, known: tuple[str, ...]) -> list[Label]:
    """Return the labels followed by words; of two adjacent labels, the rarer is a heading or an answer."""
    counts = Counter(person_of(label.name, known) for label in found)
    kept: list[Label] = []
    for label in found:
        if kept and not text[kept[-1].end : label.start].strip():
            if counts[person_of(label.name, known)] <= counts[person_of(kept[-1].name, known)]:
                continue
            kept.pop()
        kept.append(label)
    return kept


def _is_conversation(
    text: str, labels: Sequence[Label], convention: Convention, known: tuple[str, ...]
) -> bool:
    """Return whether labels that might be headings name people: known ones, or one who asks repeatedly.

    Headings recur as well, but the text below one seldom ends in a question every other time. Letters before
    a full stop number a list as often as they name a part, so that there somebody must ask.
    """
    asked: dict[str, list[bool]] = defaultdict(list)
    for number, label in enumerate(labels):
        if stands_for(label.name, known) is not None:
            return True
        if is_part(label.name) and (convention is not STOPPED or len(label.name) > 1):
            return True
        end = labels[number + 1].start if number + 1 < len(labels) else len(text)
        asked[person_of(label.name, known)].append(asks(text, label.end, end))
    return any(sum(turns) >= FEWEST_REPEATS and 2 * sum(turns) >= len(turns) for turns in asked.values())


def _is_sure(name: str, labels: Sequence[Label], known: tuple[str, ...], asked: bool) -> bool:
    label = labels[0].name
    if stands_for(label, known) is not None:
        return True
    if not is_part(name):
        return False
    if len(labels) >= FEWEST_REPEATS:
        return len(name) > 1 or label.isupper()
    if name in ("question", "answer") or label[0].islower() or not labels[0].spaced:
        return False
    return len(name) > 1 or ASKING.fullmatch(name) is not None or asked


def _is_particular(labels: Sequence[Label]) -> bool:
    """Return whether a part is named above a talk rather than speaking in it: "Interviewer: Jo Field"."""
    return len(labels) <= _MOST_PARTICULARS and all(
        label.is_before_name and not label.in_block for label in labels
    )


def _gives_a_name(label: Label, labels: Sequence[Label]) -> bool:
    """Return whether the first label of a part gives a name alone, set unlike the others: "HOST: JO"."""
    is_first = label is labels[0] and len(labels) > _FEWEST_OF_ONE and is_part(label.name)
    if not is_first or label.in_block or not label.is_before_name:
        return False
    return all(other.name.isupper() is not label.name.isupper() for other in labels[1:])


def _is_above(labels: Sequence[Label], start: int) -> bool:
    """Return whether a part is named once, above an offset, with words that end unlike a sentence."""
    return len(labels) == 1 and labels[0].start < start and not labels[0].in_block


def _comes_back(name: str, labels: Sequence[Label]) -> bool:
    if name in NOT_NAMES or sum(label.spaced for label in labels) < FEWEST_REPEATS:
        return False
    if all(label.bulleted and not label.in_block for label in labels):
        return False
    return any(label.style != "lower" for label in labels)
