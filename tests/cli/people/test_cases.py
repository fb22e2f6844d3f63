from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, contents, records

UNNAMED = "I: And you?\n\nP1: I'm a SENCO in a primary school.\n\nI: So?\n\nP1: No.\n"


@pytest.fixture
def root(study: StudyFolder, run: Run) -> Path:
    """A study with a third interview, of somebody without a name."""
    (study.root / "corpus" / "third.txt").write_text(UNNAMED, encoding="utf-8")
    assert run("-C", study.root, "import", study.root / "corpus").code == 0
    return study.root


def _kept(root: Path) -> list[str]:
    """Everything that the database holds but the log of changes and who made them."""
    logged = ('INSERT INTO "case_change"', 'INSERT INTO "coder"', 'INSERT INTO "journal"')
    return [line for line in contents(root) if not line.startswith(logged)]


def test_the_check_tells_what_is_lacking_and_what_is_offered(run: Run, study: StudyFolder) -> None:
    assert run("-C", study.root, "cases", "check").out == "0 cases lack something.\n"
    (study.root / "corpus" / "third.txt").write_text(UNNAMED, encoding="utf-8")
    assert run("-C", study.root, "import", study.root / "corpus").code == 0
    shown = run("-C", study.root, "cases", "check").out
    assert shown.endswith("\n1 case lacks something.\n")
    assert "group, role, area, region, wave" in shown
    assert 'Not named: third P1. Name them: quotegrid cases rename "third P1" NAME\n' in shown
    assert (
        'Offered: "third P1" says "I\'m a SENCO in a primary school" (third.txt:17-48), so perhaps\n' in shown
    )
    assert '  quotegrid cases set "third P1" role="SENCO in a primary school" group="school"\n' in shown
    (told,) = records(run("-C", study.root, "cases", "check", "--format", "json"))
    assert told["offered"][0]["group"] == "school"
    table = run("-C", study.root, "cases", "check", "--format", "csv").out
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["offered"] == "SENCO in a primary school (third.txt:17)"


def test_a_case_is_shown_with_all_that_is_said_of_it(run: Run, root: Path) -> None:
    assert run("-C", root, "cases", "set", "RAY MOSS", "role=Carer", "wave=").code == 0
    shown = run("-C", root, "cases", "show", "ray moss").out.splitlines()
    assert shown[0] == "RAY MOSS: 2 passages"
    assert "  group: parent  (header, parent.txt, line 5)" in shown
    assert any(line.startswith("  role: Carer  (by hand, tester, ") for line in shown)
    assert "- role: Parent  (header, parent.txt, line 6)" in shown
    assert "  region: east  (derived, attributes.csv, line 3)" in shown
    assert "  parent.txt: RAY MOSS, 2 turns" in shown
    assert shown[-1].startswith("  Conflict: the role is ")
    told = records(run("-C", root, "cases", "show", "RAY MOSS", "--format", "json"))
    assert [(value["value"], value["stands"]) for value in told["values"] if value["field"] == "role"] == [
        ("Carer", True),
        ("Parent", False),
    ]
    table = run("-C", root, "cases", "show", "RAY MOSS", "--format", "csv").out
    assert table.splitlines()[0] == "field,value,origin,place,line,stands"
    assert "| field | value |" in run("-C", root, "cases", "show", "RAY MOSS", "--format", "markdown").out
    target = root / "ray.json"
    assert run("-C", root, "cases", "show", "RAY MOSS", "-o", target).out == f"Wrote {target}\n"
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written.pop("manifest").startswith("quotegrid manifest ")
    assert written == told


def test_a_group_that_follows_from_a_role_says_so(run: Run, root: Path) -> None:
    run("-C", root, "cases", "set", "third P1", "role=Nurse")
    shown = run("-C", root, "cases", "show", "third P1").out
    assert '  group: health  (derived, from the role "Nurse")\n' in shown


def test_changes_are_made_told_listed_and_undone(run: Run, root: Path) -> None:
    before = _kept(root)
    named = run("-C", root, "cases", "rename", "third P1", "Maya Hill")
    assert named.out == '"third P1" is now called "Maya Hill".\n'
    merged = run("-C", root, "cases", "merge", "third P1", "Ada Stone")
    assert merged.out == '"Maya Hill" is now "Ada Stone".\n'
    quotes = records(run("-C", root, "quotes", "--source", "third.txt", "--format", "json"))
    assert {quote["case"] for quote in quotes} == {"Ada Stone"}
    assert "Ada Stone, third.txt" in run("-C", root, "quotes", "--source", "third.txt").out
    split = run("-C", root, "cases", "split", "Ada Stone", "--source", "third", "--as", "Somebody")
    assert split.out == 'What "Ada Stone" says in third.txt is now the case "Somebody".\n'
    odd = run("-C", root, "cases", "set", "Somebody", "role=Astronaut")
    assert odd.out == '"Somebody": group not known, Astronaut.\n'
    assert odd.err == 'Unsure: the role "Astronaut" is in no group of [stakeholders].\n'
    log = run("-C", root, "cases", "history")
    assert 'renamed "third P1" to "Maya Hill"' in log.out
    assert log.out.endswith("4 changes.\n")
    for said in ('gave "Somebody" the role "Astronaut"', "split", "merged", "renamed"):
        assert run("-C", root, "cases", "undo").out.startswith(f"Took back: tester {said}")
    assert run("-C", root, "cases", "undo").out == "There is nothing to undo.\n"
    after = _kept(root)
    assert after == before
    assert len(records(run("-C", root, "cases", "history", "--format", "json"))) == 8


def test_two_groups_are_merged_only_with_yes(run: Run, root: Path) -> None:
    refused = run("-C", root, "cases", "merge", "RAY MOSS", "Ada Stone")
    assert_refused(refused, 2, '"RAY MOSS" is "parent" (header, parent.txt, line 5)', "--yes")
    done = run("-C", root, "cases", "merge", "RAY MOSS", "Ada Stone", "--yes")
    assert done.out.startswith(
        '"RAY MOSS" is now "Ada Stone".\n  group: "school" of "Ada Stone" stands, "parent" of '
    )
    check = run("-C", root, "cases", "check").out
    assert 'Conflict: "Ada Stone": the group is "school" (header, head.md, line 6), but "parent"' in check


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "Ada Ston"), 'there is no case "Ada Ston" here. Did you mean Ada Stone?'),
        (("set", "Ada Stone", "role"), '"role" is not name=value. Example: group=parent'),
        (("set", "Ada Stone", "source=x"), '"source" cannot be set.'),
        (("split", "Ada Stone", "--source", "head.md"), '"Ada Stone" says nothing else.'),
        (("rename", "Ada Stone", "RAY MOSS"), 'there is a case "RAY MOSS" already. If both are one person'),
    ],
)
def test_what_cannot_be_done_is_refused(run: Run, root: Path, arguments: tuple[str, ...], said: str) -> None:
    before = contents(root)
    assert_refused(run("-C", root, "cases", *arguments), 2, said)
    assert contents(root) == before


def test_a_group_that_the_study_does_not_list_is_set_and_told_of(run: Run, root: Path) -> None:
    done = run("-C", root, "cases", "set", "Ada Stone", "group=scool")
    assert done.code == 0
    assert 'the group "scool" is not in [stakeholders] and was taken as written. Did you mean' in done.err
    assert "scool" in run("-C", root, "cases", "show", "Ada Stone").out


def test_an_empty_study_has_nothing_to_check_or_undo(run: Run, empty_study: StudyFolder) -> None:
    assert run("-C", empty_study.root, "cases", "check").out == "0 cases lack something.\n"
    assert run("-C", empty_study.root, "cases", "undo").out == "There is nothing to undo.\n"
    assert run("-C", empty_study.root, "cases", "history").out.endswith("0 changes.\n")


def test_attributes_are_taken_in_anew_after_their_difference(run: Run, root: Path) -> None:
    table = root / "people.tsv"
    table.write_text("speaker\trole\tshift\nRAY MOSS\tCarer\tnight\nPia\t\t1\n", encoding="utf-8")
    before = contents(root)
    shown = run("-C", root, "cases", "import", table, "--preview")
    assert shown.out.splitlines() == [
        '  Would change: RAY MOSS: role "Carer", was "Parent"',
        '  Would change: RAY MOSS: shift "night", was not known',
        "people.tsv: 2 values would change; 1 row about nobody in the study.",
    ]
    assert shown.err.startswith('  Not used: people.tsv:3: nobody called "Pia" speaks\nTo do: ')
    assert contents(root) == before
    done = run("-C", root, "cases", "import", table)
    assert done.out == shown.out.replace("Would change", "Changed").replace("would change", "changed")
    assert (
        "  role: Carer  (attributes table, people.tsv, line 2)"
        in run("-C", root, "cases", "show", "RAY MOSS").out
    )
    assert run("-C", root, "cases", "import", table).out.startswith("people.tsv: 0 values changed")
    book = Workbook()
    for row in (["speaker", "shift", None], ["RAY MOSS", "night"], ["Ada Stone", 2]):
        book.active.append(row)
    book.save(root / "people.xlsx")
    assert run("-C", root, "cases", "import", root / "people.xlsx").out.splitlines()[:2] == [
        '  Changed: Ada Stone: shift "2", was not known',
        "people.xlsx: 1 value changed.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("speaker,shift\nRAY MOSS,1\nray moss,2\n", "line 3: the shift of"),
        ("speaker,shift,Shift\nRAY MOSS,1,2\n", 'line 1: there are two columns for "shift": 2 and 3.'),
        ("who,shift\nRAY MOSS,1\n", "line 1: no column says what a row is about."),
        ("", "the file is empty."),
    ],
)
def test_a_table_that_cannot_be_used_changes_nothing(run: Run, root: Path, text: str, told: str) -> None:
    table = root / "people.csv"
    table.write_text(text, encoding="utf-8")
    before = contents(root)
    refused = run("-C", root, "cases", "import", table)
    assert (refused.code, refused.out) == (3, "")
    assert told in refused.err and str(table) in refused.err and refused.err.count("\n") == 1
    assert contents(root) == before


def test_several_cases_get_a_value_at_once_and_near_names_are_offered(run: Run, root: Path) -> None:
    done = run("-C", root, "cases", "set", "RAY MOSS", "--also", "Ada Stone", "shift=night")
    assert done.out == "2 cases: shift set.\n"
    assert run("-C", root, "undo").out == (
        'Took back a change of cases: gave "RAY MOSS" and "Ada Stone" the shift "night".\n'
    )
    run("-C", root, "cases", "rename", "third P1", "Ray Mosse")
    assert (
        'Perhaps one person: quotegrid cases merge "RAY MOSS" "Ray Mosse"\n'
        '  or two of them: quotegrid cases apart "RAY MOSS" "Ray Mosse"\n'
        in run("-C", root, "cases", "check").out
    )
    preview = run("-C", root, "cases", "merge", "Ray Mosse", "RAY MOSS", "--preview")
    assert preview.out == "They differ in nothing that is known.\n"
    apart = run("-C", root, "cases", "apart", "RAY MOSS", "Ray Mosse")
    assert apart.out == '"RAY MOSS" and "Ray Mosse" are two people: not offered as one any more.\n'
    assert "Perhaps one person" not in run("-C", root, "cases", "check").out
    assert run("-C", root, "undo").out == (
        'Took back a change of cases: said that "RAY MOSS" and "Ray Mosse" are two people.\n'
    )
    assert "Perhaps one person" in run("-C", root, "cases", "check").out
    assert run("-C", root, "redo").code == 0
    assert "Perhaps one person" not in run("-C", root, "cases", "check").out
    # What is said of one of them since is not in the way of saying that they may be one after all.
    run("-C", root, "cases", "set", "RAY MOSS", "shift=day")
    assert run("-C", root, "cases", "apart", "RAY MOSS", "ray moss").code == 2


def test_types_of_attributes_are_listed_and_set(run: Run, root: Path) -> None:
    assert run("-C", root, "cases", "types", "wave", "2", "1").out == "wave: ordered list: 2, 1.\n"
    listed = records(run("-C", root, "cases", "types", "--format", "json"))
    assert {record["attribute"]: record["values"] for record in listed}["wave"] == ["2", "1"]
    assert run("-C", root, "cases", "types", "wave", "told").out == "wave: told by its values.\n"
    refused = run("-C", root, "cases", "types", "wave", "colour")
    assert (refused.code, refused.out) == (2, "") and "no type" in refused.err
