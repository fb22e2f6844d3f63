from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.text.search_form import forms, search_form, stems


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain text", "plain text"),
        ("sta\ufb00 o\ufb03ce \ufb02oor", "staff office floor"),
        ("sœur Straße Łask Ærø Đuro", "soeur Strasse lask aero duro"),
        ("\uff21\uff22\uff11\uff12 \uff8a\uff9f\uff9d", "AB12  パ  ン "),
        ("图书馆 ABC", " 图  书  馆  ABC"),
        ("น้ำ", " น้  ำ "),
        ("학교", " 학  교 "),
        ("כָּתַב كِتَـاب", "כתב كتاب"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert forms(text) == folded


def test_words_are_stemmed_by_their_language() -> None:
    assert stems("die Häuser der Gemeinden", "de") == "die haus der gemeind"
    assert stems("the houses", "en") is stems("the houses", None) is stems(" 图  书 ", "zh") is None


def test_places_lead_back_to_the_original() -> None:
    text = "Die sta\ufb00lichen Häuser 图书"
    form = search_form(text, "de", stemmed=True)
    for stem, original in (("stafflich", "sta\ufb00lichen"), ("haus", "Häuser"), ("书", "书")):
        start = form.text.index(stem)
        first, last = form.original(start, start + len(stem))
        assert text[first:last] == original


@given(text=st.text(), language=st.sampled_from([None, "de", "ar", "hi"]))
def test_the_form_with_places_is_the_indexed_form(text: str, language: str | None) -> None:
    folded = forms(text)
    assert search_form(text, language).text == folded
    form = search_form(text, language, stemmed=True)
    assert form.text == (stems(folded, language) if language else folded)
    assert len(form.text) == len(form.starts) == len(form.ends)
