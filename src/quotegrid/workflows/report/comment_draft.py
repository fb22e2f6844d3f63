"""The checked claims of a Word document as comments in a copy of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quotegrid.errors import UsageError
from quotegrid.workflows.exchange.keep_export import Export, keep_export
from quotegrid.workflows.study.folder import StudyFolder

_WORD = ".docx"


def refuse_no_copy(draft: Path, copy: Path) -> None:
    """Refuse comments on what is no Word document, or in the draft itself.

    Raises:
        UsageError: If either file is no Word document, or both are one file.
    """
    for path in (draft, copy):
        if path.suffix.lower() != _WORD:
            raise UsageError(
                "comments are written into a copy of a Word document.",
                file=path,
                todo=f"Give both names the ending {_WORD}.",
            )
    if draft.exists() and copy.exists() and copy.samefile(draft):
        raise UsageError("comments are never written into the draft itself.", file=copy, todo="Name a copy.")


def comment_draft(
    study: StudyFolder,
    draft: Path,
    copy: Path,
    records: Sequence[Mapping[str, Any]],
    export: Export,
    *,
    force: bool = False,
) -> None:
    """Write a copy of a Word document with the verdict on each claim as a comment.

    Args:
        study: The study.
        draft: The document, which stays as it is.
        copy: The file to write.
        records: The draft's checked claims, as `list_claims` lists them.
        export: The description of the export.
        force: Whether to replace a file that is not quotegrid's.

    Raises:
        UsageError: If the copy may not be written.
    """
    from quotegrid.exports.report.claims_docx import commented_copy

    refuse_no_copy(draft, copy)
    keep_export(copy, commented_copy(draft, records), export, study, force=force)
