from __future__ import annotations

from dataclasses import replace

from quotegrid.domain.report.provenance import NOT_FOR_PUBLICATION, Provenance

FULL = Provenance(
    study="Trial",
    made_at="2025-06-01T10:00:00Z",
    version="0.1.0",
    codebook_hash="abc",
    coders=("Ada", "Jo"),
    first_decision="2025-05-01T09:00:00Z",
    last_decision="2025-05-30T09:00:00Z",
    codings=12,
    filters=("group: parent", "area: Westhay"),
)


def test_an_export_says_who_when_and_from_what() -> None:
    assert FULL.lines() == [
        ("Study", "Trial"),
        ("Made", "2025-06-01T10:00:00Z by quotegrid 0.1.0"),
        ("Coded by", "Ada, Jo"),
        ("Decisions", "2025-05-01 to 2025-05-30"),
        ("Codings", "12"),
        ("Codebook", "abc"),
        ("Filters", "group: parent; area: Westhay"),
        ("Use", NOT_FOR_PUBLICATION),
    ]


def test_nothing_decided_is_said_in_words() -> None:
    empty = replace(FULL, coders=(), first_decision=None, last_decision=None, codings=0, filters=())
    said = dict(empty.lines())
    assert (said["Coded by"], said["Decisions"], said["Filters"]) == (
        "nobody yet",
        "nothing decided yet",
        "none",
    )
