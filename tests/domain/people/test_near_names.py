from __future__ import annotations

import pytest

from quotegrid.domain.people import near_names as module
from quotegrid.domain.people.near_names import near_names


def near(*names: str) -> bool:
    return bool(near_names({name: name for name in names}))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anil Rao", "Rao, ANIL"),
        ("Anil Rao", "Dr Anil Rao"),
        ("Anil Rao", "A. Rao"),
        ("Anil Rao (night-2)", "Anil  Rao"),
        ("Zoë Álvarez", "Zoe Alvarez"),
        ("Marta Quill", "Marta Quil"),
        ("Marta Quill", "Marta Qulil"),
        ("Marta Quill", "Martha Quill"),
        ("Jo Mary Tarn", "Jo Tarn"),
    ],
)
def test_spellings_of_one_name_are_near(first: str, second: str) -> None:
    assert near(first, second) and near(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("night-1 P1", "night-1 P2"),
        ("Porter 12", "Porter 13"),
        ("Nurse A", "Nurse B"),
        ("Anil Rao", "Asha Rao"),
        ("Ann", "Anna"),
        ("Ola Brandt", "Ola Tarn"),
        ("P", "Q"),
        ("", "-"),
    ],
)
def test_names_of_two_people_are_not(first: str, second: str) -> None:
    assert not near(first, second)


def test_pairs_come_in_the_order_of_the_names_each_once() -> None:
    names = {"c": "Rao, Anil", "a": "Anil Rao", "b": "Ola Brandt", "d": "A Rao"}
    assert near_names(names) == [("c", "a"), ("a", "d")]


def test_thousands_of_people_of_one_kind_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[object, object]] = []
    monkeypatch.setattr(module, "_are_near", lambda first, second: compared.append((first, second)))
    names = {str(number): f"Ward nurse {chr(97 + number % 26)}{number:04}" for number in range(2000)}
    assert near_names(names) == []
    assert len(compared) < 2000
