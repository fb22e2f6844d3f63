from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexCharsNode, LatexGroupNode, LatexMacroNode, LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as walker_macros
from pylatexenc.macrospec import MacroSpec

from quotegrid.domain.text.normalise import one_line, visible
from quotegrid.exports.latex import latex_label, latex_text

SPECIAL = st.text(st.sampled_from("\\{}$&#%_^~`<>|\"[]*-',!?\u2018\u2019\u2013 ab\x1b\n\ufffd\u00e9"))
HARMLESS = {
    "textbackslash",
    "textasciicircum",
    "textasciitilde",
    "textasciigrave",
    "textless",
    "textgreater",
    "textbar",
    "symbol",
    *"{}$&#%_",
}


def _symbol(node: Any, l2tobj: Any) -> str:
    return chr(int(l2tobj.nodelist_to_text(node.nodeargd.argnlist)))


def read_back(text: str) -> str:
    """Return the words that a reader of the typeset text reads."""
    walker = walker_macros()
    walker.add_context_category("ours", macros=[MacroSpec("symbol", "{")], prepend=True)
    told = get_default_latex_context_db()
    told.add_context_category(
        "ours",
        macros=[
            MacroTextSpec(
                "symbol", lambda node, l2tobj: chr(int(l2tobj.nodelist_to_text(node.nodeargd.argnlist)))
            ),
            *(
                MacroTextSpec(name, char)
                for name, char in {
                    "textasciicircum": "^",
                    "textasciitilde": "~",
                    "textasciigrave": "`",
                    "textless": "<",
                    "textgreater": ">",
                    "textbar": "|",
                    "textbackslash": "\\",
                }.items()
            ),
        ],
        prepend=True,
    )
    reader = LatexNodes2Text(latex_context=told, keep_comments=True, strict_latex_spaces=True)
    nodes = LatexWalker(text, latex_context=walker, tolerant_parsing=False).get_latex_nodes()[0]
    found: str = reader.nodelist_to_text(nodes)
    return found


def _without_controls(text: str) -> str:
    return re.sub("[\u2400-\u2421\ufffd]", lambda match: f"[U+{ord(match[0]):04X}]", visible(one_line(text)))


@given(SPECIAL | st.text(max_size=30))
def test_nothing_in_a_text_is_a_command_but_what_stands_for_its_own_characters(text: str) -> None:
    walker = LatexWalker(latex_text(text), tolerant_parsing=False)
    nodes = list(walker.get_latex_nodes()[0])
    while nodes:
        node = nodes.pop()
        if isinstance(node, LatexGroupNode):
            nodes += node.nodelist
        elif isinstance(node, LatexMacroNode):
            assert node.macroname in HARMLESS
        else:
            assert isinstance(node, LatexCharsNode), node


@given(SPECIAL)
def test_a_text_is_read_as_it_was_written(text: str) -> None:
    # pylatexenc reads TeX's ligatures as fonts set them, so that one that is not broken up would differ.
    assert read_back(latex_text(text)) == _without_controls(text)


@pytest.mark.parametrize("pair", ["--", "''", ",,", "!\u2018", "?\u2018", "---"])
def test_two_characters_that_fonts_join_stay_two(pair: str) -> None:
    assert pair not in latex_text(f"a{pair}b")
    assert read_back(latex_text(pair)) == pair


@pytest.mark.parametrize("text", ["[c]", "*", "[1] a*"])
def test_nothing_at_the_beginning_of_a_row_is_an_argument_to_the_end_of_the_one_before(text: str) -> None:
    assert latex_text(text).startswith("{")


@given(st.text())
def test_a_label_is_a_plain_name(text: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", latex_label(text))
