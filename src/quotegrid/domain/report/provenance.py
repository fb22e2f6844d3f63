"""The facts that an export states about itself so that a reader can judge its numbers."""

from __future__ import annotations

from dataclasses import dataclass

NOT_FOR_PUBLICATION = "Not for publication: small counts are not withheld."


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origin of an export's numbers."""

    study: str
    made_at: str
    """UTC, ISO 8601."""
    version: str
    codebook_hash: str
    coders: tuple[str, ...]
    """The coders whose codings stand."""
    first_decision: str | None
    last_decision: str | None
    codings: int
    filters: tuple[str, ...] = ()
    minimum_cases: int | None = None
    """The fewest cases behind a published count; None if nothing is withheld."""

    def lines(self) -> list[tuple[str, str]]:
        """Return the label and value of each of these facts, to be printed under a table."""
        decided = (
            f"{self.first_decision[:10]} to {self.last_decision[:10]}"
            if self.first_decision and self.last_decision
            else "nothing decided yet"
        )
        return [
            ("Study", self.study),
            ("Made", f"{self.made_at} by quotegrid {self.version}"),
            ("Coded by", ", ".join(self.coders) or "nobody yet"),
            ("Decisions", decided),
            ("Codings", str(self.codings)),
            ("Codebook", self.codebook_hash),
            ("Filters", "; ".join(self.filters) or "none"),
            ("Use", self._use()),
        ]

    def _use(self) -> str:
        if self.minimum_cases is None:
            return NOT_FOR_PUBLICATION
        return (
            f"For publication: [c] stands for a count that is withheld because fewer than "
            f"{self.minimum_cases} cases are behind it, or because another could be worked out from it."
        )
