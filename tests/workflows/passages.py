"""Memos on whole passages in tests of workflows."""

from __future__ import annotations

from quotegrid.domain.sources.memos import MemoSubject
from quotegrid.workflows.coding.memos.write import WrittenMemo, write_memo
from quotegrid.workflows.study.folder import StudyFolder


def write_memo_on(study: StudyFolder, segment: int, text: str) -> WrittenMemo:
    """Write a memo by the coder on a whole segment."""
    return write_memo(study, MemoSubject.PASSAGE, str(segment), text)
