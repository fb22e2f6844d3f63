"""The history of a code: its meanings, and the codings made under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.codebook.merging import list_changes
from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.workflows.codebook.codebook_file import bring_in_step, current_codebook
from quotegrid.workflows.codebook.edit_codebook import known_code
from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version of the codebook."""

    id: int = column("its number")
    at: str = column("when (UTC)", place=1)
    coder: str = column("who changed it", place=2)
    what: str = column("what was changed, in words", place=3)
    by_hand: bool = column("whether the file was changed by hand")
    hash: str = column("the hash of the codebook from then on, as exports name it")
    codes: int = column("how many codes it has from then on")
    undoes: int | None = column("the change taken back; else null")


@dataclass(frozen=True, slots=True)
class ListedMeaning:
    """A meaning of a code in a listing."""

    at: str = column("when (UTC)", place=1)
    coder: str = column("who changed it", place=2)
    what: str = column("what was changed, in words", place=3)
    changed: Sequence[str] = column("what of the code was changed, in words")
    name: str = column("its name from then on")
    parent: str | None = column("the code above it from then on; null at the top")
    definition: str = column("its definition from then on")
    codings: int = column("how many of those that stand were made while it meant this", place=4)


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """A meaning of a code."""

    at: str
    coder: str
    what: str
    """The change of the codebook that introduced it."""
    lines: tuple[str, ...]
    """The changes to this code."""
    code: Code
    codings: int
    """The number of standing codings that were made under it."""


def code_history(study: StudyFolder, name: str) -> list[CodeMeaning]:
    """Return a code's meanings, oldest first, each with the number of codings made under it.

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
    ends = [meaning.at for meaning in meanings[1:]] + ["~"]
    counts = [sum(since.at <= at < end for at in times) for since, end in zip(meanings, ends, strict=True)]
    return [replace(meaning, codings=count) for meaning, count in zip(meanings, counts, strict=True)]


def history_records(study: StudyFolder) -> list[Record]:
    """Return every version of the codebook, oldest first."""
    from quotegrid.storage.codebook.versions import list_versions

    bring_in_step(study)
    with study.reading_session() as session:
        return [
            record_of(
                ListedVersion,
                version,
                id=version.number,
                by_hand=version.is_from_file,
                hash=version.codes.codebook.hash(),
                codes=len(version.codes.codebook),
            )
            for version in list_versions(session)
        ]


def meaning_records(study: StudyFolder, name: str) -> list[Record]:
    """Return a code's meanings, oldest first.

    Raises:
        UnknownNameError: If there is no such code.
    """
    return [
        record_of(
            ListedMeaning,
            meaning,
            changed=meaning.lines,
            name=meaning.code.name,
            parent=meaning.code.parent,
            definition=meaning.code.definition,
        )
        for meaning in code_history(study, name)
    ]
