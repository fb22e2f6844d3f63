from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.errors import UsageError
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.report.check_claims import CheckedClaim, Verdict, check_claims
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.study.folder import StudyFolder
from tests.reading import read_everything


@pytest.fixture
def coded(study: StudyFolder) -> StudyFolder:
    """Two cases: the head speaks of a quick fix and of the wait, the parent disputes the first."""
    decide_segment(study, 1, Action.APPLY, "quick fix", stance=Stance.SUPPORTS)
    decide_segment(study, 3, Action.APPLY, "long wait")
    decide_segment(study, 5, Action.APPLY, "quick fix", stance=Stance.DISPUTES)
    return read_everything(study)


def checked(study: StudyFolder, folder: Path, *lines: str) -> list[CheckedClaim]:
    draft = folder / "draft.md"
    draft.write_text("\n\n".join(lines), encoding="utf-8")
    return check_claims(study, draft)


@pytest.mark.parametrize(
    ("sentence", "verdict", "why"),
    [
        ("All parents spoke of [[quick fix]].", Verdict.BORNE_OUT, "1 of 1 heard did."),
        ("None of the parents spoke of [[quick fix]].", Verdict.NOT_BORNE_OUT, "1 of 1 heard did."),
        ("One parent disputed [[quick fix]].", Verdict.BORNE_OUT, "1 of 1 heard did."),
        ("All parents agreed with [[quick fix]].", Verdict.NOT_BORNE_OUT, "0 of 1 heard did."),
        ("Nobody in Westhay disputed [[quick fix]].", Verdict.BORNE_OUT, "0 of 1 heard did."),
        ("Both participants spoke of [[Money]].", Verdict.BORNE_OUT, "2 of 2 heard did."),
        ("All parents did not mention [[long wait]].", Verdict.BORNE_OUT, "1 of 1 heard did not."),
        ("One of the 3 participants spoke of [[long wait]].", Verdict.NOT_BORNE_OUT, "2 were heard, not 3"),
        ("All headteachers spoke of [[Families]].", Verdict.BORNE_OUT, "1 of 1 heard did."),
        ("Most plumbers spoke of [[quick fix]].", Verdict.CANNOT_BE_TOLD, 'no group is called "plumbers"'),
        ("Most skool leaders spoke of [[quick fix]].", Verdict.CANNOT_BE_TOLD, "Did you mean school"),
        ("Most parents spoke of [[quik fix]].", Verdict.CANNOT_BE_TOLD, "Did you mean quick fix?"),
        ("Most college leaders spoke of [[quick fix]].", Verdict.CANNOT_BE_TOLD, "nobody was heard"),
        ("Most spoke of [[quick fix]].", Verdict.CANNOT_BE_TOLD, "does not say of whom"),
        ("Most parents disputed [[long wait]].", Verdict.CANNOT_BE_TOLD, "is marked with a stance"),
        ("Most parents who rang spoke of [[quick fix]].", Verdict.CANNOT_BE_TOLD, "some of them only"),
        ("1,004 of the parents spoke of [[quick fix]].", Verdict.NOT_BORNE_OUT, "1 of 1 heard did."),
        (
            "Twenty one of the participants spoke of [[quick fix]].",
            Verdict.NOT_BORNE_OUT,
            "2 of 2 heard did.",
        ),
        (
            "Twenty two of the 2 participants spoke of [[quick fix]].",
            Verdict.NOT_BORNE_OUT,
            "2 of 2 heard did.",
        ),
        ("1,00 of the parents spoke of [[quick fix]].", Verdict.UNREAD, 'the number "1,00" is not read'),
        ("A dozen parents spoke of [[quick fix]].", Verdict.NOT_BORNE_OUT, "1 of 1 heard did."),
        ("One to three participants spoke of [[quick fix]].", Verdict.NOT_BORNE_OUT, "2 of 2 heard did."),
        ("One or two participants spoke of [[quick fix]].", Verdict.BORNE_OUT, "2 of 2 heard did."),
        ("90-100 % of participants spoke of [[quick fix]].", Verdict.BORNE_OUT, "2 of 2 heard did."),
        ("Of the two participants, both spoke of [[quick fix]].", Verdict.BORNE_OUT, "2 of 2 heard did."),
        ("Dozens of parents spoke of [[quick fix]].", Verdict.UNREAD, 'the number "dozens" is not read'),
        ("Dozens of college leaders spoke of [[quick fix]].", Verdict.UNREAD, '"dozens" is not read'),
        ("Parents spoke of [[quick fix]] (1 of 1).", Verdict.UNREAD, '"1 of 1" is not read'),
        ("More on [[quick fix]] below.", Verdict.NO_AMOUNT, "does not say how many"),
    ],
)
def test_a_claim_is_borne_out_or_not_or_cannot_be_told(
    coded: StudyFolder, tmp_path: Path, sentence: str, verdict: Verdict, why: str
) -> None:
    (claim,) = checked(coded, tmp_path, sentence)
    assert (claim.verdict, why in claim.why) == (verdict, True), claim.why


def test_the_counts_the_right_amount_and_the_quotes_are_given(coded: StudyFolder, tmp_path: Path) -> None:
    (claim,) = checked(coded, tmp_path, "All of the participants spoke of [[quick fix]].")
    assert (claim.cases, claim.base, claim.not_coded, claim.fitting) == (2, 2, 0, "both")
    assert [quote.id for quote in claim.quotes_for] == [1]
    assert [quote.id for quote in claim.quotes_against] == [5]
    (claim,) = checked(coded, tmp_path, "One of the participants disputed [[quick fix]].")
    assert [quote.id for quote in claim.quotes_for] == [5]
    assert [quote.id for quote in claim.quotes_against] == [1]


def test_a_claim_with_an_unread_number_has_its_counts_and_quotes(coded: StudyFolder, tmp_path: Path) -> None:
    (claim,) = checked(coded, tmp_path, "Dozens of the participants spoke of [[quick fix]].")
    assert (claim.verdict, claim.cases, claim.base, claim.fitting) == (Verdict.UNREAD, 2, 2, "both")
    assert claim.why == 'the number "dozens" is not read; write it in digits, as in 1004. 2 of 2 heard did.'
    assert [quote.id for quote in claim.quotes_against] == [5]


def test_a_stance_counts_what_is_marked_and_says_what_is_not(coded: StudyFolder, tmp_path: Path) -> None:
    decide_segment(coded, 1, Action.MARK, "quick fix")
    (claim,) = checked(coded, tmp_path, "Both participants disputed [[quick fix]].")
    assert claim.verdict is Verdict.NOT_BORNE_OUT
    assert "1 further case spoke of it without a stance" in claim.why


def test_cases_without_a_code_are_said(study: StudyFolder, tmp_path: Path) -> None:
    read_everything(study)
    decide_segment(study, 1, Action.APPLY, "quick fix")
    (claim,) = checked(study, tmp_path, "One of the participants spoke of [[quick fix]].")
    assert claim.verdict is Verdict.BORNE_OUT
    assert "1 of the 2 have no code yet" in claim.why


def test_claims_have_the_lines_of_their_sentences(coded: StudyFolder, tmp_path: Path) -> None:
    found = checked(
        coded, tmp_path, "# Draft", "One parent\nand one\nheadteacher spoke of [[Money]].", "[[Money]]."
    )
    assert [(claim.line, claim.verdict) for claim in found] == [
        (3, Verdict.BORNE_OUT),
        (3, Verdict.BORNE_OUT),
        (7, Verdict.NO_AMOUNT),
    ]


def test_a_draft_that_is_not_there_is_refused(coded: StudyFolder, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        check_claims(coded, tmp_path / "draft.md")


def test_claims_are_of_the_cases_read_to_the_end(study: StudyFolder, tmp_path: Path) -> None:
    decide_segment(study, 1, Action.APPLY, "quick fix")
    draft = "Both participants spoke of [[quick fix]]."
    (claim,) = checked(study, tmp_path, draft)
    assert claim.verdict is Verdict.CANNOT_BE_TOLD
    assert "nobody of those it speaks of is read to the end" in claim.why
    mark_read(study, ["head.md"])
    (claim,) = checked(study, tmp_path, "All participants spoke of [[quick fix]].")
    assert (claim.verdict, claim.cases, claim.base) == (Verdict.BORNE_OUT, 1, 1)
    assert claim.why == "1 of 1 read did; 1 more is not read to the end and not counted."
    path = tmp_path / "draft.md"
    path.write_text(draft, encoding="utf-8")
    (claim,) = check_claims(study, path, SharesOf.HEARD)
    assert (claim.verdict, claim.cases, claim.base) == (Verdict.NOT_BORNE_OUT, 1, 2)
