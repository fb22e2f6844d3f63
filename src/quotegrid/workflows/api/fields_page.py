"""The page that documents the fields of every listing, docs/fields.md, from the listings themselves.

`python -m quotegrid.workflows.api.fields_page docs/fields.md` brings the page up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from quotegrid.exports.listing.records import with_documented_fields
from quotegrid.workflows.codebook.code_history import ListedMeaning, ListedVersion
from quotegrid.workflows.codebook.list_codes import ListedCode
from quotegrid.workflows.coding.history import JournalEntry
from quotegrid.workflows.coding.list_decisions import ListedDecision
from quotegrid.workflows.coding.memos.list import ListedMemo
from quotegrid.workflows.coding.status import Status
from quotegrid.workflows.coding.stopping import ListedCodeEstimate
from quotegrid.workflows.matrix.cooccurrence import ListedPair
from quotegrid.workflows.matrix.list_publications import ListedPublication
from quotegrid.workflows.people.attribute_types import ListedType
from quotegrid.workflows.people.check_cases import CaseGap
from quotegrid.workflows.people.joins.written_areas import WrittenArea
from quotegrid.workflows.people.joins.written_groups import WrittenGroup
from quotegrid.workflows.people.list_cases import ListedCase, ListedCaseChange
from quotegrid.workflows.people.show_case import CaseView
from quotegrid.workflows.report.list_claims import ListedClaim
from quotegrid.workflows.report.list_exports import KeptExport
from quotegrid.workflows.report.list_summaries import EmptyCell, ListedSummary, SummaryEntry
from quotegrid.workflows.report.tell_amounts import Amount
from quotegrid.workflows.report.verify import Verification
from quotegrid.workflows.search.quote_records import ListedQuote, PublishedQuote
from quotegrid.workflows.search.saved_queries import SavedQuery
from quotegrid.workflows.sources.list_sources import ListedSource
from quotegrid.workflows.sources.list_turns import ListedTurn, UnspokenWords
from quotegrid.workflows.sources.turns.unsure import UnsureThing
from quotegrid.workflows.sources.versions.list_unplaced import UnplacedCoding
from quotegrid.workflows.study.change_settings import ListedSetting
from quotegrid.workflows.study.restoring import ListedBackup
from quotegrid.workflows.suggestions.candidate_themes import ListedTheme, ListedThemeQuote
from quotegrid.workflows.suggestions.list_suggestions import ListedSuggestion

SECTIONS: dict[str, type[Any]] = {
    "quotes": ListedQuote,
    "quotes --publish": PublishedQuote,
    "queries": SavedQuery,
    "suggestions": ListedSuggestion,
    "audit": ListedCodeEstimate,
    "cooccurrence": ListedPair,
    "amounts": Amount,
    "claims check": ListedClaim,
    "sources": ListedSource,
    "sources unplaced": UnplacedCoding,
    "turns": ListedTurn,
    "turns unspoken": UnspokenWords,
    "turns unsure": UnsureThing,
    "cases": ListedCase,
    "cases check": CaseGap,
    "cases show": CaseView,
    "cases history": ListedCaseChange,
    "cases types": ListedType,
    "stakeholders": WrittenGroup,
    "areas": WrittenArea,
    "codes": ListedCode,
    "memos": ListedMemo,
    "decisions": ListedDecision,
    "history": JournalEntry,
    "codebook history": ListedVersion,
    "codebook history of one code": ListedMeaning,
    "themes": ListedTheme,
    "themes show": ListedThemeQuote,
    "settings": ListedSetting,
    "summaries": ListedSummary,
    "summaries --empty": EmptyCell,
    "summaries --log": SummaryEntry,
    "status": Status,
    "exports": KeptExport,
    "publications list": ListedPublication,
    "verify": Verification,
    "backup list": ListedBackup,
}
"""The listing that each section of the page documents, by the command that prints it."""


def brought_up_to_date(page: str) -> str:
    """Return the page with every section's table of fields as its listing declares it."""
    return with_documented_fields(page, SECTIONS)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(brought_up_to_date(file.read_text(encoding="utf-8")), encoding="utf-8")
