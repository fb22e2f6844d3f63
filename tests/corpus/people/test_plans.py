from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from quotegrid.corpus.people.plans import is_plan_file, read_plan
from quotegrid.domain.matrix.coverage import Planned
from quotegrid.errors import ReadError


def written(folder: Path, text: str, name: str = "plan.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("number", ["planned", "Target", "To interview", "plan"])
def test_the_columns_say_of_whom_and_one_how_many(tmp_path: Path, number: str) -> None:
    path = written(tmp_path, f"Stakeholder group;Area;{number}\nparents;Westhay;3\n\nschools;Eastlow;0\n")
    assert is_plan_file(path, ())
    assert read_plan(path) == (
        Planned({"group": "parents", "area": "Westhay"}, 3, "plan.csv", 2),
        Planned({"group": "schools", "area": "Eastlow"}, 0, "plan.csv", 4),
    )


def test_a_workbook_can_be_a_plan(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("group", "on track", "planned"), ("parents", "yes", 3)):
        book.active.append(row)
    book.save(tmp_path / "plan.xlsx")
    assert is_plan_file(tmp_path / "plan.xlsx", ["on_track"])
    assert read_plan(tmp_path / "plan.xlsx") == (
        Planned({"group": "parents", "on_track": "yes"}, 3, "plan.xlsx", 2),
    )


@pytest.mark.parametrize(
    ("header", "is_plan"),
    [
        ("group,planned", True),
        ("area,planned", True),
        ("role,planned", True),
        ("wave,planned", True),
        ("group,wave,target", True),
        ("area,wave,planned", False),
        ("area,wave,region", False),
        ("source,group,planned", False),
        ("speaker,group,planned", False),
        ("week,planned", False),
        ("group,planned,target", False),
        ("planned", False),
        ("group,area", False),
    ],
)
def test_a_plan_is_known_by_its_columns_and_never_taken_for_an_attributes_table(
    tmp_path: Path, header: str, is_plan: bool
) -> None:
    path = written(tmp_path, f"{header}\n")
    assert is_plan_file(path, ["wave", "region"]) is is_plan


def test_only_a_table_can_be_a_plan(tmp_path: Path) -> None:
    assert not is_plan_file(written(tmp_path, "group,planned\n", "plan.txt"), ())
    assert not is_plan_file(written(tmp_path, "", "empty.csv"), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("group,area\nparents,Westhay\n", "line 1: no column says how many"),
        ("group,planned,target\nparents,1,2\n", "line 1: more than one column says how many"),
        ("planned\n3\n", "line 1: a plan says how many of which group"),
        ("source,planned\na.txt,3\n", "line 1: a plan says how many of which group"),
        ("group,stakeholder,planned\na,b,1\n", 'line 1: there are two columns for "group"'),
        ("group,planned\nparents,3\n,1\n", "line 3: this row does not say which group"),
        ("group,planned\nparents,some\n", 'line 2: "some" is not a number of people'),
        ("group,planned\nparents,-1\n", 'line 2: "-1" is not a number of people'),
        ("group,planned\nparents,1.5\n", 'line 2: "1.5" is not a number of people'),
        ("group,planned\nparents,\n", 'line 2: "" is not a number of people'),
        ("group,planned\nparents,1\n\nParents,2\n", "line 4: the same values are on line 2"),
        ("group,planned\nparents,1,2\n", "line 2: this row has 3 columns"),
        ("group,planned\n", "this plan is empty"),
    ],
)
def test_what_is_wrong_in_a_plan_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_plan(written(tmp_path, text))
    assert said in str(caught.value)
    assert str(tmp_path / "plan.csv") in str(caught.value)
