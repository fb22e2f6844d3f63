from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quotegrid.domain.codebook.codes import Code
from quotegrid.suggestions.encoder import HashingEncoder
from quotegrid.suggestions.prior import Material, Recipe, mix_in_questions, score
from quotegrid.suggestions.views import code_views

CODES = (
    Code("quick fix", definition="The money covers up the trouble.", terms=("patch",)),
    Code("long wait", definition="Waiting for an answer or an assessment.", terms=("waiting list",)),
    Code("empty posts", definition="Nobody applies for the jobs.", terms=("vacancy",)),
)


def material(segments: Sequence[Sequence[str]], codes: Sequence[Code] = CODES) -> Material:
    encode = HashingEncoder().encode
    texts = [" ".join(sentences) for sentences in segments]
    views = code_views(codes)
    return Material(
        segment_texts=texts,
        segments=encode(texts),
        sentences=encode([sentence for sentences in segments for sentence in sentences]),
        sentence_of=np.array([row for row, many in enumerate(segments) for _ in many], dtype=np.intp),
        view_list=views,
        views=encode([view.text for view in views]),
        codes=len(codes),
    )


def test_what_shares_a_codes_words_ranks_it_first() -> None:
    made = material([["It is a patch, a quick fix."], ["A waiting list, a long wait."], ["A vacancy again."]])
    assert score(made).total.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_best_sentence_and_view_of_each_code_are_named() -> None:
    made = material([["We talked for hours.", "Then the waiting list.", "It is a patch."]])
    prior = score(made)
    assert prior.best_sentence[0, :2].tolist() == [2, 1]
    assert made.view_list[int(prior.best_view[0, 1])].text == "waiting list"
    assert all(made.view_list[int(view)].code == code for code, view in enumerate(prior.best_view[0]))


def test_a_nearer_do_not_use_when_pushes_away() -> None:
    text = "The garage put an actual patch on the actual tyre."
    against = Code("quick fix", terms=("patch",), do_not_use_when=("An actual patch on an actual tyre.",))
    plain = Code("quick fix", terms=("patch",))
    scores = [
        score(material([[text], ["So."]], [code, *CODES[1:]]), Recipe(lexical=0)).total[0, 0]
        for code in (against, plain)
    ]
    assert scores[0] < scores[1]


def test_one_code_alone_has_no_standing_above_others() -> None:
    assert score(material([["A patch."], ["So."]], CODES[:1])).total.tolist() == [[0.0], [0.0]]


def test_a_question_moves_a_segment_towards_what_was_asked_and_nothing_where_nothing_was() -> None:
    encode = HashingEncoder().encode
    segments = encode(["Yes, since spring.", "Yes, since spring."])
    questions = encode(["Is there a long wait?", "Is there a long wait?"])
    found = mix_in_questions(segments, questions, np.array([True, False]))
    assert np.allclose(np.linalg.norm(found, axis=1), 1)
    assert np.allclose(found[1], segments[1])
    assert found[0] @ questions[0] > segments[0] @ questions[0] + 0.1
    assert found[0] @ segments[0] > 0.9
