from __future__ import annotations

from collections.abc import Callable

import pytest

from quotegrid.corpus.answers.columns import Columns
from quotegrid.errors import ConfigError, UsageError
from quotegrid.settings_reading import load_settings
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.tables.columns import (
    columns_from_options,
    remember_tables,
    remembered_columns,
)
from quotegrid.workflows.sources.tables.questions import asks_for_columns
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import Result

SURVEY = "Nr;Who;Changed?;Next?;Wave\n1;parents;Nothing yet.;A plan.;2\n2;schools;Room to plan.;;1\n"
FLAGS = ("--text", "Changed?", "--text", "Next?", "--column", "case=Nr", "--column", "group=Who")


def test_what_was_said_of_a_table_is_remembered(empty_study: StudyFolder, run: Callable[..., Result]) -> None:
    file = empty_study.root / "corpus" / "survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    config = empty_study.root / "quotegrid.toml"
    before = config.read_text(encoding="utf-8")
    said = run("-C", empty_study.root, "import", file, *FLAGS, "--column", "attribute=Wave")
    assert said.code == 0, said.err
    assert "survey.csv: transcript, 3 passages, 2 cases" in said.out
    after = config.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    quotes = all_quotes(empty_study)
    assert [
        (quote.case, quote.group, quote.heading, quote.text, dict(quote.attributes)) for quote in quotes
    ] == [
        ("1", "parent", "Changed?", "Nothing yet.", {"wave": "2"}),
        ("1", "parent", "Next?", "A plan.", {"wave": "2"}),
        ("2", "school", "Changed?", "Room to plan.", {"wave": "1"}),
    ]
    file.write_text(SURVEY + "3;parents;Never heard of it.;;2\n", encoding="utf-8")
    again = run("-C", empty_study.root, "import", empty_study.root / "corpus")
    assert again.code == 0, again.err
    assert "4 passages" in again.out
    assert config.read_text(encoding="utf-8") == after


def test_a_table_that_nobody_explained_changes_nothing(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    file = empty_study.root / "survey.xlsx"
    file.write_text("x", encoding="utf-8")
    refused = run("-C", empty_study.root, "import", file)
    assert refused.code == 3
    assert "broken" in refused.err
    file = empty_study.root / "survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    refused = run("-C", empty_study.root, "import", file)
    assert refused.code == 3
    assert '--text "Changed?" --text "Next?". The columns are Nr, Who, Changed?, Next?, Wave.' in refused.err
    assert all_quotes(empty_study) == []


def test_columns_found_without_options_stay_found_when_one_is_given(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    file = empty_study.root / "corpus" / "survey.csv"
    file.write_text("ID,group,when,answer\n1,parents,May,So.\n2,schools,May,No.\n", encoding="utf-8")
    for options in (("--text", "answer"), ("--column", "case=ID"), ("--column", "attribute=when")):
        done = run("-C", empty_study.root, "import", file, *options)
        assert done.code == 0, done.err
        assert [(quote.case, quote.group, dict(quote.attributes)) for quote in all_quotes(empty_study)] == [
            ("1", "parent", {"when": "May"}),
            ("2", "school", {"when": "May"}),
        ]
        found = remembered_columns(load_settings(empty_study.root / "quotegrid.toml"), "survey.csv")
        assert found == Columns(("answer",), case="ID", group="group", attributes=("when",))


def test_one_option_that_does_not_say_where_the_words_are_is_refused_with_what_to_add(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    file = empty_study.root / "survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    refused = run("-C", empty_study.root, "import", file, "--column", "group=Who")
    assert refused.code == 3
    assert '--text "Changed?" --text "Next?"' in refused.err


def test_answers_beside_a_key_column_are_never_taken_for_attributes(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "survey.csv").write_text(
        "participant,What changed?,Wave\nA1,Nothing yet.,1\nA2,A plan.,2\n", encoding="utf-8"
    )
    (corpus / "who.csv").write_text(
        "speaker,role,note\nA1,Parent,Came late and left early.\n", encoding="utf-8"
    )
    done = run("-C", empty_study.root, "import", corpus)
    assert "attributes from who.csv." in done.out
    assert "survey.csv: left out" in done.out
    assert '--text "What changed?"' in done.out
    assert "--attributes" in done.out
    refused = run("-C", empty_study.root, "import", corpus / "survey.csv")
    assert refused.code == 3
    assert '--text "What changed?"' in refused.err
    assert "give the file with --attributes" in refused.err
    done = run("-C", empty_study.root, "import", corpus / "survey.csv", "--text", "What changed?")
    assert done.code == 0, done.err
    assert [(quote.case, quote.text) for quote in all_quotes(empty_study)] == [
        ("A1", "Nothing yet."),
        ("A2", "A plan."),
    ]


def test_tables_of_turns_and_segments_in_a_folder_are_sources_and_other_json_is_not(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "talk.csv").write_text(
        "speaker,words,tags,timestamp\nJo,How long did it run?,,[0:03]\nRay,Until May.,,[0:07]\n",
        encoding="utf-8",
    )
    segments = '[{"speaker": "Jo", "text": "So?", "start": 1}, {"speaker": "Ray", "text": "No.", "start": 2}]'
    (corpus / "talk.json").write_text(segments, encoding="utf-8")
    (corpus / "package.json").write_text('{"name": "x"}', encoding="utf-8")
    done = run("-C", empty_study.root, "import", corpus)
    assert done.code == 0, done.err
    assert "talk.csv: transcript, 2 passages, 2 cases" in done.out
    assert "talk.json: transcript, 2 passages, 2 cases" in done.out
    assert "package.json: left out, it holds no segments of speech" in done.out


def test_a_table_is_asked_about_only_if_it_may_hold_answers(empty_study: StudyFolder) -> None:
    tables = {
        "survey.csv": (SURVEY, True),
        "answers.csv": ("ID,Answer\n1,So.\n", True),
        "talk.csv": ("speaker,text\nJo,So when was it?\nRay,In May.\n", False),
        "areas.csv": ("area,wave\nWesthay,1\n", False),
        "plan.csv": ("group,planned\nparent,3\n", False),
    }
    for name, (content, _) in tables.items():
        (empty_study.root / name).write_text(content, encoding="utf-8")
    asked = {name: asks_for_columns(empty_study, empty_study.root / name) for name in tables}
    assert asked == {name: is_asked for name, (_, is_asked) in tables.items()}


def test_an_unexplained_table_in_a_folder_is_left_out(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    (empty_study.root / "corpus" / "survey.csv").write_text(SURVEY, encoding="utf-8")
    done = run("-C", empty_study.root, "import", empty_study.root / "corpus")
    assert done.code == 0
    assert "survey.csv: left out" in done.out


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        (["A"], ["ID"], '"ID" is not MEANING=COLUMN'),
        (["A"], ["case="], '"case=" is not MEANING=COLUMN'),
        (["A"], ["shoe=B"], '"shoe" is not a meaning of a column'),
    ],
)
def test_flags_that_say_nothing_are_refused(text: list[str], columns: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        columns_from_options(text, columns)
    assert columns_from_options([], []) is None


def test_columns_go_into_the_settings_and_come_out_the_same(empty_study: StudyFolder) -> None:
    config = empty_study.root / "quotegrid.toml"
    columns = Columns(("A",), case="B", attributes=("C", "D"))
    other = Columns(("X",), speaker="S", time="T", group="G", role="R", area="Z")
    remember_tables(config, {"one.csv": columns})
    remember_tables(config, {"wave 2/other.xlsx": other})
    settings = load_settings(config)
    assert remembered_columns(settings, "one.csv") == columns
    assert remembered_columns(settings, "elsewhere/one.csv") == columns
    assert remembered_columns(settings, "wave 2/other.xlsx") == other
    assert remembered_columns(settings, "new.csv") is None
    open_study(empty_study.root).close()


@pytest.mark.parametrize(
    "table", ['text = "A"', "text = []", 'text = ["A"]\ncase = 1', 'text = ["A"]\nshoe = "B"']
)
def test_a_broken_table_in_the_settings_is_named(empty_study: StudyFolder, table: str) -> None:
    config = empty_study.root / "quotegrid.toml"
    config.write_text(config.read_text(encoding="utf-8") + f'\n[tables."a.csv"]\n{table}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"quotegrid\.toml, line"):
        load_settings(config)
