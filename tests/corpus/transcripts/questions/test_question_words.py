"""Questions told by their words, language by language."""

from __future__ import annotations

import pytest

from quotegrid.corpus.transcripts.questions.question_words import asks_in_words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Okay. And how did you come to the ferry."),
        ("en", "Tell me about the raft."),
        ("de", "Und wie sind Sie zur Fähre gekommen."),
        ("fr", "Parlez-nous de la barque."),
        ("es", "Y cómo llegaste al río"),
        ("pt", "Como é que começou."),
        ("it", "Mi racconti della zattera."),
        ("nl", "Hoe ben je daar gekomen"),
        ("pl", "Czy był pan na promie"),
        ("ru", "Расскажите нам про реку"),
        ("id", "Bagaimana ibu mencatat penjualan"),
        ("tr", "Köprüyü gördünüz mü"),
        ("hi", "और नाव किसने बनाई थी"),
        ("zh", "你喜欢这条河吗"),
        ("ja", "いつからここで働いていますか。"),
        ("ko", "언제부터 일하셨나요"),
        ("th", "คุณชอบแม่น้ำไหมคะ"),
        ("ar", "هل تحب النهر"),
        ("nb", "Hvordan begynte det"),
    ],
)
def test_words_ask_in_the_language_of_the_talk(language: str, words: str) -> None:
    assert asks_in_words(words, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "We rowed across the river and the rope held."),
        ("ja", "十年前からです。"),
        ("tr", "Köprü yoktu, sal battu."),
        (None, "And how did you come here."),
        ("yo", "And how did you come here."),
    ],
)
def test_words_that_tell_do_not_ask_nor_do_those_of_a_language_that_is_not_known(
    language: str | None, words: str
) -> None:
    assert not asks_in_words(words, language)
