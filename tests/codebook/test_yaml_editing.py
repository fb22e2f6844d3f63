from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.codebook.yaml_editing import edit_text
from quotegrid.codebook.yaml_file import EMPTY_CODEBOOK, parse_codebook
from quotegrid.domain.codebook import edits
from quotegrid.domain.codebook.codes import COLOURS, Code, Codebook, CodeTreeError
from quotegrid.errors import CodebookError
from tests.conftest import REPOSITORY
from tests.profiles import examples

HERE = Path("codebook.yaml")

BOOK = """\
# Ours, agreed in March.

themes:
  # About money, to be looked at again.
  - name: Money   # the team's word
    definition: >
      What the money does,
      # and this is no comment.
    codes:
      # the first one
      - name: quick fix
        definition: It covers up.   # short
        use_when:
          # said by two of us
          - The cause stays.
          - 'A picture: of a repair'
        terms: [patch, quick fix]
        # inside quick fix
      - room to plan

  # Families come last.
  - name: Families
    codes:
      - name: long wait
        examples:
          - |
            Months # of waiting.
            And more.
# the end
"""


def read(text: str) -> Codebook:
    return parse_codebook(text, HERE)


def comments(text: str) -> list[str]:
    return sorted(line.strip() for line in text.split("\n") if line.strip().startswith("#"))


def test_what_does_not_change_stays_to_the_letter() -> None:
    assert edit_text(BOOK, read(BOOK), HERE) == BOOK


def test_a_new_name_changes_one_line() -> None:
    names = {"quick fix": "sticking: on"}
    done = edit_text(BOOK, edits.rename_codes(read(BOOK), names), HERE, names)
    assert done == BOOK.replace("name: quick fix", "name: 'sticking: on'")


def test_a_theme_keeps_the_comment_behind_its_name() -> None:
    names = {"money": "Cash"}
    done = edit_text(BOOK, edits.rename_codes(read(BOOK), names), HERE, names)
    assert done == BOOK.replace("- name: Money   # the", "- name: Cash  # the")


def test_a_rule_more_leaves_the_others_and_their_comments() -> None:
    target = edits.change_code(
        read(BOOK), "quick fix", lambda code: replace(code, use_when=(*code.use_when, "It leaks: still."))
    )
    done = edit_text(BOOK, target, HERE)
    old = "          - 'A picture: of a repair'\n"
    assert done == BOOK.replace(old, f"{old}          - 'It leaks: still.'\n")


def test_a_code_that_moves_takes_its_comments_along() -> None:
    done = edit_text(BOOK, edits.move_code(read(BOOK), "quick fix", "Families"), HERE)
    assert [code.name for code in read(done).children("Families")] == ["long wait", "quick fix"]
    assert done.index("# the first one") > done.index("name: long wait")
    assert done.index("# inside quick fix") > done.index("name: quick fix")
    assert comments(done) == comments(BOOK)


def test_an_empty_codebook_takes_its_first_codes() -> None:
    first = edits.add_code(Codebook(()), Code("Money"))
    done = edit_text(EMPTY_CODEBOOK, first, HERE)
    assert done == EMPTY_CODEBOOK.replace("themes: []\n", "themes:\n  - name: Money\n")
    more = edit_text(done, edits.add_code(first, Code("patch", parent="Money", terms=("a", "b: c"))), HERE)
    assert more == f"{done}    codes:\n      - name: patch\n        terms: [a, 'b: c']\n"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "themes:\n", "codes: []\n"])
def test_any_empty_file_takes_a_code(text: str) -> None:
    done = edit_text(text, Codebook((Code("Money"),)), HERE)
    assert [code.name for code in read(done).codes] == ["Money"]
    assert comments(done) == comments(text)


def test_codes_in_brackets_are_written_out_when_they_change() -> None:
    text = "codes: [one, {name: two, definition: Second}]\n"
    target = edits.change_code(read(text), "one", lambda code: replace(code, definition="First"))
    assert read(edit_text(text, target, HERE)).codes == target.codes


def test_parents_by_name_follow_a_rename_and_are_nested_by_a_move() -> None:
    text = "codes:\n  - name: Money\n  - name: patch\n    parent: Money\n  - name: Other\n"
    names = {"Money": "Cash"}
    done = edit_text(text, edits.rename_codes(read(text), names), HERE, names)
    assert done == text.replace("Money", "Cash")
    moved = edit_text(text, edits.move_code(read(text), "patch", "Other"), HERE)
    assert "parent" not in moved
    assert [code.name for code in read(moved).children("Other")] == ["patch"]


def test_what_is_said_in_two_places_is_refused() -> None:
    text = "themes:\n  - name: a\n    terms: &t [x]\n  - name: b\n    terms: *t\n"
    with pytest.raises(CodebookError, match="anchor"):
        edit_text(text, edits.rename_codes(read(text), {"a": "c"}), HERE, {"a": "c"})


NAMES = st.sampled_from(["yes", "a: b", "- x", "# y", "ünïcode", "plain words", "'q'", '"d"', "1.5", "[z]"])
SAID = st.lists(st.sampled_from(["One.", "Two: more.", "# three", "null", "{f}", "  spaced  "]), max_size=3)
STEPS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 50), st.integers(0, 50), NAMES, SAID), min_size=1, max_size=6
)


def step(book: Codebook, what: tuple[int, int, int, str, list[str]]) -> tuple[Codebook, dict[str, str]]:
    kind, first, second, name, said = what
    codes = list(book.walk())
    code, other = codes[first % len(codes)], codes[second % len(codes)]
    rules = tuple(dict.fromkeys(" ".join(rule.split()) for rule in said))
    match kind:
        case 0:
            names = {code.name: name}
            return edits.rename_codes(book, names), names
        case 1:
            return edits.move_code(book, code.name, None if second % 3 == 0 else other.name), {}
        case 2:
            return edits.add_code(book, Code(name, parent=code.name, use_when=rules)), {}
        case 3 if len(codes) > 1:
            return edits.remove_code(book, code.name), {}
        case 4:
            return edits.change_code(book, code.name, lambda old: replace(old, use_when=rules)), {}
        case 5:
            return edits.change_code(
                book, code.name, lambda old: replace(old, definition=" ".join(rules))
            ), {}
        case 6:
            colour = COLOURS[second % len(COLOURS)]
            return edits.change_code(
                book, code.name, lambda old: replace(old, colour=colour, is_deprecated=bool(second % 2))
            ), {}
        case _:
            before = edits.find_sibling(book, code.name, second % 5 - 2)
            return edits.move_code(book, code.name, code.parent, before=before), {}


@examples(100, quick=20)
@given(
    st.sampled_from([BOOK, (REPOSITORY / "codebook" / "codebook.yaml").read_text(encoding="utf-8")]), STEPS
)
def test_the_file_says_what_the_codebook_says_after_any_changes(
    text: str, steps: list[tuple[int, int, int, str, list[str]]]
) -> None:
    book = read(text)
    removed = False
    for edit in steps:
        try:
            target, names = step(book, edit)
        except CodeTreeError:
            continue
        removed |= edit[0] in (3, 4, 5)
        text = edit_text(text, target, HERE, names)
        assert list(read(text).walk()) == list(target.walk())
        book = target
    if not removed:
        assert set(comments(BOOK)) <= set(comments(text)) or "agreed in March" not in text
