"""Options of reading are written on one line, and read from it."""

from __future__ import annotations

import pytest

from quotegrid.corpus.sources.reading_options import completed
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.domain.sources.model import SourceKind
from quotegrid.errors import UsageError
from quotegrid.workflows.sources.versions.reading_words import options_from_words, options_in_words


@pytest.mark.parametrize(
    "line",
    ["interviewer=JO FIELD, ANN LEE, speakers=NAME:", "kind=transcript, language=de", "participant=Q", ""],
)
def test_a_line_is_read_as_it_was_written(line: str) -> None:
    options = options_from_words(line)
    assert options_in_words(options.given()) == line
    assert completed(options_from_words(""), options.given(), parse_convention) == options


def test_new_options_take_precedence_over_those_that_were_kept() -> None:
    kept = {"interviewer": "JO", "kind": "report", "speakers": "NAME:"}
    found = completed(options_from_words("interviewer=ANN"), kept, parse_convention)
    assert (found.interviewer, found.kind) == ("ANN", SourceKind.REPORT)
    assert found.speakers == parse_convention("NAME:")


@pytest.mark.parametrize("line", ["colour=red", "JO FIELD", "kind=poem", "speakers=nonsense"])
def test_what_is_no_option_is_refused(line: str) -> None:
    with pytest.raises(UsageError):
        options_from_words(line)
