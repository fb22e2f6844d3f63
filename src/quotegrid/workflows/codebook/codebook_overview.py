"""The codebook with what is coded by it, for reading and editing."""

from __future__ import annotations

from dataclasses import dataclass

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.workflows.codebook.codebook_file import FileState, current_codebook, file_state
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with its figures; those of a theme take in what stands below it."""

    code: Code
    depth: int
    """How many codes stand above it."""
    quotes: int
    """Quotes on which it stands."""
    cases: int
    """Cases who said them."""
    suggested: int
    """Quotes for which it is suggested and not decided on."""


@dataclass(frozen=True, slots=True)
class CodebookView:
    """The codebook in its order."""

    codebook: Codebook
    lines: tuple[CodeLine, ...]
    left: tuple[tuple[str, int], ...]
    """Codes that are not in the codebook any more, and how many quotes are still coded with each."""
    state: FileState


def codebook_view(study: StudyFolder) -> CodebookView:
    """The codebook with its figures.

    Raises:
        CodebookError: If the file cannot be used.
    """
    codebook = current_codebook(study)
    heard = study.heard(with_suggestions=True)
    lines = []
    for code in codebook.walk():
        family = codebook.family(code.name)
        quotes = heard.with_codes(family)
        cases = {heard.speakers[heard.speaker_of[number]].case for number in quotes} - {None}
        suggested = len(heard.with_suggested(family))
        lines.append(CodeLine(code, codebook.depth(code), len(quotes), len(cases), suggested))
    return CodebookView(codebook, tuple(lines), _left(study, codebook), file_state(study))


def _left(study: StudyFolder, codebook: Codebook) -> tuple[tuple[str, int], ...]:
    from quotegrid.storage.codebook.codes import code_ids, codings_of

    with study.reading_session() as session:
        gone = [name for name in code_ids(session) if codebook.get(name) is None]
        standing = codings_of(session, gone)
    return tuple(sorted((name, count) for name, count in standing.items() if count))
