"""A value that is not known is the same wherever it stands: in a table, a header or beside a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.people.show_case import show_case
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study

WORDS = ("NA", "n/a", "-", "\u2014", "#N/A", ".", "not known", "")
ANSWERS = "id,group,ward,answer\n" + "".join(
    f'R{number},{"porter" if number else "N/A"},{word},"The lift on floor {number} is broken."\n'
    for number, word in enumerate((*WORDS, "Oak", "Oak"))
)
TALK = "Participant: Ann Lee\nGroup: N/A\nWave: not known\n\nI: So?\n\nAnn Lee: Far too far to walk.\n"
PEOPLE = "speaker,ward,role\nAnn Lee,NA,-\n"


@pytest.fixture
def ward(tmp_path: Path) -> StudyFolder:
    study = init_study(tmp_path / "ward", "Ward")
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[import]\n", '[import]\nattributes = ["wave"]\n', 1), encoding="utf-8")
    for name, content in {"answers.csv": ANSWERS, "talk.txt": TALK, "people.csv": PEOPLE}.items():
        (study.root / "corpus" / name).write_text(content, encoding="utf-8")
    study.close()
    return open_study(study.root)


def test_missing_values_are_found_as_none(ward: StudyFolder) -> None:
    import_sources(ward, [ward.root / "corpus"], ReadingOptions())
    assert [quote.case for quote in list_quotes(ward, query="ward:none")][: len(WORDS)] == [
        f"R{number}" for number in range(len(WORDS))
    ]
    assert {quote.case for quote in list_quotes(ward, query="group:none")} == {"R0", "Ann Lee"}
    ann = show_case(ward, "Ann Lee")
    assert (ann.group, ann.role, ann.attributes) == (None, None, {})
    set_case(ward, "Ann Lee", {"role": "Porter", "wave": "2"})
    set_case(ward, "Ann Lee", {"wave": "N/A"})
    assert show_case(ward, "Ann Lee").attributes == {}
    ward.close()


def test_a_study_says_what_is_missing(ward: StudyFolder) -> None:
    config = ward.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[import]\n", '[import]\nmissing = ["Oak"]\n', 1), encoding="utf-8")
    study = open_study(ward.root)
    import_sources(study, [study.root / "corpus"], ReadingOptions())
    assert {quote.case for quote in list_quotes(study, query="ward:none group:porter")} == {"R7", "R8", "R9"}
    study.close()
    ward.close()
