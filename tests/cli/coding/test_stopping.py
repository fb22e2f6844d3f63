from __future__ import annotations

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.exchange.listing import csv_fields
from quotegrid.storage.coding.stopping import latest_draw
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.coding.stopping import ListedCodeEstimate
from quotegrid.workflows.study.folder import StudyFolder
from tests.cli.contents import Run, records


def test_before_a_draw_it_says_how_to_draw(run: Run, suggested: StudyFolder) -> None:
    done = run("-C", suggested.root, "audit")
    assert done.code == 0
    assert "Nothing has been drawn yet" in done.out and "--draw 60" in done.out


def test_a_draw_and_what_it_tells(run: Run, suggested: StudyFolder) -> None:
    drawn = run("-C", suggested.root, "audit", "--draw", 4)
    assert drawn.code == 0, drawn.err
    assert "4 passages drawn." in drawn.out and "0 of 4 looked at" in drawn.out
    assert "drawn at random for the audit" in drawn.out
    code = current_codebook(suggested).assignable()[0].name
    with suggested.reading_session() as session:
        draw = latest_draw(session)
    assert draw is not None
    for segment in draw.segments[:-1]:
        decide_segment(suggested, segment, Action.SKIP)
    decide_segment(suggested, draw.segments[-1], Action.ACCEPT, code)
    table = run("-C", suggested.root, "audit").out
    assert "4 of 4 looked at" in table and "Look at them" not in table
    found = records(run("-C", suggested.root, "audit", "--format", "json"))
    assert tuple(found[0]) == csv_fields(ListedCodeEstimate)
    one = next(record for record in found if record["code"] == code)
    assert (one["found"], one["left"], one["low"], one["high"]) == (1, 0, 0, one["high"])


def test_what_cannot_be_drawn_is_told(run: Run, suggested: StudyFolder) -> None:
    from quotegrid.storage.coding.review import segments_in_order

    with suggested.reading_session() as session:
        everything = segments_in_order(session)
    for segment in everything:
        decide_segment(suggested, segment, Action.SKIP)
    done = run("-C", suggested.root, "audit", "--draw", 3)
    assert done.code == 2 and "nothing is left to draw from" in done.err
