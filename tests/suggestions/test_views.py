from __future__ import annotations

from quotegrid.domain.codebook.codes import Code
from quotegrid.suggestions.views import SegmentText, ViewKind, code_views


def test_a_code_is_all_of_its_texts() -> None:
    full = Code(
        "quick fix",
        definition="Covers up.",
        use_when=("One.", "Two."),
        do_not_use_when=("Repairs.",),
        examples=("A patch.",),
        terms=("patch",),
    )
    views = code_views([Code("bare"), full])
    assert [(view.code, view.kind, view.text) for view in views] == [
        (0, ViewKind.DEFINITION, "bare"),
        (0, ViewKind.NAME, "bare"),
        (1, ViewKind.DEFINITION, "quick fix: Covers up."),
        (1, ViewKind.NAME, "quick fix"),
        (1, ViewKind.USE_WHEN, "One."),
        (1, ViewKind.USE_WHEN, "Two."),
        (1, ViewKind.EXAMPLE, "A patch."),
        (1, ViewKind.TERM, "patch"),
        (1, ViewKind.DO_NOT_USE_WHEN, "Repairs."),
    ]


def test_a_segments_sentences_are_cut_at_their_offsets() -> None:
    assert SegmentText(1, "It is. So is this.", 40, ((0, 6), (7, 18))).sentence_texts() == [
        "It is.",
        "So is this.",
    ]
