"""Reads WebVTT captions: voice tags name the speaker, and one speaker's consecutive captions are a turn."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from quotegrid.corpus.readers.plain import decode
from quotegrid.corpus.readers.plain import read as read_plain
from quotegrid.corpus.text.speaker_names import is_part
from quotegrid.corpus.transcripts.conventions import unsure_labels
from quotegrid.corpus.transcripts.labels import Label
from quotegrid.corpus.transcripts.shapes.layouts import CAPTIONS, VOICES
from quotegrid.corpus.transcripts.speaker_labels import Labels, find_labels
from quotegrid.corpus.transcripts.spoken import Spoken, text_of_speech
from quotegrid.corpus.transcripts.turns import turns_of
from quotegrid.domain.sources.model import ReadText, ReadWarning, WarningKind
from quotegrid.domain.text.normalise import normalise, one_line
from quotegrid.errors import ReadError

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TIMES = re.compile(r"^\s*(?:\d+:)?\d{2}:\d{2}\.\d{3}\s*-->\s*(?:\d+:)?\d{2}:\d{2}\.\d{3}(?:\s|$)")
_SIGNATURE = "WEBVTT"
_SHOWN = re.compile(r"^(?P<name>[^\W\d_][^:\n<>?!]{0,50}?)(?P<colon>[ \t]*:[ \t]+)(?=\S)", re.MULTILINE)
"""Matches a name of whatever form that a meeting's service shows before a colon: "Ada's iPad: "."""
_LEAST_SHOWN, _FEWEST_SHOWN = 0.6, 3
"""The share of captions that begin with such a name, and how often one comes back, for it to be a label."""
_Piece = tuple[str, tuple[str | None, str]]
"""The time at which a caption begins, its voice or None, and its words."""
_FEWEST_NAMES, _MOST_NAMES = 2, 4
_CHANGE, _FEWEST_CHANGES = ">>", 2
"""The sign of broadcasters' captions for another speaker."""
_TAG = re.compile(r"</?[a-zA-Z0-9:.]*[^>]*>")


class Caption(Protocol):
    """A caption of any format, as webvtt-py reads it."""

    start: str
    raw_text: str


@dataclass
class _Unnamed:
    """A piece of speech without a speaker, as a caption."""

    start: str
    raw_text: str


def read(path: Path) -> ReadText:
    """Read a .vtt file into one paragraph per turn: "Name: what was said".

    Raises:
        ReadError: If the file is empty, is not WebVTT, or holds no captions.
    """
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    decoded = decode(path)
    raw = normalise(decoded.text)
    if not raw.lstrip().startswith(_SIGNATURE) and "-->" not in raw:
        # A transcript may bear the suffix and be plain text.
        return read_plain(path)
    try:
        captions = webvtt.from_string(raw).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ReadError(
            f"this is not a WebVTT file ({error}).",
            file=path,
            line=1,
            todo='It must begin with the line "WEBVTT".',
        ) from error
    _refuse_lost_lines(raw, path)
    return decoded.told_in(join_captions(captions, path))


def join_captions(captions: Iterable[Caption], path: Path) -> ReadText:
    """Return the text of captions, with one paragraph per turn: "Name: what was said".

    Raises:
        ReadError: If no caption has any words.
    """
    pieces = [(caption.start, piece) for caption in captions for piece in _voices(caption.raw_text)]
    warnings: list[ReadWarning] = []
    convention = VOICES
    if all(voice is None for _, (voice, _) in pieces):
        pieces, warnings = _by_label(pieces)
        convention = CAPTIONS
    are_changes = sum(words.startswith(_CHANGE) for _, (_, words) in pieces) >= _FEWEST_CHANGES
    if are_changes and not any(voice for _, (voice, _) in pieces):
        what = (
            f'"{_CHANGE}" says where the speaker changes, not who speaks; all turns are read as one case\'s.'
        )
        warnings.append(ReadWarning(WarningKind.SPEAKER, what))
    spoken: list[tuple[str | None, str, str]] = []
    for start, (voice, words) in pieces:
        begins = are_changes and words.startswith(_CHANGE)
        words = words.removeprefix(_CHANGE).lstrip() if begins else words
        if words:
            if spoken and not begins and (voice is None or spoken[-1][0] == voice):
                name, time, before = spoken[-1]
                spoken[-1] = (name, time, f"{before} {words}")
            else:
                spoken.append((voice, start.split(".")[0], words))
    if not spoken:
        raise ReadError("there are no captions in this file.", file=path, todo="Leave it out of the import.")
    text, turns = text_of_speech(Spoken(voice, normalise(words), time) for voice, time, words in spoken)
    is_told = any(turn.label is not None for turn in turns)
    return ReadText(
        text=text,
        turns=turns,
        convention=convention.name if is_told else None,
        warnings=tuple(warnings),
    )


def join_unnamed(pieces: Iterable[Spoken], path: Path) -> ReadText:
    """Return the text of speech without speakers like that of captions, whose words may begin with names.

    Raises:
        ReadError: If nobody says anything.
    """
    read = join_captions([_Unnamed(piece.time or "", html.escape(piece.words)) for piece in pieces], path)
    return replace(read, turns=tuple(replace(turn, time=turn.time or None) for turn in read.turns or ()))


def _refuse_lost_lines(text: str, path: Path) -> None:
    """Raise an error if words lack a time, because webvtt-py ignores such lines silently.

    Raises:
        ReadError: If a block of lines other than a comment or a style has no line of times.
    """
    number = 1
    for index, block in enumerate(re.split(r"(\n[ \t]*(?=\n))", text)):
        lines = block.strip().split("\n")
        first = number + len(block) - len(block.lstrip("\n"))
        number += block.count("\n")
        if index == 0 or not lines[0] or re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", lines[0]):
            continue
        if not any(_TIMES.match(line) for line in lines[:2]) and not block.strip().isdigit():
            raise ReadError(
                "these lines belong to no caption.",
                file=path,
                line=first,
                todo='Above them there must be a line of times, such as "00:01:02.000 --> 00:01:05.000".',
            )


def _by_label(pieces: list[_Piece]) -> tuple[list[_Piece], list[ReadWarning]]:
    """Read "Name: " at the beginning of captions as their voice, as Zoom writes it, and collect warnings."""
    lines = "\n".join(words for _, (_, words) in pieces)
    labels = _with_names_shown(lines, find_labels(lines, 0))
    could_be = unsure_labels(lines, 0, labels)
    full = [label for label in could_be if labels.taken and _is_full_name(label)]
    taken = sorted([*labels.taken, *full], key=lambda label: label.start)
    spelt = {turn.start: turn.label for turn in turns_of(lines, taken)}
    warnings = []
    for label in could_be:
        begins = pieces[lines.count("\n", 0, label.start)][0].split(".")[0]
        read_as = "as one" if label in full else "as words"
        what = (
            f'"{label.name}" in the caption at {begins} looks like a speaker\'s label and is read {read_as}.'
        )
        warnings.append(ReadWarning(WarningKind.SPEAKER, what))
    labelled: list[_Piece] = []
    position = 0
    for start, (_, words) in pieces:
        end = position + len(words)
        within = [label for label in taken if position <= label.start and label.end <= end]
        edges = [*(label.start for label in within), end]
        parts: list[tuple[str | None, str]] = [(None, lines[position : edges[0]])]
        parts += [
            (spelt.get(label.end, label.name), lines[label.end : following])
            for label, following in zip(within, edges[1:], strict=True)
        ]
        labelled += [(start, (voice, said.strip())) for voice, said in parts if voice or said.strip()]
        position = end + 1
    return labelled, warnings


def _with_names_shown(lines: str, labels: Labels) -> Labels:
    """Return the labels of captions, with names of any form that come back where most captions have one."""
    shown = list(_SHOWN.finditer(lines))
    counts = Counter(match["name"] for match in shown)
    if len(shown) < _LEAST_SHOWN * (lines.count("\n") + 1):
        return labels
    taken = {label.start: label for label in labels.taken}
    for match in shown:
        if counts[match["name"]] >= _FEWEST_SHOWN and not is_part(match["name"]):
            taken[match.start()] = Label(match.start(), match.end(), match["name"], CAPTIONS)
    passed_over = tuple(label for label in labels.passed_over if label.start not in taken)
    return Labels(tuple(taken[start] for start in sorted(taken)), passed_over)


def _is_full_name(label: Label) -> bool:
    """Return whether a label is a first and a last name, with which prose seldom begins a caption."""
    return label.style == "name" and _FEWEST_NAMES <= len(label.name.split()) <= _MOST_NAMES


def _voices(cue: str) -> list[tuple[str | None, str]]:
    pieces = _VOICE.split(cue)
    found: list[tuple[str | None, str]] = [(None, _plain(line)) for line in pieces[0].split("\n")]
    for voice, words in zip(pieces[1::2], pieces[2::2], strict=True):
        found.append((one_line(html.unescape(voice)), _plain(words)))
    return [(voice, words) for voice, words in found if words]


def _plain(cue: str) -> str:
    return one_line(html.unescape(_TAG.sub("", cue)))
