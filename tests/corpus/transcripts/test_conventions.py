from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.transcripts.confidence import confidences
from quotegrid.corpus.transcripts.conventions import (
    ConventionMatch,
    parse_convention,
    recognise_convention,
    warn_of_misspellings,
    warn_of_unread_speakers,
    warnings_of,
)
from quotegrid.corpus.transcripts.sections import sections_of
from quotegrid.corpus.transcripts.shapes.layouts import CONVENTIONS, Convention, convention_named
from quotegrid.corpus.transcripts.speaker_labels import find_labels, patterned_labels
from quotegrid.corpus.transcripts.turns import find_turns, looks_like_transcript, turns_of
from quotegrid.corpus.transcripts.unlabelled import bare_turns
from quotegrid.domain.sources.model import WarningKind
from quotegrid.errors import UsageError
from tests.profiles import often

WORDS = ("Why so?", "It rained.", "And then?", "It rained again.")
SHAPES = {
    "NAME:": ["{}: {}\n\n", "{}:\n{}\n", "{} (they): {}\n\n"],
    "[TIME] NAME:": [
        "[00:01:0{n}] {}: {}\n",
        "({n}:01) {}: {}\n\n",
        "{n}:01 {}: {}\n",
        "[0:0{n}]\n{}: {}\n\n",
    ],
    "NAME [TIME]:": ["{} [00:01:0{n}]: {}\n", "{} [1:0{n}]:\n{}\n\n"],
    "NAME (TIME):": ["{} (00:01:0{n}): {}\n", "{} (1:0{n}):\n{}\n\n"],
    "NAME: [TIME]": ["{}: [00:01:0{n}] {}\n\n", "{}: (1:0{n})\n{}\n\n"],
    "NAME [TIME]": ["{} [00:01:0{n}] {}\n\n", "{} (1:0{n}) {}\n", "{} [1:0{n}]\n{}\n\n"],
    "NAME TIME": ["{}  1:0{n}\n{}\n\n", "{}\t00:01:0{n}  \n{}\n"],
    "TIME NAME": ["00:01:0{n} {}\n{}\n\n", "[00:01:0{n}.250] - {}\n{}\n\n", "({n}:01) {}\n\n{}\n\n"],
    "TIME --> TIME NAME": [
        "0:1:{n}.0 --> 0:1:{n}.90\n{}\n{}\n\n",
        "{} 00:01:0{n}.000 --> 00:01:0{n}.900\n{}\n\n",
    ],
    "[NAME] TIME": ["[{}] 10:01:0{n}\n{}\n\n", "[{}]  1:0{n}\n{}\n"],
    "TIME From NAME to Everyone:": [
        "10:01:0{n} From {} to Everyone:\n\t{}\n",
        "10:01:0{n}\t From  {} : {}\n",
        "10:01:0{n} From {} To Everyone : {}\n",
    ],
    "[DATE, TIME] NAME:": ["[04/03/2025, 10:01:0{n}] {}: {}\n", "04/03/25, 10:0{n} pm - {}: {}\n"],
    "**NAME:**": ["**{}:** {}\n\n", "__{}__: {}\n\n"],
    "**NAME**": ["**{}** {}\n\n", "__{}__ {}\n"],
    "NAME<TAB>": ["{}\t{}\n", "{} \t {}\n\n"],
    "NAME": ["{}\n{}\n\n", "{}\n\n{}\n\n", "**{}**\n\n{}\n\n"],
    "1 NAME:": ["1{n}  {}: {}\n", "{n}. {}: {}\n\n"],
}
PEOPLE = (("Jo Field", "Ada Stone"), ("JO FIELD", "ADA STONE"), ("Jo", "Élise O\u2019Neil-Roy"))


def _text(shape: str, people: tuple[str, str]) -> str:
    return "".join(
        shape.format(people[number % 2], words, n=number + 1) for number, words in enumerate(WORDS)
    )


def _match(text: str, known: tuple[str, ...] = ()) -> ConventionMatch | None:
    labels = find_labels(text, 0, known)
    return recognise_convention(text, 0, labels, turns_of(text, labels.taken, known), known)


def _warnings(text: str, known: tuple[str, ...] = ()) -> list[tuple[int | None, str]]:
    labels = find_labels(text, 0, known)
    match = recognise_convention(text, 0, labels, turns_of(text, labels.taken, known), known)
    if match is None:
        return []
    found = warnings_of(text, 0, match, labels, known)
    assert {warning.kind for warning in found} <= {WarningKind.SPEAKER}
    return [(warning.line, warning.what) for warning in found]


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize(("name", "shape"), [(name, shape) for name in SHAPES for shape in SHAPES[name]])
def test_a_convention_is_recognised_in_each_of_its_shapes(
    name: str, shape: str, people: tuple[str, str]
) -> None:
    text = _text(shape, people)
    turns = find_turns(text, 0)
    assert [(turn.label, text[turn.start : turn.end]) for turn in turns] == [
        (people[number % 2], words) for number, words in enumerate(WORDS)
    ]
    convention = convention_named(name)
    assert convention is not None
    assert all((turn.time is not None) is convention.timed for turn in turns)
    assert looks_like_transcript(text, turns)
    match = _match(text)
    assert match is not None
    assert (match.name, match.turns, match.passed_over) == (name, 4, ())
    said = patterned_labels(text, 0, convention)
    assert turns_of(text, said.taken) == turns


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Q: A:", "Q: Why?\nA: No.\nQ: So?\nA: Yes.\n"),
        ("Q: A:", "Question 1: Why?\n\nAnswer: No.\n\nQuestion 2: So?\n\nAnswer: Yes.\n"),
        ("Q. A.", "Q. Why?\nA. No.\nQ. So?\nA. Yes.\n"),
        ("Q. A.", "Q.  Why?\n\nA.  No.\n\nQ.  So?\n\nA.  Yes.\n"),
        ("I: P1:", "I: Why?\nP1: No.\nP2: Yes.\nI: So?\n"),
        ("I: P1:", "INT: Why?\n\nR1: No.\n\nR2: Yes.\n\nINT: So?\n"),
    ],
)
def test_parts_in_a_conversation_have_conventions_of_their_own(name: str, text: str) -> None:
    match = _match(text)
    assert match is not None
    assert (match.name, match.turns) == (name, 4)
    convention = convention_named(name)
    assert convention is not None
    assert turns_of(text, patterned_labels(text, 0, convention).taken) == find_turns(text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Findings\n\nThey wait.\n\nNext Steps\n\nMoney.\n\nFindings\n\nThey pay.\n\nNext Steps\n\nX.\n",
        "Westhay\n\nStrengths\nX.\n\nWeaknesses\nX.\n\nEastlow\n\nStrengths\nX.\n\nWeaknesses\nX.\n",
        "09:00 Welcome\nThe chair.\n\n10:30 Coffee\nHere.\n\n12:00 Lunch\nHere.\n\n15:00 Coffee\nHere.\n",
        "0:03\nso we went\n0:05\nand it rained\n0:09\nokay\n0:12\nyes\n0:15\nokay\n",
        "00:03 Okay\n00:05 Yes\n00:07 Okay\n00:09 Right\n00:12 Yes\n",
        "**Aim** We asked why.\n\n**Result** They waited.\n\n**Aim** Money fell.\n\n**Result** It fell.\n",
        "EHCP: a plan.\nSEND: needs.\nLA: the council.\nPCF: the forum.\n",
        "Wait: to stay.\n\nList: who waits.\n\nPlan: a paper.\n\nPlan: to intend.\n\nSite: a place.\n",
        "Note: a draft.\n\nSome words.\n\nNote: more to come.\n\nMore words.\n",
        "School\t12\nCollege\t14\nSchool\t11\nCollege\t9\n",
        "A. The first way.\nB. The second.\nA. The first again.\nB. The second again.\n",
        "We met at 12:30.\n\nMonday (9:30) was cold.\n\nTuesday (9:30) was not.\n",
        "- Jo: is here.\n- Ann: is there.\n- Jo: is late.\n",
        "# Jo Field\n\nWhy?\n\n# Ada Stone\n\nNo.\n\n# Jo Field\n\nSo?\n\n# Ada Stone\n\nYes.\n",
    ],
)
def test_what_is_no_conversation_is_not_read_as_one(text: str) -> None:
    assert not looks_like_transcript(text, find_turns(text, 0))


def test_headings_that_come_back_among_labels_begin_no_turn() -> None:
    text = "".join(
        f"Background\n\nJo: Why {number}?\n\nAnn: No.\n\nJo: So?\n\nAnn: Hm.\n\n" for number in range(3)
    )
    match = _match(text)
    assert match is not None
    assert (match.name, match.turns, match.passed_over) == ("NAME:", 12, ())


def test_an_answer_of_one_word_is_no_name() -> None:
    text = (
        "Jo Field\n\nWhy?\n\nAda Stone\n\nNever\n\nJo Field\n\nOh?\n\nAda Stone\n\nNever\n\nJo Field\n\nNo?\n"
    )
    assert [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text, 0)] == [
        ("Jo Field", "Why?"),
        ("Ada Stone", "Never"),
        ("Jo Field", "Oh?"),
        ("Ada Stone", "Never"),
        ("Jo Field", "No?"),
    ]


def test_declared_names_alone_in_their_lines_need_not_ask() -> None:
    text = "Jo Field\nTell me.\n\nAda Stone\nIt rained.\n"
    assert find_turns(text, 0) == ()
    turns = find_turns(text, 0, declared=["Ada Stone"], interviewers=["Jo Field"])
    assert [(turn.label, turn.is_interviewer) for turn in turns] == [("Jo Field", True), ("Ada Stone", False)]


def test_what_a_service_adds_is_not_said() -> None:
    text = (
        "Jo Field   0:03\nWhy?\n\nStone, Ada (Guest)   0:09\nIt rained.\n\nJo Field   0:12\nSo?\n\n"
        "Stone, Ada (Guest)   0:15\nYes.\n\nJo Field stopped transcription\n"
    )
    assert [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text, 0)] == [
        ("Jo Field", "Why?"),
        ("Stone, Ada", "It rained."),
        ("Jo Field", "So?"),
        ("Stone, Ada", "Yes."),
    ]
    otter = "Jo  0:03\nWhy?\n\nAda  0:09\nNo.\n\nJo  0:12\nSo?\n\nTranscribed by https://otter.ai\n"
    turns = find_turns(otter, 0)
    assert otter[turns[-1].start : turns[-1].end] == "So?"


def test_the_headings_of_a_table_are_no_turn() -> None:
    text = "Speaker: Text\n\nJo: Why?\n\nSpeaker: Nobody knows.\n\nJo: So?\n\nSpeaker: No.\n"
    assert [turn.label for turn in find_turns(text, 0)] == ["Jo", "Speaker", "Jo", "Speaker"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ann; no, never.", "Ann"),
        ("Ann. No, never.", "Ann"),
        ("Ann \u2013 no, never.", "Ann"),
        ("Ann", "Ann"),
        ("SEND: that is it.", "SEND"),
        ("Barnsley: it rained.", "Barnsley"),
        ("**Ann** No, never.", "Ann"),
    ],
)
def test_a_line_that_could_be_a_label_is_never_passed_over_in_silence(line: str, name: str) -> None:
    text = (
        f"Jo: Why?\n\nAnn: Because.\n\nJo: And?\n\n{line}\n\nIt rained.\n\n" + "Jo: So?\n\nAnn: No.\n\n" * 8
    )
    (found,) = _warnings(text)
    assert found[0] == 7
    assert found[1].startswith(f'"{name}" looks like a speaker\'s label and is read as words of the text; ')


@pytest.mark.parametrize(
    "line",
    [
        "Note: he cried.",
        "First: no.",
        "thing is: no.",
        "See https://example.org: it is there.",
        "Ann, come here.",
    ],
)
def test_a_line_that_could_be_no_label_is_not_listed(line: str) -> None:
    text = f"Jo: Why?\n\nAnn: Because.\n\n{line}\n\nJo: And?\n\nAnn: No.\n"
    assert _warnings(text) == []


def test_several_lines_that_could_be_labels_are_one_warning() -> None:
    text = (
        "JO: Why?\n\nANN: No.\n\n" * 9
        + "".join(f"Place {letter}: here.\n\n" for letter in "ABCDE")
        + "JO: So?\n"
    )
    (found,) = _warnings(text)
    assert found[0] == 37
    assert '"Place A", "Place B" (line 39), "Place C" (line 41) and 2 more look like' in found[1]


def test_sentences_above_the_first_label_are_said_to_be_nobodys() -> None:
    text = "A talk in May\n\nThanks for coming today.\n\n" + "JO: Why?\n\nANN: No.\n\n" * 3
    assert _warnings(text) == [(3, "the text before the first label belongs to no speaker and is left out.")]
    assert _warnings("A talk in May\n\n3 May 2025\n\n" + "JO: Why?\n\nANN: No.\n\n" * 3) == []


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("Particpant", "Participant"),
        ("Particcipant", "Participant"),
        ("Partivipant", "Participant"),
        ("Particiapnt", "Participant"),
        ("Speaker1", "Speaker 1"),
        ("ADA STONES", "ADA STONE"),
    ],
)
def test_a_label_that_is_one_letter_away_from_another_is_listed(slip: str, right: str) -> None:
    asks = "JO" if right.isupper() else "Jo"
    text = f"{asks}: Why?\n\n{right}: No.\n\n" * 3 + f"{asks}: So?\n\n{slip}: Yes.\n"
    assert _warnings(text) == [
        (
            15,
            f'the speaker "{slip}" is one letter away from "{right}"; '
            "if they are one person, correct the label.",
        )
    ]
    assert warn_of_misspellings(text, find_labels(text, 0).taken, (slip, right)) == []


@pytest.mark.parametrize(
    ("first", "other"),
    [("P1", "P2"), ("Speaker 1", "Speaker 2"), ("Ann", "Anna"), ("Speaker 1", "Speaker 11")],
)
def test_numbers_and_short_names_are_no_slips(first: str, other: str) -> None:
    text = f"I: Why?\n\n{first}: No.\n\n" * 3 + f"I: So?\n\n{other}: Yes.\n"
    assert len(find_turns(text, 0)) == 8
    found = _warnings(text)
    assert [what for _, what in found if "one letter" in what] == (
        [
            f'the speaker "{other}" is one letter away from "{first}"; '
            "if they are one person, correct the label."
        ]
        if other == "Anna"
        else []
    )


def test_two_who_speak_as_often_are_two() -> None:
    assert _warnings("JOAN: Why?\n\nJEAN: No.\n\n" * 3) == []


def test_a_document_whose_labels_come_back_is_listed() -> None:
    text = "Jo: Why?\n\nAnn: No.\n\nJo: So?\n\nAnn: Yes.\n\n" + "A long paragraph of words.\n\n" * 20
    (found,) = warn_of_unread_speakers(text, find_labels(text, 0))
    assert found.line == 1
    assert "--kind transcript" in found.what
    alone = "Strengths\nA team.\n\nWeaknesses\nNone.\n\nStrengths\nA roof.\n\nWeaknesses\nMoney.\n"
    (found,) = warn_of_unread_speakers(alone, find_labels(alone, 0))
    assert '"Strengths" looks like a speaker\'s label; --speakers "NAME"' in found.what
    report = "Date: 3 May\n\nNote: a draft.\n\nSome words.\n\nNote: more.\n"
    assert warn_of_unread_speakers(report, find_labels(report, 0)) == []


def test_where_nothing_is_a_label_there_is_no_convention() -> None:
    assert _match("Words.\n\nMore words.\n") is None
    assert _match("") is None


@pytest.mark.parametrize("written", [convention.name for convention in CONVENTIONS if convention.templates])
def test_a_convention_is_said_by_its_name_in_any_case(written: str) -> None:
    assert parse_convention(written).name == written
    assert parse_convention(written.lower()).name == written


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("Otter", '"Otter" is neither a convention nor a pattern.'),
        ("", '"" is neither a convention nor a pattern.'),
        ("<v NAME>", '"<v NAME>" is how a format marks speakers by itself.'),
        ("{speaker}", "nothing shows where {speaker} ends (character 1)"),
    ],
)
def test_what_is_no_convention_is_refused(written: str, what: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_convention(written)
    assert what in str(refused.value)


def test_a_pattern_of_the_users_takes_names_and_passes_over_small_letters() -> None:
    text = "Jo - Why?\nAnn - so - no.\nwell - yes.\nray - Hm.\nJo - And?\nray - No.\nNote - x.\n"
    said = parse_convention("{speaker} - {text}")
    labels = patterned_labels(text, 0, said)
    turns = turns_of(text, labels.taken)
    assert [(turn.label, text[turn.start : turn.end]) for turn in turns] == [
        ("Jo", "Why?"),
        ("Ann", "so - no.\nwell - yes."),
        ("ray", "Hm."),
        ("Jo", "And?"),
        ("ray", "No.\nNote - x."),
    ]
    match = recognise_convention(text, 0, labels, turns, said=said)
    assert match is not None
    assert match.name == "{speaker} - {text}"


def test_the_text_group_of_an_expression_says_where_the_words_begin() -> None:
    text = "<<JF|10>> Why?\n<<RM|12>> No.\n"
    said = parse_convention(r"<<(?P<speaker>\w+)\|\d+>>\s*(?P<text>.+)")
    turns = turns_of(text, patterned_labels(text, 0, said).taken)
    assert [(turn.label, text[turn.start : turn.end]) for turn in turns] == [("JF", "Why?"), ("RM", "No.")]


LINES = st.sampled_from(
    [
        *("Jo Field: Why?", "Ann: No.", "INT:", "P1: yes: no", "Q. Why?", "A. No.", "Note: x", "Jo; so"),
        *(
            "[00:01:02] Ann: Hm.",
            "Jo [0:03] Why?",
            "Ann (0:05): No.",
            "Jo  0:12",
            "00:12 Ann",
            "[Jo] 10:00:01",
        ),
        *("0:0:0.0 --> 0:0:4.4", "Jo Field", "Ann", "**Ann:** no", "**Jo** why?", "JF\tWhy?", "# Heading"),
        *("10:00:01 From Jo to Everyone:", "[04/03/25, 10:00] Ann: no", "[laughs]", "12 Jo: Why?", "Words?"),
        *("", "", "", "  ", "Jo stopped transcription", "Jo: [0:03]", "a", "\u00a0", ":", "Ann: :"),
    ]
)
TEXTS = st.lists(LINES | st.text("Jo :\n\t[0]1*.?-A", max_size=12), max_size=40).map("\n".join)


@given(TEXTS, st.integers(0, 20), st.sampled_from([(), ("Jo Field",), ("Ann", "Jo Field")]))
def test_turns_never_overlap_and_each_holds_the_words_at_its_offsets(
    text: str, start: int, known: tuple[str, ...]
) -> None:
    start = text.rfind("\n", 0, start) + 1
    labels = find_labels(text, start, known)
    turns = turns_of(text, labels.taken, known)
    position = start
    for turn in turns:
        assert position <= turn.start < turn.end <= len(text)
        words = text[turn.start : turn.end]
        assert words == words.strip()
        assert turn.label
        position = turn.end
    ends = [0, *(label.end for label in labels.taken)]
    assert all(label.start >= end for label, end in zip(labels.taken, ends, strict=False))
    match = recognise_convention(text, start, labels, turns, known)
    assert (match is None) is (not turns)
    if match is not None:
        assert match.name in {convention.name for convention in CONVENTIONS}
        taken = {label.start for label in labels.taken}
        assert all(label.start not in taken for label in match.passed_over)
        lines = [warning.line for warning in warnings_of(text, start, match, labels, known)]
        assert all(line is not None and 1 <= line <= text.count("\n") + 1 for line in lines)


PATTERNS = [
    *(convention for convention in CONVENTIONS if convention.templates),
    *map(
        parse_convention,
        ("{speaker} - {text}", "{time} {speaker}\\n", r"(?P<speaker>\w+)[:;]\s*(?P<text>\w+)"),
    ),
]


@given(TEXTS, st.sampled_from(PATTERNS))
def test_turns_by_a_pattern_never_overlap_either(text: str, said: Convention) -> None:
    labels = patterned_labels(text, 0, said)
    turns = turns_of(text, labels.taken)
    ends = [0, *(turn.end for turn in turns)]
    for turn, before in zip(turns, ends, strict=False):
        assert before <= turn.start < turn.end <= len(text)
        words = text[turn.start : turn.end]
        assert words == words.strip()
    match = recognise_convention(text, 0, labels, turns, said=said)
    assert (match is None) is (not turns)
    assert match is None or match.name == said.name


UNITS = {
    "labels": "\n\nANN: It was long and we waited for it a good while.",
    "alone": "\n\nAda Stone\nBecause it rained a good deal that year.",
    "words": " and so it was",
    "names": "Ann Lee ",
    "newlines": "\n",
    "blank lines": " \n",
    "rules": "\n\n---",
    "notes": "\n\n[laughs]",
    "open brackets": "\n\n[",
    "times": "[00:12:01] ",
    "time lines": "\n00:12:01\n",
    "stars": "** ",
    "spaces": " ",
    "hyphens": "a-",
    "parentheses": "Ann (",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_long_text_of_any_kind_is_read_in_no_time(unit: str) -> None:
    length = often(1_000_000, quick=500_000)
    text = f"JO: Why?\n\nANN: No.\n\nJO: So?\n\nANN: Well x{unit * (length // len(unit))} end\n\nJO: Yes.\n"
    began = time.process_time()
    labels = find_labels(text, 0)
    turns = turns_of(text, labels.taken)
    assert time.process_time() - began < often(4, quick=2)
    match = recognise_convention(text, 0, labels, turns)
    assert match is not None
    assert len(confidences(text, turns)) == len(turns)
    assert bare_turns(text, 0) is None
    assert sections_of(text, turns) == []
    assert time.process_time() - began < often(10, quick=5)
    assert text[turns[-1].start : turns[-1].end] == "Yes."
