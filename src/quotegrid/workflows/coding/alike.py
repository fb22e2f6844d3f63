"""Decisions on all passages with the same words at once."""

from __future__ import annotations

from collections.abc import Collection

from quotegrid.domain.coding.decisions import Action
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.near_duplicates import find_alike
from quotegrid.errors import UnknownNameError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import known_code
from quotegrid.workflows.coding.add_decisions import DecisionRequest
from quotegrid.workflows.coding.decide import decide_many
from quotegrid.workflows.study.folder import StudyFolder


def alike_without(study: StudyFolder, segment: int, code: str) -> list[Quote]:
    """Return the other passages with a segment's words on which a code is undecided.

    Raises:
        UnknownNameError: If there is no such segment or code.
    """
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.sources.sources import segment_texts
    from quotegrid.storage.suggestions.suggestions import decided

    name = known_code(current_codebook(study), code).name
    with study.reading_session() as session:
        texts = {number: text for number, _, _, text in segment_texts(session)}
        if segment not in texts:
            raise UnknownNameError(f"there is no passage {segment} any more.")
        found = find_alike(
            texts[segment], ((number, text) for number, text in texts.items() if number != segment)
        )
        if not found:
            return []
        number = code_ids(session)[name]
        done = decided(session, segments=found)
        left = [other for other in found if (other, number) not in done]
        return load_quotes(session, only=left) if left else []


def decide_alike(study: StudyFolder, segment: int, code: str, others: Collection[int]) -> int:
    """Apply a code to a segment and to others with the same words; one undo takes all of it back.

    Returns:
        The number of segments that did not have the code before.

    Raises:
        UnknownNameError: If there is no such segment or code.
    """
    wanted = [DecisionRequest(number, Action.ACCEPT, code) for number in (segment, *others)]
    return sum(outcome.number is not None for outcome in decide_many(study, wanted))
