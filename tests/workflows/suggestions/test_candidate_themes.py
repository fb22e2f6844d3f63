from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid import Study
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.exchange.listing import csv_fields
from quotegrid.domain.suggestions.candidate_themes import ThemeState
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.codebook_overview import codebook_view
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.suggestions import discover as discovering
from quotegrid.workflows.suggestions.candidate_themes import (
    ListedTheme,
    ListedThemeQuote,
    accept_theme,
    merge_theme,
    rename_theme,
    set_theme,
    theme_named,
    theme_quote_records,
    theme_records,
    themes,
)
from quotegrid.workflows.suggestions.discover import discover_themes, passages_of
from tests.conftest import REPOSITORY, StudyTemplates

ON_BOTH_ENGINES = True

PEOPLE = {
    "Ann Lee": ("school", "It is a leaking bucket. We pour and pour."),
    "Bo Cray": ("school", "A leaking bucket is what I would call it, honestly."),
    "Cy Dunn": ("parent", "This is not a leaking bucket, whatever they say."),
    "Di Eves": ("parent", "They gave us a leaking bucket and a mop, and then they left."),
    "Ed Firth": ("local authority", "The bus was late on Tuesday and we walked."),
    "Flo Gray": ("local authority", "We planted beans behind the shed in the yard."),
    "Gus Hale": ("local authority", "Her sister teaches the violin in another town."),
}


def _interview(study: StudyFolder) -> None:
    for number, (name, (group, said)) in enumerate(PEOPLE.items()):
        text = f"Participant: {name}\nInterviewer: JO\nGroup: {group}\n\nJO: And?\n\n{name.upper()}: {said}\n"
        (study.root / "corpus" / f"{number}.txt").write_text(text, encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())


@pytest.fixture
def interviewed(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """A study with seven short interviews and no coding."""
    yield from studies.opened(studies.derived(studies.empty, _interview), tmp_path)


@pytest.fixture
def discovered(studies: StudyTemplates, tmp_path: Path) -> Iterator[StudyFolder]:
    """The same, looked through."""
    interviewed = studies.derived(studies.empty, _interview)
    yield from studies.opened(studies.derived(interviewed, discover_themes), tmp_path)


def test_a_shared_phrase_is_a_theme_with_who_says_it(discovered: StudyFolder) -> None:
    first = themes(discovered)[0]
    assert (first.name, first.state, first.code) == ("leaking bucket", ThemeState.OPEN, None)
    assert first.saying == 4
    assert {"school", "parent"} <= set(first.groups)
    (denied,) = [quote for quote in first.quotes if quote.says and "negated" in quote.flags]
    assert denied.quote.case == "Cy Dunn"
    assert denied.words == "This is not a leaking bucket, whatever they say."
    assert first.definition.startswith("Draft, to be rewritten: what ")
    assert all(quote.words in quote.quote.text for quote in first.quotes)


def test_nothing_is_coded_by_discovering_or_accepting(discovered: StudyFolder) -> None:
    accept_theme(discovered, "leaking bucket")
    assert not any(line.quotes for line in codebook_view(discovered).lines)


def test_accepting_makes_a_code_with_terms_and_examples(discovered: StudyFolder) -> None:
    edited = accept_theme(discovered, "Leaking Bucket", code="losing money", below="Money")
    assert edited.what == "Added “losing money” below “Money”."
    code = current_codebook(discovered).get("losing money")
    assert code is not None
    assert code.terms[0] == "leaking bucket"
    assert code.parent == "Money"
    assert len(code.examples) == 2
    assert not any("not a leaking" in example for example in code.examples)
    theme = theme_named(discovered, "leaking bucket")
    assert (theme.state, theme.code, theme.by) == (ThemeState.ACCEPTED, "losing money", "tester")
    with pytest.raises(UsageError, match="already"):
        accept_theme(discovered, "leaking bucket")
    with pytest.raises(UsageError, match="already"):
        merge_theme(discovered, "leaking bucket", "Money")
    with pytest.raises(UsageError, match="already"):
        set_theme(discovered, "leaking bucket", ThemeState.OPEN)


def test_an_undone_acceptance_opens_the_theme_again_and_redo_closes_it(discovered: StudyFolder) -> None:
    accept_theme(discovered, "leaking bucket")
    undo(discovered)
    assert theme_named(discovered, "leaking bucket").state is ThemeState.OPEN
    assert current_codebook(discovered).get("leaking bucket") is None
    redo(discovered)
    assert theme_named(discovered, "leaking bucket").state is ThemeState.ACCEPTED


def test_an_undone_merge_opens_the_theme_again(discovered: StudyFolder) -> None:
    before = current_codebook(discovered).get("quick fix")
    merge_theme(discovered, "leaking bucket", "quick fix")
    undo(discovered)
    assert current_codebook(discovered).get("quick fix") == before
    assert theme_named(discovered, "leaking bucket").state is ThemeState.OPEN
    redo(discovered)
    assert theme_named(discovered, "leaking bucket").state is ThemeState.MERGED


def test_a_name_that_is_taken_leaves_the_theme_open(discovered: StudyFolder) -> None:
    with pytest.raises(UsageError, match="is there"):
        accept_theme(discovered, "leaking bucket", code="quick fix")
    assert theme_named(discovered, "leaking bucket").state is ThemeState.OPEN


def test_merging_adds_words_to_a_code_once(discovered: StudyFolder) -> None:
    merge_theme(discovered, "leaking bucket", "quick fix")
    code = current_codebook(discovered).get("quick fix")
    assert code is not None
    assert code.terms[:3] == ("quick fix", "patch", "leaking bucket")
    assert len(code.examples) == 2
    theme = theme_named(discovered, "leaking bucket")
    assert (theme.state, theme.code) == (ThemeState.MERGED, "quick fix")


@pytest.mark.parametrize("state", [ThemeState.SET_ASIDE, ThemeState.REFUSED])
def test_what_was_decided_on_is_not_found_again(discovered: StudyFolder, state: ThemeState) -> None:
    before = len(themes(discovered))
    set_theme(discovered, "leaking bucket", state)
    done = discover_themes(discovered)
    assert (done.known, done.themes) == (before - len(open_names(discovered)), len(open_names(discovered)))
    assert done.known >= 1
    assert "leaking bucket" not in open_names(discovered)
    assert theme_named(discovered, "leaking bucket").state is state
    set_theme(discovered, "leaking bucket", ThemeState.OPEN)
    assert "leaking bucket" in open_names(discovered)


def open_names(study: StudyFolder) -> list[str]:
    return [theme.name for theme in themes(study) if theme.state is ThemeState.OPEN]


def test_discovering_again_gives_the_same_themes(discovered: StudyFolder) -> None:
    before = [record | {"number": 0} for record in theme_records(themes(discovered))]
    discover_themes(discovered)
    after = [record | {"number": 0} for record in theme_records(themes(discovered))]
    assert after == before


def test_what_is_coded_is_looked_through_only_when_asked(interviewed: StudyFolder) -> None:
    passages, _ = passages_of(interviewed)
    for passage in passages:
        decide_segment(interviewed, passage.segment.id, Action.APPLY, "quick fix")
    with pytest.raises(UsageError, match="everything is coded already"):
        discover_themes(interviewed)
    assert discover_themes(interviewed, everything=True).passages == len(passages)


def test_renaming_a_theme(discovered: StudyFolder) -> None:
    rename_theme(discovered, "leaking bucket", "  money  runs out ")
    assert theme_named(discovered, "Money runs out").saying == 4
    with pytest.raises(UsageError, match="must have a name"):
        rename_theme(discovered, "money runs out", " ")


def test_of_too_many_passages_each_speaker_keeps_a_share(
    interviewed: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovering, "MOST_COMPARED", 6)
    done = discover_themes(interviewed)
    assert (done.passages, done.left_out) == (7, 0)


def test_unknown_themes_and_empty_studies_are_refused(empty_study: StudyFolder) -> None:
    with pytest.raises(UsageError, match="no passages yet"):
        discover_themes(empty_study)
    with pytest.raises(UnknownNameError, match="no themes have been discovered"):
        theme_named(empty_study, "leaking bucket")


def test_a_theme_is_found_by_its_number_and_a_near_name_is_offered(discovered: StudyFolder) -> None:
    first = themes(discovered)[0]
    assert theme_named(discovered, str(first.number)).name == first.name
    with pytest.raises(UnknownNameError, match="leaking bucket") as refused:
        theme_named(discovered, "leaking buckets")
    assert "leaking bucket" in str(refused.value)


def test_every_field_is_documented(discovered: StudyFolder) -> None:
    fields = (REPOSITORY / "docs" / "fields.md").read_text(encoding="utf-8")
    listed = fields.split("## themes\n")[1].split("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", listed)) >= set(csv_fields(ListedTheme))
    shown = fields.split("## themes show\n")[1].split("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", shown)) >= set(csv_fields(ListedThemeQuote))
    assert set(theme_records(themes(discovered))[0]) == set(csv_fields(ListedTheme))
    assert set(theme_quote_records(themes(discovered)[0])[0]) == set(csv_fields(ListedThemeQuote))


def test_themes_from_python(discovered: StudyFolder) -> None:
    with Study.open(discovered.root) as study:
        assert study.discover().themes == len(study.themes())
        first = study.themes()[0]
        assert first["theme"] == "leaking bucket"
        study.set_theme("leaking bucket", "set aside")
        study.set_theme("leaking bucket", "open")
        study.merge_theme("leaking bucket", "quick fix")
        assert study.themes()[-1]["code"] == "quick fix"
        study.undo()
        study.accept_theme("leaking bucket", code="losing money", below="Money")
        assert [theme["state"] for theme in study.themes() if theme["code"] == "losing money"] == ["accepted"]
