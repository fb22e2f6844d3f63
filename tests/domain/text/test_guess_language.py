from __future__ import annotations

import pytest

from quotegrid.domain.text.guess_language import guess_language
from quotegrid.domain.text.languages import NAMES, STEMMERS, count_languages, parse_language

GERMAN = "Wir haben den ganzen Winter auf einen Brief gewartet, und niemand hat gesagt, wie lange noch.\n"
ENGLISH = "We waited all winter for a letter, and nobody told us how much longer it would take.\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (ENGLISH, "en"),
        ("Nous avons attendu une lettre tout l'hiver, et personne ne nous a rien dit.", "fr"),
        ("हमने पूरी सर्दी एक चिट्ठी का इंतज़ार किया और किसी ने हमें कुछ नहीं बताया।", "hi"),
        ("เราอยู่ที่นี่มานานแล้วแต่ไม่มีใครบอกอะไรเราเลยสักครั้งเดียว", "th"),
        ("我们整个冬天都在等一封信,可是没有人告诉我们还要等多久。", "zh"),
        ("Ja. Genau so.", None),
        ("", None),
        ("[00:01] 1234 -- 5678 " * 40, None),
    ],
)
def test_a_language_is_guessed_or_not_known(text: str, language: str | None) -> None:
    assert guess_language(text) == language


def test_a_file_in_several_languages_has_that_of_most_of_it() -> None:
    assert guess_language(GERMAN * 40 + ENGLISH * 10) == "de"
    assert guess_language(ENGLISH * 40 + GERMAN * 10) == "en"


def test_languages_are_given_by_name_or_code() -> None:
    for text, language in (
        ("German", "de"),
        (" pt-BR", "pt"),
        ("DE", "de"),
        ("en_GB", "en"),
        ("Elvish", None),
    ):
        assert parse_language(text) == language
    assert set(STEMMERS) <= set(NAMES)


def test_languages_are_counted_by_name() -> None:
    found = count_languages(["th", "de", None, "de"])
    assert list(found.items()) == [("German", 2), ("Thai", 1)]
