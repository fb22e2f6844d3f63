"""The items that a report on interviews should state about its method.

The items are those of COREQ (Tong, Sainsbury and Craig, Consolidated criteria for reporting qualitative
research, International Journal for Quality in Health Care 19, 2007), in our own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MethodItem:
    """An item of the checklist."""

    number: int
    topic: str
    question: str
    answer: str | None = None
    """The answer from the study's data; None if only its researchers can give it."""


_QUESTIONS = (
    ("Who asked", "Who led the interviews or groups?"),
    ("Their qualifications", "What qualifications do the researchers have?"),
    ("Their work", "What was their occupation at the time?"),
    ("Their gender", "What gender are they, where that matters?"),
    ("Their training", "What experience and training do they have?"),
    ("Acquaintance", "Did they know the participants before the study began?"),
    ("What participants knew", "What did the participants know of the researchers and of their reasons?"),
    ("What shaped the asking", "What assumptions, interests and biases did those who asked bring along?"),
    ("Orientation", "What methodological orientation does the study follow?"),
    ("Sampling", "How were the participants chosen?"),
    ("Approach", "How were they approached?"),
    ("Sample", "How many took part?"),
    ("Refusals", "How many refused or dropped out, and why?"),
    ("Setting", "Where were the data collected?"),
    ("Others present", "Was anybody else there?"),
    ("Who took part", "What are the important characteristics of the sample?"),
    ("Guide", "Which questions and prompts were used, and were they tried out first?"),
    ("Repeated interviews", "Was anybody interviewed more than once?"),
    ("Recording", "Was it recorded, in sound or picture?"),
    ("Field notes", "Were notes made during or after?"),
    ("Length", "How long did it take?"),
    ("Saturation", "Was it discussed whether more interviews would add anything?"),
    ("Transcripts returned", "Did participants see their transcripts and comment on them?"),
    ("Coders", "How many coded the data, and how far do they agree?"),
    ("Coding tree", "Is the coding tree described?"),
    ("Derivation of themes", "Were the themes set beforehand or found in the data?"),
    ("Software", "What software was used?"),
    ("Participants' check", "Did participants comment on the findings?"),
    ("Quotes", "Are themes and findings borne out by quotes, and is each identified?"),
    ("Consistency", "Do the data and the findings fit each other?"),
    ("Major themes", "Are the major themes clear?"),
    ("Minor themes", "Are diverse cases and minor themes described?"),
)


def method_items(answers: Mapping[int, str]) -> list[MethodItem]:
    """Return all 32 items in their order.

    Args:
        answers: The answers known from the study, by the number of the item.
    """
    return [
        MethodItem(number, topic, question, answers.get(number))
        for number, (topic, question) in enumerate(_QUESTIONS, start=1)
    ]
