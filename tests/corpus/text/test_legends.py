from __future__ import annotations

import pytest

from quotegrid.corpus.text.legends import Legend, find_legend

TALK = "A: Who lit it?\n\nB: I did.\n\nA: When?\n\nB: At dusk.\n\nA: So.\n\nB: Yes.\n"


@pytest.mark.parametrize(
    ("legend", "names"),
    [
        ("A = interviewer\nB = keeper\n", {"A": "interviewer", "B": "keeper"}),
        ("[A] \u2013 Interviewer \t[B] - Lamp keeper\n", {"A": "Interviewer", "B": "Lamp keeper"}),
        ("Key: A = Jo Field (interviewer); B = Ray\n", {"A": "Jo Field (interviewer)", "B": "Ray"}),
        ("(A: Interviewer, B: Respondent)\n", {"A": "Interviewer", "B": "Respondent"}),
        ("A - Jo Field\nB - Ray Moss\n", {"A": "Jo Field", "B": "Ray Moss"}),
        ("**Speakers:**\n\n- A: Jo\n- B: Ray\n", {"A": "Jo", "B": "Ray"}),
        ("A = Interviewer / B = Participant\n", {"A": "Interviewer", "B": "Participant"}),
    ],
)
def test_a_legend_says_who_the_labels_stand_for(legend: str, names: dict[str, str]) -> None:
    text = f"A talk at the lamp house\n\n{legend}\n{TALK}"
    found = find_legend(text, 0)
    assert found.names == names
    assert text[found.end :].lstrip("\n)") == TALK


@pytest.mark.parametrize(
    "text",
    [
        TALK,
        TALK.replace(": ", " - "),
        TALK.replace(": ", "=").replace(".\n", "\n"),
        "A = interviewer\n\nRay: Dusk.\n\nJo: So.\n",
        "A - Yes\nB - No\n" + TALK.replace(": ", " - "),
        "Words = other words\n",
        "",
    ],
)
def test_turns_and_other_lines_are_no_legend(text: str) -> None:
    assert find_legend(text, 0) == Legend()


def test_a_legend_is_looked_for_behind_the_header() -> None:
    text = "Title: T\nA = interviewer\n" + TALK
    assert find_legend(text, text.index("A =")).end == text.index("A: Who")
