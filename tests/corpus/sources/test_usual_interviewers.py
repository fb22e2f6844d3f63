"""Who interviews in many talks, told by all talks together."""

from __future__ import annotations

from quotegrid.corpus.sources.usual_interviewers import usual_interviewers, usual_labels
from quotegrid.domain.sources.voices import Talk, Voice


def _talk(*voices: tuple[str, int], asks: str = "") -> Talk:
    """Return a talk of people by their labels, each with the length of ten turns."""
    return [Voice(label, 10, length, asks=label == asks) for label, length in voices]


def _talks(*others: str, name: str = "Jo Field", length: int = 100) -> list[Talk]:
    return [_talk((name, length), (other, 900)) for other in others]


def test_the_same_name_beside_ever_new_people_interviews() -> None:
    assert usual_interviewers(_talks("Ann", "Bo", "Cy")) == {"jo field": 3}
    assert usual_interviewers(_talks("Interviewee", "Interviewee", "P1")) == {"jo field": 3}
    assert usual_interviewers(_talks("Ann", "Bo", "Cy", "Dee", "Eli", "Ann", length=2_000)) == {"jo field": 6}


def test_two_who_interview_together_both_do() -> None:
    talks = [_talk(("Jo", 100), ("Al", 90), (other, 900)) for other in ("Ann", "Bo", "Cy")]
    assert usual_interviewers(talks) == {"jo": 3, "al": 3}


def test_nobody_interviews_of_whom_less_is_known() -> None:
    assert usual_interviewers(_talks("Ann", "Bo")) == {}
    assert usual_interviewers(_talks("Ann", "Bo", "Cy", length=2_000)) == {}
    assert usual_interviewers(_talks("Ann", "Bo", "Cy", name="Speaker 1")) == {}
    assert usual_interviewers(_talks("Ann", "Ann", "Ann", "Ann")) == {}


def test_who_is_asked_by_others_does_not_interview() -> None:
    waves = [_talk((asker, 100), ("Ray", 50), asks=asker) for asker in ("Ann", "Bo", "Cy", "Dee")]
    assert usual_interviewers(waves) == {}
    assert usual_interviewers([*waves, *_talks("Eli", "Flo", "Gus", "Hal", name="Ray", length=10)]) == {}


def test_who_answers_in_several_waves_does_not_interview() -> None:
    people = [f"Person {letter}x" for letter in "ABCDEFGH"]
    waves = [_talk(("Jo", 100), (person, 900)) for person in (*people, people[0], people[0])]
    assert usual_interviewers(waves) == {"jo": 10}


def test_a_talk_in_which_all_interview_elsewhere_tells_nothing() -> None:
    assert usual_labels(["JO", "Ann"], {"jo": 3}) == ["JO"]
    assert usual_labels(["Jo"], {"jo": 3}) == []
