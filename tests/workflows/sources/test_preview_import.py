from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.sources.model import QuoteKind
from quotegrid.errors import UsageError
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import contents
from tests.conftest import ATTRIBUTES, HEAD, PARENT, REPOSITORY, Result


def test_everybody_who_speaks_is_shown_and_nothing_is_kept(empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / "parent.txt").write_text(PARENT.replace("Group: parents\nRole: Parent\n", ""), encoding="utf-8")
    (corpus / "attributes.csv").write_text(ATTRIBUTES, encoding="utf-8")
    (corpus / "picture.png").write_bytes(b"\x89PNG")
    before = contents(empty_study.root)
    steps: list[tuple[str, int, int]] = []
    found = preview_import(empty_study, [corpus], ReadingOptions(), report=lambda *step: steps.append(step))
    assert contents(empty_study.root) == before
    head, parent = found.sources
    assert (head.name, head.kind, head.segments, head.warnings) == ("head.md", "transcript", 3, ())
    asks, ada = head.speakers
    assert (asks.label, asks.speaker, asks.turns) == ("Jo Field", None, 2)
    assert ada.speaker is not None
    assert (ada.speaker.group, ada.speaker.role, ada.speaker.area) == ("school", "Headteacher", "Westhay")
    assert ada.speaker.attributes == {"wave": "1", "region": "west"}
    assert (ada.turns, ada.words) == (2, 57)
    assert ada.example.startswith("Honestly, it is a quick fix.")
    assert [str(warning) for warning in parent.warnings] == ['the group of "RAY MOSS" is not known.']
    assert (list(found.left_out), found.attributes_files, found.problems) == (
        ["picture.png"],
        ["attributes.csv"],
        [],
    )
    assert steps == [("head.md", 0, 2), ("parent.txt", 1, 2)]


def test_a_reports_roles_are_shown_with_their_groups(empty_study: StudyFolder) -> None:
    report = REPOSITORY / "docs" / "example-report.md"
    (source,) = preview_import(empty_study, [report], ReadingOptions()).sources
    assert (source.kind, source.segments) == ("report", 4)
    assert source.quotes_by_kind[QuoteKind.BLOCK] == 4
    assert [
        (speaker.label, speaker.speaker and speaker.speaker.group, speaker.turns)
        for speaker in source.speakers
    ] == [
        ("Council leader", "local authority", 1),
        ("School leader", "school", 1),
        ("Parent carer forum chair", "parent carer forum", 1),
        ("parent", "parent", 1),
    ]


def test_files_that_cannot_be_used_are_shown_beside_those_that_can(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    corpus = empty_study.root / "corpus"
    (corpus / "head.md").write_text(HEAD, encoding="utf-8")
    (corpus / "empty.txt").touch()
    result = run("-C", empty_study.root, "import", corpus, "--preview")
    assert result.code == 3
    (told,) = re.findall(
        r'^head.md: transcript, 3 passages, speakers by "\*\*NAME:\*\*", confidence (.*)$', result.out, re.M
    )
    assert 0.9 <= float(told) <= 1
    assert "  Jo Field: asks; 2 turns, " in result.out
    assert "  Ada Stone: case Ada Stone, school, Headteacher, Westhay; 2 turns, 57 words" in result.out
    assert f"Cannot be used: {corpus / 'empty.txt'}: the file is empty." in result.out
    assert "\n1 file read. Nothing was imported.\n" in result.out
    assert result.out.endswith("An import would leave out 1 file that cannot be used, and keep the others.\n")
    strict = run("-C", empty_study.root, "import", corpus, "--preview", "--strict")
    assert strict.code == 3
    assert strict.out.endswith("An import would keep nothing, because of 1 file that cannot be used.\n")
    assert run("-C", empty_study.root, "sources", "--format", "json").out == "[]\n"


def test_a_pattern_of_the_flag_is_shown_and_goes_before_what_is_recognised(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    path = empty_study.root / "corpus" / "waves.txt"
    path.write_text("Jo ~ Why?\nAda ~ It rained.\nJo ~ And?\nAda ~ Nothing.\n", encoding="utf-8")
    plain = run("-C", empty_study.root, "import", path, "--preview")
    assert plain.out.startswith("waves.txt: document, 1 passage\n")
    said = run("-C", empty_study.root, "import", path, "--preview", "--speakers", "{speaker} ~ {text}")
    assert said.out.startswith(
        'waves.txt: transcript, 2 passages, speakers by "{speaker} ~ {text}", confidence '
    )
    for kind in ([], ["--kind", "transcript"]):
        other = run("-C", empty_study.root, "import", path, "--preview", "--speakers", "NAME:", *kind)
        assert other.out.startswith("waves.txt: transcript" if kind else "waves.txt: document, 1 passage\n")
        assert (
            '  Unsure: no line fits "NAME:", so the file is read as if no pattern had been given' in other.out
        )
    bad = run("-C", empty_study.root, "import", path, "--speakers", "{speaker} ~ {words}")
    assert bad.code == 2
    assert bad.err.startswith(
        'quotegrid: the pattern "{speaker} ~ {words}" cannot be used: {words} is not one'
    )


def test_a_table_in_which_everybody_answers_once_shows_the_first(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    rows = "".join(f"P{number};Answer {number}.\n" for number in range(40))
    (empty_study.root / "corpus" / "survey.csv").write_text("ID;Answer\n" + rows, encoding="utf-8")
    result = run("-C", empty_study.root, "import", empty_study.root / "corpus", "--preview")
    assert result.code == 0
    assert result.out.count(": case P") == 12
    assert "  and 28 more\n" in result.out


def test_a_path_that_is_not_there_is_refused(empty_study: StudyFolder) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        preview_import(empty_study, [empty_study.root / "nowhere.txt"], ReadingOptions())
