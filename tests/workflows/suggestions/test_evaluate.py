"""Evaluating the suggestions on coded segments."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.errors import CodebookError, QuotegridError, ReadError, UsageError
from quotegrid.suggestions.encoder import HashingEncoder
from quotegrid.workflows.suggestions.evaluate import AT_LEAST, evaluate, read_codes, read_gold
from quotegrid.workflows.suggestions.plot_evaluation import plot_evaluation

CODEBOOK = "name,definition\nquick fix,The money covers up the trouble.\nlong wait,Waiting for an answer.\n"
LINES = [
    *(f'"A patch, a quick fix, number {number}.",quick fix' for number in range(12)),
    *(f'"A long wait for answer {number}.",Long Wait' for number in range(12)),
    '"A quick fix after a long wait.",quick fix|long wait',
    '"Well, hello.",',
    '"[laughs]",',
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, codebook = tmp_path / "gold.csv", tmp_path / "codes.csv"
    gold.write_text("\n".join(["text,codes", *LINES]), encoding="utf-8")
    codebook.write_text(CODEBOOK, encoding="utf-8")
    return gold, codebook


def test_a_gold_file_is_measured_beside_plain_ways(files: tuple[Path, Path]) -> None:
    found = evaluate(*files, HashingEncoder(), orders=2)
    assert (found.segments, found.coded, found.codes) == (26, 25, 2)
    assert found.metrics["hit_at_1"] == 1.0
    assert set(found.metrics) > {"hit_at_1", "hit_at_3", "lrap", "map", "wss_at_95", "calibration_error"}
    assert found.metrics["map"] > found.baselines["random"]["map"]
    assert [point.n for point in found.curve] == [0, 2, 4, 8, 16]
    assert all([point.n for point in points] == [2, 4, 8, 16] for points in found.curves.values())
    assert found.intervals.keys() == found.metrics.keys()
    for name, interval in found.intervals.items():
        assert interval.low <= interval.high and interval.value == found.metrics[name]


def test_the_same_files_give_the_same_figures(files: tuple[Path, Path]) -> None:
    assert evaluate(*files, HashingEncoder(), orders=2) == evaluate(*files, HashingEncoder(), orders=2)


def test_themes_are_chosen_from_only_where_the_gold_file_uses_them(tmp_path: Path) -> None:
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text(
        "themes:\n  - name: Money\n    codes:\n      - name: quick fix\n      - name: slow fix\n"
    )
    gold = tmp_path / "gold.csv"
    for code, expected in (
        ("slow fix", ["quick fix", "slow fix"]),
        ("money", ["Money", "quick fix", "slow fix"]),
    ):
        gold.write_text(f"text,codes\nYes.,{code}\n", encoding="utf-8")
        names = [known.name for known in read_codes(codebook, read_gold(gold), gold)]
        assert sorted(names) == sorted(expected)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("words,codes\nYes.,a\n", r'gold\.csv, line 1: there is no column "text"'),
        ("text\nYes.\n", r'there is no column "codes"'),
        ("text,codes\nYes.,\n", "no passage in it has a code"),
        (
            "text,codes\nYes.,quick fix\nNo.,other\n",
            r'gold\.csv, line 3: the code "other" is not in codes\.csv',
        ),
        ('text,codes\n"Yes.,a\n', "not a valid table"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_gold_file_that_cannot_be_used_is_named(
    files: tuple[Path, Path], content: str | bytes, said: str
) -> None:
    gold, codebook = files
    gold.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ReadError, match=said):
        evaluate(gold, codebook, HashingEncoder())


@pytest.mark.parametrize(
    ("content", "said", "error"),
    [
        ("code\nx\n", 'there is no column "name"', CodebookError),
        ("name,definition\n,x\n", r"codes\.csv, line 2: this code has no name", CodebookError),
        ("name\na\nA\n", r'line 3: there are two codes "A"', CodebookError),
        ("name\n", "there are no codes in it", CodebookError),
    ],
)
def test_a_codebook_that_cannot_be_used_is_named(
    files: tuple[Path, Path], content: str, said: str, error: type[QuotegridError]
) -> None:
    gold, codebook = files
    codebook.write_text(content, encoding="utf-8")
    with pytest.raises(error, match=said):
        evaluate(gold, codebook, HashingEncoder())


def test_one_code_leaves_nothing_to_choose(files: tuple[Path, Path]) -> None:
    gold, codebook = files
    gold.write_text("text,codes\nYes.,a\n", encoding="utf-8")
    codebook.write_text("name\na\n", encoding="utf-8")
    with pytest.raises(UsageError, match="two codes at least"):
        evaluate(gold, codebook, HashingEncoder())


def test_a_file_that_is_not_there_is_named(files: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        evaluate(tmp_path / "none.csv", files[1], HashingEncoder())
    with pytest.raises(CodebookError, match="cannot be read"):
        evaluate(files[0], tmp_path / "none.csv", HashingEncoder())


SPEAKERS = ("Ada", "Ray", "Kim", "Jo", "Lou")


@pytest.fixture
def with_sources(tmp_path: Path) -> tuple[Path, Path]:
    """Five people, each of whom speaks of the same two things in a shared phrase."""
    gold, codebook = tmp_path / "gold.csv", tmp_path / "codes.csv"
    rows = ["source,text,codes"]
    for place, name in enumerate(SPEAKERS):
        rows += [
            f'{name},"It is a leaking bucket, honestly, number {place}.",quick fix',
            f'{name},"We pour into a leaking bucket every year {place}.",quick fix',
            f'{name},"You stand in an endless queue for months {place}.",long wait',
            f'{name},"Another endless queue of letters {place}.",long wait',
            f'{name},"Something quite other about {place} dogs.",',
        ]
    gold.write_text("\n".join(rows), encoding="utf-8")
    codebook.write_text(CODEBOOK, encoding="utf-8")
    return gold, codebook


def test_learning_is_measured_on_whole_sources_left_out_too(with_sources: tuple[Path, Path]) -> None:
    found = evaluate(*with_sources, HashingEncoder(), orders=3)
    assert [point.n for point in found.curve_by_source] == [0, 2, 4, 8, 16]
    assert all(point.low <= point.hit_at_3 <= point.high for point in found.curve_by_source)


def test_without_sources_there_is_no_such_curve(files: tuple[Path, Path]) -> None:
    assert evaluate(*files, HashingEncoder(), orders=1).curve_by_source == []


def test_what_chances_are_worth_is_told_before_and_after_decisions(with_sources: tuple[Path, Path]) -> None:
    found = evaluate(*with_sources, HashingEncoder(), orders=2)
    assert [(bin_.decided, bin_.at_least) for bin_ in found.at_least] == [
        (step, least) for step in (0, 12) for least in AT_LEAST
    ]
    assert all(
        0 <= bin_.right <= 1 and bin_.expected >= bin_.at_least for bin_ in found.at_least if bin_.suggestions
    )
    of_bins = [bin_ for bin_ in found.reliability if bin_.decided == 0]
    # Two codes for each of 25 segments: every pair is in one bin.
    assert sum(bin_.suggestions for bin_ in of_bins) == 50


def test_themes_without_the_codebook_are_held_against_the_codes(with_sources: tuple[Path, Path]) -> None:
    found = evaluate(*with_sources, HashingEncoder(), orders=1, with_themes=True).themes
    assert found is not None
    assert (found.codes, found.found, found.share_found) == (2, 2, 1.0)
    assert 0 < found.nmi <= 1


def test_themes_need_to_know_who_speaks(files: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match="does not tell who speaks"):
        evaluate(*files, HashingEncoder(), orders=1, with_themes=True)


@pytest.mark.parametrize(("form", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_an_evaluation_is_drawn(with_sources: tuple[Path, Path], form: str, begins: bytes) -> None:
    found = evaluate(*with_sources, HashingEncoder(), orders=1)
    drawn = plot_evaluation(found, form)
    assert drawn.startswith(begins)
    if form == "svg":
        assert drawn == plot_evaluation(found, form)
        for words in ("quotegrid", "on whole sources left out", "nearest neighbours", "12 passages decided"):
            assert words in drawn.decode()


def test_the_question_before_a_passage_helps_where_the_answer_does_not_say(tmp_path: Path) -> None:
    gold, codebook = tmp_path / "gold.csv", tmp_path / "codes.csv"
    answers = [
        f"Yes number {place}.,{asked},{code}"
        for place in range(6)
        for asked, code in (("Was it a quick fix?", "quick fix"), ("Was it a long wait?", "long wait"))
    ]
    gold.write_text("\n".join(["text,question,codes", *answers]), encoding="utf-8")
    codebook.write_text(CODEBOOK, encoding="utf-8")
    assert evaluate(gold, codebook, HashingEncoder(), orders=1).metrics["hit_at_1"] == 1.0
    gold.write_text("\n".join(["text,other,codes", *answers]), encoding="utf-8")
    assert evaluate(gold, codebook, HashingEncoder(), orders=1).metrics["hit_at_1"] < 1.0
