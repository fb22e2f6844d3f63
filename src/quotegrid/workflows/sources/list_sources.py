"""The listing of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.text.languages import language_name
from quotegrid.workflows.sources.versions.reading_words import options_in_words
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}


def _day(source: Record) -> str:
    return str(source["imported_at"])[:10]


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source."""

    id: int = column("its number in this study")
    guid: str = column("its GUID, the same in every copy of the study", is_in_csv=False)
    name: str = column("its name", place=1)
    kind: str = column("`transcript`, `report` or `document`", place=2)
    title: str | None = column("its title")
    date: str | None = column("its date", place=10)
    turns: int = column("how many turns it has", place=3, layout=_RIGHT)
    segments: int = column("how many passages it has", place=4, layout=_RIGHT)
    words: int = column("how many words its passages have", place=5, layout=_RIGHT)
    decided: int = column("how many passages somebody decided on, a skip too", place=6, layout=_RIGHT)
    coded: int = column("how many passages have a code", place=7, layout=_RIGHT)
    language: str | None = column(
        "the two-letter code of its language; null if it is not known",
        place=11,
        cell=lambda source: "" if source["language"] is None else language_name(source["language"]),
    )
    read: bool = column(
        "whether it is read to the end: marked so, or with a decision on every passage",
        place=8,
        cell=lambda source: "yes" if source["read"] else "",
    )
    characters: int = column("how many code points its text has")
    cases: Sequence[str] = column("who speaks in it", place=9)
    imported_at: str = column("when its file was read (UTC)", place=12, heading="file read", cell=_day)
    options: Mapping[str, str] = column(
        "the options that were given when its file was read, by their names",
        place=13,
        cell=lambda source: options_in_words(source["options"]),
        flat=options_in_words,
    )
    versions: int = column("how many earlier versions of it are kept, each replaced with a corrected one")
    file_hash: str = column("SHA-256 of the file", is_in_csv=False)
    text_hash: str = column("SHA-256 of the normalised text", is_in_csv=False)
    repairs: Mapping[str, int] = column(
        "how often what was changed between the two, by kind", is_in_csv=False
    )


def source_records(study: StudyFolder) -> list[Record]:
    """Return the sources by name."""
    from quotegrid.storage.sources.sources import list_sources
    from quotegrid.storage.sources.versions.standing import version_numbers

    with study.reading_session() as session:
        versions = version_numbers(session)
        return [
            record_of(ListedSource, source, read=source.is_read, versions=versions.get(source.id, 0))
            for source in list_sources(session)
        ]


def first_passage(study: StudyFolder, name: str) -> int | None:
    """Return the number of the first passage of a source; None where it has none."""
    from quotegrid.storage.sources.reading import first_segment
    from quotegrid.storage.sources.sources import source_numbers

    with study.reading_session() as session:
        number = source_numbers(session).get(name)
        return None if number is None else first_segment(session, number)
