from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.codebook.yaml_file import EMPTY_CODEBOOK, read_codebook
from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.errors import CodebookError

NESTED = """\
themes:
  - name: Money
    definition: >
      What participants say
      the money changes.
    codes:
      - name: quick fix
        definition: It covers up.
        use_when:
          - The cause stays.
          - "Said with: a colon."
        do_not_use_when: An actual repair is meant.
        examples: [It is a patch.]
        terms: [patch, 2024, 1.5]
      - room to plan
  - name: Families
    codes:
      - name: long wait
        codes:
          - name: unanswered letters
"""

FLAT = """\
codes:
  - name: Money
    definition: What participants say the money changes.
  - name: quick fix
    parent: Money
    definition: It covers up.
    use_when: ["The cause stays.", "Said with: a colon."]
    do_not_use_when: ["An actual repair is meant."]
    examples: [It is a patch.]
    terms: [patch, "2024", "1.5"]
  - {name: room to plan, parent: Money}
  - name: Families
  - {name: long wait, parent: Families}
  - {name: unanswered letters, parent: long wait}
"""

BOOK = Codebook(
    (
        Code("Money", definition="What participants say the money changes."),
        Code(
            "quick fix",
            parent="Money",
            definition="It covers up.",
            use_when=("The cause stays.", "Said with: a colon."),
            do_not_use_when=("An actual repair is meant.",),
            examples=("It is a patch.",),
            terms=("patch", "2024", "1.5"),
        ),
        Code("room to plan", parent="Money"),
        Code("Families"),
        Code("long wait", parent="Families"),
        Code("unanswered letters", parent="long wait"),
    )
)


def _read(folder: Path, content: str | bytes) -> Codebook:
    file = folder / "codebook.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_codebook(file)


@pytest.mark.parametrize("content", [NESTED, FLAT])
def test_nested_and_flat_are_the_same_codebook(tmp_path: Path, content: str) -> None:
    book = _read(tmp_path, content)
    assert book == BOOK
    assert book.hash() == BOOK.hash()


def test_every_code_knows_its_line(tmp_path: Path) -> None:
    assert [code.line for code in _read(tmp_path, NESTED).codes] == [2, 7, 15, 16, 18, 20]
    assert [code.line for code in _read(tmp_path, FLAT).codes] == [2, 4, 11, 12, 13, 14]


def test_themes_and_codes_may_stand_in_one_file(tmp_path: Path) -> None:
    book = _read(tmp_path, "themes:\n  - Money\ncodes:\n  - name: quick fix\n    parent: money\n")
    assert [code.name for code in book.codes] == ["Money", "quick fix"]
    assert book.theme_of("quick fix") == "Money"


def test_a_parent_that_is_named_goes_before_the_place_in_the_file(tmp_path: Path) -> None:
    book = _read(tmp_path, "codes:\n  - name: a\n    codes:\n      - {name: b, parent: c}\n  - c\n")
    assert [code.name for code in book.children("c")] == ["b"]
    assert book.children("a") == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n\n",
        "# nothing but a comment\n",
        "---\n",
        "themes:\n",
        "themes: []\n",
        "codes: []\nthemes: []\n",
        EMPTY_CODEBOOK,
    ],
)
def test_an_empty_file_is_an_empty_codebook(tmp_path: Path, content: str) -> None:
    assert _read(tmp_path, content) == Codebook(())


def test_the_example_in_a_new_codebook_works_when_it_is_uncommented(tmp_path: Path) -> None:
    example = EMPTY_CODEBOOK.split("#\n", 1)[1].removesuffix("themes: []\n")
    book = _read(tmp_path, "".join(line.removeprefix("# ") for line in example.splitlines(keepends=True)))
    assert [code.name for code in book.codes] == ["What the money does", "breathing space"]
    code = book.get("breathing space")
    assert code is not None
    assert code.parent == "What the money does"
    assert code.terms == ("breathing space", "buys time")
    assert code.use_when == ("Time, room or calm to do the right thing is credited to the programme.",)


@pytest.mark.parametrize(
    "content",
    [
        NESTED.replace("\n", "\r\n"),
        "\ufeff" + NESTED,
        "# a comment\n\n" + NESTED,
        NESTED.replace("      What participants say\n      the", "      What  participants say the"),
        NESTED.replace("[patch, 2024, 1.5]", "[ 'patch' , \"2024\", 1.5, ]"),
        "---\n" + NESTED + "...\n",
    ],
)
def test_the_hash_is_of_what_is_said_and_not_of_how_it_is_written(tmp_path: Path, content: str) -> None:
    assert _read(tmp_path, content).hash() == BOOK.hash()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quick fix", "Quick fix"),
        ("It covers up.", "It covers up!"),
        ("The cause stays.", "The cause goes."),
        ("An actual repair is meant.", "A repair is meant."),
        ("It is a patch.", "It was a patch."),
        ("[patch, 2024", "[2024, patch"),
        ("      - room to plan\n", ""),
        ("  - name: Families\n    codes:\n      - name: long wait", "  - name: long wait"),
    ],
)
def test_whatever_a_code_says_changes_the_hash(tmp_path: Path, old: str, new: str) -> None:
    assert old in NESTED
    changed = NESTED.replace(old, new, 1)
    if "Families" in old:
        changed = changed.replace(
            "        codes:\n          - name: unanswered", "    codes:\n      - name: unanswered"
        )
    assert _read(tmp_path, changed).hash() != BOOK.hash()


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (
            "codes:\n  - wait\n  - cost\n  - name: Wait\n",
            4,
            'the code "Wait" is there twice (first on line 2).',
        ),
        (
            "codes:\n  - a\nthemes:\n  - name: b\n    codes: [A]\n",
            5,
            'the code "A" is there twice (first on line 2).',
        ),
        ("codes:\n  - &a {name: x}\n  - *a\n", 2, 'the code "x" is there twice'),
        ("codes:\n  - name: a\n    name: b\n", 3, 'found duplicate key "name"'),
        ("codes: []\ncodes: []\n", 2, 'found duplicate key "codes"'),
        ("codes:\n  - name: a\n    parent: a\n", 2, "codes are their own ancestors: a > a."),
        (
            "codes:\n  - c\n  - {name: a, parent: b}\n  - name: b\n    parent: A\n",
            3,
            "codes are their own ancestors: a > b > A.",
        ),
        ("codes:\n  - b\n  - name: a\n    parent: nobody\n", 3, 'the parent "nobody" of "a" is not a code.'),
        (
            "codes:\n  - b\n  - name: a\n    shade: red\n",
            4,
            '"shade" is not a field of a code. The fields are codes,',
        ),
        ("codes:\n  - name: a\n    codes:\n      - b: c\n", 4, '"b" is not a field of a code.'),
        ("codes: []\nsettings: 1\n", 2, '"settings" is not a part of a codebook. Use "themes" or "codes".'),
        ("codes:\n  - b\n  - definition: no name\n", 3, 'a code must have a "name".'),
        ('codes:\n  - b\n  - name: "  "\n', 3, 'a code must have a "name".'),
        ("codes:\n  - b\n  - name: 12\n", 3, 'a code must have a "name".'),
        ("codes:\n  - b\n  - name: [a]\n", 3, 'a code must have a "name".'),
        ("codes:\n  - b\n  - 12\n", 3, 'a code must have a "name".'),
        ("codes:\n  - b\n  -\n", 3, 'a code must have a "name".'),
        ("codes:\n  - b\n  - [c]\n", 3, 'a code must have a "name".'),
        (
            "codes:\n  - name: a\n    terms: {x: 1}\n",
            3,
            '"terms" of "a" must be a list of sentences or words.',
        ),
        (
            "codes:\n  - name: a\n    use_when: 3\n",
            3,
            '"use_when" of "a" must be a list of sentences or words.',
        ),
        (
            "codes:\n  - name: a\n    examples:\n      - x\n      - [y]\n",
            3,
            '"examples" of "a" must be a list',
        ),
        ("codes:\n  - name: a\n    do_not_use_when: [x: y]\n", 3, '"do_not_use_when" of "a" must be a list'),
        ("codes:\n  - name: a\n    codes: b\n", 3, "codes must be a list, each with a dash before it."),
        ("\ncodes:\n  name: a\n", 2, "codes must be a list, each with a dash before it."),
        ("- a\n- b\n", 1, 'the file must begin with "themes:" or "codes:".'),
        ("a codebook\n", 1, 'the file must begin with "themes:" or "codes:".'),
        # Aliases that lead back to where they stand.
        ("codes:\n  - b\n  - &a\n    name: x\n    codes: [*a]\n", 3, "is below itself."),
        (
            "codes:\n  - b\n  - &a\n    name: x\n    codes:\n      - name: y\n        codes: [*a]\n",
            3,
            "is below itself.",
        ),
        ("codes:\n  - name: a\n    terms: &t [*t]\n", 3, "is below itself."),
        ("codes: &c\n  - name: x\n    codes: *c\n", 1, "is below itself."),
        ("codes:\n  - <<: {shade: red}\n    name: c\n", 2, '"shade" is not a field of a code.'),
        ("codes:\n  - name: a\n    definition: [b, c]\n", 3, '"definition" of "a" must be text.'),
        ("codes:\n  - name: a\n    parent: {b: c}\n", 3, '"parent" of "a" must be text.'),
        ('codes:\n  - b\n  - "  "\n', 3, 'a code must have a "name".'),
        ("codes:\n  - name: [a\n", 3, "this is not valid YAML ("),
        ("codes:\n  - name: a\n\t- name: b\n", 3, "this is not valid YAML ("),
        (
            "codes:\n  - name: a\n    definition: Money: buys time\n",
            3,
            "this is not valid YAML (mapping values",
        ),
        ("codes:\n  - a\n  - *nobody\n", 3, "this is not valid YAML (found undefined alias"),
        ("codes: [a]\n---\ncodes: [b]\n", 2, "this is not valid YAML (but found another document)"),
        ('codes:\n  - "a\n', 3, "this is not valid YAML ("),
    ],
)
def test_every_error_names_the_file_the_line_and_what_is_wrong(
    tmp_path: Path, content: str, line: int, said: str
) -> None:
    with pytest.raises(CodebookError) as caught:
        _read(tmp_path, content)
    assert str(caught.value).startswith(f"{tmp_path / 'codebook.yaml'}, line {line}: ")
    assert said in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("data", [b"codes:\n  - caf\xe9\n", "codes: [a]\n".encode("utf-16"), b"\xff\xfe\x00"])
def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(CodebookError) as caught:
        _read(tmp_path, data)
    assert str(caught.value) == f"{tmp_path / 'codebook.yaml'}: this is not UTF-8 text. Save it as UTF-8."


def test_a_value_that_yaml_cannot_make_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="this is not valid YAML") as caught:
        _read(tmp_path, "codes:\n  - name: !!int twelve\n")
    assert caught.value.file == str(tmp_path / "codebook.yaml")


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CodebookError) as caught:
        read_codebook(tmp_path / "codebook.yaml")
    assert str(caught.value) == (
        f"{tmp_path / 'codebook.yaml'}: there is no codebook here. Make one, or set codebook under [study]."
    )


@pytest.mark.parametrize(
    "content",
    [
        "codes:\n  - name: a\n    definition: b\x1b[31m\n",
        "codes:\n  - name: !!bool maybe\n",
        "codes:\n  - name: !!float maybe\n",
        "codes:\n  - name: 2024-13-45\n",
        "codes: " + "[" * 3000 + "]" * 3000,
    ],
)
def test_what_the_reader_itself_stumbles_over_is_told_and_no_traceback(tmp_path: Path, content: str) -> None:
    with pytest.raises(CodebookError, match=r"codebook\.yaml: "):
        _read(tmp_path, content)


def test_a_folder_is_no_codebook(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        read_codebook(tmp_path)


def test_what_a_merge_brings_in_counts_and_an_anchor_may_be_used_again(tmp_path: Path) -> None:
    book = _read(
        tmp_path,
        "codes:\n  - &a {name: x, definition: d}\n  - <<: *a\n    name: y\n  - &a {name: z}\n"
        "  - <<: {codes: [below]}\n    name: above\n",
    )
    assert [(code.name, code.definition) for code in book.codes[:3]] == [("x", "d"), ("y", "d"), ("z", "")]
    assert book.codes[-1].parent == "above"
