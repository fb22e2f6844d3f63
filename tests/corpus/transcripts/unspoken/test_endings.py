from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.transcripts.turns import find_turns
from quotegrid.corpus.transcripts.unspoken.endings import ending_of, without_ending
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import ReadWarning, WarningKind
from tests.corpus.transcripts.invented import FERRY, read, said, talk

TALK = (
    "JO: When did the mill stop?\n\nRAY: In the spring of the flood.\n\n"
    "JO: Who told you?\n\nRAY: My aunt did. She rang the bell.\n\n"
    "JO: And the men?\n\nRAY: They went to the quarry.\n\n"
    "JO: Anything to add?\n\nRAY: Nothing. Thank you."
)
SEVERAL = TALK.replace("the flood.", "the flood.\n\nThe wheel was gone.").replace(
    "quarry.", "quarry.\n\nSome came back.\n\nSome did not."
)


def cut(text: str) -> tuple[str, list[ReadWarning]]:
    """Return the words of the last turn, and the warnings."""
    turns, warnings = without_ending(text, find_turns(text, 0))
    return text[turns[-1].start : turns[-1].end], warnings


@pytest.mark.parametrize("talk", [TALK, SEVERAL])
@pytest.mark.parametrize(
    "ending",
    [
        "\u00a9 2020 Mill Trust. All rights reserved.",
        "Transcribed by Ann Lund, 4 May 2019",
        "Interview conducted by the Mill Trust in 2018.",
        "---\n\nThis interview has been edited for length.",
        "*This conversation was recorded in the old bakery.*",
        "References\n\nLund, A. (2018). Mills. Oslo: Fjord.",
        "End of interview",
        "Fin de l'entretien",
        "Ende des Interviews",
        "Fin de la entrevista",
        "Publicado en: Revista del Molino",
        "Foto: Ann Lund\n\nText: Bo Moe",
        "Das Gespr\u00e4ch f\u00fchrte Ann Lund.",
        "\u6ce8\uff1a\u672c\u6b21\u91c7\u8bbf\u4e8e2019\u5e745\u6708\u8fdb\u884c\u3002",
        "https://mill-trust.example/talks",
        "Read more:\n\nBoats of the north",
        "Share this\n\nPost\n\nMail",
    ],
)
def test_what_follows_the_last_answer_is_left_out_and_listed(talk: str, ending: str) -> None:
    words, warnings = cut(f"{talk}\n\n{ending}\n")
    assert words == "Nothing. Thank you."
    (warning,) = warnings
    lines = [line for line in ending.split("\n") if any(map(str.isalnum, line))]
    assert warning.kind in (WarningKind.SPEAKER, WarningKind.TEXT)
    assert warning.what.startswith(f"{len(lines)} line")
    assert warning.line == talk.count("\n") + 3 + 2 * ending.startswith("---")


@pytest.mark.parametrize("talk", [TALK, SEVERAL])
@pytest.mark.parametrize(
    "answer",
    [
        "I still hear the wheel at night.",
        "We have the old ledger, you know.\n\nMy aunt kept it dry.",
        "And then we swam.",
        "the whole of it, up to the stairs.",
        "You should talk to the men from the quarry as well.",
        "My interview with the paper was worse than this.",
        "Ich habe noch die alte Glocke.",
    ],
)
def test_a_last_answer_of_several_paragraphs_stays_and_is_not_listed(talk: str, answer: str) -> None:
    words, warnings = cut(f"{talk}\n\n{answer}\n")
    assert words == f"Nothing. Thank you.\n\n{answer}"
    assert warnings == []


def test_a_paragraph_that_may_be_an_ending_stays_and_is_listed() -> None:
    words, warnings = cut(f"{TALK}\n\nThe mill was pulled down in the year after the flood.\n")
    assert words.endswith("after the flood.")
    (warning,) = warnings
    assert (warning.kind, warning.line) == (WarningKind.SPEAKER, 17)


def test_links_and_rules_that_answers_hold_are_no_sign() -> None:
    text = SEVERAL.replace("Some came back.", "https://mill.example/names").replace(
        "The wheel", "---\n\nThe wheel"
    )
    words, warnings = cut(f"{text}\n\n---\n\nhttps://mill.example/more\n")
    assert words.endswith("https://mill.example/more")
    assert all("left out" not in warning.what for warning in warnings)


def test_few_turns_have_no_ending() -> None:
    text = "JO: When?\n\nRAY: In spring.\n\nJO: Why?\n\nRAY: The flood.\n\nEnd of interview\n"
    assert ending_of(text, find_turns(text, 0)) is None


def test_a_note_in_brackets_behind_the_last_turn_is_listed_as_text(tmp_path: Path) -> None:
    path = tmp_path / "mill.txt"
    path.write_text(f"{TALK}\n\n[recording stops]\n", encoding="utf-8")
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    (told,) = [warning for warning in read.warnings if "after the last turn" in warning.what]
    assert (told.kind, told.line) == (WarningKind.TEXT, 17)
    assert told.what.startswith("1 line after the last turn is taken for nobody's words")


@pytest.mark.parametrize("heading", ["Conclusión de la entrevista", "Kesimpulan", "访谈总结"])
def test_a_heading_for_what_was_concluded_ends_the_talk(heading: str, tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "Jo", "Len") + f"{heading}\n\nThe ferry was dear to all.\n"
    assert said(read(tmp_path, text))[-1] == ("Len", FERRY[-1])


def test_a_conclusion_below_answers_in_a_list_is_no_question(tmp_path: Path) -> None:
    pairs = zip(FERRY[::2], FERRY[1::2], strict=True)
    text = "".join(f"{asked}\n\n- {answer}\n\n" for asked, answer in pairs)
    found = read(tmp_path, f"{text}Conclusion\n\nThe ferry was dear to all.\n")
    assert [words for _, words in said(found)] == list(FERRY)
