from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.text.number_words import convert_numbers
from quotegrid.domain.report.amounts import DEFAULT_SCALE, Scale, describe_amount
from quotegrid.domain.report.claim_subjects import Vocabulary, vocabulary
from quotegrid.domain.report.claims import Claim, Fault, read_claims
from quotegrid.domain.report.stated_amounts import AmountKind
from tests.domain.report.claim_sentences import SENTENCES, Expected
from tests.domain.report.claim_sentences_second import SECOND
from tests.domain.report.claim_sentences_third import THIRD

GROUPS = {
    "local authority": ("LA", "council", "director of children's services", "head of finance"),
    "school": ("headteacher", "head teacher", "special needs coordinator", "academy"),
    "college": ("principal", "vice principal"),
    "health": ("clinical lead", "health visitor", "therapist"),
    "parent carer forum": ("PCF", "forum chair", "forum co-chair"),
    "parent": ("carer", "mother", "father"),
}
PEOPLE = {
    "local authority": ("local authority leaders",),
    "school": ("school leaders",),
    "college": ("college leaders",),
    "health": ("health professionals",),
    "parent carer forum": ("forum chairs",),
    "parent": ("parents",),
}
ROLES = (("Headteacher", "school"), ("Therapist", "health"), ("Parent", "parent"))
AREAS = dict.fromkeys(("Northmoor", "Calderby", "Eastmere", "Port Wenlow", "Ashcombe Vale"), ())

COUNTS = st.integers(2, 19).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return vocabulary(GROUPS, PEOPLE, ROLES, AREAS)


def found(claim: Claim) -> Expected:
    """A claim in the form of the test sentences."""
    who = "; ".join(subject.label for subject in claim.subjects)
    if claim.fault in (Fault.NO_AMOUNT, Fault.UNKNOWN_GROUP, Fault.NO_GROUP):
        return (claim.fault.value, claim.phrase or who, "", claim.code, "", False)
    told = "; ".join(said.label for said in claim.amounts) if claim.fault is None else claim.fault.value
    stance = claim.stance.value if claim.stance else ""
    return (told, who, "|".join(claim.areas), claim.code, stance, claim.is_negated)


@pytest.mark.parametrize(("sentence", "expected"), [*SENTENCES, *SECOND])
def test_a_sentence_is_read_as_a_careful_reader_reads_it(
    known: Vocabulary, sentence: str, expected: tuple[Expected, ...]
) -> None:
    assert (
        tuple(found(claim) for claim in read_claims(convert_numbers(sentence), known, DEFAULT_SCALE))
        == expected
    )


def test_precision_and_recall_on_all_sentences_stay_what_they_are(known: Vocabulary) -> None:
    right = found_claims = expected_claims = 0
    for sentence, expected in (*SENTENCES, *SECOND, *THIRD):
        claims = {found(claim) for claim in read_claims(convert_numbers(sentence), known, DEFAULT_SCALE)}
        right += len(claims & set(expected))
        found_claims += len(claims)
        expected_claims += len(expected)
    assert right / found_claims >= 0.99
    assert right / expected_claims >= 0.99


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "All parents spoke of [[the wait]], but two of the four disputed it.",
            [
                ("all", "parent", "", "the wait", "", False),
                ("2 of 4", "parent", "", "the wait", "disputes", False),
            ],
        ),
        (
            "Most parents spoke of [[the wait]]; 1 of them disputed it.",
            [
                ("most", "parent", "", "the wait", "", False),
                ("1", "parent", "", "the wait", "disputes", False),
            ],
        ),
        (
            "Most parents spoke of [[the wait]], although their children did not agree.",
            [("most", "parent", "", "the wait", "", False)],
        ),
    ],
)
def test_what_a_later_clause_says_is_said_of_the_same_people_and_code(
    known: Vocabulary, sentence: str, expected: list[Expected]
) -> None:
    assert [
        found(claim) for claim in read_claims(convert_numbers(sentence), known, DEFAULT_SCALE)
    ] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("1,004 of the parents spoke of [[x]].", "1004"),
        ("Twenty two of the 3 parents spoke of [[x]].", "22 of 3"),
        ("A dozen parents spoke of [[x]].", "12"),
        ("Between five and seven of the parents spoke of [[x]].", "5 to 7"),
        ("10\u201315 % of parents spoke of [[x]].", "10 to 15%"),
        ("Of the nine parents, seven spoke of [[x]].", "7 of 9"),
        ("Of our nine parents, most spoke of [[x]].", "most of 9"),
        ("No fewer than three out of every five parents spoke of [[x]].", "at least 3/5"),
        ("Neither the parents nor the school leaders spoke of [[x]].", "none parent none school"),
        ("All parents but two spoke of [[x]].", "restricted"),
        ("All of the parents except two spoke of [[x]].", "restricted"),
    ],
)
def test_numbers_are_read_in_the_forms_that_people_write(
    known: Vocabulary, sentence: str, expected: str
) -> None:
    claims = read_claims(convert_numbers(sentence), known, DEFAULT_SCALE)
    assert all(said.kind is not AmountKind.UNREAD for claim in claims for said in claim.amounts)
    told = [f"{told} {who}" for told, who, *_ in map(found, claims)]
    assert " ".join(told) in (expected, f"{expected} parent")


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("Dozens of parents spoke of [[x]].", "dozens"),
        ("All but a handful of the parents spoke of [[x]].", "all but a handful of"),
        ("Both parents and school leaders spoke of [[x]].", "both"),
        ("Not many parents spoke of [[x]].", "not many"),
        ("Every other parent spoke of [[x]].", "every other"),
        ("Three times as many parents as school leaders spoke of [[x]].", "3 times as many"),
        ("A third to a half of parents spoke of [[x]].", "a third to a half"),
        ("2\u00bd parents spoke of [[x]].", "2\u00bd"),
        (">20 parents spoke of [[x]].", ">20"),
        ("Twenty-odd parents spoke of [[x]].", "20-odd"),
        ("The parents spoke of [[x]] (4/9).", "4/9"),
        ("Parents (7 of 9; 78%) spoke of [[x]].", "7 of 9"),
        ("1.004 parents spoke of [[x]].", "1.004"),
    ],
)
def test_a_number_that_is_not_read_is_said_to_be_so(known: Vocabulary, sentence: str, written: str) -> None:
    claims = read_claims(convert_numbers(sentence), known, DEFAULT_SCALE)
    assert claims
    for claim in claims:
        assert [(said.kind, said.label) for said in claim.amounts] == [(AmountKind.UNREAD, written)]


def test_the_codes_name_is_taken_without_what_is_shown_for_it(known: Vocabulary) -> None:
    (claim,) = read_claims("Most parents spoke of [[the wait|waiting]].", known, DEFAULT_SCALE)
    assert claim.code == "the wait"


def test_words_of_the_studys_own_scale_are_found(known: Vocabulary) -> None:
    scale = Scale({"hardly a soul": (0, 0.5), "the bulk of": (0.5, 1)})
    (claim,) = read_claims("The bulk of the parents spoke of [[the wait]].", known, scale)
    assert claim.amounts[0].words == ("the bulk of",)


@given(st.text(alphabet=st.sampled_from("mostfew all 79of[](),;\u2019-parentslk\n\u0130\u00df"), max_size=60))
def test_any_sentence_can_be_read(text: str) -> None:
    known = vocabulary(GROUPS, PEOPLE, ROLES, AREAS)
    for claim in read_claims(f"{text} [[the wait]] {text}", known, DEFAULT_SCALE):
        assert claim.code


@given(
    st.sampled_from(["school leaders", "parents", "health professionals"]),
    COUNTS,
    st.sampled_from(["spoke of", "disputed", "did not mention"]),
)
def test_what_the_amounts_command_writes_is_read_again_and_holds(
    people: str, counts: tuple[int, int], verb: str
) -> None:
    known = vocabulary(GROUPS, PEOPLE, ROLES, AREAS)
    (claim,) = read_claims(
        convert_numbers(f"{describe_amount(*counts, people)} {verb} [[the wait]]."), known, DEFAULT_SCALE
    )
    assert claim.fault is None
    assert [who.role for who in claim.subjects] == [None]
    assert all(said.holds(*counts, DEFAULT_SCALE) for said in claim.amounts)
    assert claim.is_negated == (verb == "did not mention")
