from __future__ import annotations

import pytest

from quotegrid.domain.amounts import DEFAULT_SCALE
from quotegrid.domain.claim_subjects import Vocabulary, vocabulary
from quotegrid.domain.claims import Claim, Fault, read_claims
from tests.domain.claim_sentences import SENTENCES, Expected

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


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return vocabulary(GROUPS, PEOPLE, ROLES, AREAS)


def found(claim: Claim) -> Expected:
    """A claim in the form of the test sentences."""
    who = "; ".join(one.label for one in claim.whos)
    if claim.fault in (Fault.NO_AMOUNT, Fault.UNKNOWN_GROUP, Fault.NO_GROUP):
        return (claim.fault.value, claim.phrase or who, "", claim.code, "", False)
    told = "; ".join(said.label for said in claim.amounts) if claim.fault is None else claim.fault.value
    stance = claim.stance.value if claim.stance else ""
    return (told, who, "|".join(claim.areas), claim.code, stance, claim.is_negated)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_sentence_is_read_as_a_careful_reader_reads_it(
    known: Vocabulary, sentence: str, expected: tuple[Expected, ...]
) -> None:
    assert tuple(found(claim) for claim in read_claims(sentence, known, DEFAULT_SCALE)) == expected
