"""Edits of turns are carried into a corrected version where their words are found, and listed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from quotegrid.domain.sources.carrying import CarriedTurns, carry_edits
from quotegrid.domain.sources.model import Turn
from quotegrid.domain.sources.reanchoring import Reanchoring
from quotegrid.domain.sources.turns import Turns, give, join, leave_out, set_asking, split, without

OLD = """\
Clerk: How did the tannery begin?

Ola: My uncle dug the first pits by the river. Per: He had no money for the hides then.

Ola: That was the winter the ice broke the weir.

Clerk: Who bought the leather?

Ola: Saddlers from the coast, and one glover. (A lorry goes by.) They paid late.
"""
Edit = Callable[[str, Turns], Turns]


def read(text: str) -> Turns:
    """Return the turns of a text by the labels at the beginnings of its lines."""
    return tuple(
        Turn(match.start(2), match.end(2), match[1], is_interviewer=match[1] == "Clerk")
        for match in re.finditer(r"(?m)^(\w+): (.+)$", text)
    )


def carried(edit: Edit, new: str) -> CarriedTurns:
    before = read(OLD)
    return carry_edits(before, edit(OLD, before), read(new), Reanchoring(OLD, new))


def told(text: str, turns: Turns) -> list[tuple[str | None, bool, str]]:
    return [(turn.label, turn.is_interviewer, text[turn.start : turn.end]) for turn in turns]


EDITS: dict[str, Edit] = {
    "given": lambda _, turns: give(turns, [2], "Per"),
    "asks": lambda _, turns: set_asking(turns, [2], asks=True),
    "split at a label": lambda text, turns: split(text, turns, text.index("Per:"), "Per"),
    "split": lambda text, turns: split(text, turns, text.index("Saddlers") + 9, "Ida"),
    "joined": lambda _, turns: join(turns, 2),
    "words of nobody": lambda text, turns: leave_out(
        text, turns, text.index("(A lorry"), text.index(" They paid")
    ),
    "turn of nobody": lambda _, turns: without(turns, [3]),
    "split and given": lambda text, turns: give(split(text, turns, text.index("Per:"), "Per"), [1, 3], "Ida"),
}
CORRECTIONS = {
    "typing errors": [("river", "rivver"), ("hides", "hide"), ("weir", "wier"), ("glover", "glovver")],
    "turns before": [("Clerk: How", "Clerk: Sit down.\n\nOla: Thank you, here?\n\nClerk: How")],
    "words at the edge": [
        ("river.", "river, as it was."),
        ("He had", "Well, he had"),
        ("paid late", "never paid"),
    ],
    "another's punctuation": [(", and one", " - and one"), ("then.", "then"), ("leather?", "leather ?")],
    "a speaker renamed": [("Ola:", "Olaug:")],
}


ADDED = ("Sit down.", "Thank you, here?")


def corrected(text: str, correction: str) -> str:
    for before, after in CORRECTIONS[correction]:
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize("correction", CORRECTIONS)
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_goes_along_with_its_words(edit: str, correction: str) -> None:
    new = corrected(OLD, correction)
    found = carried(EDITS[edit], new)
    assert (found.carried, found.left) == (1 if edit != "split and given" else 2, ())
    expected = [
        ("Olaug" if label == "Ola" and "Olaug" in new else label, asks, corrected(words, correction))
        for label, asks, words in told(OLD, EDITS[edit](OLD, read(OLD)))
    ]
    assert [turn for turn in told(new, found.turns) if turn[2] not in ADDED] == expected


def test_what_the_corrected_file_says_itself_is_not_told() -> None:
    new = OLD.replace(" Per: He", "\n\nPer: He")
    found = carried(EDITS["split at a label"], new)
    assert (found.turns, found.carried, found.left) == (read(new), 0, ())
    new = OLD.replace("Ola: That was", "Per: That was")
    assert carried(EDITS["given"], new) == CarriedTurns(read(new), 0)
    new = OLD.replace("Ola: That was the", "Per: And that was the")
    assert carried(EDITS["given"], new).left == ()


@pytest.mark.parametrize(
    ("edit", "before", "after", "why"),
    [
        ("given", "Ola: That was", "Nils: That was", 'the file has another speaker there, "Nils"'),
        ("given", "Ola: That was the winter the ice broke the weir.\n\n", "", "its words are not found"),
        ("words of nobody", "goes by.)", "goes by, and nobody can hear the answer to it.)", "other words"),
        ("turn of nobody", "leather?", "leather? Tell me of the glover and of his two sons.", "other words"),
        ("split", " and one glover.", "\n\nNils: and one glover.", "another speaker there"),
    ],
)
def test_what_cannot_go_along_is_listed_and_the_rest_is_as_the_file_says(
    edit: str, before: str, after: str, why: str
) -> None:
    new = OLD.replace(before, after)
    assert new != OLD
    found = carried(EDITS[edit], new)
    assert found.turns == read(new)
    assert why in found.left[0].why
