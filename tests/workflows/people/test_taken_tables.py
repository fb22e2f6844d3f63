from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.sources.model import SourceKind
from quotegrid.errors import UsageError
from quotegrid.storage.people.taken_tables import table_values
from quotegrid.workflows.coding.history import read_history
from quotegrid.workflows.coding.undo import redo_in_words, undo_in_words
from quotegrid.workflows.people.list_cases import case_records
from quotegrid.workflows.people.set_values import set_case
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from tests.conftest import Result

TALK = """\
Title: Canteens
Interviewer: Ilka
Area: Harbour

Ilka: Who buys from you?

Dov Arden (buyer): Canteens, mostly.

Mira Quist (cook): I only order.

Ilka: Every week?

Dov Arden (buyer): On Mondays.

Mira Quist (cook): On Fridays as well.
"""
REPORT = """\
Canteens at work

Building trust at noon in Marrow Bay

The wards in Marrow Bay met each week. A nurse said: 'we talk now', and the people of Marrow Bay noticed.
"""
FIRST = "speaker,tier,site\nDov Arden,gold,north\nMira Quist,silver,south\n"
SECOND = "speaker,tier\nDov Arden,bronze\nMira Quist,silver\n"
OF_SOURCE = "source,wave\ntalk.txt,1\n"
OF_AREA = "area,coast\nHarbour,east\nMarrow Bay,west\n"


@pytest.fixture
def study(tmp_path: Path) -> StudyFolder:
    study = init_study(tmp_path / "canteens", "Canteens")
    files = {"talk.txt": TALK, "first.csv": FIRST, "second.csv": SECOND, "report.txt": REPORT}
    for name, text in {**files, "of_source.csv": OF_SOURCE, "of_area.csv": OF_AREA}.items():
        (study.root / "corpus" / name).write_text(text, encoding="utf-8")
    import_sources(study, [study.root / "corpus" / "talk.txt"], ReadingOptions())
    report = ReadingOptions(kind=SourceKind.REPORT)
    import_sources(study, [study.root / "corpus" / "report.txt"], report)
    return study


def take(study: StudyFolder, *names: str) -> None:
    import_sources(
        study, [], ReadingOptions(), attributes=[study.root / "corpus" / name for name in names], strict=True
    )


def stand(study: StudyFolder) -> object:
    with study.reading_session() as session:
        return [record["attributes"] for record in case_records(study)], table_values(session)


def test_a_table_taken_in_is_one_entry_undone_and_redone_whole(study: StudyFolder) -> None:
    states = [stand(study)]
    (study.root / "corpus" / "later.csv").write_text(FIRST.replace("gold", "platinum"), encoding="utf-8")
    for names in (("first.csv",), ("of_source.csv", "of_area.csv"), ("later.csv",), ("second.csv",)):
        take(study, *names)
        states.append(stand(study))
    assert [record["attributes"] for record in case_records(study)] == [
        {"tier": "gold", "site": "north", "coast": "east"},
        {"tier": "silver", "site": "south", "coast": "east"},
    ]
    (quote,) = [quote for quote in all_quotes(study) if quote.source == "report.txt"]
    assert (quote.area, quote.attributes) == ("Marrow Bay", {"coast": "west"})
    assert [entry.what for entry in read_history(study, kind="case")] == [
        "took in first.csv (4 values changed)",
        "took in of_source.csv, of_area.csv (3 values changed)",
        "took in later.csv (0 values changed)",
        "took in second.csv (0 values changed)",
    ]
    for place in (3, 2, 1, 0):
        assert undo_in_words(study).startswith("Took back a change of cases: took in ")
        assert stand(study) == states[place]
    for place in (1, 2, 3, 4):
        assert redo_in_words(study).startswith("Restored a change of cases: took in ")
        assert stand(study) == states[place]
    take(study, "second.csv")
    assert len(read_history(study, kind="case")) == 12
    study.close()


def test_what_was_changed_since_is_not_overwritten(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(study, "first.csv")
    monkeypatch.setenv("QUOTEGRID_CODER", "bea")
    other = open_study(study.root)
    set_case(other, "Dov Arden", {"tier": "iron"})
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    with pytest.raises(UsageError) as refused:
        undo_in_words(study)
    assert refused.value.what == 'since then bea gave "Dov Arden" the tier "iron".'
    monkeypatch.setenv("QUOTEGRID_CODER", "bea")
    undo_in_words(other)
    monkeypatch.setenv("QUOTEGRID_CODER", "tester")
    corrected = study.root / "corpus" / "first.csv"
    corrected.write_text(FIRST.replace("gold", "brass"), encoding="utf-8")
    import_sources(study, [study.root / "corpus" / "talk.txt", corrected], ReadingOptions())
    before = stand(study)
    with pytest.raises(UsageError) as refused:
        undo_in_words(study)
    assert refused.value.what == "what first.csv gave has been changed by another import since."
    assert stand(study) == before
    study.close()
    other.close()


def test_a_table_that_contradicts_another_says_whom_it_contradicts_and_what_stands(
    study: StudyFolder, run: Callable[..., Result]
) -> None:
    take(study, "first.csv")
    study.close()
    told = (
        '  Contradicts: "Dov Arden": the tier is "gold" (attributes table, first.csv, line 2), but '
        '"bronze" (attributes table, second.csv, line 2); "gold" stands.\n'
        "  To do: correct the table that is wrong and take it in again, or say what holds: "
        'quotegrid cases set "Dov Arden" tier="..."\n'
    )
    table = study.root / "corpus" / "second.csv"
    preview = run("-C", study.root, "cases", "import", table, "--preview")
    assert preview.err == told
    assert preview.out == "second.csv: 0 values would change.\n"
    assert run("-C", study.root, "import", table, "--preview").err == told
    done = run("-C", study.root, "cases", "import", table)
    assert (done.code, done.err) == (0, told)
    assert told in run("-C", study.root, "import", table).err
    # A corrected table keeps its place before the other, and what is settled by hand is no contradiction.
    first = study.root / "corpus" / "first.csv"
    first.write_text(FIRST.replace("gold", "platinum"), encoding="utf-8")
    assert '"platinum" stands.' in run("-C", study.root, "cases", "import", first).err
    assert run("-C", study.root, "cases", "set", "Dov Arden", "tier=bronze").code == 0
    assert run("-C", study.root, "cases", "import", table).err == ""
    assert run("-C", study.root, "undo").out.startswith("Took back a change of cases: gave")
    assert run("-C", study.root, "undo").code == 0
    assert '"gold"' in run("-C", study.root, "cases", "show", "Dov Arden").out
