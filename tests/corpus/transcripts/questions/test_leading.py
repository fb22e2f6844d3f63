"""The speaker who leads a talk in which few questions have a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.transcripts.questions.conducting import calls_themselves_interviewer, leads
from tests.corpus.transcripts.invented import asking, read, talk, unsure

UNMARKED = (
    "Thank you for joining me, so first of all tell me about the ferry.",
    "It was a raft with one rope, and we pulled it across by hand, every day but Sunday, for eleven years.",
    "Okay. And how did that work in winter.",
    "The river froze in January, then the children walked over and we had nothing to do but mend the rope.",
    "Mm-hmm.",
    "And in spring the ice took the landing stage with it, so we built it again, which cost a whole month.",
    "My last question is about the bridge.",
    "It came in May. Nobody asked us, and the raft lay on the bank until somebody burnt it for the wood.",
)


def test_who_leads_the_talk_in_words_asks_and_is_listed(tmp_path: Path) -> None:
    found = read(tmp_path, talk("{who}: {words}\n\n", "Lena", "Ray", words=UNMARKED))
    assert asking(found) == [True, False] * 4
    assert any("leads the talk and is taken" in line for line in unsure(found))
    kept = read(tmp_path, talk("{who}: {words}\n\n", "Lena", "Ray", words=UNMARKED), participant="Lena")
    assert asking(kept) == [False] * 8


def test_questions_in_words_show_who_asks_where_nobody_types_a_mark(tmp_path: Path) -> None:
    words = (
        "Sudah berapa lama ibu berjualan di pasar ini",
        "Sudah lima belas tahun, waktu pasar ini baru dibuka. Dulu masih sepi sekali.",
        "Apa saja yang ibu jual setiap hari",
        "Sayur, tempe, tahu, kadang ikan kalau ada yang titip dari pelabuhan.",
        "Bagaimana cara ibu mencatat penjualan",
        "Pakai buku saja, anak saya yang hitung malam hari di rumah.",
    )
    assert (
        asking(read(tmp_path, talk("{who}: {words}\n", "Sari", "Wati", words=words), language="id"))
        == [True, False] * 3
    )


def test_people_who_talk_alike_are_no_interviewers(tmp_path: Path) -> None:
    words = (
        "The raft was ours.",
        "It was mine.",
        "Was it, though?",
        "It was.",
        "So we sold it.",
        "And then?",
    ) * 2
    assert not any(asking(read(tmp_path, talk("{who}: {words}\n\n", "Lena", "Ray", words=words))))


@pytest.mark.parametrize(
    ("words", "is_leading"),
    [
        ("The next question is about the rope.", True),
        ("Thanks for coming in today.", True),
        ("Die nächste Frage betrifft das Seil.", True),
        ("La última pregunta es esta.", True),
        ("下一个问题是关于绳子的。", True),
        ("The rope was the question, I suppose.", False),
        ("We came in a boat.", False),
    ],
)
def test_some_phrases_are_those_of_who_leads(words: str, is_leading: bool) -> None:
    assert leads(words) is is_leading


def test_somebody_may_say_that_they_are_the_interviewer() -> None:
    assert calls_themselves_interviewer("Hi. I'm Kit Moss and I'll be the second interviewer.")
    assert not calls_themselves_interviewer("I saw the interviewer on the raft.")
