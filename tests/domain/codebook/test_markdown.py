from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.codebook.markdown import CodeTextError, as_markdown, from_markdown
from quotegrid.domain.text.normalise import one_line

SAID = st.text(st.characters(codec="utf-8", exclude_characters="#"), max_size=30).map(one_line).filter(bool)
ITEMS = st.lists(SAID, max_size=4).map(tuple)


@given(st.just("") | SAID, ITEMS, ITEMS, ITEMS, ITEMS)
def test_what_was_written_is_read_again(
    definition: str,
    use: tuple[str, ...],
    avoid: tuple[str, ...],
    examples: tuple[str, ...],
    terms: tuple[str, ...],
) -> None:
    code = Code(
        "a",
        parent="b",
        definition=definition,
        use_when=use,
        do_not_use_when=avoid,
        examples=examples,
        terms=terms,
    )
    assert from_markdown(as_markdown(code), Code("a", parent="b")) == code


def test_hand_written_text_is_understood() -> None:
    text = (
        "It covers up\nfor a while.\n\n# use when:\n* The cause stays\n  as it was.\nA second one\n- \n"
        "## TERMS\n-patch"
    )
    code = from_markdown(text, Code("a", colour="teal"))
    assert code == Code(
        "a",
        colour="teal",
        definition="It covers up for a while.",
        use_when=("The cause stays as it was. A second one",),
        terms=("-patch",),
    )


def test_an_unknown_heading_is_named_with_its_line() -> None:
    with pytest.raises(CodeTextError, match="“## Usage” is not a part of a code") as caught:
        from_markdown("A\n\n## Usage\n- b", Code("a"))
    assert caught.value.line == 3
