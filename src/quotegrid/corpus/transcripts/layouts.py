"""The conventions by which typists and transcription services mark who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from quotegrid.corpus.transcripts.templates import GAP, SpeakerPattern, compile_pattern


@dataclass(frozen=True)
class Convention:
    """A way of marking speakers."""

    name: str
    """Its name in previews and for `--speakers`, written like the labels it describes."""
    templates: tuple[str, ...] = ()
    """The shapes it comes in, the most specific first; empty if the file's format marks the speakers."""
    timed: bool = False
    """Whether each name has a time beside it."""

    @cached_property
    def patterns(self) -> tuple[SpeakerPattern, ...]:
        """Return its shapes as compiled patterns."""
        return tuple(map(compile_pattern, self.templates))


NAME = Convention("NAME:", ("{speaker}:", "{speaker} :"))
TIME_BEFORE = Convention(
    "[TIME] NAME:",
    (
        "[{time}] {speaker}:",
        "({time}) {speaker}:",
        "{time} {speaker}:",
        "[{time}]\n{speaker}:",
        "{time}\n{speaker}:",
    ),
    timed=True,
)
TIME_BEHIND = Convention("NAME [TIME]:", ("{speaker} [{time}]:", "{speaker} [{time}] :"), timed=True)
TIME_ASIDE = Convention("NAME (TIME):", ("{speaker} ({time}):", "{speaker} ({time}) :"), timed=True)
TIME_BEHIND_COLON = Convention("NAME: [TIME]", ("{speaker}: [{time}]", "{speaker}: ({time})"), timed=True)
TIME_WITHOUT_COLON = Convention(
    "NAME [TIME]",
    (
        "{speaker} [{time}]\n",
        "{speaker} ({time})\n",
        "{speaker} [{time}] {text}",
        "{speaker} ({time}) {text}",
    ),
    timed=True,
)
OWN_LINE = Convention("NAME TIME", ("{speaker} {time}\n",), timed=True)
TIME_FIRST = Convention(
    "TIME NAME",
    (
        "{time} {speaker}\n",
        "[{time}] {speaker}\n",
        "({time}) {speaker}\n",
        "[{time}] - {speaker}\n",
        "{time} - {speaker}\n",
    ),
    timed=True,
)
TIME_RANGE = Convention(
    "TIME --> TIME NAME", ("{time} --> {any}\n{speaker}\n", "{speaker} {time} --> {any}\n"), timed=True
)
NAME_IN_BRACKETS = Convention("[NAME] TIME", ("[{speaker}] {time}\n",), timed=True)
CHAT = Convention(
    "TIME From NAME to Everyone:",
    (
        "{time} From {speaker} to {any}:",
        "{time} From {speaker} To {any}:",
        "{time} From {speaker}:",
        "{time} From {speaker} :",
    ),
    timed=True,
)
DATED = Convention(
    "[DATE, TIME] NAME:",
    (
        "[{any}, {time}] {speaker}:",
        "[{any}, {time} {any}] {speaker}:",
        "{any}, {time} - {speaker}:",
        "{any}, {time} {any} - {speaker}:",
    ),
    timed=True,
)
BOLD = Convention("**NAME:**", ("**{speaker}:**", "**{speaker}**:", "__{speaker}:__", "__{speaker}__:"))
BOLD_WITHOUT_COLON = Convention("**NAME**", ("**{speaker}** {text}", "__{speaker}__ {text}"))
TABBED = Convention("NAME<TAB>", ("{speaker}\t{text}",))
ALONE = Convention("NAME", ("{speaker}\n", "**{speaker}**\n"))
NUMBERED = Convention("1 NAME:", ("{speaker}:", "{speaker} :"))
QUESTIONS = Convention("Q: A:", (rf"^{GAP}*(?P<speaker>(?:Q|A|Question|Answer){GAP}?\d{{0,3}}){GAP}*:",))
QUESTIONS_WITH_STOPS = Convention("Q. A.", (rf"^{GAP}*(?P<speaker>[QA])\.(?={GAP}+\S)",))
PARTS = Convention("I: P1:", (rf"^{GAP}*(?P<speaker>[A-Z]{{1,3}}{GAP}?\d{{0,3}}){GAP}*:",))
SLIP = Convention("NAME.")
"""Not a convention: a label that is mistyped."""
VOICES = Convention("<v NAME>")
CAPTIONS = Convention("captions NAME:")
ROWS = Convention("column of speakers")
SEGMENTS = Convention("segments with speakers")

CONVENTIONS = (
    NAME,
    TIME_BEFORE,
    TIME_BEHIND,
    TIME_ASIDE,
    TIME_BEHIND_COLON,
    TIME_WITHOUT_COLON,
    OWN_LINE,
    TIME_FIRST,
    TIME_RANGE,
    NAME_IN_BRACKETS,
    CHAT,
    DATED,
    BOLD,
    BOLD_WITHOUT_COLON,
    TABBED,
    ALONE,
    NUMBERED,
    QUESTIONS,
    QUESTIONS_WITH_STOPS,
    PARTS,
    VOICES,
    CAPTIONS,
    ROWS,
    SEGMENTS,
)
OF_WHOLE_TEXTS = (
    CHAT,
    DATED,
    OWN_LINE,
    TIME_RANGE,
    NAME_IN_BRACKETS,
    TIME_FIRST,
    TIME_WITHOUT_COLON,
    BOLD_WITHOUT_COLON,
    TABBED,
    QUESTIONS_WITH_STOPS,
    ALONE,
)
"""Conventions that are tried on a whole text, because a single line does not show that it has a label."""


def convention_named(name: str) -> Convention | None:
    """Return the convention with a name, ignoring case and white space, or None if there is none."""
    folded = "".join(name.split()).casefold()
    return next(
        (convention for convention in CONVENTIONS if "".join(convention.name.split()).casefold() == folded),
        None,
    )
