"""A study whose sources are all read to the end, for tests of shares, amounts and claims."""

from __future__ import annotations

from quotegrid.storage.sources.sources import source_numbers
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.study.folder import StudyFolder


def read_everything(study: StudyFolder) -> StudyFolder:
    """Mark every source as read to the end."""
    with study.reading_session() as session:
        names = list(source_numbers(session))
    mark_read(study, names)
    return study
