"""The reading of a source with its codings and memos."""

from __future__ import annotations

from pathlib import PurePath

from quotegrid.domain.coding.reading import Doubt, ReadableSource, ReadSource, SourceAnnotations
from quotegrid.errors import UnknownNameError
from quotegrid.workflows.study.folder import StudyFolder

_NOTES = frozenset({"note", "notes"})
"""Fields above a talk that are words for who reads it."""


def list_readable(study: StudyFolder) -> list[ReadableSource]:
    """Return the sources that can be opened, by name."""
    from quotegrid.storage.sources.reading import listed_sources

    with study.reading_session() as session:
        return listed_sources(session)


def open_source(study: StudyFolder, source: int) -> ReadSource:
    """Return a source's text with its turns and passages."""
    from quotegrid.storage.sources.reading import passages_of, source_words, turns_of

    with study.reading_session() as session:
        name, text, pages = source_words(session, source)
        turns, passages = turns_of(session, source), passages_of(session, source)
    return ReadSource(source, name, text, turns, passages, pages, _body_start(name, text) if turns else 0)


def _body_start(name: str, text: str) -> int:
    """Return where what is to be read begins: a note, or what is no field that tells of the source."""
    from quotegrid.corpus.readers import PARAGRAPHS_APART
    from quotegrid.corpus.text.front_matter import front_matter
    from quotegrid.corpus.text.headers import canonical, header_block

    apart = PurePath(name).suffix.lower() in PARAGRAPHS_APART
    header, body_start = header_block(text, blank_lines_end=not apart)
    others = [
        value.line
        for field, value in header.items()
        if canonical(field) is None or field.casefold() in _NOTES
    ]
    if others:
        body_start = sum(len(line) for line in text.splitlines(keepends=True)[: min(others) - 1])
    return front_matter(text).body_start or body_start


def is_as_stored(study: StudyFolder, source: ReadSource) -> bool:
    """Return whether nobody has edited the turns of a source, or cut its passages anew, since it was read."""
    from quotegrid.storage.sources.reading import passages_of, turns_of

    with study.reading_session() as session:
        turns, passages = turns_of(session, source.id), passages_of(session, source.id)
    return list(source.turns) == turns and list(source.passages) == passages


def standing_on(study: StudyFolder, source: int) -> SourceAnnotations:
    """Return what people have put on a source's text, whether it is read, and what is unsure in it."""
    from quotegrid.storage.sources.read_marks import sources_read
    from quotegrid.storage.sources.reading import codings_of, pencilled_of, remarks_on
    from quotegrid.storage.sources.turns.turn_changes import unsure_lines

    with study.reading_session() as session:
        return SourceAnnotations(
            codings_of(session, source),
            pencilled_of(session, source),
            remarks_on(session, source),
            is_read=source in sources_read(session),
            doubts=[
                Doubt(line.place, line.line, line.start, line.what)
                for line in unsure_lines(session, source)
                if not line.is_done
            ],
        )


def source_with(study: StudyFolder, segment: int) -> int:
    """Return the source of a segment.

    Raises:
        UnknownNameError: If there is no such segment any more.
    """
    from quotegrid.storage.sources.reading import source_of_segment

    with study.reading_session() as session:
        found = source_of_segment(session, segment)
    if found is None:
        raise UnknownNameError(f"there is no passage {segment} any more.")
    return found


def version_in_use(study: StudyFolder, source: int, name: str) -> int | None:
    """Return the source, or the one of its name that took its place; None where it was removed."""
    from quotegrid.storage.sources.sources import source_numbers

    with study.reading_session() as session:
        numbers = source_numbers(session)
    return source if source in numbers.values() else numbers.get(name)


def sentences_in(study: StudyFolder, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a part of a text; offsets in the text. The first call may load spaCy."""
    from quotegrid.corpus.text.segmentation import paragraph_spans
    from quotegrid.corpus.text.sentences import sentence_spans

    return [
        sentence
        for first, last in paragraph_spans(text, start, end)
        for sentence in sentence_spans(text, first, last, study.settings.pipeline)
    ]
