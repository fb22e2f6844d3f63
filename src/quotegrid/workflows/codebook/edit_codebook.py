"""Changes of the codebook: in the study, in its file, and to the codings that they move."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotegrid.domain.codebook import edits
from quotegrid.domain.codebook.codes import COLOURS, Code, Codebook, CodeTreeError
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import counted, name_key, one_line
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import bring_in_step, current_codebook, write_codebook
from quotegrid.workflows.codebook.store_codebook import (
    Recoding,
    moves_any,
    refuse_hand_changed,
    store_codebook,
)
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class CodebookEdit:
    """The result of a change of the codebook."""

    what: str
    """The change, as a sentence; empty where nothing changed."""
    moved: int = 0
    """The number of codings that were moved from one code to another."""


def add_code(
    study: StudyFolder,
    code: Code,
    *,
    before: str | None = None,
    recode: Mapping[str, Sequence[int]] | None = None,
) -> CodebookEdit:
    """Add a code.

    Args:
        study: The study.
        code: The new code.
        before: The sibling before which it is placed; None for the end.
        recode: By existing code, the segments whose codings move to the new code.

    Raises:
        UsageError: If its name is there already or empty, or its parent is not there.
        CodebookError: If the file has been changed by hand and not been read again.
    """
    parent = None if code.parent is None else known_code(current_codebook(study), code.parent).name
    code = replace(code, name=_name(code.name), parent=parent)
    below = f" below “{code.parent}”" if code.parent else ""
    recodings = [Recoding(name, code.name, frozenset(segments)) for name, segments in (recode or {}).items()]
    return _edit(
        study,
        lambda book: edits.add_code(book, code, before=before),
        f"Added “{code.name}”{below}.",
        {},
        recodings,
    )


def rename_code(study: StudyFolder, old: str, new: str) -> CodebookEdit:
    """Rename a code; its codings stay.

    Raises:
        UsageError: If there is no such code, or the new name is there already or empty.
        CodebookError: If the file has been changed by hand and not been read again.
    """
    new = _name(new)
    there = known_code(current_codebook(study), old)
    names = {there.name: new}
    return _edit(
        study, lambda book: edits.rename_codes(book, names), f"Renamed “{there.name}” to “{new}”.", names
    )


def describe_code(study: StudyFolder, name: str, said: Code) -> CodebookEdit:
    """Change a code's definition, rules, examples, terms and colour, and whether it is in use.

    Args:
        study: The study.
        name: The code.
        said: The code with its new content; name and parent are ignored.

    Raises:
        UsageError: If there is no such code or colour.
        CodebookError: If the file has been changed by hand and not been read again.
    """
    if said.colour and said.colour not in COLOURS:
        raise UnknownNameError(
            f'"{said.colour}" is not a colour that a code can have.',
            todo=f"Take one of {', '.join(COLOURS)}.",
        )
    there = known_code(current_codebook(study), name)

    def change(code: Code) -> Code:
        return replace(said, name=code.name, parent=code.parent, line=None)

    return _edit(study, lambda book: edits.change_code(book, name, change), _described(there, change(there)))


def _described(before: Code, after: Code) -> str:
    if before.is_deprecated != after.is_deprecated:
        return f"“{before.name}” is {'deprecated' if after.is_deprecated else 'in use again'}."
    if replace(before, colour=after.colour) == after:
        return f"“{before.name}” is {after.colour or 'in the colour of its place'}."
    return f"Changed what “{before.name}” says."


def move_code(
    study: StudyFolder, name: str, parent: str | None, *, before: str | None = None
) -> CodebookEdit:
    """Move a code, with everything below it, to another place in the tree.

    Args:
        study: The study.
        name: The code.
        parent: The new parent; None for the top.
        before: The new sibling before which it is placed; None for the end.

    Raises:
        UsageError: If there is no such code, or it would stand below itself.
        CodebookError: If the file has been changed by hand and not been read again.
    """
    there = known_code(current_codebook(study), name)
    where = f"below “{known_code(current_codebook(study), parent).name}”" if parent else "to the top"
    what = f"Moved “{there.name}” {where}."
    return _edit(study, lambda book: edits.move_code(book, name, parent, before=before), what)


def remove_code(study: StudyFolder, name: str) -> CodebookEdit:
    """Remove a code without codings from the codebook; codes below it move up.

    Raises:
        UsageError: If there is no such code, or quotes are coded with it.
        CodebookError: If the file has been changed by hand and not been read again.
    """
    from quotegrid.storage.codebook.codes import codings_of

    there = known_code(current_codebook(study), name)
    with study.reading_session() as session:
        standing = codings_of(session, [there.name]).get(there.name, 0)
    if standing:
        raise UsageError(
            f'{counted(standing, "coding")} of "{there.name}" would be lost.',
            todo="Merge it into another code, or deprecate it.",
        )
    return _edit(study, lambda book: edits.remove_code(book, name), f"Removed “{there.name}”.")


def merge_codes(study: StudyFolder, source: str, target: str) -> CodebookEdit:
    """Merge a code into another: every coding of the first becomes one of the second, whoever made it.

    Codes below the first go below the second; the first leaves the codebook. What the second says stays as it
    is. The codings stay those of their coders, and the log names who merged. One undo takes all of it back.

    Raises:
        UsageError: If there is no such code, or the second stands below the first.
        CodebookError: If the file has been changed by hand and not been read again.
    """
    book = current_codebook(study)
    merged, other = known_code(book, source), known_code(book, target)
    if merged is other or other.name in book.family(merged.name):
        raise UsageError(
            f'"{merged.name}" cannot be merged into "{other.name}", which is or stands below it.'
        )

    def change(codebook: Codebook) -> Codebook:
        for child in codebook.children(merged.name):
            codebook = edits.move_code(codebook, child.name, other.name)
        return edits.remove_code(codebook, merged.name)

    what = f"Merged “{merged.name}” into “{other.name}”."
    recodings = [Recoding(merged.name, other.name)]
    return _edit(study, change, what, {}, recodings, merged={merged.name: other.name})


def split_code(
    study: StudyFolder, source: str, becomes: Mapping[int, str], new: Sequence[str] = ()
) -> CodebookEdit:
    """Split a code by moving its quotes to other codes, quote by quote.

    Args:
        study: The study.
        source: The code.
        becomes: The new code of each quote, by its segment's number.
        new: The codes among them that are new; they become siblings of the code.

    Raises:
        UsageError: If there is no such code.
        CodebookError: If the file has been changed by hand and not been read again.
    """
    code = known_code(current_codebook(study), source)

    def change(codebook: Codebook) -> Codebook:
        for name in new:
            codebook = edits.add_code(codebook, Code(_name(name), parent=code.parent))
        return codebook

    try:
        book = change(current_codebook(study))
    except CodeTreeError as error:
        raise UsageError(str(error)) from error
    targets: dict[str, set[int]] = {}
    for segment, name in becomes.items():
        targets.setdefault(known_code(book, name).name, set()).add(segment)
    recodings = [Recoding(code.name, name, frozenset(there)) for name, there in targets.items()]
    names = ", ".join(f"“{name}”" for name in targets)
    return _edit(study, change, f"Split “{code.name}”: {names}.", {}, recodings)


def coded_with(study: StudyFolder, name: str) -> list[Quote]:
    """Return the quotes with a code itself, not one below it, in the order of the decisions.

    Raises:
        UnknownNameError: If there is no such code.
    """
    from quotegrid.storage.codebook.codes import code_ids, codings_on
    from quotegrid.storage.search.quotes import load_quotes

    there = known_code(current_codebook(study), name)
    with study.reading_session() as session:
        numbers = [segment for segment, _, _ in codings_on(session, code_ids(session)[there.name])]
        quotes = {quote.id: quote for quote in load_quotes(session, only=numbers)}
    return [quotes[number] for number in dict.fromkeys(numbers)]


def _name(name: str) -> str:
    name = one_line(name)
    if not name:
        raise UsageError("a code must have a name.")
    return name


def known_code(codebook: Codebook, name: str) -> Code:
    """Return the code with a name, ignoring case and how letters are encoded.

    Raises:
        UnknownNameError: If there is none.
    """
    code = codebook.get(name)
    if code is None:
        code = next((known for known in codebook.codes if name_key(known.name) == name_key(name)), None)
    if code is None:
        names = [known.name for known in codebook.codes]
        raise UnknownNameError(f'there is no code "{name}".', todo=closest(name, names, "codes"))
    return code


def _edit(
    study: StudyFolder,
    change: Callable[[Codebook], Codebook],
    what: str,
    renamed: Mapping[str, str] | None = None,
    recodings: Sequence[Recoding] = (),
    merged: Mapping[str, str] | None = None,
) -> CodebookEdit:
    from quotegrid.storage.codebook.codes import load_codebook

    bring_in_step(study)
    with study.writing_session("changing the codebook") as session:
        refuse_hand_changed(study)
        before = load_codebook(session)
        try:
            target = change(before)
        except CodeTreeError as error:
            raise UsageError(str(error)) from error
        recodings = [recoding for recoding in recodings if moves_any(session, recoding)]
        if list(target.walk()) == list(before.walk()) and not recodings:
            return CodebookEdit("")
        if merged:
            study.back_up_before("merging codes")
        text, moved = store_codebook(
            session, study, target, what, dict(renamed or {}), recodings, merged=merged
        )
    write_codebook(study, text)
    return CodebookEdit(what, moved)
