"""The codebook with its figures, for reading and editing."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.sources.memos import Memo, MemoSubject
from quotegrid.workflows.codebook.codebook_file import FileState, current_codebook, file_state
from quotegrid.workflows.codebook.uncounted import uncounted_codings
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with its figures; a theme's include those of the codes below it."""

    code: Code
    depth: int
    """The number of its ancestors."""
    quotes: int
    """The number of quotes with it."""
    cases: int
    """The number of cases who said them."""
    suggested: int
    """The number of quotes with an undecided suggestion of it."""
    memos: tuple[Memo, ...] = ()
    """The memos on it, the latest first."""


@dataclass(frozen=True, slots=True)
class CodebookView:
    """The codebook in its order."""

    codebook: Codebook
    lines: tuple[CodeLine, ...]
    left: tuple[tuple[str, int], ...]
    """The codes that are no longer in the codebook, with the number of quotes still coded with each."""
    state: FileState


def codebook_view(study: StudyFolder) -> CodebookView:
    """Return the codebook with its figures.

    Raises:
        CodebookError: If the file cannot be used.
    """
    from quotegrid.storage.sources.memo_list import list_memos

    codebook = current_codebook(study)
    heard = study.heard(with_suggestions=True)
    with study.reading_session() as session:
        memos = [
            memo for memo in list_memos(session) if memo.subject is MemoSubject.CODE and not memo.is_gone
        ]
    lines = []
    for code in codebook.walk():
        family = codebook.family(code.name)
        quotes = heard.apart(heard.with_codes(family))
        cases = {heard.speakers[heard.speaker_of[number]].case for number in quotes} - {None}
        suggested = len(heard.with_suggested(family))
        on = tuple(memo for memo in reversed(memos) if memo.code == code.name)
        lines.append(CodeLine(code, codebook.depth(code), len(quotes), len(cases), suggested, on))
    return CodebookView(codebook, tuple(lines), tuple(uncounted_codings(study).items()), file_state(study))
