"""What a code has meant, and what was coded with it under each meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.codebook.merging import list_changes
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import known_code
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a code said from some time on."""

    at: str
    coder: str
    what: str
    """The change of the codebook that made it so."""
    lines: tuple[str, ...]
    """What of this code was changed."""
    code: Code
    codings: int
    """How many codings that stand were made while it said this."""


def code_history(study: StudyFolder, name: str) -> list[CodeMeaning]:
    """What a code has meant, oldest first, and how many of its codings were made under each meaning.

    Raises:
        UnknownNameError: If there is no such code.
    """
    from quotegrid.storage.codebook.codes import code_ids, coding_times
    from quotegrid.storage.codebook.versions import list_versions

    there = known_code(current_codebook(study), name)
    with study.reading_session() as session:
        number = code_ids(session)[there.name]
        versions = list_versions(session)
        times = coding_times(session, number)
    meanings: list[CodeMeaning] = []
    before: Code | None = None
    for version in versions:
        code = version.codes.codes().get(number)
        if code is None or (before is not None and replace(code, line=None) == replace(before, line=None)):
            continue
        was = Codebook(()) if before is None else Codebook((replace(before, parent=None),))
        renamed = {} if before is None else {before.name: code.name}
        lines = list_changes(was, Codebook((replace(code, parent=None),)), renamed)
        if before is not None and (before.parent or "") != (code.parent or ""):
            lines.append(
                f"~ “{code.name}” stands {f'below “{code.parent}”' if code.parent else 'at the top'}"
            )
        if before is None or lines:
            meanings.append(CodeMeaning(version.at, version.coder, version.what, tuple(lines), code, 0))
        before = code
    ends = [one.at for one in meanings[1:]] + ["~"]
    counts = [sum(one.at <= at < end for at in times) for one, end in zip(meanings, ends, strict=True)]
    return [replace(one, codings=count) for one, count in zip(meanings, counts, strict=True)]


HISTORY_FIELDS = ("id", "at", "coder", "what", "by_hand", "hash", "codes", "undoes")
MEANING_FIELDS = ("at", "coder", "what", "changed", "name", "parent", "definition", "codings")


def history_records(study: StudyFolder) -> list[dict[str, object]]:
    """Every version of the codebook, oldest first."""
    from quotegrid.storage.codebook.versions import list_versions

    current_codebook(study)
    with study.reading_session() as session:
        return [
            {
                "id": one.number,
                "at": one.at,
                "coder": one.coder,
                "what": one.what,
                "by_hand": one.is_from_file,
                "hash": one.codes.codebook.hash(),
                "codes": len(one.codes.codebook),
                "undoes": one.undoes,
            }
            for one in list_versions(session)
        ]


def meaning_records(study: StudyFolder, name: str) -> list[dict[str, object]]:
    """What a code has meant, oldest first.

    Raises:
        UnknownNameError: If there is no such code.
    """
    return [
        {
            "at": one.at,
            "coder": one.coder,
            "what": one.what,
            "changed": list(one.lines),
            "name": one.code.name,
            "parent": one.code.parent,
            "definition": one.code.definition,
            "codings": one.codings,
        }
        for one in code_history(study, name)
    ]
