from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid import __version__
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.report.make_report import make_report
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.workflows.report.test_make_report import large

__all__ = ["large"]


@pytest.mark.parametrize(("several", "said"), [(1, "Some cases"), (0, "Nobody"), (4, "4 cases")])
def test_a_publication_does_not_count_few_who_were_heard_again(
    large: StudyFolder, tmp_path: Path, several: int, said: str
) -> None:
    for number in range(several):
        (tmp_path / f"again{number}.md").write_text(
            f"---\ninterviewer: Jo Field\nparticipant: Zacharias Quillp{number}\ngroup: parent\n"
            f"area: Westhay\n---\n\n**Jo Field:** Again?\n\n**Zacharias Quillp{number}:** Again, {number}.\n"
        )
        import_sources(large, [tmp_path / f"again{number}.md"], ReadingOptions())
    answer = make_report(large, publish=True).report.method[17].answer
    assert answer is not None
    assert answer.startswith(said)
    assert (
        make_report(large).report.method[17].answer
        != "Some cases speak in more than one source; how many is withheld."
    )


def test_the_method_says_how_far_two_coders_agree(
    large: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [quote.id for quote in all_quotes(large)][:8]
    for coder, rejects in (("ana", 2), ("bo", 3)):
        monkeypatch.setenv("QUOTEGRID_CODER", coder)
        study = open_study(large.root)
        for place, number in enumerate(numbers):
            action = Action.REMOVE if place < rejects else Action.APPLY
            decide_segment(study, number, Action.APPLY, "long wait")
            if action is Action.REMOVE:
                decide_segment(study, number, Action.REMOVE, "long wait")
    answer = make_report(large).report.method[23].answer
    assert answer is not None
    assert answer.startswith(
        "2 coders: ana and bo agree on 7 of 8 decisions that both made (Cohen's kappa 0.7"
    )
    unanswered = [item.number for item in make_report(large).report.method if item.answer is None]
    assert unanswered == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 17, 19, 21, 22, 23, 28, 30, 31, 32]


def test_the_sample_the_software_and_the_derivation_are_told(large: StudyFolder) -> None:
    numbers = [quote.id for quote in all_quotes(large)]
    for number in numbers[:3]:
        decide_segment(large, number, Action.APPLY, "rain")
    decide_segment(large, numbers[4], Action.REJECT, "rain")
    answers = {item.number: item.answer or "" for item in make_report(large).report.method}
    assert answers[1] == "In the transcripts those who ask are called Jo Field."
    assert answers[12] == "17 cases in 18 sources."
    assert answers[16].startswith("5 stakeholder groups in 1 area;")
    assert answers[25].startswith("3 themes and 5 codes below them")
    assert "0 accepted and 1 rejected" in answers[26]
    assert "3 applied one by hand" in answers[26]
    assert answers[27].startswith(f"quotegrid {__version__}; ")
    assert "each with its attribution and its number" in answers[29]
    published = {item.number: item.answer for item in make_report(large, publish=True).report.method}
    assert published[1] is None
    assert "several cases share" in (published[29] or "")
