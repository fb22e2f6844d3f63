from __future__ import annotations

from quotegrid.domain.matrix.bases import HeardQuotes, Speaker
from quotegrid.domain.report.interviews import interviews_of_cases


def test_interviews_are_told_apart_by_what_differs_between_them() -> None:
    speakers = [
        Speaker("b.txt", "Ann", "nurses", None, None, {"wave": "2", "ward": "A"}),
        Speaker("a.txt", "Ann", "nurses", None, None, {"wave": "1", "ward": "A"}),
        Speaker("c.txt", "Ann", "nurses", None, None, {"ward": "A"}),
        Speaker("a.txt", "Bob", "porters", None, None, {"wave": "1"}),
        Speaker("b.txt", "Bob", "porters", None, None, {}),
        Speaker("r.txt", None, "porters", None, None, {"wave": "1"}),
        Speaker("d.txt", "Bob", "porters", None, None, {"wave": "2"}),
    ]
    heard = HeardQuotes(speakers, {10: 0, 11: 1, 12: 2, 13: 3, 14: 4, 15: 5}, {})
    assert interviews_of_cases(heard) == {"Ann": {1: "wave 1", 0: "wave 2", 2: "wave not known"}}
    assert list(interviews_of_cases(heard)["Ann"]) == [1, 0, 2]
