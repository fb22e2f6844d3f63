from __future__ import annotations

import pytest

from quotegrid.domain.suggestions.candidate_themes import ThemeState
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions.candidate_themes import theme_named
from tests.cli.contents import Run, assert_refused, records
from tests.workflows.suggestions.test_candidate_themes import discovered, interviewed

__all__ = ["discovered", "interviewed"]


def test_discovering_lists_themes_with_words_and_who_says_them(run: Run, interviewed: StudyFolder) -> None:
    done = run("-C", interviewed.root, "discover", "--top", 1)
    assert done.code == 0, done.err
    assert " 1  leaking bucket" in done.out
    assert "4 say it" in done.out
    assert "“A leaking bucket is what I would call it, honestly.”" in done.out
    assert 'Next: quotegrid themes accept "leaking bucket"' in done.out
    assert " 2  " not in done.out


def test_as_json_every_theme_has_its_quotes(run: Run, interviewed: StudyFolder) -> None:
    first = records(run("-C", interviewed.root, "discover", "--format", "json"))[0]
    assert first["theme"] == "leaking bucket"
    assert sum(quote["says"] for quote in first["quotes"]) == 4
    flagged = [quote for quote in first["quotes"] if quote["says"] and quote["flags"]]
    assert [quote["flags"] for quote in flagged] == [["negated", "reported"]]
    listed = records(run("-C", interviewed.root, "themes", "--format", "json"))
    assert listed[0] == first


def test_every_deed_says_what_it_did(run: Run, discovered: StudyFolder) -> None:
    deeds = [
        (("show", "leaking bucket"), "This is not a leaking bucket"),
        (("set-aside", "leaking bucket"), "“leaking bucket” is set aside.\n"),
        (("refuse", "leaking bucket"), "“leaking bucket” is not a theme.\n"),
        (("reopen", "leaking bucket"), "“leaking bucket” is open.\n"),
        (("reopen", "leaking bucket"), "Nothing was changed.\n"),
        (("rename", "leaking bucket", "losing it"), "“leaking bucket” is “losing it” now.\n"),
        (
            ("accept", "losing it", "--below", "Money"),
            "Added “losing it” below “Money”.\nNext: quotegrid sug",
        ),
    ]
    for arguments, said in deeds:
        done = run("-C", discovered.root, "themes", *arguments)
        assert done.code == 0, done.err
        assert said in done.out
    assert theme_named(discovered, "losing it").state is ThemeState.ACCEPTED
    listed = run("-C", discovered.root, "themes", "--format", "csv").out
    assert "losing it" in listed
    assert "accepted" in listed


def test_merging_goes_into_a_code(run: Run, discovered: StudyFolder) -> None:
    done = run("-C", discovered.root, "themes", "merge", "leaking bucket", "quick fix")
    assert done.out == "“leaking bucket” went into “quick fix”.\n"
    assert theme_named(discovered, "leaking bucket").code == "quick fix"


@pytest.mark.parametrize(
    "arguments",
    [("show", "nobody"), ("accept", "nobody"), ("merge", "leaking bucket", "nobody"), ("refuse", "nobody")],
)
def test_what_is_not_there_is_refused(run: Run, discovered: StudyFolder, arguments: tuple[str, ...]) -> None:
    assert_refused(run("-C", discovered.root, "themes", *arguments), 2, "nobody")
