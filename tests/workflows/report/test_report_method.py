from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid import __version__
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.matrix.read_cases import SharesOf
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
    answer = make_report(large, publish=True, of=SharesOf.HEARD).report.checklists[0].items[17].answer
    assert answer is not None
    assert answer.startswith(said)
    assert (
        make_report(large).report.checklists[0].items[17].answer
        != "Some cases speak in more than one source; how many is withheld."
    )


def test_the_method_says_what_several_coders_decided_on_and_measures_no_agreement(
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
    answer = make_report(large).report.checklists[0].items[23].answer
    assert answer == "2 coders; more than one of them decided on 8 passages."
    unanswered = [
        item.number for item in make_report(large).report.checklists[0].items if item.answer is None
    ]
    assert unanswered == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 17, 19, 21, 22, 23, 28, 30, 31, 32]


def test_the_sample_the_software_and_the_derivation_are_told(large: StudyFolder) -> None:
    numbers = [quote.id for quote in all_quotes(large)]
    for number in numbers[:3]:
        decide_segment(large, number, Action.APPLY, "rain")
    decide_segment(large, numbers[4], Action.REJECT, "rain")
    answers = {item.number: item.answer or "" for item in make_report(large).report.checklists[0].items}
    assert answers[1] == "In the transcripts those who ask are called Jo Field."
    assert answers[12] == "17 cases in 18 sources."
    assert answers[16].startswith("5 stakeholder groups in 1 area;")
    assert answers[25].startswith("3 themes and 5 codes below them")
    assert "0 accepted and 1 rejected" in answers[26]
    assert "3 applied one by hand" in answers[26]
    assert answers[27].startswith(f"quotegrid {__version__}; ")
    assert "each with its attribution and its number" in answers[29]
    published = {
        item.number: item.answer
        for item in make_report(large, publish=True, of=SharesOf.HEARD).report.checklists[0].items
    }
    assert published[1] is None
    assert "several cases share" in (published[29] or "")


def test_srqr_is_filled_in_where_the_study_knows_and_asks_the_rest(large: StudyFolder) -> None:
    numbers = [quote.id for quote in all_quotes(large)]
    decide_segment(large, numbers[0], Action.APPLY, "rain")
    checklist = make_report(large).report.checklists[1]
    answers = {item.number: item.answer for item in checklist.items if item.answer is not None}
    assert list(answers) == [12, 13, 14, 15, 17]
    assert answers[12].startswith("17 cases in 18 sources. 5 stakeholder groups in 1 area;")
    assert f"{len(numbers)} in all" in answers[13]
    assert "replaced" not in answers[13]
    assert "1 applied one by hand" in answers[14]
    assert "1 coder. quotegrid" in answers[14]
    assert "1 so far" in answers[15]
    published = make_report(large, publish=True, of=SharesOf.HEARD).report.checklists[1].items[12].answer
    assert published is not None
    assert published.endswith("Names and withheld words are replaced in this report.")
