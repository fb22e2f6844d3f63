from __future__ import annotations

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.errors import QuotegridError, UnknownNameError, UsageError
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.people.change_cases import (
    merge_cases,
    merge_differences,
    rename_case,
    split_case,
)
from quotegrid.workflows.people.change_words import described
from quotegrid.workflows.people.list_cases import case_change_records, case_records
from quotegrid.workflows.people.reversing import undo_case_change
from quotegrid.workflows.people.set_values import set_case, set_cases
from quotegrid.workflows.people.show_case import SpeaksIn, show_case
from quotegrid.workflows.search.list_quotes import list_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.import_summary import ImportSummary
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.cli.contents import contents
from tests.conftest import PARENT

ON_BOTH_ENGINES = True

SECOND = (
    "Interviewer: Jo\nDate: 2025-03-01\n\nJo: So?\n\nRAY MOSS: Still nothing.\n\nJo: And?\n\n"
    "P1: It buys time.\n\nJo: Well?\n\nRAY MOSS: No.\n"
)


def _import(study: StudyFolder, name: str, text: str) -> ImportSummary:
    file = study.root / "corpus" / name
    file.write_text(text, encoding="utf-8")
    return import_sources(study, [file], ReadingOptions())


def _cases(study: StudyFolder) -> list[str]:
    return [record["name"] for record in case_records(study)]


def test_every_view_shows_the_case_as_it_is_now(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    (quote,) = list_quotes(study, cases=["second P1"])
    decide_segment(study, quote.id, Action.APPLY, "room to plan")
    said = merge_cases(study, "second P1", "Ada Stone")
    assert (said.what, said.unsure) == ('"second P1" is now "Ada Stone".', ())
    (quote,) = list_quotes(study, cases=["Ada Stone"], sources=["second.txt"])
    assert (quote.case, quote.group, quote.codes) == ("Ada Stone", "school", ("room to plan",))
    matrix = make_matrix(study, columns="case").matrix
    assert dict(zip(matrix.columns, matrix.cells[0], strict=True)) == {"Ada Stone": 1, "RAY MOSS": 0}
    assert [listed.id for listed in list_quotes(study, cases=["second p1"])] == [
        listed.id for listed in list_quotes(study, cases=["Ada Stone"])
    ]
    rename_case(study, "Ada Stone", "A. S.")
    assert {listed.case for listed in list_quotes(study, sources=["second.txt"])} == {"A. S.", "RAY MOSS"}


def test_two_groups_are_not_merged_unless_somebody_says_so(study: StudyFolder) -> None:
    before = contents(study.root)
    with pytest.raises(UsageError) as caught:
        merge_cases(study, "ray moss", "Ada Stone")
    assert caught.value.what == (
        '"RAY MOSS" is "parent" (header, parent.txt, line 5), and "Ada Stone" is "school" '
        "(header, head.md, line 6)."
    )
    assert "--yes" in caught.value.todo
    assert contents(study.root) == before
    said = merge_cases(study, "ray moss", "Ada Stone", despite_groups=True)
    assert said.told[0].startswith('group: "school" of "Ada Stone" stands, ')
    found = show_case(study, "RAY MOSS")
    assert (found.name, found.other_names) == ("Ada Stone", ["RAY MOSS"])
    assert [conflict.split(" is ")[0] for conflict in found.conflicts] == [
        f"the {field}" for field in ("group", "role", "area")
    ]
    assert found.sources == [SpeaksIn("head.md", "Ada Stone", 2), SpeaksIn("parent.txt", "RAY MOSS", 2)]


def test_of_two_who_differ_the_one_merged_into_stands_and_undo_brings_both_back(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    set_case(study, "RAY MOSS", {"role": "Lead parent", "area": "Eastlow", "shift": "day"})
    set_case(study, "second P1", {"group": "parent", "role": "Carer", "shift": "night", "grade": "5"})
    ray, other = show_case(study, "RAY MOSS"), show_case(study, "second P1")
    differences = merge_differences(study, "second P1", "RAY MOSS")
    assert differences == [
        'role: "Lead parent" of "RAY MOSS" stands, "Carer" of "second P1" does not count',
        'grade: "5" of "second P1" stands, as "RAY MOSS" has none',
        'shift: "day" of "RAY MOSS" stands, "night" of "second P1" does not count',
    ]
    assert list(merge_cases(study, "second P1", "RAY MOSS").told) == differences
    merged = show_case(study, "RAY MOSS")
    assert (merged.group, merged.role, merged.attributes["shift"], merged.attributes["grade"]) == (
        "parent", "Lead parent", "day", "5"
    )  # fmt: skip
    undo(study)
    assert (show_case(study, "RAY MOSS"), show_case(study, "second P1")) == (ray, other)
    redo(study)
    assert show_case(study, "RAY MOSS") == merged
    undo(study)
    # What is trusted more does not stand if it is said of the one who goes.
    merge_cases(study, "RAY MOSS", "Ada Stone", despite_groups=True)
    ada = show_case(study, "Ada Stone")
    assert (ada.group, ada.role, ada.area) == ("school", "Headteacher", "Westhay")
    undo(study)
    assert show_case(study, "RAY MOSS") == ray


def test_a_case_is_split_by_source_and_by_label(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    said = split_case(study, "ray moss", "second")
    assert said.what == 'What "RAY MOSS" says in second.txt is now the case "RAY MOSS (second)".'
    assert _cases(study) == ["Ada Stone", "RAY MOSS", "RAY MOSS (second)", "second P1"]
    merge_cases(study, "RAY MOSS (second)", "second P1")
    split_case(study, "second P1", "second.txt", label="ray moss", new="Somebody else")
    assert show_case(study, "Somebody else").sources == [SpeaksIn("second.txt", "RAY MOSS", 2)]
    for count in range(3):
        assert undo_case_change(study) is not None, count
    assert undo_case_change(study) is None
    assert _cases(study) == ["Ada Stone", "RAY MOSS", "second P1"]


def test_a_split_is_called_after_its_label_where_the_case_says_more_in_the_source(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    merge_cases(study, "second P1", "RAY MOSS")
    split_case(study, "RAY MOSS", "second.txt", label="P1")
    assert "RAY MOSS (second P1)" in _cases(study)


def test_what_is_set_by_hand_goes_before_all_that_files_say(study: StudyFolder) -> None:
    said = set_case(study, "RAY MOSS", {"Role": "Headteacher", "area": "Westhay", "On Track": "no"})
    assert said.what == '"RAY MOSS": parent, Headteacher, Westhay, no, west, 1.'
    set_case(study, "RAY MOSS", {"group": "schools"})
    (study.root / "corpus" / "people.csv").write_text("speaker,role,group\nRAY MOSS,Carer,health\n", "utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())
    found = show_case(study, "RAY MOSS")
    assert (found.group, found.role, found.area) == ("school", "Headteacher", "Westhay")
    summary = _import(study, "parent.txt", PARENT.replace("Fourteen", "Sixteen"))
    assert (summary.replaced, summary.warnings) == (["parent.txt"], [])
    found = show_case(study, "RAY MOSS")
    assert (found.group, found.role, found.attributes["on_track"]) == ("school", "Headteacher", "no")
    assert [value.value for value in found.values if value.field == "group"] == ["school", "parent"]
    set_case(study, "RAY MOSS", {"group": "", "role": ""})
    found = show_case(study, "RAY MOSS")
    assert (found.group, found.role, found.area) == ("parent", "Parent", "Westhay")


def test_a_role_set_by_hand_brings_its_group_where_none_is_said(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    assert set_case(study, "second P1", {"role": "Nurses"}).unsure == ()
    assert show_case(study, "second P1").group == "health"
    said = set_case(study, "second P1", {"role": "Astronaut"})
    assert said.unsure == ('the role "Astronaut" is in no group of [stakeholders].',)
    assert show_case(study, "second P1").group is None
    set_case(study, "second P1", {"wave": "2"})
    set_case(study, "second P1", {"group": "parents"})
    set_case(study, "second P1", {"role": "Nurse"})
    assert show_case(study, "second P1").group == "parent"
    set_case(study, "second P1", {"group": ""})
    assert show_case(study, "second P1").group == "health"


def test_a_row_may_use_the_name_that_somebody_gave(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    rename_case(study, "second P1", "Maya Hill")
    table = study.root / "corpus" / "people.csv"
    table.write_text("speaker,role\nMaya Hill,Nurse\n", encoding="utf-8")
    summary = import_sources(study, [study.root / "corpus"], ReadingOptions())
    assert summary.values_changed == 2
    maya = show_case(study, "Maya Hill")
    assert (maya.role, maya.group) == ("Nurse", "health")
    table.write_text("speaker,role\nMaya Hill,Carer\n", encoding="utf-8")
    import_sources(study, [study.root / "corpus"], ReadingOptions())
    maya = show_case(study, "Maya Hill")
    assert (maya.role, maya.group, maya.conflicts) == ("Carer", "parent", [])


def test_areas_have_their_standard_names(study: StudyFolder) -> None:
    config = study.root / "quotegrid.toml"
    added = '\n[areas]\nWesthay = ["West Hay"]\n"Greater Eastlow" = ["Eastlow"]\n'
    config.write_text(config.read_text(encoding="utf-8") + added, encoding="utf-8")
    again = open_study(study.root)
    said = set_case(again, "RAY MOSS", {"area": "west hay"})
    assert (said.unsure, show_case(again, "RAY MOSS").area) == ((), "Westhay")
    assert len(list_quotes(again, areas=["WEST HAY"])) == 5
    said = set_case(again, "RAY MOSS", {"area": "Westhey"})
    assert said.unsure == ('the area "Westhey" is not one of [areas]; did you mean Westhay?',)
    set_case(again, "RAY MOSS", {"area": ""})
    import_sources(again, [again.root / "corpus"], ReadingOptions())
    ray = show_case(again, "RAY MOSS")
    assert (ray.area, ray.attributes["region"]) == ("Greater Eastlow", "east")
    again.close()


def test_history_tells_every_change_in_words(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    rename_case(study, "second P1", "Maya")
    merge_cases(study, "Maya", "Ada Stone")
    split_case(study, "RAY MOSS", "second.txt")
    set_case(study, "Ada Stone", {"wave": "4", "area": ""})
    taken_back = undo_case_change(study)
    assert taken_back is not None
    assert (
        described(taken_back)
        == 'gave "Ada Stone" the wave "4", and took back the area set by hand for "Ada Stone"'
    )
    assert [
        (record["action"], record["what"], record["undoes"]) for record in case_change_records(study)
    ] == [
        ("rename", 'renamed "second P1" to "Maya"', None),
        ("merge", 'merged "Maya" into "Ada Stone"', None),
        ("split", 'split "RAY MOSS (second)" from "RAY MOSS" (second.txt)', None),
        ("set", 'gave "Ada Stone" the wave "4", and took back the area set by hand for "Ada Stone"', None),
        ("undo", "took back change 4", 4),
    ]
    assert {record["coder"] for record in case_change_records(study)} == {"tester"}


@pytest.mark.parametrize(
    ("change", "error", "what"),
    [
        (
            lambda study: merge_cases(study, "Ada", "RAY MOSS"),
            UnknownNameError,
            'there is no case "Ada" here.',
        ),
        (
            lambda study: merge_cases(study, "ada stone", "Ada Stone"),
            UsageError,
            "is named twice",
        ),
        (
            lambda study: split_case(study, "RAY MOSS", "head.md"),
            UnknownNameError,
            'says nothing in a source "head.md"',
        ),
        (lambda study: split_case(study, "RAY MOSS", "parent"), UsageError, '"RAY MOSS" says nothing else.'),
        (
            lambda study: split_case(study, "RAY MOSS", "parent", label="P9"),
            UnknownNameError,
            '"RAY MOSS" has no label "P9" in parent.txt.',
        ),
        (lambda study: rename_case(study, "RAY MOSS", " "), UsageError, "a case must have a name."),
        (lambda study: rename_case(study, "RAY MOSS", "RAY MOSS"), UsageError, "already has this name."),
        (
            lambda study: rename_case(study, "RAY MOSS", "ADA STONE"),
            UsageError,
            'there is a case "ADA STONE" already.',
        ),
        (lambda study: set_case(study, "RAY MOSS", {}), UsageError, "no value was given."),
        (lambda study: set_case(study, "RAY MOSS", {"name": "x"}), UsageError, '"name" cannot be set.'),
    ],
)
def test_what_cannot_be_changed_is_refused_and_changes_nothing(
    study: StudyFolder, change: object, error: type[QuotegridError], what: str
) -> None:
    before = contents(study.root)
    assert callable(change)
    with pytest.raises(error) as caught:
        change(study)
    assert what in caught.value.what
    assert contents(study.root) == before


def test_a_name_that_leads_to_another_case_is_taken(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    merge_cases(study, "second P1", "Ada Stone")
    with pytest.raises(UsageError, match='"second P1" already, which "Ada Stone" is known by'):
        rename_case(study, "RAY MOSS", "second P1")
    rename_case(study, "Ada Stone", "second P1")
    assert show_case(study, "Ada Stone").name == "second P1"


def test_values_of_several_are_one_entry_that_is_undone_and_redone(study: StudyFolder) -> None:
    set_case(study, "Ada Stone", {"shift": "day"})
    before = contents(study.root)
    said = set_cases(study, {name: {"shift": "night", "role": ""} for name in ("ada stone", "RAY MOSS")})
    assert said.what == "2 cases: shift, role set."
    assert [record["attributes"].get("shift") for record in case_records(study)] == ["night", "night"]
    change = case_change_records(study)[-1]
    assert (change["action"], change["what"]) == (
        "set several",
        'gave "Ada Stone" and "RAY MOSS" the shift "night", '
        'and took back the role set by hand for "Ada Stone" and "RAY MOSS"',
    )
    undo(study)
    assert [record["attributes"].get("shift") for record in case_records(study)] == ["day", None]
    redo(study)
    assert [record["attributes"].get("shift") for record in case_records(study)] == ["night", "night"]
    undo(study)
    kept = [line for line in before if '"case_change"' not in line and '"journal"' not in line]
    assert [line for line in contents(study.root) if line in kept] == kept
    with pytest.raises(UnknownNameError):
        set_cases(study, {"Ada Stone": {"shift": "late"}, "Nobody": {"shift": "late"}})
    with pytest.raises(UsageError, match="two of the names are of one case"):
        set_cases(study, {"Ada Stone": {"shift": "late"}, "ADA STONE": {"shift": "early"}})
    assert show_case(study, "Ada Stone").attributes["shift"] == "day"


def test_a_case_is_known_by_its_guid_and_says_what_became_of_it(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import(study, "second.txt", SECOND)
    guid = show_case(study, "second P1").guid
    set_case(study, guid, {"shift": "night"})
    undo(study)
    monkeypatch.setenv("QUOTEGRID_CODER", "bea")
    merge_cases(study, guid, show_case(study, "RAY MOSS").guid)
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    before = contents(study.root)
    gone = '"second P1" is no longer a case: bea merged "second P1" into "RAY MOSS".'
    with pytest.raises(UnknownNameError) as caught:
        set_case(study, guid, {"shift": "night"})
    assert caught.value.what == gone
    with pytest.raises(UsageError) as refused:
        redo(study)
    assert refused.value.what == 'since then bea merged "second P1" into "RAY MOSS".'
    assert contents(study.root) == before


def test_what_was_undone_of_a_case_that_is_gone_is_not_redone(study: StudyFolder) -> None:
    _import(study, "second.txt", SECOND)
    set_case(study, "second P1", {"shift": "night"})
    undo(study)
    _import(study, "second.txt", SECOND.replace("P1:", "P2:"))
    assert "second P1" not in _cases(study)
    with pytest.raises(UsageError) as caught:
        redo(study)
    assert str(caught.value) == '"second P1" is no longer in the study. Nothing was changed.'
