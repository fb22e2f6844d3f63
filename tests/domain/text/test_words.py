from __future__ import annotations

import pytest

from quotegrid.domain.text.words import word_count, word_places


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It\u2019s 2.5 well-known; 1,200 homes.", "It\u2019s 2.5 well known 1,200 homes".split()),
        ("बच्चों को किताबें मिलीं।", ["बच्चों", "को", "किताबें", "मिलीं"]),
        ("می‌دانم که رفت", ["می‌دانم", "که", "رفت"]),
        ("מכתב מצה״ל הגיע", ["מכתב", "מצה״ל", "הגיע"]),
        ("e\u0301te\u0301 passe\u0301", ["e\u0301te\u0301", "passe\u0301"]),
        ("เราไปตลาด", ["เรา", "ไป", "ตลาด"]),
        ("没有人打电话\uff0c5G网络", ["没有", "人", "打电话", "5G", "网络"]),
        ("バスが来ない。", ["バス", "が", "来", "ない"]),
        ("\U00020000打电话 \U0001f642", ["\U00020000", "打电话"]),
        ("학교에서 왔어요", ["학교에서", "왔어요"]),
        (" \u2013 \u2026 ", []),
    ],
)  # fmt: skip
def test_words_are_counted_in_any_script(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_places(text)] == words
    assert word_count(text) == len(words)
