"""Questions behind dashes, answers in quotation marks, and questions among long answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.transcripts.blocks import blocks_of
from quotegrid.corpus.transcripts.questions.signs import dash_of_questions, quoted_answers
from tests.corpus.transcripts.invented import FERRY, asking, read, said

PAIRS = list(zip(FERRY[::2], FERRY[1::2], strict=True))


@pytest.mark.parametrize("dash", ["\u30fc", "\u2015\u2015", "\u2500\u2500"])
def test_questions_alone_stand_behind_a_dash_as_magazines_in_japan_print_them(
    dash: str, tmp_path: Path
) -> None:
    asked = ["渡し船はどう始まったのですか。", "誰が払いましたか。", "その後は。", "終わりでしたか。"]
    answers = ["綱一本と筏からです。", "製粉所が一年ほど。", "誰も払わず沈みました。", "十年はそうでした。"]
    text = "".join(
        f"{dash}{question}\n\n{answer}\n\n" for question, answer in zip(asked, answers, strict=True)
    )
    found = read(tmp_path, text)
    assert [words for _, words in said(found)] == [
        words for pair in zip(asked, answers, strict=True) for words in pair
    ]
    assert asking(found) == [True, False] * 4


def test_a_dash_before_answers_too_or_before_nothing_that_asks_is_no_sign_of_questions() -> None:
    both = "".join(f"- {question}\n\n- {answer}\n\n" for question, answer in PAIRS)
    told = "".join(f"- {answer}\n\n{question}\n\n" for question, answer in PAIRS)
    for text in (both, told):
        assert dash_of_questions(text, blocks_of(text, 0, len(text))) is None


def test_an_answer_in_quotation_marks_may_end_in_a_question(tmp_path: Path) -> None:
    pairs = [*PAIRS[:3], (PAIRS[3][0], "For ten years, wasn't it?"), *PAIRS]
    text = "".join(f"{question}\n\n\u201c{answer}\u201d\n\n" for question, answer in pairs)
    found = read(tmp_path, text)
    assert asking(found) == [True, False] * len(pairs)
    assert len(quoted_answers(text, blocks_of(text, 0, len(text)))) == len(pairs)


def test_answers_without_quotation_marks_have_none() -> None:
    text = "".join(f"{question}\n\n{answer}\n\n" for question, answer in PAIRS)
    assert quoted_answers(text, blocks_of(text, 0, len(text))) == frozenset()


def test_questions_are_told_among_answers_of_many_paragraphs_and_lists(tmp_path: Path) -> None:
    more = "".join(f"A long line {number} about the ropes of the raft.\n\n" for number in range(5))
    pairs = [*PAIRS, ("Who steered it?", "My aunt did.")]
    text = "".join(f"{question}\n\n{answer}\n\n{more}" for question, answer in pairs)
    found = read(tmp_path, text, kind=None)
    assert [words for label, words in said(found) if label] == [question for question, _ in pairs]
    assert asking(found) == [True, False] * 5


def test_an_essay_that_asks_now_and_then_is_no_talk(tmp_path: Path) -> None:
    lines = [
        f"The raft of {year} sank. Why did nobody mend it? Nobody knows, and few care today."
        for year in range(1900, 1930)
    ]
    assert len(read(tmp_path, "\n\n".join(lines)).source.turns) == 1
