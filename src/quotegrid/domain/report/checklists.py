"""The items that checklists ask a report of qualitative research to state, in our own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MethodItem:
    """An item of a checklist."""

    number: int
    topic: str
    question: str
    answer: str | None = None
    """The answer from the study's data; None if only its researchers can give it."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist with the answers that a study's data give."""

    name: str
    title: str
    source: str
    """Its authors and year."""
    items: Sequence[MethodItem]


_COREQ = (
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
    ("Coders", "How many coded the data?"),
    ("Coding tree", "Is the coding tree described?"),
    ("Derivation of themes", "Were the themes set beforehand or found in the data?"),
    ("Software", "What software was used?"),
    ("Participants' check", "Did participants comment on the findings?"),
    ("Quotes", "Are themes and findings borne out by quotes, and is each identified?"),
    ("Consistency", "Do the data and the findings fit each other?"),
    ("Major themes", "Are the major themes clear?"),
    ("Minor themes", "Are diverse cases and minor themes described?"),
)


_SRQR = (
    ("Title", "Does the title say what is studied and that the study is qualitative?"),
    ("Abstract", "Does the abstract cover background, aim, methods, results and conclusions?"),
    ("The problem", "What is the problem, what is known of it, and why does it matter?"),
    ("The question", "What does the study set out to learn?"),
    ("Approach", "Which qualitative approach, theory and view of knowledge guide it, and why these?"),
    (
        "The researchers",
        "Who are the researchers to the participants, and how may that shape the study?",
    ),
    ("Context", "In what setting was it done, and what about the setting matters?"),
    (
        "Choice of participants",
        "How and why were people or documents chosen, and when was it enough?",
    ),
    ("Ethics", "Which board approved it, how was consent given, and how are data kept safe?"),
    ("Collection", "Which data were collected, how, between which dates, and what changed on the way?"),
    ("Instruments", "Which guides, questionnaires and devices were used, and did they change?"),
    ("What was studied", "How many participants, documents or events were there, and what are they like?"),
    ("Preparation", "How were data transcribed, checked, stored, made anonymous and divided?"),
    ("Analysis", "How were themes found and developed, and by whom?"),
    ("Trust", "What was done so that the analysis can be trusted, and why that?"),
    ("Findings", "What are the main findings, and what do they amount to?"),
    ("Evidence", "Which quotes, notes or documents bear the findings out?"),
    ("Discussion", "What do the findings add to what is known, and where else may they hold?"),
    ("Limits", "What limits the trust in the findings?"),
    ("Interests", "Which interests of the authors might matter, and how were they dealt with?"),
    ("Funding", "Who paid, and what part did they have in the study?"),
)


def coreq(answers: Mapping[int, str]) -> Checklist:
    """Return the 32 items of COREQ.

    The source is Tong, Sainsbury and Craig, Consolidated criteria for reporting qualitative research,
    International Journal for Quality in Health Care 19 (2007).

    Args:
        answers: The answers known from the study, by the number of the item.
    """
    title = "Consolidated criteria for reporting qualitative research"
    return Checklist("COREQ", title, "Tong, Sainsbury and Craig 2007", _items(_COREQ, answers))


def srqr(answers: Mapping[int, str]) -> Checklist:
    """Return the 21 items of SRQR.

    The source is O'Brien, Harris, Beckman, Reed and Cook, Standards for reporting qualitative research: a
    synthesis of recommendations, Academic Medicine 89 (2014).

    Args:
        answers: The answers known from the study, by the number of the item.
    """
    title = "Standards for reporting qualitative research"
    return Checklist("SRQR", title, "O'Brien, Harris, Beckman, Reed and Cook 2014", _items(_SRQR, answers))


def _items(questions: Sequence[tuple[str, str]], answers: Mapping[int, str]) -> list[MethodItem]:
    return [
        MethodItem(number, topic, question, answers.get(number))
        for number, (topic, question) in enumerate(questions, start=1)
    ]
