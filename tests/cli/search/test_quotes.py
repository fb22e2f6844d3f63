from __future__ import annotations

import pytest

from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.cli.contents import Run, assert_refused, contents, records


def ids(run: Run, study: StudyFolder, *arguments: object) -> list[int]:
    return [quote["id"] for quote in records(run("-C", study.root, "quotes", *arguments, "--format", "json"))]


def test_a_query_and_options_combine(run: Run, suggested: StudyFolder) -> None:
    for number in (1, 4):
        assert run("-C", suggested.root, "decide", number, "accept").code == 0
    assert ids(run, suggested, "group:parent OR text:roof") == [1, 4, 5]
    assert ids(run, suggested, "group:parent OR text:roof", "--area", "Westhay") == [1]
    assert ids(run, suggested, "code:Money/*") == [1, 2]
    assert ids(run, suggested, "coder:tester code:Money after:2020 -text:roof") == [2]
    assert ids(run, suggested, "before:2020") == []
    assert ids(run, suggested, 'wave:1 "months of wait"*') == [3]
    assert run("-C", suggested.root, "stance", 1, "quick fix", "disputes").code == 0
    assert ids(run, suggested, "stance:disputes", "--code", "Money") == [1]
    assert ids(run, suggested, "stance:disputes", "--code", "room to plan") == []


def test_pages_say_which_and_how_many(run: Run, study: StudyFolder) -> None:
    first = run("-C", study.root, "quotes", "--limit", 2).out
    assert first.rstrip().endswith("Quotes 1 to 2 of 5. --page shows more, --limit 0 all.")
    assert (
        run("-C", study.root, "quotes", "--limit", 2, "--page", 3)
        .out.rstrip()
        .endswith("Quotes 5 to 5 of 5.")
    )
    assert "No quotes on this page; there are 5." in run("-C", study.root, "quotes", "--page", 9).out
    assert run("-C", study.root, "quotes").out.rstrip().endswith("5 quotes.")
    assert ids(run, study, "--sort", "group") == [1, 2, 3, 4, 5]
    assert ids(run, study, "--sort", "area") == [4, 5, 1, 2, 3]
    assert ids(run, study, "--sort", "area", "--limit", 2, "--page", 2) == [1, 2]


def test_near_ranks_and_leaves_nothing_out(run: Run, study: StudyFolder) -> None:
    found = ids(run, study, 'near:"a patch on a roof"')
    assert found[0] == 1
    assert sorted(found) == [1, 2, 3, 4, 5]
    assert ids(run, study, 'near:"a patch on a roof" group:parent', "--limit", 1) in ([4], [5])
    assert "near 0." in run("-C", study.root, "quotes", "near:roof").out
    assert_refused(run("-C", study.root, "quotes", "--sort", "nearest"), 2, "nothing to be nearest to")
    assert_refused(run("-C", study.root, "quotes", "near:a OR b"), 2, "column 1", "cannot stand in OR")


def test_queries_are_saved_beside_what_else_stands_in_the_file(run: Run, study: StudyFolder) -> None:
    config = study.root / "quotegrid.toml"
    before = config.read_text(encoding="utf-8")
    assert "Saved the query" in run("-C", study.root, "quotes", 'text:"waiting list"', "--save", "waits").err
    assert config.read_text(encoding="utf-8").startswith(before.rstrip())
    assert run("-C", study.root, "quotes", "@waits group:parent", "--save", "both").code == 0
    assert ids(run, study, "@both") == ids(run, study, "saved:BOTH") == [4]
    listed = records(run("-C", study.root, "queries", "--format", "json"))
    assert listed == [
        {"name": "waits", "query": 'text:"waiting list"'},
        {"name": "both", "query": "@waits group:parent"},
    ]
    assert "Replaced" in run("-C", study.root, "quotes", "text:list", "--save", "waits").err


def test_queries_that_go_round_or_are_not_there_are_one_message(run: Run, study: StudyFolder) -> None:
    config = study.root / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f'{text}\n[queries]\na = "@b"\nb = "@A"\nc = "(x"\n', encoding="utf-8")
    assert_refused(run("-C", study.root, "quotes", "@a"), 3, "a > b > a")
    assert_refused(run("-C", study.root, "quotes", "@c"), 3, 'saved query "c"', "column 1")
    assert_refused(run("-C", study.root, "quotes", "@d"), 2, 'no saved query "d"')
    assert_refused(run("-C", study.root, "quotes", "x", "--save", "a b"), 2, "cannot be the name")
    assert_refused(run("-C", study.root, "quotes", "", "--save", "x"), 2, "no query to save")
    config.write_text(f"{text}\n[queries]\na = 1\n", encoding="utf-8")
    assert_refused(run("-C", study.root, "quotes"), 3, 'saved query "a" must be text')


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("group:parnt", "Did you mean parent?"),
        ("grup:parent", "Did you mean group?"),
        ("code:Monei", "Did you mean Money?"),
        ('code:"long wait"/*', "no code below"),
        ("coder:nobody", "no coder"),
        ("stance:dispute", "Did you mean disputes?"),
        ("wave:9", "The values of wave are 1, 2"),
        ("after:2026-02-30", "is not a day"),
        ("text:'?!'", "no letter or digit"),
        ("kind:song", "kinds of quotes are"),
        ("coded:perhaps", "answers are"),
        ("source:zz*", "begins with"),
        ("(group:parent", "\n  (group:parent\n  ^"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_changes_nothing(
    run: Run, study: StudyFolder, query: str, said: str
) -> None:
    before = contents(study.root)
    assert_refused(run("-C", study.root, "quotes", query), 2, said)
    assert contents(study.root) == before


def test_words_found_are_marked_in_a_terminal_and_nothing_of_a_text_acts(
    run: Run, study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.echo", print)
    out = run("-C", study.root, "quotes", "text:month").out
    assert "\x1b[1;4mMonths\x1b[0m of waiting" in out


def test_a_query_can_be_published(run: Run, publishable: StudyFolder) -> None:
    done = run("-C", publishable.root, "quotes", 'text:"waiting list"', "--publish", "--format", "json")
    assert len(records(done)) == 2
    assert "head.md" not in done.out


def test_python_asks_the_same(study: StudyFolder) -> None:
    from quotegrid import Study

    again = Study(open_study(study.root))
    assert [quote.id for quote in again.quotes("text:wait OR text:patch", group="school")] == [1, 3]
    again.close()
