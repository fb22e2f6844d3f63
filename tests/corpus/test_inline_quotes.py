from __future__ import annotations

import time

import pytest
from benchmarks.inline_quotes import measure
from hypothesis import given, settings
from hypothesis import strategies as st

from quotegrid.corpus.inline_quotes import find_inline_quotes
from quotegrid.corpus.reports import find_block_quotes
from quotegrid.domain.sources import AttributedQuote, Certainty, QuoteKind, Voice
from quotegrid.domain.stakeholders import Stakeholders
from tests.conftest import SEEDS

STAKEHOLDERS = Stakeholders(
    {
        "local authority": ("LA", "council", "director of children's services"),
        "school": ("headteacher", "SENCO"),
        "college": ("principal",),
        "health": ("DCO",),
        "parent carer forum": ("PCF",),
        "parent": ("carer",),
    }
)
ONE, MANY = Voice.PERSON, Voice.GROUP
SURE, UNSURE = Certainty.SURE, Certainty.UNSURE


def found(text: str) -> list[tuple[str, str | None, Certainty]]:
    """What stands between the marks, who is said to have said it, and how sure that is."""
    return [(text[one.start : one.end], one.role, one.certainty) for one in quotes(text)]


def quotes(text: str) -> tuple[AttributedQuote, ...]:
    return find_inline_quotes(text, 0, STAKEHOLDERS)


SPOKEN: list[tuple[str, list[tuple[str, str]]]] = [
    # A reporting verb in front.
    ("One headteacher said: 'The roof came off.'", [("The roof came off.", "headteacher")]),
    ("One headteacher said 'the roof came off'.", [("the roof came off", "headteacher")]),
    ("One headteacher said, 'the roof came off'.", [("the roof came off", "headteacher")]),
    ("Another carer told us that it was 'a lottery'.", [("a lottery", "carer")]),
    ("A parent reported that it was 'like wading through mud'.", [("like wading through mud", "parent")]),
    ("LA leaders described it as a 'leaky bucket'.", [("leaky bucket", "LA leaders")]),
    ("Several school leaders have described it as \"a leaky bucket\".",
     [("a leaky bucket", "school leaders")]),
    ("Leaders in two of the colleges called it \u201ca lifeline\u201d.",
     [("a lifeline", "Leaders in two of the colleges")]),
    ("Some of the parents we met felt that it was \u2018all talk\u2019.", [("all talk", "parents")]),
    ("A number of LA officers saw it as a 'fresh start'.", [("fresh start", "LA officers")]),
    ("One of the principals warned of a 'cliff edge'.", [("cliff edge", "principals")]),
    ("A DCO who had joined late thought the plan was 'half baked'.", [("half baked", "DCO")]),
    ("The council said it would 'leave no stone unturned'.", [("leave no stone unturned", "council")]),
    ("Two carers, both from the coast, spoke of 'a wall of silence'.", [("a wall of silence", "carers")]),
    ("One SENCO explained (at some length, and with two examples) that it was 'a maze'.",
     [("a maze", "SENCO")]),
    ("One SENCO explained \u2013 and others nodded \u2013 that it was 'a maze'.", [("a maze", "SENCO")]),
    ("Parents liked the idea but described the form as 'a monster'.", [("a monster", "Parents")]),
    ("Leaders were cautious, describing the grant as 'a patch'.", [("a patch", "Leaders")]),
    ("Participants who had applied twice referred to 'an endless queue'.",
     [("an endless queue", "Participants")]),
    ("An interviewee remarked that staff were 'run off their feet'.",
     [("run off their feet", "interviewee")]),
    ("Those who had moved schools talked about 'starting from nothing'.",
     [("starting from nothing", "Those who had moved schools")]),
    ("An official conceded that the target was \"a guess\".", [("a guess", "official")]),
    ("The director of children's services argued that 'nobody owns it'.",
     [("nobody owns it", "director of children's services")]),
    ("A leader of the council claimed it was 'money well spent'.",
     [("money well spent", "leader of the council")]),
    ("Families used the phrase 'lost in the post' more than once.", [("lost in the post", "Families")]),
    ("With one teacher calling it 'a gift', the mood was good.", [("a gift", "teacher")]),
    # Other constructions in front.
    ("As one school leader put it, 'the tide went out'.", [("the tide went out", "school leader")]),
    ("As one school leader noted, the plan was 'built on sand'.", [("built on sand", "school leader")]),
    ("In the words of one LA leader, this was 'a bridge to nowhere'.",
     [("a bridge to nowhere", "LA leader")]),
    ("In one carer's words, it was 'a bridge to nowhere'.", [("a bridge to nowhere", "carer")]),
    ("According to one respondent, \u2018the phone just rang\u2019.",
     [("the phone just rang", "respondent")]),
    ("To quote one father, it was 'a second job'.", [("a second job", "father")]),
    ("What one leader called 'the great unravelling' took a year.", [("the great unravelling", "leader")]),
    ("It was described by one carer as 'a second job'.", [("a second job", "carer")]),
    ("Support, described by several parents as 'patchy', has grown.", [("patchy", "parents")]),
    ("There was a view among teachers that the rules were 'made for somewhere else'.",
     [("made for somewhere else", "teachers")]),
    ("Comments from carers included 'nobody rang' and 'nobody wrote'.",
     [("nobody rang", "carers"), ("nobody wrote", "carers")]),
    ("One parent's verdict was 'too little'.", [("too little", "parent")]),
    ("Parent: 'It never came.'", [("It never came.", "Parent")]),
    ("Teachers were tired: 'we ran out of road'.", [("we ran out of road", "Teachers")]),
    # Behind.
    ("'The roof came off,' said a SENCO.", [("The roof came off,", "SENCO")]),
    ("'The roof came off', one principal said.", [("The roof came off", "principal")]),
    ("'Why did the roof come off?' asked one of the carers.", [("Why did the roof come off?", "carers")]),
    ("'It came off', as one headteacher put it.", [("It came off", "headteacher")]),
    ("'It came off', according to one headteacher.", [("It came off", "headteacher")]),
    ("It was 'a maze', in the words of one carer.", [("a maze", "carer")]),
    ("'A maze' was how one carer described it.", [("A maze", "carer")]),
    ("'A maze' was the word that several parents used.", [("A maze", "parents")]),
    ("The form was described as 'a maze' by one carer.", [("a maze", "carer")]),
    ("The phrase 'a maze' was used by several parents.", [("a maze", "parents")]),
    ("The answer was short: 'no' (headteacher, north).", [("no", "headteacher, north")]),
    ("Money mattered: 'we had none' (P7).", [("we had none", "P7")]),
    ("'We tried,' said one principal, 'but the money went.'",
     [("We tried,", "principal"), ("but the money went.", "principal")]),
    ("'We tried,' said one principal. 'The money went.'",
     [("We tried,", "principal"), ("The money went.", "principal")]),
    # Several.
    ("LA leaders described it as 'slow', 'costly' and 'out of touch'.",
     [("slow", "LA leaders"), ("costly", "LA leaders"), ("out of touch", "LA leaders")]),
    ("One carer called it 'a maze' and said it was 'built to lose people'.",
     [("a maze", "carer"), ("built to lose people", "carer")]),
    ("It was described as 'slow' and 'costly' by LA leaders.",
     [("slow", "LA leaders"), ("costly", "LA leaders")]),
    ("One carer called it 'a maze', while a teacher called it 'a map'.",
     [("a maze", "carer"), ("a map", "teacher")]),
    # Documents and organisations.
    ("The report says 'the pace must quicken'.", [("the pace must quicken", "report")]),
    ("A monitoring report noted that progress was 'uneven at best'.",
     [("uneven at best", "monitoring report")]),
    ("According to the paper, the deficit is \"not sustainable\".", [("not sustainable", "paper")]),
    ("The department said in a letter that the plan was 'on course'.", [("on course", "department")]),
    # Marks, apostrophes and lines.
    ("One carer said: 'It's the leaders' job, isn't it?'", [("It's the leaders' job, isn't it?", "carer")]),
    ("One carer said: \u2018It\u2019s the leaders\u2019 job since the \u201990s\u2019.",
     [("It\u2019s the leaders\u2019 job since the \u201990s", "carer")]),
    ("One carer said: 'they call us \"hard to reach\" and leave'.",
     [("they call us \"hard to reach\" and leave", "carer")]),
    ("One carer said: \u201cthey call us \u2018hard to reach\u2019 and leave\u201d.",
     [("they call us \u2018hard to reach\u2019 and leave", "carer")]),
    ("The parents' group met. One carer said it was\n'a second job'.", [("a second job", "carer")]),
    ("At five o'clock one teacher said it was 'over'.", [("over", "teacher")]),
    # Referring back.
    ("Teachers tried the new form. They described it as 'a maze'.", [("a maze", "Teachers")]),
    ("One carer had waited for years. She said it was 'a second job'.", [("a second job", "carer")]),
    ("Teachers tried the new form. One described it as 'a maze'.", [("a maze", "Teachers")]),
    ("Ada Stone, chair of the forum, said: 'We asked twice.'", [("We asked twice.", "chair")]),
    ("'We asked twice,' said Ada Stone.", [("We asked twice,", "Ada Stone")]),
    # Speakers whom no list has, and what journalists and evaluators write.
    ("Smith said it was 'a maze'.", [("a maze", "Smith")]),
    ("The principal went on to describe it as 'a maze'.", [("a maze", "principal")]),
    ("One glazier said it was 'a maze'.", [("a maze", "glazier")]),
    ("As one beekeeper put it, 'the hive moved on'.", [("the hive moved on", "beekeeper")]),
    ("The plan was, in the words of one beekeeper, 'all smoke'.", [("all smoke", "beekeeper")]),
    ("In the words of one ward official - 'now we have a map'.", [("now we have a map", "ward official")]),
    ("'It was dark,' said a night porter.", [("It was dark,", "night porter")]),
    ("'It was dark,' said one head of planning in the north.", [("It was dark,", "head")]),
    ("'It was dark,' said one carer, who asked not to be named. 'There was mud.'",
     [("It was dark,", "carer"), ("There was mud.", "carer")]),
    ("A teacher looked at it and said that it was loose. 'The tool is to blame,' she said.",
     [("The tool is to blame,", "teacher")]),
    ("As one participant put it, 'it changed everything' (Participant 27).",
     [("it changed everything", "Participant 27")]),
    ("It was slow \u2013 parents to whom we spoke called it 'glacial'.", [("glacial", "parents")]),
    ("The teachers \u2013 heads and others \u2013 that we met in spring called it 'glacial'.",
     [("glacial", "teachers")]),
    ("Parents and carers felt that it was 'glacial'.", [("glacial", "Parents and carers")]),
    ("Parents, carers and teachers called it 'glacial'.", [("glacial", "Parents, carers and teachers")]),
    ("Progress was 'glacial', report warns", [("glacial", "report")]),
    ("The report found gaps.\n\nIt adds: 'the pace must quicken'.", [("the pace must quicken", "report")]),
    ("A mentor from Amber House said it was 'glacial'.", [("glacial", "mentor from Amber House")]),
    ("Those taking part in the trial said it was 'glacial'.",
     [("glacial", "Those taking part in the trial")]),
]  # fmt: skip

NOT_SPOKEN = [
    "The 'early help' offer grew in every area.",
    "So-called 'hidden' costs rose again.",
    "The programme, known as 'Level Ground', began in spring.",
    "A scheme called 'First Steps' was closed.",
    "Schools differ in what 'ready' means to them.",
    "The term 'inclusion' has many meanings.",
    "We use 'provider' for any setting with a contract.",
    "This report uses the term 'area' for a council and its partners.",
    "The guide is entitled 'Who pays?' and is free.",
    "Figure 2 shows 'high' and 'low' areas.",
    "One parent said the letter came late. The 'fast track' route had closed.",
    "LA leaders said that they had joined the 'Level Ground' programme late.",
    "Earlier in this chapter you added 'low' to the names of some areas.",
    "Two 'lead' schools were named in March.",
    "The \u2018notional\u2019 budget is set out in annex B.",
]

NO_QUOTE = [
    "One carer said that nobody rang.",
    "The leaders' view and the parents' view were the same.",
    "In the '90s they couldn't say, and it's still so at five o'clock.",
    "Children's services and schools' budgets don't match.",
    "The board was 6' long and 2\" thick.",
    "One carer said 'nobody rang.",
    "One carer said \u201cnobody rang.\n\nNobody wrote.\u201d",
    "Nothing stands between '' these \"\" marks or ' - ' these.",
]


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_words_in_marks_are_a_quote_of_whom_a_verb_or_construction_names(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == [(said, role, SURE) for said, role in expected]
    assert {one.kind for one in quotes(text)} == {QuoteKind.INLINE}


@pytest.mark.parametrize("text", NOT_SPOKEN)
def test_a_term_that_nobody_is_said_to_have_said_is_a_scare_quote(text: str) -> None:
    assert quotes(text)
    assert {(one.kind, one.role) for one in quotes(text)} == {(QuoteKind.SCARE, None)}


@pytest.mark.parametrize("text", NO_QUOTE)
def test_without_a_pair_of_marks_there_is_no_quote(text: str) -> None:
    assert quotes(text) == ()


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("One headteacher said it was 'a maze'.", ONE),
        ("Headteachers said it was 'a maze'.", MANY),
        ("One of the headteachers said it was 'a maze'.", ONE),
        ("Some of the headteachers said it was 'a maze'.", MANY),
        ("The council said it was 'a maze'.", MANY),
        ("The report says it is 'a maze'.", MANY),
        ("Staff said it was 'a maze'.", MANY),
        ("Teachers tried it. One said it was 'a maze'.", ONE),
        ("Teachers tried it. They said it was 'a maze'.", MANY),
        ("A teacher tried it. They said it was 'a maze'.", ONE),
        ("'A maze,' said Ada Stone.", ONE),
    ],
)
def test_the_voice_is_of_one_person_or_of_several(text: str, voice: Voice) -> None:
    assert [one.voice for one in quotes(text)] == [voice]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("They described it as 'a maze'.", "They"),
        ("Teachers met parents and a DCO joined. They described it as 'a maze'.", "They"),
        ("Teachers are of two kinds: 'early' and 'late'.", "Teachers"),
        ("LA leaders looked for ways to describe it as 'open'.", "LA leaders"),
        ("LA leaders valued a 'can-do' attitude.", "LA leaders"),
        ("LA leaders said the grant helped, while the rest was 'slow'.", "LA leaders"),
        ("One SENCO said a plan puts 'this' on paper and makes you decide 'who does what'.", "SENCO"),
        ("LA leaders said the 'first wave' money was a 'patch'.", "LA leaders"),
    ],
)
def test_what_can_be_argued_either_way_is_unsure(text: str, role: str) -> None:
    last = quotes(text)[-1]
    assert (last.kind, last.role, last.certainty) == (QuoteKind.INLINE, role, UNSURE)


def test_a_passive_without_a_speaker_is_an_unsure_scare_quote() -> None:
    assert found("The form was described as 'a maze'.") == [("a maze", None, UNSURE)]


def test_what_stands_between_two_pairs_of_marks_can_be_nothing_at_all() -> None:
    assert [one[0] for one in found("Of the areas 'high' 'middle' 'low' one carer said 'none'. ''x''")] == [
        "high",
        "middle",
        "low",
        "none",
        "'x'",
    ]


def test_a_speaker_is_not_looked_for_in_another_paragraph() -> None:
    text = "One carer said so.\n\n'a maze'\n\n- One carer said\n- 'a maze'\n"
    assert {one.kind for one in quotes(text)} == {QuoteKind.SCARE}


def test_block_quotes_hold_no_inline_quotes() -> None:
    text = (
        "One teacher called it 'slow'.\n\n"
        "I said it was 'a maze' and they said it was 'a map'. \u2013 *LA leader*\n\n"
        "One carer called it 'costly'.\n"
    )
    blocks = find_block_quotes(text, 0, STAKEHOLDERS)
    assert len(blocks) == 1
    inline = find_inline_quotes(text, 0, STAKEHOLDERS, blocks)
    assert [(text[one.start : one.end], one.role) for one in inline] == [
        ("slow", "teacher"),
        ("costly", "carer"),
    ]


def test_nothing_is_found_before_the_text_proper() -> None:
    text = "title: One carer said 'a maze'\n\nOne carer said 'a map'."
    body = text.index("One carer said 'a map'")
    assert [text[one.start : one.end] for one in find_inline_quotes(text, body, STAKEHOLDERS)] == ["a map"]


def test_roles_of_the_study_speak_although_no_list_of_english_words_has_them() -> None:
    text = "Two wayfinders described it as 'a maze'."
    assert {one.kind for one in find_inline_quotes(text, 0, Stakeholders({}))} == {QuoteKind.SCARE}
    known = Stakeholders({"guides": ("wayfinder",)})
    assert [one.role for one in find_inline_quotes(text, 0, known)] == ["wayfinders"]


PIECES = st.sampled_from(
    [
        *("'", '"', "\u2018", "\u2019", "\u201c", "\u201d", "'x'", "\u201cx\u201d", "a maze", "1", "\u00b9"),
        *(
            " ",
            " ",
            "\n",
            "\n\n",
            ". ",
            ", ",
            ": ",
            "(",
            ")",
            " \u2013 ",
            "- ",
            "*",
            "\u2026",
            "s",
            "don",
            "t",
        ),
        *("One carer", "said", "leaders", "the parents", "described it as", "by", "and", "who", "They", "LA"),
        *("of", "as", "report", "those", "one", "It", "we", "to", "went on", "in the words of", "was"),
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_offsets_always_lie_between_two_marks_and_never_overlap(text: str) -> None:
    marks = "'\"\u2018\u2019\u201c\u201d"
    last = 0
    for one in quotes(text):
        assert last <= one.start < one.end
        assert text[one.start - 1] in marks
        assert text[one.end] in marks
        assert (one.role is None) == (one.kind is QuoteKind.SCARE)
        assert one.role is None or one.role.strip()
        last = one.end + 1


@pytest.mark.parametrize(
    "piece",
    [
        "One carer said it was 'a maze' and the leaders' view, (as before), was that it didn't work. ",
        "One carer said it was 'a maze'.\n\n",
        "leaders ",
        "'a ",
        "a' ",
        "\u201c\u2018",
        "'x' and ",
        "said (",
        " \u2013 they",
        ", said one of the many of the ",
        "LA leaders said that 'x' of ",
        "'x' (",
        "\u2018a parents\u2019 b ",
        "\n ",
        ". ",
        "A",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def taken(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.perf_counter()
        find_inline_quotes(text, 0, STAKEHOLDERS)
        return time.perf_counter() - began

    taken(1_000)
    small = min(taken(20_000), taken(20_000))
    assert taken(160_000) < 8 * small * 3 + 0.05


BARS = [("report", 0.90, 0.85), ("article", 0.90, 0.85)]


@pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared")
@pytest.mark.parametrize(("name", "precision", "recall"), BARS)
def test_the_bar_is_met_on_what_a_reader_listed(name: str, precision: float, recall: float) -> None:
    measured = measure(name)
    assert measured is not None
    figures = measured.precision_and_recall(sure_gold=True, sure_found=False)
    assert figures[0] >= precision
    assert figures[1] >= recall
    assert set(measured.found) == set(measured.gold)
    same, count = measured.role_agreement()
    assert same >= 0.85 * count > 0


@pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared")
def test_a_paper_that_quotes_nobody_has_only_scare_quotes() -> None:
    measured = measure("paper")
    assert measured is not None
    assert {one.kind for one in measured.found.values()} == {QuoteKind.SCARE}
    assert set(measured.found) == set(measured.gold)
