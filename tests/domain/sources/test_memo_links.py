from __future__ import annotations

from dataclasses import replace

import pytest

from quotegrid.domain.sources.memo_links import (
    KnownThings,
    PassagePlace,
    draft,
    link_of,
    links_of,
    mentioned_passages,
    shown,
    speaks_of,
    stored,
)
from quotegrid.domain.sources.memos import MemoChange, MemoSubject, Reference, followed, latest_changes

TRUST, GEAR, EWAN, MORAG, BOAT, PIER = (
    f"{number}0000000-0000-4000-8000-000000000000" for number in range(1, 7)
)
FIRST, SECOND = (f"{letter}0000000-0000-4000-8000-000000000000" for letter in "ab")
THINGS = KnownThings(
    codes={TRUST: "trust", GEAR: "Morag"},
    cases={EWAN: "Ewan Bain", MORAG: "Morag"},
    aliases={"skipper": EWAN, "trust": MORAG},
    sources={BOAT: "boats/boat: one.md", PIER: "pier.md"},
    lengths={BOAT: 300, PIER: 50},
    passages={FIRST: PassagePlace(12, BOAT, 10, 40), SECOND: PassagePlace(7, PIER, 0, 9)},
)


@pytest.mark.parametrize(
    ("written", "reference", "name"),
    [
        ("trust", Reference(MemoSubject.CODE, TRUST), "trust"),
        (" TRUST ", Reference(MemoSubject.CODE, TRUST), "trust"),
        ("skipper", Reference(MemoSubject.CASE, EWAN), "Ewan Bain"),
        ("code: Morag", Reference(MemoSubject.CODE, GEAR), "code: Morag"),
        ("Case:morag", Reference(MemoSubject.CASE, MORAG), "case: Morag"),
        ("pier.md", Reference(MemoSubject.SOURCE, PIER), "pier.md"),
        ("boats/boat: one.md", Reference(MemoSubject.SOURCE, BOAT), "boats/boat: one.md"),
        ("passage 12", Reference(MemoSubject.PASSAGE, FIRST), "passage 12"),
        ("7", Reference(MemoSubject.PASSAGE, SECOND), "passage 7"),
        ("boats/boat: one.md:10-40", Reference(MemoSubject.PASSAGE, FIRST), "passage 12"),
        ("pier.md:3-9", Reference(MemoSubject.PASSAGE, PIER, start=3, end=9), "pier.md:3-9"),
        ("passage 12/trust", Reference(MemoSubject.CODING, FIRST, TRUST), "passage 12/trust"),
        ("boats/boat: one.md:10-40 / trust", Reference(MemoSubject.CODING, FIRST, TRUST), "passage 12/trust"),
    ],
)
def test_a_link_leads_to_a_thing_and_is_stored_and_shown_by_it(
    written: str, reference: Reference, name: str
) -> None:
    link = link_of(written, THINGS)
    assert (link.reference, link.name, link.note) == (reference, name, "")
    kept = stored(f"See [[{written}]].", THINGS)
    assert reference.guid in kept
    assert shown(kept, THINGS) == draft(kept, THINGS) == f"See [[{name}]]."
    assert stored(kept, THINGS) == kept
    assert stored(draft(kept, THINGS), THINGS) == kept
    assert speaks_of(links_of(kept, THINGS), reference)
    assert not speaks_of(links_of("See [[passage 99]].", THINGS), reference)


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("Morag", "a code and a case have this name; write [[code: Morag]] or [[case: Morag]]"),
        ("trsut", "not found; near is trust"),
        ("code: trsut", "not found; near is trust"),
        ("xyzzy", "not found"),
        ("passage 99", "not found"),
        ("pier.md:9-3", "not found; near is pier.md"),
        ("pier.md:3-99", "not found; near is pier.md"),
        ("passage 12/nothing", "not found"),
    ],
)
def test_a_link_that_leads_nowhere_stays_as_it_is_written_and_says_why(written: str, note: str) -> None:
    text = f"See [[{written}]]."
    assert stored(text, THINGS) == draft(text, THINGS) == text
    assert shown(text, THINGS) == f"See [[{written}]] ({note})."
    assert link_of(written, THINGS).reference is None


def test_a_link_follows_renaming_and_merging_and_outlives_its_thing() -> None:
    kept = stored("[[trust]], [[Ewan Bain]], [[passage 12/trust]]", THINGS)
    renamed = replace(THINGS, codes={TRUST: "confidence"}, cases={EWAN: "E. Bain"})
    assert shown(kept, renamed) == "[[confidence]], [[E. Bain]], [[passage 12/confidence]]"
    merged = replace(THINGS, codes={GEAR: "faith"}, cases={MORAG: "Mo"}, merged={TRUST: GEAR, EWAN: MORAG})
    assert shown(kept, merged) == "[[faith]], [[Mo]], [[passage 12/faith]]"
    assert links_of(kept, merged)[0].reference == Reference(MemoSubject.CODE, GEAR)
    gone = replace(THINGS, codes={}, cases={}, aliases={})
    assert shown(kept, gone) == (
        "[[trust]] (code no longer there), [[Ewan Bain]] (case no longer there), "
        "[[passage 12/trust]] (coding no longer there)"
    )
    # A text that is changed while a thing is gone links to it again once the thing is back.
    assert shown(stored(draft(kept, gone), gone), THINGS) == "[[trust]], [[Ewan Bain]], [[passage 12/trust]]"


def test_what_may_be_a_passage_is_looked_up() -> None:
    kept = stored("[[passage 12/trust]]", THINGS)
    found = mentioned_passages(
        ["[[7]] [[a:b.md:1-9]] [[x/y.md:3-4/trust]] [[passage 5/trust]] [[trust]]", kept]
    )
    assert found.numbers == {7, 5}
    assert found.places == {("a:b.md", 1, 9), ("x/y.md", 3, 4)}
    assert found.guids == {FIRST}


def test_text_that_is_no_link_stays() -> None:
    text = "[link](x) [[]] [[a\nb]] [[[c]] d]] ]]"
    assert stored(text, THINGS) == text
    assert [link.written for link in links_of(text, THINGS)] == ["c"]


def test_merges_in_a_circle_end() -> None:
    assert followed("a", {}, {"a": "b", "b": "a"}) in {"a", "b"}
    assert followed("a", {"a": "still there"}, {"a": "b"}) == "a"


def test_the_last_change_that_counts_decides() -> None:
    log = [MemoChange(5, 1, "third"), MemoChange(2, 1, "second"), MemoChange(4, 2, "")]
    assert {memo: change.text for memo, change in latest_changes(log, ()).items()} == {1: "third", 2: ""}
    assert {memo: change.text for memo, change in latest_changes(log, [5, 4]).items()} == {1: "second"}
