"""The actions on the sources of a study as a whole."""

from __future__ import annotations

from enum import StrEnum


class SourceAction(StrEnum):
    """A change that an import or a researcher makes to sources."""

    ADD = "import"
    """Read a file for the first time."""
    REPLACE = "import again"
    """Read a file again that had changed, or that is read in another way."""
    RENAME = "rename"
    """Found a source's file under another name."""
    ATTRIBUTES = "attributes"
    """Took values of cases and sources from a table."""
    PLAN = "plan"
    """Took a plan of who is to be interviewed."""
    LANGUAGE = "language"
    """Somebody said which language a source is in."""
    READ = "read"
    """Somebody said that a source is read to the end."""
    NOT_READ = "not read"
    """Somebody said that a source is not read to the end."""
    REMOVE = "remove"
    """Somebody took a source out of the study."""
    CORRECT = "correct"
    """Somebody put a corrected file in the place of a source, with all that stands on it."""
    REREAD = "read again"
    """Somebody had a source read again with other options."""


READ_MARKS = frozenset({SourceAction.READ, SourceAction.NOT_READ})
"""The changes that say whether a source is read to the end, and that undo takes back."""
VERSIONS = frozenset({SourceAction.CORRECT, SourceAction.REREAD})
"""The changes that put another version in a source's place."""
