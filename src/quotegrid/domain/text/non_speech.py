"""Finds marks in a transcript that the speaker did not say: laughter, pauses, times, gaps, other voices.

A mark is recognised by its brackets, escaped as in Markdown or not, and the words in them. Every word must be
in the vocabulary below, and at least one must be meaningful by itself. An editor's additions
("[the council]", "(it was 2019)") and replaced names ("[town]") are part of what was said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class NonSpeechKind(StrEnum):
    """The kind of a mark."""

    SOUND = "sound"
    """Something done or heard: "[laughs]", "((coughs))", "[phone rings]"."""
    PAUSE = "pause"
    """A pause: "(...)", "(1.5)", "[long pause]"."""
    UNCLEAR = "unclear"
    """Words that could not be heard: "(inaudible 00:03)", "<unclear>", "[crosstalk]"."""
    TIME = "time"
    """A place in the recording: "[00:12:03]", "#00:12:03-4#"."""
    LEFT_OUT = "left out"
    """Words removed: "[redacted]", "[name removed]", "[...]"."""
    OTHER_VOICE = "other voice"
    """Somebody else's words inside a turn: "[Interviewer: mm]"."""


class NonSpeech(NamedTuple):
    """A mark, with offsets into the text, end exclusive and brackets included."""

    start: int
    end: int
    kind: NonSpeechKind


_UNCLEAR = frozenset(
    """
    inaudible unclear indistinct unintelligible incomprehensible indecipherable crosstalk
    overlapping overtalking
    """.split()
)
_PAUSE = frozenset("pause pauses paused pausing silence silent".split())
_SOUND = frozenset(
    """
    laugh laughs laughing laughter chuckle chuckles chuckling giggle giggles giggling cough coughs
    coughing sigh sighs sighing cry cries crying sob sobs sobbing sniff sniffs sniffing sneeze
    sneezes gasp gasps groan groans yawn yawns snort snorts tuts hums humming whispers whispering
    whistles exhales inhales smiles smiling nods nodding shrugs gestures gesturing claps clapping
    applause knock knocks knocking rings ringing beep beeps beeping barks barking slams buzzes
    buzzing hesitates clears shakes
    """.split()
)
"""Words that name something heard or done wherever they are alone in brackets."""
_SOUND_IN_SQUARE = frozenset(
    """
    music noise noises static traffic siren sirens interruption interrupted interrupts break alarm
    bell returning returns enters leaves knock typing chatter cheering cheers points whispered
    breathes breathing eating drinking emotional tearful
    """.split()
)
"""Words that may be an editor's in round brackets, where they count only beside a word in `_HAPPENS`."""
_COMPANY = frozenset(
    """
    a an the and of in on at to from by with through into up down out over long short brief slight
    slightly longer very some more all both everyone everybody others together group participant
    participants respondent respondents interviewee interviewer speaker speakers moderator
    facilitator audience room men women people child children baby dog phone mobile telephone bell
    doorbell door window alarm fire car table head throat nose hand hands shoulders tongue breath
    tears background audio recording tape recorder sound sounds noise noises voices voice
    conversation speech talk talking music plays playing opens closes closing opening goes off
    sounding loud loudly soft softly quiet quietly quick quickly nervous deep deeply multiple
    several simultaneous word words phrase section segment second seconds sec secs s minute minutes
    min mins approximately about due
    """.split()
)
"""Words that may accompany the others: who, where, how, how long."""
_HAPPENS = frozenset("plays playing opens closes closing opening goes sounds sounding rings".split())
_VOCABULARY = _UNCLEAR | _PAUSE | _SOUND | _SOUND_IN_SQUARE | _COMPANY
_CROSS_TALK = re.compile("cross[ -]talk(?:ing)?")
_AT_ONCE = re.compile(
    r"""(?:(?:all|both|people|everyone|participants)\ )?(?:talk|speak)(?:s|ing)?[ ]
        (?:at\ once|at\ the\ same\ time|over\ (?:each\ other|one\ another))
      | (?:multiple|several|simultaneous|background)[ ]
        (?:speakers|voices|speech|talk|talking|conversations?|chatter)""",
    re.VERBOSE,
)
"""Matches several people speaking at once."""
_RECORDING = re.compile(
    r"""(?:end|start|beginning|continuation)\ of[ ]
        (?:the\ )?(?:recording|tape|audio|interview|transcript|side\ [ab])
      | (?:the\ )?(?:recording|tape|audio|interview)\ (?:is\ )?
        (?:(?:end|stop|start|restart)(?:s|ed)|(?:stopp|paus|resum)(?:es|ed)|begins|cuts\ out|interrupted)
      | background\ (?:noises?|music)
      | (?:phone|door|doorbell|bell|alarm)[ ]
        (?:(?:open|close|sound)s|opening|closing|sounding|goes(?:\ off)?)""",
    re.VERBOSE,
)
"""Matches events of the recording, or in the room."""
_REDACTED = re.compile(
    r"(?:[\w'\u2019-]+ ){0,4}(?:redacted|anonymi[sz]ed|bleeped|de-?identified)(?: [\w'\u2019-]+){0,4}|"
    r"(?:(?:the|a|person|persons|person's|first|last|full|place|school|town|company|organisation|organization|"
    r"identifying|personal|detail|details|information|name|names|location|text|passage|word|words) )*"
    r"(?:removed|withheld|omitted|deleted|expletive|blanked|cut)|x{2,}|_{2,}|\u2588+|-{3,}"
)
_CUT_ALONE = frozenset({"removed", "withheld", "omitted", "deleted", "cut", "blanked"})
_TIME = re.compile(
    r"(?:at |@ ?|time ?|t ?)?\d{1,3}:\d{2}(?::\d{2})?(?:[.,:-]\d{1,3})?"
    r"(?:\s*(?:-|\u2013|to|-->)\s*\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?"
)
_DOTS = re.compile(r"\.{1,6}|\u2026+|(?:\. ){1,5}\.")
_SECONDS = re.compile(r"\d{1,2}\.\d{1,2}|\d{1,3} ?(?:s|sec|secs|second|seconds)|-{1,3}")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?|~?\d{1,3}s")
_QUESTION = re.compile(r"\?{1,4}")
_ASKING = re.compile(
    r"(?:interviewer|interviewers|int|iv|i|q|moderator|mod|facilitator|researcher) ?\d{0,2}\s*:\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)
_VOICE = re.compile(r"[A-Z][\w.'\u2019-]*(?: (?:[A-Z][\w.'\u2019-]*|\d{1,3})){0,2}\s*:\s+\S.*", re.DOTALL)
_BRACKETS = re.compile(
    r"""(?P<mark>\*{1,3}|_{1,2})?
        (?: \(\((?P<double>[^()]{1,120})\)\) | \[\[(?P<double2>[^\[\]]{1,120})\]\]
          | \\\[(?P<escaped>[^\[\]]{1,300})\\\]
          | \[\((?P<double3>[^()\[\]]{1,120})\)\] | \{(?P<curly>[^{}]{1,60})\}
          | \[(?P<square>[^\[\]]{1,300})\] | \((?P<round>[^()]{1,300})\)
          | </?(?P<angle>[^<>/]{1,60})/?> | \#(?P<hash>\d{1,2}:\d{2}:\d{2}(?:[-.,]\d{1,3})?)\# )
        (?(mark)(?P=mark))""",
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BETWEEN_WORDS = re.compile(r"[\s,;/&|\u2013\u2014]+|(?<!\w)-+|-+(?!\w)")
_CLOSING = ".,;:!?\u2026"
_GAP = "\ufdd0"
_AROUND_GAP = re.compile(rf"\s*{_GAP}[\s{_GAP}]*")


def non_speech(text: str) -> tuple[NonSpeech, ...]:
    """Return the marks of a text that are not speech, in order and without overlaps."""
    if not any(char in text for char in "[(<{#"):
        return ()
    found = []
    for match in _BRACKETS.finditer(text):
        shape = str(match.lastgroup)
        inside = match[shape]
        kind = None if _BLANK_LINE.search(inside) else _kind(inside, shape)
        if kind is not None:
            found.append(NonSpeech(match.start(), match.end(), kind))
    return tuple(found)


def _kind(inside: str, shape: str) -> NonSpeechKind | None:
    shape = "square" if shape == "escaped" else shape
    said = " ".join(inside.split())
    if shape == "hash":
        return NonSpeechKind.TIME
    if _ASKING.fullmatch(said) or (shape in ("square", "double2") and _VOICE.fullmatch(said)):
        return NonSpeechKind.OTHER_VOICE
    folded = said.casefold().strip()
    if _DOTS.fullmatch(folded):
        return NonSpeechKind.PAUSE if shape in ("round", "double") else NonSpeechKind.LEFT_OUT
    if _QUESTION.fullmatch(folded):
        return NonSpeechKind.UNCLEAR
    if _SECONDS.fullmatch(folded):
        return NonSpeechKind.PAUSE
    return _kind_of_words(folded.rstrip(_CLOSING).lstrip(".").strip(), said, shape)


def _kind_of_words(folded: str, said: str, shape: str) -> NonSpeechKind | None:
    if _TIME.fullmatch(folded):
        return NonSpeechKind.TIME
    if _REDACTED.fullmatch(folded) and not (shape == "round" and folded in _CUT_ALONE):
        return NonSpeechKind.LEFT_OUT
    if _AT_ONCE.fullmatch(folded):
        return NonSpeechKind.UNCLEAR
    if _RECORDING.fullmatch(folded):
        return NonSpeechKind.SOUND
    words = [word for word in _BETWEEN_WORDS.split(_CROSS_TALK.sub("crosstalk", folded)) if word]
    is_name = shape != "round" and said[:1].isupper() and len(words) > 1
    for word in words[1:] if is_name else words:
        is_adverb = word.endswith("ly") and len(words) > 1
        if not (word in _VOCABULARY or is_adverb or _NUMBER.fullmatch(word) or _TIME.fullmatch(word)):
            return None
    found = set(words)
    if found & _UNCLEAR:
        return NonSpeechKind.UNCLEAR
    if found & _PAUSE:
        return NonSpeechKind.PAUSE
    if found & _SOUND or (found & _SOUND_IN_SQUARE and (shape != "round" or found & _HAPPENS)):
        return NonSpeechKind.SOUND
    return None


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The words said in a text, and where each of their characters is in the whole text."""

    text: str
    places: tuple[int, ...] | None = None
    """The offset in the whole text of each character, ascending; None if `text` is the whole text."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the whole text of a stretch of `text` that is not empty."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def spoken(text: str) -> SpokenText:
    """Return the text without its marks and the white space that they leave.

    A text without marks is returned as it is; a text with no word beside its marks becomes empty.
    """
    marks = non_speech(text)
    if not marks:
        return SpokenText(text)
    with_gaps, position = "", 0
    places: list[int] = []
    for mark in marks:
        with_gaps += text[position : mark.start] + _GAP
        places += range(position, mark.start + 1)
        position = mark.end
    with_gaps += text[position:]
    places += range(position, len(text))
    said: list[tuple[str, int]] = []
    at = 0
    for gap in _AROUND_GAP.finditer(with_gaps):
        said += zip(with_gaps[at : gap.start()], places[at : gap.start()], strict=True)
        at = gap.end()
        before, after = said[-1][0] if said else "", with_gaps[at : at + 1]
        if not before:
            at += len(with_gaps[at:]) - len(with_gaps[at:].lstrip(_CLOSING + " \n"))
        elif before in _CLOSING and after in (".", ","):
            at += 1
        elif after and after not in _CLOSING:
            said.append((" ", places[gap.start()]))
    said += zip(with_gaps[at:], places[at:], strict=True)
    if not any(char.isalnum() for char, _ in said):
        return SpokenText("", ())
    return SpokenText("".join(char for char, _ in said), tuple(place for _, place in said))
