from __future__ import annotations

import pytest

from quotegrid.domain.sources.recognition import Catalogue, KnownSource, Recognition, Standing

ADA = KnownSource(1, "ada.docx", "corpus/ada.docx", "file 1", "text 1", "words 1")
RAY = KnownSource(2, "ray.txt", "corpus/ray.txt", "file 2", "text 2", "words 2", decisions=4)


def catalogue(*gone: KnownSource, again: bool = False) -> Catalogue:
    return Catalogue([ADA, RAY], lambda source: source not in gone, again=again)


def test_the_same_bytes_under_the_same_name_are_unchanged() -> None:
    assert catalogue().by_file("ada.docx", "file 1") == Recognition(Standing.UNCHANGED, ADA)


@pytest.mark.parametrize(("name", "file_hash"), [("ada.docx", "file 9"), ("new.txt", "file 9")])
def test_other_bytes_must_be_read(name: str, file_hash: str) -> None:
    assert catalogue().by_file(name, file_hash) is None


@pytest.mark.parametrize(
    ("name", "text", "words", "standing", "known"),
    [
        ("new.txt", "text 9", "words 9", Standing.NEW, None),
        ("ada.docx", "text 1", "words 1", Standing.UNCHANGED, ADA),
        ("ada.docx", "text 9", "words 9", Standing.CHANGED, ADA),
        ("ada.docx", "text 9", "words 1", Standing.CHANGED, ADA),
        ("new.txt", "text 1", "words 1", Standing.SAME_TEXT, ADA),
        ("ada.pdf", "text 9", "words 1", Standing.SAME_WORDS, ADA),
        ("ada.docx", "text 2", "words 2", Standing.SAME_TEXT, RAY),
    ],
)
def test_the_text_tells_what_a_file_is(
    name: str, text: str, words: str, standing: Standing, known: KnownSource | None
) -> None:
    assert catalogue().by_text(name, text, words) == Recognition(standing, known)


def test_a_file_is_renamed_only_where_the_old_one_is_gone() -> None:
    assert catalogue().by_file("new.txt", "file 2") == Recognition(Standing.SAME_TEXT, RAY)
    assert catalogue(RAY).by_file("new.txt", "file 2") == Recognition(Standing.RENAMED, RAY)
    assert catalogue(RAY).by_text("new.txt", "text 2", "words 2") == Recognition(Standing.RENAMED, RAY)
    assert catalogue(RAY).by_text("new.md", "text 9", "words 2") == Recognition(Standing.SAME_WORDS, RAY)


def test_a_source_never_takes_the_name_of_another_source() -> None:
    assert catalogue(RAY).by_text("ada.docx", "text 2", "words 2") == Recognition(Standing.SAME_TEXT, RAY)


def test_texts_without_words_are_not_alike() -> None:
    silent = KnownSource(3, "a.txt", "a.txt", "file 3", "text 3", "")
    found = Catalogue([silent], lambda _: True).by_text("b.txt", "text 4", "")
    assert found == Recognition(Standing.NEW)


def test_whoever_says_again_gets_new_sources_for_known_words() -> None:
    known = catalogue(RAY, again=True)
    assert known.by_file("new.txt", "file 2") is None
    assert known.by_text("new.txt", "text 2", "words 2") == Recognition(Standing.NEW)
    assert known.by_text("ray.txt", "text 2", "words 2") == Recognition(Standing.UNCHANGED, RAY)


def test_what_an_import_stores_is_known_from_then_on() -> None:
    known = catalogue(RAY)
    new = KnownSource(3, "new.txt", "corpus/new.txt", "file 3", "text 3", "words 3")
    known.remember(new)
    assert known.by_text("copy.txt", "text 3", "words 3") == Recognition(Standing.SAME_TEXT, new)
    renamed = KnownSource(2, "roy.txt", "corpus/roy.txt", "file 2", "text 2", "words 2")
    known.remember(renamed, instead_of="ray.txt")
    assert known.knows("roy.txt")
    assert not known.knows("ray.txt")
    assert known.by_file("roy.txt", "file 2") == Recognition(Standing.UNCHANGED, renamed)
