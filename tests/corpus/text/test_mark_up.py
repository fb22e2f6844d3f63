"""Links and tags in Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.readers import read_file
from quotegrid.corpus.text.mark_up import without_mark_up


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('See [the raft](https://a.example/raft_(old) "A raft").', "See the raft."),
        ("See [the raft][raft].\n\n[raft]: https://a.example\n", "See the raft.\n\n\n"),
        ("[laughs] and [sic] stay, as does [this][that].", "[laughs] and [sic] stay, as does [this][that]."),
        ("![A raft](raft.png)\nJo: Yes.", "\nJo: Yes."),
        (
            "<b>Jo:</b> Yes.<br>\n<b>Len:</b> No.<br/>And <i>then</i>.",
            "**Jo:** Yes.\n**Len:** No.\nAnd *then*.",
        ),
        ('<p align="justify">\nIt sank.\n</p><!-- not said -->', "\nIt sank.\n"),
        ("<Jo> Hello.\n<v Len>No.", "<Jo> Hello.\n<v Len>No."),
        (
            "__Jo__: (_unclear_) sank, a_b_c, _so\non_.",
            "__Jo__: (*unclear*) sank, a_b_c, *so\non*.",
        ),
        ("```\n[a](b) <b>c</b>\n```\n[a](b)", "```\n[a](b) <b>c</b>\n```\na"),
    ],
)
def test_the_words_of_markdown_are_kept_without_addresses_and_tags(written: str, words: str) -> None:
    assert without_mark_up(written)[0] == words


def test_what_is_taken_out_is_counted_and_plain_text_stays(tmp_path: Path) -> None:
    for name, kept in (("a.md", "Jo: The raft.\n"), ("a.txt", "Jo: [The raft](https://a.example).\n")):
        path = tmp_path / name
        path.write_text("Jo: [The raft](https://a.example).\n", encoding="utf-8")
        found = read_file(path)
        assert found.text == kept
        assert found.repairs == ({"Markdown links and tags": 1} if name == "a.md" else {})
