"""Quotes: segments with their speakers, codes and memos."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.sources.memos import Memo
from quotegrid.domain.sources.model import Certainty, SegmentKind, Voice
from quotegrid.domain.text.normalise import counted, normalise, one_line
from quotegrid.domain.text.overlaps import PlacedQuote, find_overlaps, stretches

_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
BUILT_IN_ATTRIBUTES = ("group", "role", "area", "source", "case")


@dataclass(frozen=True, slots=True)
class Quote:
    """A segment as it is listed, counted and exported."""

    id: int
    """The segment's number in this study."""
    text: str
    """Exactly the source's text from `start` to `end`."""
    kind: SegmentKind
    source: str
    start: int
    end: int
    case: str | None
    """None where a report names a role but no person."""
    group: str | None
    role: str | None
    area: str | None
    heading: str | None
    codes: tuple[str, ...] = ()
    """The codes that stand by a coder's decision."""
    suggested: tuple[str, ...] = ()
    """Codes proposed and not yet decided on; never data."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    page: int | None = None
    """The page of its source on which it begins, counted from 1; None for formats without pages."""
    headings: tuple[str, ...] = ()
    """The headings above a report's quote from the widest to the nearest."""
    box: str | None = None
    """The title of the case study or box that a report's quote stands in."""
    certainty: Certainty | None = None
    """Whether a report's attribution can be relied on; None in transcripts."""
    voice: Voice | None = None
    """Whether a report quotes one person or several; None in transcripts."""
    memos: tuple[Memo, ...] = ()
    """The memos on it."""
    stances: Mapping[str, tuple[Stance, ...]] = field(default_factory=dict)
    """The stances that coders gave it, by code; without an entry where nobody gave one."""
    exemplar_of: tuple[str, ...] = ()
    """The codes of which it is marked as an exemplar, and so shown before other quotes."""
    made_by: str | None = None
    """The coder who cut it out by hand; None for a segment that the import made."""

    def value(self, attribute: str) -> str | None:
        """Return the quote's value of any attribute: group, role, area, source, case or one of its own."""
        if attribute in BUILT_IN_ATTRIBUTES:
            found: str | None = getattr(self, attribute)
            return found
        return self.attributes.get(attribute)

    @property
    def codes_with_stances(self) -> tuple[str, ...]:
        """Return the codes in words, each with the stances that it takes: "who pays: disputes"."""
        return codes_with_stances(self.codes, self.stances)

    @property
    def attribution(self) -> str:
        """Return the speaker's description without the name: "School leader, Northmoor"."""
        role = one_line(self.role) if self.role else (self.group or "Speaker not known")
        role = role[:1].upper() + role[1:]
        return f"{role}, {self.area}" if self.area else role


def number_of_quotes(passages: Collection[Quote]) -> int:
    """Return how many quotes passages are: those of one speaker that overlap are one."""
    speakers: dict[tuple[str | None, ...], int] = {}
    placed = {
        said.id: PlacedQuote(
            said.id,
            speakers.setdefault((said.source, said.case, said.group, said.role, said.area), len(speakers)),
            said.start,
            said.end,
            said.made_by is not None,
        )
        for said in passages
    }
    over = find_overlaps(placed.values()).ranges
    by_speaker: dict[int, list[tuple[int, int, int]]] = {}
    for number in over:
        by_speaker.setdefault(placed[number].speaker, []).append((*over[number], number))
    return len(placed) - len(over) + sum(len(stretches(said)) for said in by_speaker.values())


def taking(quotes: Sequence[Quote], codes: Collection[str], stance: Stance) -> list[Quote]:
    """Return the quotes that take a stance towards one of these codes."""
    wanted = {code.casefold() for code in codes}
    return [
        quote
        for quote in quotes
        if any(stance in taken for code, taken in quote.stances.items() if code.casefold() in wanted)
    ]


def counted_quotes(quotes: int, passages: int) -> str:
    """Return a number of quotes, with that of the passages where these overlap: "2 quotes in 3 passages"."""
    told = counted(quotes, "quote")
    return told if quotes == passages else f"{told} in {counted(passages, 'passage')}"


def codes_with_stances(codes: Sequence[str], stances: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return codes in words, each with the stances that a passage takes towards it: "who pays: disputes"."""
    return tuple(
        f"{code}: {' and '.join(str(stance) for stance in stances[code])}" if stances.get(code) else code
        for code in codes
    )


def plain(text: str) -> str:
    """Return a text for comparison: composed, one line, no case, straight quotation marks and apostrophes."""
    return one_line(normalise(text)).casefold().translate(_STRAIGHT)
