"""The conventions by which typists and transcription services mark who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from quotegrid.corpus.transcripts.shapes.stamps import GAP, STAMP
from quotegrid.corpus.transcripts.shapes.templates import SpeakerPattern, compile_pattern

_TITLES = (
    r"(?:The|Mrs?|Ms|Miss|Dr|Prof|Hon|Sen|Rep|Rev|Sir|Lady|Lord|Chairman|Chairwoman|Senator|Representative|"
    r"Sr|Sra|Dr|Dra|M|Mme|Mlle|Herr|Frau)"
)
_NAMED = r"[A-Z][\w'\u2019-]*[A-Z][\w'\u2019-]*"
_TITLED = rf"{_TITLES}\.?(?:{GAP}[A-Z]\.|{GAP}(?:de|van|von|la|of))*(?:{GAP}{_NAMED}){{1,4}}"
"""Matches a title and a name in capitals, as official reports print it: "Ms. DORN", "The CHAIRMAN"."""
_SHOUTED = rf"[A-Z][A-Z'\u2019-]+(?:{GAP}[A-Z]\.|{GAP}[A-Z][A-Z'\u2019-]+){{0,4}}(?:{GAP}?\d{{1,2}})?"
_TITLE_ALONE = r"(?:BY[ \t]+)?(?:M[RS]S?|DR|PROF|HON|SEN|REP|REV)"
"""Matches a title whose stop stands before a name: "MR. BELL:"."""
_LETTERS = r"[A-Za-z]\d{0,3}"


@dataclass(frozen=True)
class Convention:
    """A way of marking speakers."""

    name: str
    """Its name in previews and for `--speakers`, written like the labels it describes."""
    templates: tuple[str, ...] = ()
    """The shapes it comes in, the most specific first; empty if the file's format marks the speakers."""
    timed: bool = False
    """Whether each name has a time beside it."""
    is_distinct: bool = False
    """Whether hardly anything but a speaker's label is written so."""
    weight: float = 1.0
    """The weight of a label in it, beside that of a label before a colon."""

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
        "**{speaker} [{time}]**",
        "**{speaker}: [{time}]**",
        "**{speaker} [{time}]:**",
        "**{speaker} ({time})**",
        "**{speaker}** [{time}]",
        "**{speaker}** ({time})",
        "*{speaker} [{time}]*:",
        "*{speaker} ({time})*:",
        "*{speaker} ({time}):*",
        "_{speaker} ({time})_:",
    ),
    timed=True,
)
OWN_LINE = Convention("NAME TIME", ("{speaker} {time}\n", "{speaker}\n{time}\n"), timed=True)
TIME_FIRST = Convention(
    "TIME NAME",
    (
        "{time} {speaker}\n",
        "[{time}] {speaker}\n",
        "({time}) {speaker}\n",
        "[{time}] - {speaker}\n",
        "{time} - {speaker}\n",
        "{time} | {speaker}\n",
        "[{time}] **{speaker}**\n",
        "**[{time}] {speaker}**\n",
        "{time} **{speaker}**\n",
        "{time}\n{speaker}\n",
        "[{time}]\n{speaker}\n",
    ),
    timed=True,
)
TIME_RANGE = Convention(
    "TIME --> TIME NAME",
    (
        "{time} --> {any}\n{speaker}\n",
        "{speaker} {time} --> {any}\n",
        rf"^{GAP}*(?P<time>{STAMP}){GAP}*[-\u2013]{GAP}*{STAMP}{GAP}*\n{GAP}*(?P<speaker>[^\W\d_][^\n]{{0,60}}?){GAP}*(?=\n)",
    ),
    timed=True,
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
    weight=1.1,
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
STARRED = Convention(
    "*NAME:", (rf"^\*(?P<speaker>[A-Z][A-Z0-9]{{1,7}}):{GAP}+(?=\S)",), is_distinct=True, weight=1.1
)
"""The labels of CHAT, in which the TalkBank keeps its talk."""
AT_SIGN = Convention("@NAME", (rf"^{GAP}*@(?P<speaker>[\w.-]{{2,30}}){GAP}+(?=\S)",), is_distinct=True)
"""The codes that corpora of speech put before each phrase."""
CIRCLED = Convention(
    "\u25cbNAME",
    (
        rf"^{GAP}*[\u25cb\u25ef\u3007\u25ce](?P<speaker>[^\s\uff08\uff09()]{{1,20}}"
        rf"(?:\uff08[^\uff08\uff09\n]{{1,20}}\uff09)?)(?:[\u3000 ]+|\n+)(?=\S)",
    ),
    is_distinct=True,
    weight=1.1,
)
"""The labels of Japan's parliament and councils, with an office before the name in brackets."""
TABBED = Convention(
    "NAME<TAB>",
    ("{speaker}\t{text}", r"^(?P<speaker>[^\W\d_][\w.'\u2019-]*(?: [\w.'\u2019-]+){0,3}?)[ ]{3,}(?=\S)"),
)
DEFINED = Convention(
    "NAME<LINE>:", (rf"^{GAP}*(?P<speaker>[^\W\d_][^\n:]{{0,40}}){GAP}*\n:{GAP}+(?=\S)",), is_distinct=True
)
"""A definition list of Markdown, whose terms are names."""
FIELD = Convention(
    "SPEAKER: NAME",
    (
        rf"^{GAP}*(?:[\[(]?(?P<time>{STAMP})[\])]?{GAP}*[-\u2013|]?{GAP}*)?(?i:speaker|sprecher(?:in)?|locuteur|hablante|falante)"
        rf"{GAP}*[:\uff1a]{GAP}*(?P<speaker>[^\W\d_][^\n:]{{0,40}}?){GAP}*(?=\n)",
    ),
    is_distinct=True,
    weight=1.6,
)
"""The word for a speaker before each name, as in a form, with the words below."""
ALONE = Convention(
    "NAME",
    (
        "{speaker}\n",
        "**{speaker}**\n",
        "*{speaker}*\n",
        "_{speaker}_\n",
        "## {speaker}\n",
        "### {speaker}\n",
        "#### {speaker}\n",
    ),
    weight=0.7,
)
NUMBERED = Convention("1 NAME:", ("{speaker}:", "{speaker} :"))
_PAIRED = "Q|A|Question|Answer|Ques|Ans|Pregunta|Respuesta|Pergunta|Resposta|Frage|Antwort|Domanda|Risposta"
QUESTIONS = Convention("Q: A:", (rf"^{GAP}*(?P<speaker>(?:{_PAIRED}){GAP}?\d{{0,3}}){GAP}*[:\uff1a]",))
SLASHED = Convention("R/", (rf"^{GAP}*(?P<speaker>[PRQA]|Rta|Resp|Preg)\.?/{GAP}*(?=\S)",))
QUESTIONS_NUMBERED = Convention(
    "Q1) A1)",
    (rf"^{GAP}*(?P<speaker>(?:{_PAIRED}){GAP}?\d{{1,3}}){GAP}*[).:\uff1a\u2013-](?=\s|{GAP}*\S)",),
    weight=1.1,
)
QUESTIONS_WITH_STOPS = Convention("Q. A.", (rf"^{GAP}*(?P<speaker>[QA])(?:\.|{GAP}(?={GAP}))(?={GAP}+\S)",))
PARTS = Convention("I: P1:", (rf"^{GAP}*(?P<speaker>[A-Z]{{1,3}}{GAP}?\d{{0,3}}){GAP}*:",))
BRACKETED = Convention(
    "[NAME]",
    (
        "[{speaker}]:",
        "[{speaker}]\n",
        "[{speaker}] {text}",
        "({speaker}) {text}",
        "\u3010{speaker}\u3011{text}",
        "\u3010{speaker}\u3011\n",
        "<{speaker}>:",
        "<{speaker}> {text}",
        "[{time}] [{speaker}] {text}",
        "[{time}] [{speaker}]:",
    ),
    is_distinct=True,
)
DASHED = Convention(
    "NAME \u2013",
    (
        "{speaker} \u2013 {text}",
        "{speaker} - {text}",
        "{speaker} \u2014 {text}",
        "{speaker}\u2013 {text}",
        "{speaker}- {text}",
        "{speaker}\u2014 {text}",
    ),
    weight=0.8,
)
STOP_AND_DASH = Convention(
    "NAME.-",
    tuple(
        f"{{speaker}}{stop}{dash}{text}"
        for stop in (".", ". ", " .", ":")
        for dash in ("-", "\u2013", "\u2014", "--")
        for text in (" {text}", "{text}")
    ),
    is_distinct=True,
)
STOPPED = Convention(
    "NAME.",
    (rf"^{GAP}*(?P<speaker>{_TITLED}|(?!{_TITLE_ALONE}\.){_SHOUTED}|{_LETTERS})\.(?={GAP}+\S)",),
    weight=0.8,
)
EQUALS = Convention("NAME=", ("{speaker}={text}", "{speaker} = {text}", "{speaker}= {text}"))
ANGLED = Convention(
    "NAME>", ("{speaker}> {text}", "{speaker} > {text}", "{speaker}>> {text}"), is_distinct=True
)
BARRED = Convention("NAME |", ("{speaker} | {text}", "{speaker}| {text}"))
SLIP = Convention("NAME;")
"""Not a convention: a label that is mistyped."""
VOICES = Convention("<v NAME>")
CAPTIONS = Convention("captions NAME:")
ROWS = Convention("column of speakers")
IN_TURN = Convention("paragraphs in turn")
"""Not a convention: nothing but their order tells the paragraphs apart."""
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
    CIRCLED,
    STARRED,
    AT_SIGN,
    DEFINED,
    FIELD,
    ALONE,
    NUMBERED,
    QUESTIONS,
    QUESTIONS_WITH_STOPS,
    SLASHED,
    QUESTIONS_NUMBERED,
    PARTS,
    BRACKETED,
    STOP_AND_DASH,
    DASHED,
    STOPPED,
    EQUALS,
    ANGLED,
    BARRED,
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
    SLASHED,
    QUESTIONS_NUMBERED,
    BRACKETED,
    STOP_AND_DASH,
    DASHED,
    STOPPED,
    EQUALS,
    ANGLED,
    BARRED,
    CIRCLED,
    STARRED,
    AT_SIGN,
    DEFINED,
    FIELD,
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
