from __future__ import annotations

from dataclasses import replace

from quotegrid.suggestions.suggest import Suggestion, suggest
from quotegrid.suggestions.views import SegmentText
from tests.suggestions.test_prior import CODES, material

SEGMENTS = (
    ("They said it was fine.", "It is not a quick fix, nobody says that."),
    ("A waiting list.", "A long wait."),
    ("Well, hello.",),
)


def texts(start: int = 100) -> list[SegmentText]:
    made = []
    for number, sentences in enumerate(SEGMENTS):
        text, spans = "", []
        for sentence in sentences:
            text += " " if text else ""
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence
        made.append(SegmentText(number, text, start * number, tuple(spans)))
    return made


def made(threshold: float = 0.0, per_segment: int = 3, **decided: dict[int, list[int]]) -> list[Suggestion]:
    return suggest(
        texts(),
        CODES,
        material(SEGMENTS),
        decided.get("accepted", {}),
        decided.get("rejected", {}),
        threshold=threshold,
        per_segment=per_segment,
    )


def test_each_segment_gets_its_best_codes_in_order() -> None:
    found = made(per_segment=2)
    assert [(suggestion.segment, suggestion.rank) for suggestion in found] == [
        (0, 1),
        (0, 2),
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    ]
    assert [suggestion.code for suggestion in found if suggestion.rank == 1][:2] == [0, 1]
    for first, second in zip(found[::2], found[1::2], strict=True):
        assert first.score >= second.score


def test_below_the_threshold_nothing_is_said() -> None:
    scores = [suggestion.score for suggestion in made()]
    # Scores are rounded to four places, chances are not: the threshold stands between two scores.
    middle = sorted(scores)[len(scores) // 2] - 0.00005
    assert [suggestion.score for suggestion in made(threshold=middle)] == [
        score for score in scores if score >= middle
    ]
    assert made(threshold=1.0) == []


def test_evidence_stands_at_its_place_in_the_source() -> None:
    evidence = made()[0].evidence
    sentence, phrase = evidence["sentence"], evidence["phrase"]
    segment = texts()[0]
    assert segment.text[sentence["start"] : sentence["end"]] == sentence["text"] == SEGMENTS[0][1]
    assert segment.text[phrase["start"] : phrase["end"]] == phrase["text"] == "quick fix"
    assert "negated" in evidence["flags"]
    later = made()[3].evidence["sentence"]
    assert later["start"] >= 100


def test_the_nearest_confirmed_segment_is_another_one() -> None:
    found = {
        (suggestion.segment, suggestion.code): suggestion.evidence["nearest"]
        for suggestion in made(accepted={1: [1]})
    }
    assert found[1, 1] is None
    assert found[0, 1] == 1
    assert found[0, 0] is None


def test_rejections_lower_the_chances_of_all_suggestions() -> None:
    plain = suggest(texts(), CODES, material(SEGMENTS), {}, {}, threshold=0, per_segment=3)
    answered = [(0, code, False) for code in range(3)] * 4
    after = suggest(texts(), CODES, material(SEGMENTS), {}, {}, answered, threshold=0, per_segment=3)
    chance = {(suggestion.segment, suggestion.code): suggestion.score for suggestion in plain}
    assert all(suggestion.score < chance[suggestion.segment, suggestion.code] for suggestion in after)


def test_nothing_to_code_or_to_code_with_gives_nothing() -> None:
    assert suggest([], CODES, material([["So."]]), {}, {}, threshold=0, per_segment=3) == []
    single = [replace(texts()[2], id=0)]
    assert suggest(single, [], material([["So."]]), {}, {}, threshold=0, per_segment=3) == []
