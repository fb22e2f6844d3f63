"""What is printed of exports: plain records with stable field names."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.verify_export import Verification, exports_of
from quotegrid.workflows.write_export import digest

EXPORT_FIELDS = (
    "id",
    "guid",
    "at",
    "coder",
    "what",
    "options",
    "path",
    "sha256",
    "there",
    "version",
    "codebook",
)
DIFFERENCE_FIELDS = ("row", "column", "then", "now")


def export_records(study: StudyFolder) -> list[dict[str, Any]]:
    """The files that were written from the study, with the documented fields, oldest first."""
    records = []
    exports = exports_of(study)
    written = {export.sha256 for export in exports}
    found = {path: _digest_at(study, path) for path in {export.path for export in exports}}
    for export in exports:
        content = found[export.path]
        there = "changed"
        if content is None:
            there = "gone"
        elif content == export.sha256:
            there = "as written"
        elif content in written:
            there = "replaced"
        records.append(
            {
                "id": export.id,
                "guid": export.guid,
                "at": export.at,
                "coder": export.coder,
                "what": export.what,
                "options": dict(export.options),
                "path": export.path,
                "sha256": export.sha256,
                "there": there,
                "version": export.version,
                "codebook": export.codebook_hash,
            }
        )
    return records


def _digest_at(study: StudyFolder, path: str) -> str | None:
    file = study.root / path
    return digest(file.read_bytes()) if file.is_file() else None


def verification_record(found: Verification) -> dict[str, Any]:
    """What is said of a file that was written from the study, with the documented fields."""
    export = found.export
    return {
        "file": str(found.file),
        "holds": found.holds,
        "changed": found.is_changed,
        "found_by": found.found_by.value,
        "recomputed": found.is_recomputed,
        "same": found.gives_the_same,
        "problem": found.problem,
        "differences": [asdict(one) for one in found.differences],
        "guid": export.guid,
        "at": export.at,
        "coder": export.coder,
        "what": export.what,
        "options": dict(export.options),
        "path": export.path,
        "version": export.version,
        "decisions_since": found.decisions_since,
        "case_changes_since": found.case_changes_since,
        "sources_since": list(found.sources_since),
        "codebook_then": export.codebook_hash,
        "codebook_now": found.codebook_now,
        "settings_changed": found.has_settings_changed,
    }
