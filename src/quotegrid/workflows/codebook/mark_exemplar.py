"""The marking of quotes as exemplars of a code, which reports show before others."""

from __future__ import annotations

from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import known_code
from quotegrid.workflows.study.folder import StudyFolder


def toggle_exemplar(study: StudyFolder, segment: int, code: str) -> bool:
    """Mark a segment as an exemplar of one of its codes, or remove the mark if it is set.

    Args:
        study: The study.
        segment: The segment's number.
        code: The code's name.

    Returns:
        Whether it is marked now.

    Raises:
        UnknownNameError: If there is no such segment or code.
        UsageError: If the code does not stand there.
    """
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.coding import exemplars
    from quotegrid.storage.search.quotes import load_quotes

    name = known_code(current_codebook(study), code).name
    with study.writing_session("marking an exemplar") as session:
        quote = next(iter(load_quotes(session, only=[segment])), None)
        if quote is None:
            raise UnknownNameError(f"there is no passage {segment}.", todo='"quotegrid quotes" lists them.')
        if name not in quote.codes:
            raise UsageError(f'"{name}" does not stand on passage {segment}.', todo="Code it first.")
        number = code_ids(session)[name]
        return exemplars.toggle_exemplar(session, segment, number, by=study.settings.coder_name())
