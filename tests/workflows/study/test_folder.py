from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import CodebookError, NoStudyError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.list_codes import code_records
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.suggestions.list_suggestions import suggestion_records
from tests.conftest import CODEBOOK

ON_BOTH_ENGINES = True


def test_the_nearest_study_above_a_folder_is_opened(study: StudyFolder) -> None:
    inner = study.root / "corpus" / "wave1"
    inner.mkdir()
    assert open_study(inner).root == study.root
    (study.root / "corpus" / "quotegrid.toml").write_text('[study]\nname = "Inner"\n', encoding="utf-8")
    assert open_study(inner).settings.name == "Inner"


def test_a_folder_without_a_study_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoStudyError, match="there is no study in"):
        open_study(tmp_path / "not" / "there")


def test_a_changed_codebook_is_read_again(study: StudyFolder) -> None:
    study.codebook_path.write_text(CODEBOOK.replace("long wait", "slow answer"), encoding="utf-8")
    assert [code.name for code in current_codebook(study).assignable()] == [
        "quick fix",
        "room to plan",
        "slow answer",
    ]
    assert decide_segment(study, 4, Action.APPLY, "slow answer").code == "slow answer"


def test_a_code_that_left_the_codebook_stays_in_the_log_and_comes_back(suggested: StudyFolder) -> None:
    decide_segment(suggested, 1, Action.ACCEPT, "quick fix")
    kept = [record for record in suggestion_records(suggested) if record["code"] != "quick fix"]
    without = (
        CODEBOOK[: CODEBOOK.index("      - name: quick fix")]
        + CODEBOOK[CODEBOOK.index("      - name: room") :]
    )
    suggested.codebook_path.write_text(without, encoding="utf-8")
    assert suggestion_records(suggested) == kept
    assert "quick fix" not in [record["name"] for record in code_records(suggested)]
    assert [record["code"] for record in decision_records(suggested)] == ["quick fix"]
    suggested.codebook_path.write_text(CODEBOOK, encoding="utf-8")
    assert [quote.id for quote in list_quotes(suggested, codes=["quick fix"])] == [1]


def test_a_missing_codebook_is_named(study: StudyFolder) -> None:
    study.codebook_path.unlink()
    with pytest.raises(CodebookError, match=r"codebook\.yaml: there is no codebook here"):
        current_codebook(study)


def test_a_failed_transaction_leaves_nothing_and_lets_the_next_writer_in(study: StudyFolder) -> None:
    from quotegrid.storage.coding.decision_log import coder_names
    from quotegrid.storage.coding.decisions import coder_id

    with pytest.raises(RuntimeError, match="half-way"), study.writing_session("testing") as session:
        coder_id(session, "somebody")
        raise RuntimeError("half-way")
    assert not (study.root / "quotegrid.db.writer").exists()
    other = open_study(study.root)
    with other.writing_session("testing") as session:
        assert coder_id(session, "somebody else")
        assert coder_names(session) == ["somebody else"]
    other.close()


def test_the_writer_waits_for_nobody_inside_itself(study: StudyFolder) -> None:
    from quotegrid.storage.coding.decisions import coder_id

    with study.writing("outer"), study.writing_session("inner") as session:
        assert coder_id(session, "tester") == 1
    with study.reading_session() as session:
        assert coder_id(session, "tester") == 1


def test_the_codebook_is_the_same_whether_it_was_just_read_or_not(empty_study: StudyFolder) -> None:
    empty_study.codebook_path.write_text(
        "codes:\n  - Money\n  - other\n  - name: fix\n    parent: money\n", encoding="utf-8"
    )
    first, second = current_codebook(empty_study), current_codebook(empty_study)
    assert first == second
    assert first.hash() == second.hash()
    assert [(code.name, code.parent) for code in first.codes] == [
        ("Money", None),
        ("fix", "Money"),
        ("other", None),
    ]
