from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.storage.sources.languages import languages_of_sources
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.review.overview import study_overview
from quotegrid.workflows.sources.languages import english_only
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result

GERMAN = (
    "Jo: Was ist passiert?\n\n"
    "Ida: Wir haben den ganzen Winter auf einen Brief gewartet, und niemand hat gesagt, wie lange noch.\n"
)
Run = Callable[..., Result]


@pytest.fixture
def talk(empty_study: StudyFolder) -> Path:
    """A German interview in a study's folder, not imported yet."""
    path = empty_study.root / "corpus" / "talk.txt"
    path.write_text(GERMAN, encoding="utf-8")
    return path


def language(study: StudyFolder) -> str | None:
    with study.reading_session() as session:
        return languages_of_sources(session)["talk.txt"]


def test_the_language_is_told_guessed_and_listed(empty_study: StudyFolder, talk: Path, run: Run) -> None:
    root = empty_study.root
    preview = run("-C", root, "import", talk, "--preview").out
    assert "Language: German (guessed)" in preview
    assert preview.count("than English (German)") == 1
    assert "in German" in run("-C", root, "import", talk).out
    assert "German" in run("-C", root, "sources").out
    assert run("-C", root, "sources", "--format", "csv").out.splitlines()[1].count(",de,") == 1


def test_a_language_that_is_set_stays_when_the_file_is_read_again(
    empty_study: StudyFolder, talk: Path, run: Run
) -> None:
    root = empty_study.root
    run("-C", root, "import", talk)
    said = run("-C", root, "sources", "set", "talk.txt", "language=dutch").out
    assert said == 'The language of "talk.txt" is Dutch (it was German).\n'
    talk.write_text(GERMAN + "\nJo: Und dann?\n", encoding="utf-8")
    run("-C", root, "import", talk)
    assert language(empty_study) == "nl"
    assert "set the language of talk.txt: Dutch" in [entry.what for entry in read_history(empty_study)]
    run("-C", root, "import", talk, "--language", "de")
    assert language(empty_study) == "de"
    run("-C", root, "sources", "set", "talk.txt", "language=unknown")
    assert language(empty_study) is None


def test_the_overview_counts_languages_and_suggesting_begins_with_a_note(
    empty_study: StudyFolder, talk: Path, run: Run
) -> None:
    root = empty_study.root
    run("-C", root, "import", talk)
    overview = study_overview(empty_study)
    assert overview.languages == {"German": 1}
    note = f"Note: {overview.knows_only_english}"
    assert note.startswith("Note: 1 source is in another language than English (German).")
    assert run("-C", root, "suggest").err.count(note) == 1
    run("-C", root, "sources", "set", "talk.txt", "language=English")
    assert study_overview(empty_study).knows_only_english == ""
    assert "Note: " not in run("-C", root, "suggest").err


def test_a_header_says_the_language(empty_study: StudyFolder, talk: Path, run: Run) -> None:
    talk.write_text(f"---\ntitle: A talk\nlanguage: Danish\n---\n{GERMAN}", encoding="utf-8")
    run("-C", empty_study.root, "import", talk)
    assert language(empty_study) == "da"


def test_a_header_with_an_unknown_language_is_warned_of(
    empty_study: StudyFolder, talk: Path, run: Run
) -> None:
    talk.write_text(f"---\ntitle: A talk\nlanguage: Klingon\n---\n{GERMAN}", encoding="utf-8")
    warned = run("-C", empty_study.root, "import", talk).err
    assert 'talk.txt:3: "Klingon" is no language that is known' in warned
    assert language(empty_study) == "de"


@pytest.mark.parametrize("value", ["language=klingon", "mood=good", "language"])
def test_what_cannot_be_set_is_refused(empty_study: StudyFolder, talk: Path, run: Run, value: str) -> None:
    run("-C", empty_study.root, "import", talk)
    refused = run("-C", empty_study.root, "sources", "set", "talk.txt", value)
    assert refused.err.startswith("quotegrid: ")
    assert refused.code == 2


def test_what_knows_only_english_is_said_once_where_it_matters() -> None:
    assert english_only(["en", None], "packaged-minilm") == ""
    note = english_only(["de", "th", "de", "en"], "packaged-minilm")
    assert note.startswith("3 sources are in other languages than English (German, Thai).")
    assert "the packaged model" in note
    assert "the packaged model" not in english_only(["de"], "some/multilingual")
