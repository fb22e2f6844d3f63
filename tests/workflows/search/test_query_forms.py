"""The forms of a query, one by one, on both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import QueryError, UnknownNameError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import undo
from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.search.find_quotes import find_quotes
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.search.query_vocabulary import query_vocabulary
from quotegrid.workflows.search.saved_queries import save_query
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import GOVERNOR, StudyTemplates
from tests.workflows.passages import write_memo_on

ON_BOTH_ENGINES = True


@pytest.fixture(scope="module")
def coded(studies: StudyTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StudyFolder]:
    """Five passages, 1 to 3 by Ada on 2025-01-15 and 4 and 5 by Ray on 2025-02-01, with codes and memos.

    No test changes it.
    """
    template = studies.derived(studies.imported, current_codebook)
    made = studies.opened(template, tmp_path_factory.mktemp("coded"))
    study = next(made)
    set_case(study, "Ada Stone", {"age": "41"})
    decide_segment(study, 1, Action.APPLY, "quick fix")
    decide_segment(study, 2, Action.APPLY, "room to plan")
    decide_segment(study, 4, Action.APPLY, "long wait")
    decide_segment(study, 5, Action.APPLY, "quick fix")
    write_memo_on(study, 2, "Look again: the café.")
    yield study
    next(made, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("age:none", [4, 5]),
        ("-age:*", [4, 5]),
        ("age:* group:*", [1, 2, 3]),
        ("group:none OR role:none OR area:none OR case:none", []),
        ("wave:>1", [4, 5]),
        ("wave:<=1", [1, 2, 3]),
        ("wave:1..2", [1, 2, 3, 4, 5]),
        ("region:>1", []),
        ("age:>40", [1, 2, 3]),
        ("age:40..41", [1, 2, 3]),
        ("age:<41", []),
        ("date:2025-01..2025-01", [1, 2, 3]),
        ("date:>2025-01-15", [4, 5]),
        ("date:2025", [1, 2, 3, 4, 5]),
        ("date:2025-02", [4, 5]),
        ("-date:*", []),
        ("text:/months?.*letter/", [3]),
        (r"text:/a (quick|patch)\b/ -text:/if nobody/", [1]),
        ("text:f*teen", [4]),
        ("*here*", [1]),
        ('text:"roof patch"~2', [1]),
        ('text:"roof patch"~1', []),
        ('"waiting letter"~6', [3]),
        ("code:*", [1, 2, 4, 5]),
        ('code:"quick fix" near code:"room to plan" within source', [1]),
        ('code:"quick fix" near code:"long wait" within case', [5]),
        ('code:"quick fix" near code:"long wait" within turn', []),
        ('code:"long wait" before code:"quick fix"', [4]),
        ('code:"quick fix" before code:"long wait"', []),
        ('code:Money near (group:parent OR code:"long wait") within source', [5]),
        ("memo:again", [2]),
        ("memo:cafe", [2]),
        ("memo:lo*k", [2]),
        ("-memo:*", [1, 3, 4, 5]),
        ("memo:aga", []),
        ("read:yes", [4, 5]),
        ("read:no", [1, 2, 3]),
        ("words:<14", [3]),
        ("words:>=20", [1]),
        ("group:school and text:waiting", [3]),
        ("text:roof or text:letter", [1, 3]),
    ],
)
def test_a_query_finds_passages_and_filters_a_matrix(
    coded: StudyFolder, query: str, found: list[int]
) -> None:
    assert [quote.id for quote in list_quotes(coded, query)] == found
    matrix = make_matrix(coded, MatrixChoice(query=query)).matrix
    counted = {number for members in matrix.members.values() for number in members}
    assert counted == set(found) & {1, 2, 4, 5}


def test_what_a_pattern_finds_is_marked(coded: StudyFolder) -> None:
    quotes = find_quotes(coded, 'text:/p(a)tch/ "everywhere roof"~3 le*ks')
    (quote,) = quotes.quotes
    marked = {quote.text[start:end] for start, end in quotes.places[quote.id]}
    assert marked == {"patch", "everywhere", "roof", "leaks"}


def test_a_source_is_read_once_every_passage_of_it_has_a_decision_that_counts(study: StudyFolder) -> None:
    decide_segment(study, 4, Action.SKIP)
    assert list_quotes(study, "read:yes") == []
    decide_segment(study, 5, Action.REJECT, "quick fix")
    assert [quote.id for quote in list_quotes(study, "read:yes")] == [4, 5]
    undo(study)
    assert list_quotes(study, "read:yes") == []


@pytest.mark.parametrize(
    ("query", "column", "said"),
    [
        ("wave:1 group:parnt", 14, "Did you mean parent?"),
        ("grup:parent", 1, "Did you mean group?"),
        ('wave:1 (text:roof OR code:"quik fix")', 27, "Did you mean quick fix?"),
        ("-coder:nobody", 8, "no coder"),
        ("stance:dispute", 8, "Did you mean disputes?"),
        ("wave:9", 6, "The values of wave are 1, 2"),
        ("wave:>old", 6, "compares with nothing"),
        ("words:2025-01..2025-02", 7, "compares with nothing"),
        ("words:few", 7, "compares with nothing"),
        ("after:2026-02-30", 7, "is not a day"),
        ("source:zz*", 8, "begins with"),
        ("text:/(/", 6, "no regular expression"),
        ("text:/" + "x" * 201 + "/", 6, "at most 200"),
        ("a text:/(.+)+(.+)+(.+)+(.+)+(.+)+x$/ OR text:/((a|.)+)+\\d/", 0, "take more than"),
        ('text:"?! a"~2', 6, "no letter or digit"),
        ("memo:?!", 6, "no letter or digit"),
        ("read:maybe", 6, "answers are"),
        ("near:x code:Money near code:Money OR near:y", 1, "ranks what the rest"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_is_pointed_at(
    study: StudyFolder, query: str, column: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotegrid.storage.search.queries.SECONDS", 0.05)
    with pytest.raises(QueryError, match=re.escape(said)) as caught:
        list_quotes(study, query)
    assert column in (caught.value.column, 0)
    shown, caret = str(caught.value).splitlines()[1:]
    assert len(caret) - 1 == shown.index(query[:5]) + caught.value.column - 1
    if "Did you mean" in said:
        assert isinstance(caught.value, UnknownNameError)


def test_what_is_wrong_in_a_saved_query_is_pointed_at_where_it_is_named(study: StudyFolder) -> None:
    save_query(study, "mine", "wave:1 group:parnt")
    with pytest.raises(UnknownNameError, match="Did you mean parent") as caught:
        list_quotes(study, "text:roof @mine")
    assert isinstance(caught.value, QueryError)
    assert caught.value.column == 11


def test_an_attribute_that_is_called_like_a_field_is_told_apart(study: StudyFolder) -> None:
    folder = study.root / "corpus" / "more"
    folder.mkdir()
    (folder / "governor.txt").write_text(GOVERNOR, encoding="utf-8")
    (folder / "people.csv").write_text("speaker,code,read\nUMA GREY,A1,ten\n", encoding="utf-8")
    import_sources(study, [folder], ReadingOptions())
    with pytest.raises(QueryError, match=r'no code "A1".*attribute\.code:"A1"'):
        list_quotes(study, "code:A1")
    for query, attributes in (("attribute.code:a1", {}), ("", {"code": "A1"}), ("attribute.read:*", {})):
        assert [quote.id for quote in list_quotes(study, query, attributes=attributes)] == [6]
    assert {"attribute.code", "code"} <= set(query_vocabulary(study))


def test_completion_offers_what_each_field_can_be_asked(study: StudyFolder) -> None:
    known = query_vocabulary(study)
    assert known["wave"] == ["1", "2", "1..2", "none", "*"]
    assert known["date"] == ["2025-01-15", "2025-02-01", "2025-01-15..2025-02-01", "none", "*"]
    assert known["read"] == ["yes", "no"]
    assert (known["memo"], "*" in known["code"], "none" in known["source"]) == (["*"], True, False)
    for field, values in known.items():
        name = field if " " not in field else f'"{field}"'
        for value in values:
            if field not in ("coder", "saved"):
                list_quotes(study, f"{name}:{value}")
