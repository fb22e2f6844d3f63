from __future__ import annotations

from dataclasses import replace

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.report.exemplars import exemplar_basis
from quotegrid.domain.sources.model import SourceKind
from quotegrid.domain.text.non_speech import spoken
from quotegrid.storage.coding.exemplars import load_exemplar_basis
from quotegrid.workflows.codebook.mark_exemplar import toggle_exemplar
from quotegrid.workflows.coding.decide import decide_segment
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.study.folder import StudyFolder


def test_what_exemplars_are_chosen_by_is_what_is_said_in_the_quotes(study: StudyFolder) -> None:
    report = study.root / "corpus" / "report.txt"
    report.write_text(
        "Heard\n\n“It is [laughs] a fix.” — *LA leaders*\n\n“It is no fix at all.”\n", encoding="utf-8"
    )
    import_sources(study, [report], ReadingOptions(kind=SourceKind.REPORT))
    decide_segment(study, 1, Action.APPLY, "quick fix")
    toggle_exemplar(study, 1, "quick fix")
    quotes = all_quotes(study)
    with study.reading_session() as session:
        basis = load_exemplar_basis(session)
    assert basis == exemplar_basis(replace(quote, text=spoken(quote.text).text) for quote in quotes)
    assert basis.marked == {"quick fix": {1}}
    assert sum(map(len, basis.lengths.values())) == len(quotes)
