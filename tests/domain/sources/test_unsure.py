from __future__ import annotations

from quotegrid.domain.sources.model import ReadWarning, WarningKind
from quotegrid.domain.sources.unsure import ToldWarnings, how_many, put_together

MANY = "the group of {count} people is not known"


def _nobody(name: str, line: int | None = None) -> ReadWarning:
    what = f'the group of "{name}" is not known.'
    return ReadWarning(WarningKind.GROUP, what, line, names=(name,), many=MANY)


def test_the_worst_is_told_first_whatever_came_first() -> None:
    warnings = [("a.txt", ReadWarning(kind, f"{kind}.")) for kind in reversed(WarningKind)]
    assert [thing.kind for thing in put_together(warnings)] == [
        WarningKind.WORDS,
        WarningKind.SPEAKER,
        WarningKind.GROUP,
        WarningKind.AREA,
        WarningKind.CONFLICT,
        WarningKind.TEXT,
    ]


def test_many_people_are_told_in_one_sentence_that_counts_each_once() -> None:
    warnings = [(f"{number}.txt", _nobody(f"P{number % 150}", number)) for number in range(151)]
    (thing,) = put_together(warnings)
    assert thing.what == 'the group of 150 people is not known: "P0", "P1", "P2" and 147 more.'
    assert thing.places[:2] == (("0.txt", 0), ("1.txt", 1))
    assert len(thing.places) == 151


def test_a_few_people_are_told_one_by_one() -> None:
    warnings = [("a.txt", _nobody(name)) for name in ("Ann", "Ben", "Cai")]
    assert [thing.what for thing in put_together(warnings)] == [warning.what for _, warning in warnings]


def test_the_same_sentence_in_several_places_is_told_once() -> None:
    warning = ReadWarning(WarningKind.SPEAKER, "only interviewers speak in this file.", 2)
    other = ReadWarning(WarningKind.SPEAKER, "no label.", 4)
    assert put_together([("a.txt", warning), ("b.txt", other), ("c.txt", warning)]) == [
        ToldWarnings(WarningKind.SPEAKER, warning.what, (("a.txt", 2), ("c.txt", 2))),
        ToldWarnings(WarningKind.SPEAKER, other.what, (("b.txt", 4),)),
    ]


def test_a_warning_about_many_counts_as_many() -> None:
    several = ReadWarning(WarningKind.GROUP, "not known", names=("Ann", "Ben"), many=MANY)
    assert how_many([several, _nobody("Cai"), ReadWarning(WarningKind.TEXT, "odd")]) == 4
