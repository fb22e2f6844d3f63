"""A source is opened with what nobody says, but for the fields that tell of it."""

from __future__ import annotations

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.read_source import list_readable, open_source
from quotegrid.workflows.study.folder import StudyFolder

TALK = "Nora: How did the rota begin?\n\nDell: On a Monday.\n\nNora: And?\n\nDell: It stayed.\n"


def test_notes_above_a_talk_are_shown_and_fields_are_not(empty_study: StudyFolder) -> None:
    heads = {
        "depot.txt": "Date: 2026-03-02\nInterviewer: Nora\n\nNote: The recorder was switched on late.\n\n",
        "office.txt": "Date: 2026-03-02\nInterviewer: Nora\n\n",
        "yard.txt": "---\ndate: 2026-03-02\ninterviewer: Nora\n---\n\n",
    }
    for name, head in heads.items():
        (empty_study.root / "corpus" / name).write_text(head + TALK.replace("Monday", name), encoding="utf-8")
    import_sources(empty_study, [empty_study.root / "corpus"], ReadingOptions())
    shown = {}
    for readable in list_readable(empty_study):
        source = open_source(empty_study, readable.id)
        shown[source.name] = [
            source.text[block.start : block.end] for block in source.blocks() if block.is_nobodys
        ]
    assert shown == {
        "depot.txt": ["Note: The recorder was switched on late."],
        "office.txt": [],
        "yard.txt": [],
    }
