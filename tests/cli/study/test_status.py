from __future__ import annotations

import csv
import io

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, assert_refused, records

QUOTE_FIELDS = (
    "id text kind source start end case group role area heading codes certainty voice headings box stances "
    "exemplar_of made_by"
).split()
FILTERS: list[tuple[tuple[str, ...], list[int]]] = [
    ((), [1, 2, 3, 4, 5]),
    (("--group", "parent"), [4, 5]),
    (("--group", "Parents"), [4, 5]),
    (("--group", "health"), []),
    (("--group", "parent", "--group", "school"), [1, 2, 3, 4, 5]),
    (("--area", "westhay"), [1, 2, 3]),
    (("--role", "parent"), [4, 5]),
    (("--source", "head.md"), [1, 2, 3]),
    (("--case", "ray moss"), [4, 5]),
    (("--kind", "turn"), [1, 2, 3, 4, 5]),
    (("--kind", "block"), []),
    (("--where", "wave=1"), [1, 2, 3]),
    (("--where", "wave=1", "--where", "region=east"), []),
    (("--text", "STILL there"), [1]),
    (("--text", "waiting list"), [3, 4]),
    (("--code", "long wait"), [3, 4]),
    (("--code", "families"), [3, 4]),
    (("--code", "Money"), [1, 2]),
    (("--code", "quick fix", "--code", "long wait"), [1, 3, 4]),
    (("--coded",), [1, 2, 3, 4]),
    (("--uncoded",), [5]),
    (("--group", "parent", "--area", "Eastlow", "--code", "long wait", "--text", "fourteen"), [4]),
    (("--group", "parent", "--area", "Westhay"), []),
    (("--area", "Westhay", "--coded", "--text", "waiting"), [3]),
]
LIVE = """\
Title: A \x1b[31mtalk
Group: parent
Role: Carer \x1b]0;gone\x1b\\
Area: [red]Eastlow[/red]
Interviewer: Jo Field
Participant: Eve Dunn

Jo Field: How was it?

Eve Dunn: We sat \x1b[2Jon a [red]waiting list[/red] :smile: for years.

Jo Field: And now?

Eve Dunn: We wait.
"""


def test_quotes_have_the_documented_fields_and_exact_offsets(run: Run, suggested: StudyFolder) -> None:
    run("-C", suggested.root, "decide", 4, "accept")
    found = records(run("-C", suggested.root, "quotes", "--format", "json"))
    assert {tuple(record) for record in found} == {
        (*QUOTE_FIELDS, "attributes", "attribution", "page", "memos")
    }
    assert found[1] == {
        "id": 2,
        "text": "It buys time, I will say that. We had room to plan for one whole summer.",
        "kind": "turn",
        "source": "head.md",
        "start": 333,
        "end": 405,
        "case": "Ada Stone",
        "group": "school",
        "role": "Headteacher",
        "area": "Westhay",
        "heading": None,
        "codes": ["room to plan"],
        "attributes": {"wave": "1", "region": "west"},
        "attribution": "Headteacher, Westhay",
        "page": None,
        "certainty": None,
        "voice": None,
        "headings": [],
        "box": None,
        "stances": {},
        "exemplar_of": [],
        "made_by": None,
        "memos": [],
    }
    for record in found:
        text = (suggested.root / "corpus" / record["source"]).read_text(encoding="utf-8")
        assert text[record["start"] : record["end"]] == record["text"]


def test_filters_choose_and_combine(run: Run, suggested: StudyFolder) -> None:
    for number in (1, 4, 7, 10):
        assert run("-C", suggested.root, "decide", number, "accept").code == 0
    for filters, expected in FILTERS:
        found = records(run("-C", suggested.root, "quotes", *filters, "--format", "json"))
        assert [record["id"] for record in found] == expected, filters


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (
            ("--group", "martians"),
            'there is no group "martians" here. The groups are local authority, school',
        ),
        (("--area", "Westhey"), "Did you mean Westhay?"),
        (("--code", "quik fix"), "Did you mean quick fix?"),
        (("--source", "nowhere.txt"), 'there is no source "nowhere.txt"'),
        (("--case", "Nobody"), 'there is no case "Nobody"'),
        (("--role", "Astronaut"), 'there is no role "Astronaut"'),
        (("--where", "weather=1"), 'there is no attribute "weather"'),
        (("--where", "wave"), '"wave" is not name=value'),
    ],
)
def test_a_name_that_the_study_does_not_have_is_refused(
    run: Run, study: StudyFolder, filters: tuple[str, ...], said: str
) -> None:
    assert_refused(run("-C", study.root, "quotes", *filters), 2, said)


def test_quotes_are_printed_in_four_formats(run: Run, suggested: StudyFolder) -> None:
    run("-C", suggested.root, "decide", 4, "accept")
    only = ("-C", suggested.root, "quotes", "--coded")
    text = "It buys time, I will say that. We had room to plan for one whole summer."
    assert run(*only).out == (
        f"    2  Headteacher, Westhay  Ada Stone, head.md  [room to plan]\n       {text}\n\n1 quote.\n"
    )
    rows = list(csv.DictReader(io.StringIO(run(*only, "--format", "csv").out)))
    assert list(rows[0]) == [*QUOTE_FIELDS, "attribution"]
    assert (rows[0]["text"], rows[0]["codes"]) == (text, "room to plan")
    markdown = run(*only, "--format", "markdown").out
    assert markdown.startswith(f"> {text}\n")
    assert "— Headteacher, Westhay" in markdown
    assert "head.md:333-405" in markdown
    assert [quote["text"] for quote in records(run(*only, "--format", "json"))] == [text]


def test_status_counts_what_is_in_the_study_and_says_what_is_next(run: Run, suggested: StudyFolder) -> None:
    for number, decision in ((1, "accept"), (2, "reject"), (10, "accept")):
        run("-C", suggested.root, "decide", number, decision)
    found = records(run("-C", suggested.root, "status", "--format", "json"))
    assert found["by_group"] == [
        {"name": "school", "done": 2, "total": 9, "coded": 1},
        {"name": "parent", "done": 1, "total": 6, "coded": 1},
    ]
    assert found["by_code"][0] == {"name": "quick fix", "done": 1, "total": 5, "coded": 1}
    figures = {name: value for name, value in found.items() if isinstance(value, int)}
    assert figures == {
        "sources": 2,
        "sources_read": 0,
        "cases": 2,
        "segments": 5,
        "codes": 3,
        "suggestions": 15,
        "decided": 3,
        "decisions": 3,
        "codings": 2,
        "coded_segments": 2,
    }
    table = run("-C", suggested.root, "status").out
    assert "15 suggestions, 3 of them decided; 3 decisions, 2 codings on 2 passages" in table
    assert "Next: Confirm or reject suggestions: quotegrid" in table


def test_sources_cases_and_codes_have_stable_fields(run: Run, suggested: StudyFolder) -> None:
    run("-C", suggested.root, "decide", 1, "accept")
    sources = records(run("-C", suggested.root, "sources", "--format", "json"))
    assert tuple(sources[0]) == (
        (
            "id",
            "guid",
            "name",
            "kind",
            "title",
            "date",
            "turns",
            "segments",
            "words",
            "decided",
            "coded",
            "language",
            "read",
            "characters",
            "cases",
            "imported_at",
            "options",
            "versions",
            "file_hash",
            "text_hash",
            "repairs",
        )
    )
    assert [
        (source["name"], source["title"], source["date"], source["turns"], source["segments"])
        for source in sources
    ] == [
        ("head.md", "A head teacher", "2025-01-15", 4, 3),
        ("parent.txt", "A parent", "2025-02-01", 4, 2),
    ]
    cases = records(run("-C", suggested.root, "cases", "--format", "json"))
    assert tuple(cases[0]) == (
        ("id", "guid", "name", "group", "role", "area", "attributes", "sources", "segments")
    )
    assert [
        (case["name"], case["group"], case["attributes"]["wave"], case["segments"]) for case in cases
    ] == [
        ("Ada Stone", "school", "1", 3),
        ("RAY MOSS", "parent", "2", 2),
    ]
    codes = records(run("-C", suggested.root, "codes", "--format", "json"))
    assert [
        (code["name"], code["theme"], code["parent"], code["suggested"], code["coded"]) for code in codes
    ] == [
        ("Money", "Money", None, 0, 1),
        ("quick fix", "Money", "Money", 4, 1),
        ("room to plan", "Money", "Money", 5, 0),
        ("Families", "Families", None, 0, 0),
        ("long wait", "Families", "Families", 5, 0),
    ]


@pytest.mark.parametrize("command", ["sources", "cases", "codes", "suggestions", "decisions"])
def test_every_list_has_a_csv_a_markdown_and_a_table(run: Run, suggested: StudyFolder, command: str) -> None:
    run("-C", suggested.root, "decide", 1, "accept")
    found = records(run("-C", suggested.root, command, "--format", "json"))
    rows = list(csv.reader(io.StringIO(run("-C", suggested.root, command, "--format", "csv").out)))
    assert len(rows) == len(found) + 1
    assert set(rows[0]) <= set(found[0])
    markdown = run("-C", suggested.root, command, "--format", "markdown").out.splitlines()
    assert markdown[0] == f"| {' | '.join(rows[0])} |"
    assert len(markdown) == len(found) + 2
    assert run("-C", suggested.root, command).code == 0


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_escapes_and_markup_of_a_transcript_are_shown_as_text(
    run: Run, empty_study: StudyFolder, form: str
) -> None:
    file = empty_study.root / "corpus" / "live\x1b[31m.txt"
    file.write_text(LIVE, encoding="utf-8")
    empty_study.codebook_path.write_text('codes:\n  - name: "long [red]wait\\e[0m"\n', encoding="utf-8")
    shown = {
        "quotes": "[red]waiting list[/red] :smile:",
        "suggestions": "[red]waiting list[/red] :smile:",
        "sources": "live",
        "cases": "[red]Eastlow[/red]",
        "codes": "long [red]wait",
        "decisions": "long [red]wait",
        "status": "Trial",
        "matrix": "long [red]wait",
    }
    prepared = [
        run("-C", empty_study.root, *arguments)
        for arguments in (("import", file), ("suggest", "--at-least", "0"), ("decide", 2, "accept"))
    ]
    listed = {command: run("-C", empty_study.root, command, "--format", form) for command in shown}
    for result in (*prepared, *listed.values()):
        assert result.code == 0, result.err
        assert "\x1b" not in result.out + result.err
    for command, text in shown.items():
        out = listed[command].out.replace("\\[", "[").replace("\\]", "]")
        assert text in out, command
