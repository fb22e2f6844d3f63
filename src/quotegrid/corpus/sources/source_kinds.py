"""Decides whether a file is a transcript, a report or a document, and finds a report's quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotegrid.corpus.people.attributes import AttributeRow
from quotegrid.corpus.reports.quotes import find_quotes
from quotegrid.corpus.sources.reading_options import ReadingOptions
from quotegrid.corpus.text.headers import canonical
from quotegrid.corpus.text.speaker_names import is_generic
from quotegrid.corpus.transcripts.questions.before_labels import with_unlabelled_questions
from quotegrid.corpus.transcripts.speaker_labels import find_labels, patterned_labels
from quotegrid.corpus.transcripts.turns import looks_like_transcript, turns_of
from quotegrid.corpus.transcripts.unlabelled import bare_turns
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import (
    AttributedQuote,
    Certainty,
    HeaderValue,
    QuoteKind,
    ReadText,
    SourceKind,
    Turn,
)

_FEWEST_QUOTES = 3
_LEAST_ASKED = 1.7
"""The number of turns for each answer from which most answers have a question before them."""


def kind_and_quotes(
    read: ReadText, options: ReadingOptions, stakeholders: Stakeholders, rows: Sequence[AttributeRow]
) -> tuple[SourceKind, tuple[AttributedQuote, ...]]:
    """Return the kind of a file, and its quotes if it is a report.

    The flags decide, or else the header; otherwise turns make a transcript, and a few certain block quotes a
    report.

    Args:
        read: The text, with its header.
        options: The user's flags.
        stakeholders: The study's groups and roles.
        rows: The rows of all attributes files, for the areas that they name.
    """
    areas = _areas(options, rows)
    said = options.kind
    if said is None and "kind" in read.header:
        value = read.header["kind"].value.casefold()
        said = next((kind for kind in SourceKind if kind.value == value), None)
    if said is SourceKind.REPORT:
        return said, find_quotes(read.text, read.body_start, stakeholders, areas)
    if said is not None:
        return said, ()
    if read.turns is not None or read.speakers or _names_participant(read.header):
        return SourceKind.TRANSCRIPT, ()
    if options.speakers is not None:
        labels = patterned_labels(read.text, read.body_start, options.speakers)
        if len(turns_of(read.text, labels.taken)) > 1:
            return SourceKind.TRANSCRIPT, ()
    labels = find_labels(read.text, read.body_start, styles=read.styles)
    turns = turns_of(read.text, labels.taken)
    if looks_like_transcript(read.text, turns) or _answers_questions(read, turns):
        return SourceKind.TRANSCRIPT, ()
    quotes = find_quotes(read.text, read.body_start, stakeholders, areas)
    sure = [quote for quote in quotes if quote.kind is QuoteKind.BLOCK and quote.certainty is Certainty.SURE]
    if len(sure) >= _FEWEST_QUOTES:
        return SourceKind.REPORT, quotes
    if bare_turns(read.text, read.body_start, read.styles) is not None:
        return SourceKind.TRANSCRIPT, ()
    return SourceKind.DOCUMENT, ()


def _answers_questions(read: ReadText, turns: Sequence[Turn]) -> bool:
    """Return whether all labels are one respondent's and most follow questions without a label."""
    if len({turn.label for turn in turns}) != 1 or not is_generic(turns[0].label or ""):
        return False
    asked = with_unlabelled_questions(read.text, read.body_start, turns, read.styles)
    return asked is not None and len(asked.turns) >= _LEAST_ASKED * len(turns)


def _areas(options: ReadingOptions, rows: Sequence[AttributeRow]) -> tuple[str, ...]:
    """Return the study's areas in all spellings, and those named by flags and attributes files."""
    named = [options.area, *(row.area for row in rows), *options.areas.spellings]
    return tuple(dict.fromkeys(area for area in named if area))


def _names_participant(header: Mapping[str, HeaderValue]) -> bool:
    return any(
        canonical(name) == "interviewer" or name.casefold() in ("participant", "interviewee", "respondent")
        for name in header
    )
