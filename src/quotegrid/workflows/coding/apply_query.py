"""The coding of all passages that fit a query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.search.query import write_query
from quotegrid.domain.text.normalise import counted, one_line, shortened, visible
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.coding.add_decisions import DecisionRequest
from quotegrid.workflows.coding.decide import decide_many
from quotegrid.workflows.search.find_quotes import asks_for_nearness, segments_matching
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.search.saved_queries import with_saved
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import resolve

SHOWN = 5
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class QueryApplication:
    """The passages that applying a code to a query's passages would code."""

    query: str
    """The query, with what saved ones ask in place of their names."""
    code: str
    segments: Collection[int]
    """The passages that fit and do not have the code by this coder."""
    already: int
    """The number of passages that fit and have it by this coder."""
    by_others: int
    """The number of passages to be coded that have it by another coder."""
    first: Sequence[Quote]
    """The first few of the passages to be coded."""

    def sentence(self) -> str:
        """Return how many passages would be coded, and how many have the code already."""
        fitting = counted(len(self.segments) + self.already, "passage")
        parts = [f"{fitting} fit"]
        if self.already:
            parts.append(f"{self.already:,} of them have “{self.code}” by you already")
        if self.by_others:
            parts.append(f"{self.by_others:,} have it by another coder")
        parts.append(f"“{self.code}” would be applied to {counted(len(self.segments), 'passage')}")
        return f"{'; '.join(parts)}."

    def first_lines(self) -> list[str]:
        """Return a line for each of the first passages, and how many follow."""
        lines = [
            f"{quote.id:>5}  {visible(quote.attribution)}: "
            f"“{shortened(visible(one_line(quote.text)), _LONGEST)}”"
            for quote in self.first
        ]
        more = len(self.segments) - len(self.first)
        return [*lines, f"       and {more:,} more"] if more else lines


def plan_application(study: StudyFolder, query: str, code: str) -> QueryApplication:
    """Return what applying a code to all passages that fit a query would do; nothing is changed.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If it names what the study does not have, or there is no such code.
        UsageError: If the query is empty, or ranks by `near:`, which leaves nothing out.
    """
    from quotegrid.storage.coding.decision_log import segments_with_code

    _, node = with_saved(study, query)
    asked = write_query(node)
    if not asked:
        raise UsageError(
            "an empty query fits every passage.", todo="Say which passages get the code, as in text:wait*."
        )
    if asks_for_nearness(study, query):
        raise UsageError(
            "near: puts passages in order and leaves none out, so it is no rule for a code.",
            todo="Ask with text: or code: instead.",
        )
    name = resolve(code, [known.name for known in current_codebook(study).codes], "code", "codes")
    fitting = segments_matching(study, query)
    with study.reading_session() as session:
        coders = segments_with_code(session, name)
    own = coders.pop(study.settings.coder_name(), set())
    wanted = fitting - own
    others = {segment for segments in coders.values() for segment in segments}
    quotes = all_quotes(study, only=sorted(wanted)[:SHOWN])
    return QueryApplication(asked, name, wanted, len(fitting & own), len(wanted & others), quotes)


def apply_to_all(study: StudyFolder, application: QueryApplication) -> str:
    """Apply the code to the passages that were found; one undo takes it off all of them.

    Returns:
        A sentence on what was done.
    """
    wanted = [
        DecisionRequest(segment, Action.APPLY, application.code) for segment in sorted(application.segments)
    ]
    decided = decide_many(study, wanted, memo=f"by the query: {application.query}")
    count = sum(outcome.number is not None for outcome in decided)
    return f"Applied “{application.code}” to {counted(count, 'passage')}; one undo takes it off all of them."
