from __future__ import annotations

from pathlib import Path

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.people.show_case import show_case
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.init_study import init_study


def test_a_column_of_groups_said_after_the_import_is_taken_over(tmp_path: Path) -> None:
    study = init_study(tmp_path / "ward", "Ward")
    table = study.root / "corpus" / "survey.csv"
    table.write_text("id,grade,answer\nR1,porter,Far.\nR2,porter,Near.\n", encoding="utf-8")
    import_sources(study, [table], ReadingOptions())
    assert show_case(study, "R1").group is None
    columns = Columns((), group="grade")
    summary = import_sources(study, [table], ReadingOptions(columns=columns, are_columns_whole=False))
    assert (summary.unchanged, show_case(study, "R1").group) == (["survey.csv"], "porter")
    study.close()
