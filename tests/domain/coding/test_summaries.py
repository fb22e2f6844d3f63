from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.coding.summaries import (
    Place,
    Summary,
    counting,
    latest,
    references,
    standing,
    survivors,
    taken_back,
    today,
    unknown_references,
    with_references,
)

ADA, RAY, KIM = (Place("quick fix", "case", name) for name in ("ada", "ray", "kim"))


def _log(*entries: tuple[Place, str, tuple[int, ...], int | None]) -> list[Summary]:
    """Entries numbered from 1, as place, text, what it replaces and what it undoes."""
    return [
        Summary(number, "jo", place, text, replaces, undoes)
        for number, (place, text, replaces, undoes) in enumerate(entries, start=1)
    ]


def _texts(log: list[Summary], survivors: Mapping[str, str] | None = None) -> dict[Place, tuple[str, ...]]:
    return {
        place: tuple(summary.text for summary in found) for place, found in standing(log, survivors).items()
    }


def test_the_last_that_was_written_stands() -> None:
    log = _log((ADA, "one", (), None), (RAY, "two", (), None), (ADA, "three", (1,), None))
    assert _texts(log) == {ADA: ("three",), RAY: ("two",)}
    assert _texts(log[::-1]) == {ADA: ("three",), RAY: ("two",)}


def test_an_empty_text_takes_a_summary_away_and_its_undo_gives_it_back() -> None:
    log = _log((ADA, "one", (), None), (ADA, "", (1,), None), (ADA, "", (), 2))
    assert _texts(log[:2]) == {}
    assert _texts(log) == {ADA: ("one",)}


def test_an_undo_that_is_undone_does_not_count() -> None:
    log = _log((ADA, "one", (), None), (ADA, "two", (1,), None), (ADA, "", (), 2), (ADA, "", (), 3))
    assert taken_back(log[:3]) == {2}
    assert _texts(log[:3]) == {ADA: ("one",)}
    assert taken_back(log) == {3}
    assert _texts(log) == {ADA: ("two",)}
    assert [decision.number for decision in counting(log)] == [1, 2]


def test_a_merged_case_brings_its_summaries_along_and_takes_them_with_it() -> None:
    log = _log((RAY, "of ray", (), None), (ADA, "of ada", (), None))
    assert _texts(log, {"ray": "ada"}) == {ADA: ("of ray", "of ada")}
    assert _texts(log) == {ADA: ("of ada",), RAY: ("of ray",)}


def test_what_is_written_after_a_merge_replaces_both_however_often_it_is_rewritten() -> None:
    log = _log(
        (RAY, "of ray", (), None),
        (ADA, "of ada", (), None),
        (ADA, "of both", (1, 2), None),
        (ADA, "of both, again", (1, 3), None),
    )
    assert _texts(log[:3], {"ray": "ada"}) == {ADA: ("of both",)}
    assert _texts(log, {"ray": "ada"}) == {ADA: ("of both, again",)}
    assert _texts(log) == {ADA: ("of both, again",), RAY: ("of ray",)}


def test_what_was_rewritten_while_a_merge_was_undone_no_longer_stands_for_both() -> None:
    log = _log((RAY, "of ray", (), None), (ADA, "of both", (1,), None), (ADA, "of ada alone", (2,), None))
    assert _texts(log[:2], {"ray": "ada"}) == {ADA: ("of both",)}
    assert _texts(log, {"ray": "ada"}) == {ADA: ("of ray", "of ada alone")}


def test_a_removal_after_a_merge_takes_both_away() -> None:
    log = _log((RAY, "of ray", (), None), (ADA, "of ada", (), None), (ADA, "", (1, 2), None))
    assert _texts(log, {"ray": "ada"}) == {}
    assert _texts(log) == {RAY: ("of ray",)}


def test_cases_alone_are_merged_not_other_values_of_the_same_name() -> None:
    group = Place("quick fix", "group", "ray")
    assert _texts(_log((group, "of a group", (), None)), {"ray": "ada"}) == {group: ("of a group",)}
    assert today(group, {"ray": "ada"}) == group
    assert today(RAY, {"ray": "ada"}) == ADA


def test_survivors_are_followed_through_chains() -> None:
    assert survivors([("a", "b"), ("b", "c"), ("x", "y")]) == {"a": "c", "b": "c", "x": "y"}
    assert survivors([]) == {}


def test_a_circle_of_merges_that_no_log_should_hold_ends_all_the_same() -> None:
    assert set(survivors([("a", "b"), ("b", "a")])) == {"a", "b"}


def test_references_are_found_in_order_and_once() -> None:
    text = "She waits [q:12], [Q: 7 ] and again [q:12]; [12], q:9 and [q 3] are none. [q:x y]"
    assert references(text) == ["12", "7", "x y"]
    assert unknown_references(text, {"12", "7"}) == ["x y"]
    assert with_references("a [q:1] b [q: 2 ]", lambda reference: f"<{reference}>") == "a <1> b <2>"


_PLACES = st.sampled_from([ADA, RAY, KIM])


@st.composite
def _logs(draw: st.DrawFn) -> list[Summary]:
    log: list[Summary] = []
    for number in range(1, draw(st.integers(0, 14)) + 1):
        undoes = draw(st.sampled_from([None, *(decision.number for decision in log)]))
        place = log[undoes - 1].place if undoes else draw(_PLACES)
        text = "" if undoes else draw(st.sampled_from(["", f"text {number}"]))
        log.append(Summary(number, draw(st.sampled_from(["jo", "sam"])), place, text, (), undoes))
    return log


@given(_logs())
def test_what_stands_is_what_replaying_the_log_by_its_definition_gives(log: list[Summary]) -> None:
    def counts(entry: Summary) -> bool:
        return not any(decision.undoes == entry.number and counts(decision) for decision in log)

    expected: dict[Place, str] = {}
    for entry in log:
        if entry.undoes is None and counts(entry):
            expected[entry.place] = entry.text
    assert _texts(log) == {place: (text,) for place, text in expected.items() if text}


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "remove", "merge", "unmerge", "undo"]), st.integers(0, 3), st.integers(0, 3)
    ),
    max_size=25,
)


@given(_STEPS)
def test_merging_writing_and_undoing_in_any_order_loses_nothing(steps: list[tuple[str, int, int]]) -> None:
    cases = ["ada", "ray", "kim", "lou"]
    log: list[Summary] = []
    merges: list[tuple[str, str]] = []
    for step, first, other in steps:
        gone = {name for name, _ in merges}
        place = Place("quick fix", "case", cases[first])
        here = survivors(merges)
        if step in ("write", "remove") and cases[first] not in gone:
            seen = latest(log, here).get(place, ())
            text = f"text {len(log) + 1}" if step == "write" else ""
            entry = Summary(len(log) + 1, "jo", place, text, tuple(shown.number for shown in seen))
            earlier = standing(log, here)
            log.append(entry)
            later = standing(log, here)
            assert later.get(place, ()) == ((entry,) if text else ())
            assert {key: found for key, found in later.items() if key != place} == {
                key: found for key, found in earlier.items() if key != place
            }
            undone = [*log, Summary(len(log) + 1, "jo", place, undoes=entry.number)]
            assert standing(undone, here) == earlier
        elif step == "merge" and first != other and not {cases[first], cases[other]} & gone:
            before = {item for found in standing(log, here).values() for item in found}
            merges.append((cases[first], cases[other]))
            after = standing(log, survivors(merges))
            both = latest(log, survivors(merges)).get(Place("quick fix", "case", cases[other]), ())
            combined = {number for item in both for number in item.replaces}
            shown = {item for found in after.values() for item in found}
            assert shown == {item for item in before if item.number not in combined or item not in both}
            assert sum(map(len, after.values())) == len(shown)
        elif step == "unmerge" and merges:
            merges.pop()
        elif step == "undo" and (open_entries := counting(log)):
            last = open_entries[-1]
            log.append(Summary(len(log) + 1, "jo", last.place, undoes=last.number))
    alone = standing(log)
    for name in cases:
        own = [entry for entry in counting(log) if entry.place.value == name]
        texts = (own[-1],) if own and own[-1].text else ()
        assert alone.get(Place("quick fix", "case", name), ()) == texts
