"""Tells whether words are a question, in any script."""

from __future__ import annotations

import re

from quotegrid.corpus.transcripts.stamps import stamp_behind

QUESTION_MARKS = "?\uff1f\u061f\u037e\u2e2e\u1367\ua60f\ufe56"
"""Question marks: Latin, full-width, Arabic, Greek, reversed, Ethiopic, Vai and small."""
_CLOSING = " \t\n\u00a0\u3000)]\"'\u2019\u201d\u00bb\u300d\u300f*_\u200f\u200e"
_LONGEST = 200
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
"""Matches a Greek letter, behind which a semicolon is a question mark, as Unicode's normal form has it."""


def asks(text: str, start: int, end: int) -> bool:
    """Return whether the words between two offsets end in a question, leaving a time behind them aside."""
    closed = stamp_behind(text, start, end)
    stop = end if closed is None else closed[0]
    last = text[max(start, stop - _LONGEST) : stop].rstrip(_CLOSING)
    return last.endswith(tuple(QUESTION_MARKS)) or (last.endswith(";") and _GREEK.search(last) is not None)
