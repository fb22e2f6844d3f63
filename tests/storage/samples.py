"""Helpers of the tests of the store: sources made by hand, and a way to see all that a database holds."""

from __future__ import annotations

from collections.abc import Mapping

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.sources.model import Segment, SegmentKind, Source, SourceKind, Speaker, Turn

ADA = Speaker("Ada Stone", group="school", role="Headteacher", area="Westhay", attributes={"wave": "1"})
RAY = Speaker("Ray Moss", group="parent", role="Parent", area="Eastlow")

TALK = (
    ("Jo", "What changed? 🙂"),
    ("Ada", "It is a quick fix. 🙂 Nothing else."),
    ("Jo", "And you?"),
    ("Ray", "Fourteen months on the list."),
    ("Ada", "We had room to plan."),
)

BOOK = Codebook(
    (
        Code("Money", definition="What the money does."),
        Code("quick fix", parent="Money", use_when=("It covers up.",), terms=("patch", "sticking plaster")),
        Code("room to plan", parent="Money", do_not_use_when=("Time is wasted.",), examples=("A summer.",)),
        Code("Families"),
        Code("long wait", parent="Families"),
    )
)


def interview(
    name: str,
    *turns: tuple[str, str],
    speakers: Mapping[str, Speaker] | None = None,
    area: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> Source:
    """A transcript, one segment a turn; whoever is not among the speakers asks the questions."""
    speakers = {"Ada": ADA, "Ray": RAY} if speakers is None else speakers
    text = ""
    made: list[Turn] = []
    segments: list[Segment] = []
    for label, words in turns:
        start = len(text) + len(label) + 2
        end = start + len(words)
        text += f"{label}: {words}\n\n"
        made.append(Turn(start, end, label, is_interviewer=label not in speakers))
        if label in speakers:
            segments.append(Segment(start, end, SegmentKind.TURN, turn=len(made) - 1))
    return Source(
        name=name,
        kind=SourceKind.TRANSCRIPT,
        text=text,
        file_hash=f"hash of {name}",
        title=None,
        date="2025-01-15",
        turns=tuple(made),
        speakers=speakers,
        segments=tuple(segments),
        area=area,
        attributes=attributes or {},
    )


def report(name: str, *quotes: tuple[str, str, str | None]) -> Source:
    """A report that quotes people by their role: words, role and group of each."""
    text = "What we heard\n\n"
    segments = []
    for words, role, group in quotes:
        start = len(text)
        text += f"{words}\n\n"
        segments.append(
            Segment(start, start + len(words), SegmentKind.BLOCK, heading="Heard", role=role, group=group)
        )
    return Source(
        name=name,
        kind=SourceKind.REPORT,
        text=text,
        file_hash=f"hash of {name}",
        title="What we heard",
        date=None,
        turns=(),
        speakers={},
        segments=tuple(segments),
        area="Northmoor",
        attributes={"wave": "2"},
    )
