from __future__ import annotations

import pytest

from quotegrid.errors import UsageError
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.people.attribute_types import TOLD, set_type, type_records
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.study.folder import StudyFolder


def _columns(study: StudyFolder) -> tuple[str, ...]:
    return make_matrix(study, columns="shift").matrix.columns


def test_numbers_are_columns_by_their_size_and_a_list_by_the_order_that_is_set(study: StudyFolder) -> None:
    set_case(study, "Ada Stone", {"shift": "10"})
    set_case(study, "RAY MOSS", {"shift": "9"})
    told = {record["attribute"]: record for record in type_records(study)}
    assert told["shift"] == {"attribute": "shift", "type": "number", "is_set": False, "values": ["9", "10"]}
    assert told["region"]["type"] == "text"
    assert _columns(study) == ("9", "10")
    config = study.root / "quotegrid.toml"
    config.write_text(f"# mine\n{config.read_text(encoding='utf-8')}", encoding="utf-8")
    assert set_type(study, "Shift", "ordered list", ["10", " 9", "10"]) == "shift: ordered list: 10, 9."
    assert config.read_text(encoding="utf-8").startswith("# mine\n")
    assert study.settings.types == {"shift": ("10", "9")}
    assert _columns(study) == ("10", "9")
    (record,) = [record for record in type_records(study) if record["attribute"] == "shift"]
    assert (record["type"], record["is_set"], record["values"]) == ("ordered list", True, ["10", "9"])
    assert set_type(study, "shift", "text") == "shift: text."
    assert _columns(study) == ("10", "9")
    assert set_type(study, "shift", TOLD) == f"shift: {TOLD}."
    assert (study.settings.types, _columns(study)) == ({}, ("9", "10"))


@pytest.mark.parametrize(
    ("attribute", "kind", "order", "told"),
    [
        ("role", "number", [], '"role" is text.'),
        ("name", "number", [], '"name" cannot be set.'),
        ("shift", "colour", [], '"colour" is no type.'),
        ("shift", "ordered list", ["day", ""], "an ordered list has two values at least."),
    ],
)
def test_a_type_that_cannot_be_set_changes_nothing(
    study: StudyFolder, attribute: str, kind: str, order: list[str], told: str
) -> None:
    before = (study.root / "quotegrid.toml").read_bytes()
    with pytest.raises(UsageError) as caught:
        set_type(study, attribute, kind, order)
    assert caught.value.what == told
    assert (study.root / "quotegrid.toml").read_bytes() == before
