from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from sqlmodel import select

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.text.normalise import text_hash
from quotegrid.errors import UsageError
from quotegrid.storage.tables import SegmentRow, SourceRow
from quotegrid.suggestions.encoder import HashingEncoder, Vectors
from quotegrid.workflows.coding.decide import decide_segment, decide_suggestion
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.list_suggestions import suggestion_records
from quotegrid.workflows.suggestions.suggest import suggest_codes
from tests.conftest import PARENT


class Stopping(HashingEncoder):
    """Is stopped, as by Ctrl-C, when it is called for the second time."""

    calls = 0

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return super().encode(texts, report)


class Renamed(HashingEncoder):
    """Another model, to the study."""

    @property
    def fingerprint(self) -> str:
        return "another"


def test_each_segment_gets_its_own_code_first(study: StudyFolder) -> None:
    summary = suggest_codes(study, at_least=0.0)
    assert (summary.segments, summary.with_suggestion, summary.suggestions, summary.codes) == (5, 5, 15, 3)
    first = {record["segment"]: record["code"] for record in suggestion_records(study) if record["rank"] == 1}
    assert first == {1: "quick fix", 2: "room to plan", 3: "long wait", 4: "long wait", 5: "quick fix"}


def test_evidence_lies_inside_its_segment(suggested: StudyFolder) -> None:
    for record in suggestion_records(suggested):
        for part in (record["evidence"]["sentence"], record["evidence"]["phrase"]):
            if part is not None:
                assert part["text"] in record["text"]
                assert record["evidence"]["sentence"]["start"] <= part["start"] < part["end"]


class Listening(HashingEncoder):
    """Keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        self.heard += texts
        return super().encode(texts, report)


def test_what_is_not_speech_is_kept_in_the_text_and_not_embedded(empty_study: StudyFolder) -> None:
    said = (
        "Months on a waiting [phone rings] list. [laughs] It is (inaudible 00:03) a quick fix [I: mm], that."
    )
    path = empty_study.root / "corpus" / "ray.txt"
    path.write_text(f"I: How long?\n\nP1: {said}\n\nI: So?\n\nP1: [long pause]\n", encoding="utf-8")
    import_sources(empty_study, [path], ReadingOptions())
    encoder = Listening()
    summary = suggest_codes(empty_study, at_least=0.0, encoder=encoder)
    assert (summary.segments, summary.with_suggestion) == (2, 1)
    assert {"Months on a waiting list. It is a quick fix, that.", "It is a quick fix, that."} <= set(
        encoder.heard
    )
    assert not [text for text in encoder.heard if "[" in text or "(" in text]
    records = suggestion_records(empty_study)
    assert {record["text"] for record in records} == {said}
    assert {record["segment"] for record in records} == {1}
    with empty_study.reading_session() as session:
        (source,) = session.exec(select(SourceRow))
        first = session.get_one(SegmentRow, 1)
    assert first.text_hash == text_hash("Months on a waiting list. It is a quick fix, that.")
    for record in records:
        for part in (record["evidence"]["sentence"], record["evidence"]["phrase"]):
            assert part is None or source.text[part["start"] : part["end"]] == part["text"]
    waited = next(record for record in records if record["code"] == "long wait")
    assert waited["evidence"]["phrase"]["text"] == "waiting [phone rings] list"


def test_a_study_in_which_nothing_is_said_says_so(empty_study: StudyFolder) -> None:
    path = empty_study.root / "corpus" / "ray.txt"
    path.write_text("I: How long?\n\nP1: [laughs]\n\nI: So?\n\nP1: (...)\n", encoding="utf-8")
    import_sources(empty_study, [path], ReadingOptions())
    with pytest.raises(UsageError, match="nothing is said in any passage"):
        suggest_codes(empty_study)


def test_nothing_is_embedded_twice_and_models_never_mix(study: StudyFolder) -> None:
    first = suggest_codes(study)
    again = suggest_codes(study)
    assert (first.reused, again.embedded, again.reused) == (0, 0, first.embedded)
    other = suggest_codes(study, encoder=Renamed())
    assert (other.model, other.embedded) == ("another", first.embedded)


def test_being_stopped_half_way_loses_no_vector_and_changes_no_suggestion(suggested: StudyFolder) -> None:
    before = suggestion_records(suggested)
    body = "".join(f"RAY MOSS: Answer number {n}.\n\nINTERVIEWER: Yes?\n\n" for n in range(600))
    file = suggested.root / "corpus" / "long.txt"
    file.write_text(PARENT.split("INTERVIEWER: How")[0] + body, encoding="utf-8")
    import_sources(suggested, [file], ReadingOptions())
    with pytest.raises(KeyboardInterrupt):
        suggest_codes(suggested, encoder=Stopping())
    assert suggestion_records(suggested) == before
    summary = suggest_codes(suggested, at_least=0.0)
    # The question is embedded too, once for all answers.
    assert summary.embedded == 600 + 1 - 512
    assert summary.segments == 605


def test_decisions_stay_when_codes_are_suggested_again(suggested: StudyFolder) -> None:
    before = {record["id"]: record["code"] for record in suggestion_records(suggested)}
    decide_suggestion(suggested, 1, Action.ACCEPT)
    decide_suggestion(suggested, 2, Action.REJECT)
    suggest_codes(suggested, at_least=0.0)
    every = {record["id"]: record for record in suggestion_records(suggested, include_decided=True)}
    assert (every[1]["decision"], every[2]["decision"]) == ("accept", "reject")
    assert {number: record["code"] for number, record in every.items()} == before


def test_a_decided_suggestion_is_kept_when_it_would_not_be_made_any_more(suggested: StudyFolder) -> None:
    decide_suggestion(suggested, 1, Action.REJECT)
    summary = suggest_codes(suggested, at_least=1.0)
    kept = suggestion_records(suggested, include_decided=True)
    assert [(record["id"], record["decision"]) for record in kept] == [(1, "reject")]
    assert (summary.suggestions, summary.with_suggestion) == (1, 1)


def test_the_nearest_confirmed_quote_is_evidence(suggested: StudyFolder) -> None:
    decide_segment(suggested, 3, Action.ACCEPT, "long wait")
    suggest_codes(suggested, at_least=0.0)
    nearest = {
        record["segment"]: record["evidence"]["nearest"]
        for record in suggestion_records(suggested)
        if record["code"] == "long wait"
    }
    assert nearest[4] == 3


def test_progress_is_reported_to_its_end(study: StudyFolder) -> None:
    steps: list[tuple[str, int, int]] = []
    summary = suggest_codes(study, report=lambda *step: steps.append(step))
    assert ("Embedding", summary.embedded, summary.embedded) in steps
    assert steps[-1] == ("Scoring", 1, 1)


def test_without_codes_or_segments_nothing_is_suggested(empty_study: StudyFolder) -> None:
    with pytest.raises(UsageError, match="there are no passages yet"):
        suggest_codes(empty_study)
    empty_study.codebook_path.write_text("themes: []\n", encoding="utf-8")
    with pytest.raises(UsageError, match="the codebook has no codes yet"):
        suggest_codes(empty_study)
