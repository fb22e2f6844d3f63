"""The codings that no count includes, because their codes are no longer in the codebook."""

from __future__ import annotations

from collections.abc import Mapping

from quotegrid.domain.text.normalise import counted
from quotegrid.workflows.study.folder import StudyFolder


def uncounted_codings(study: StudyFolder) -> dict[str, int]:
    """Return the number of codings of each code that is no longer in the codebook, by its name."""
    from quotegrid.storage.codebook.codes import codings_outside

    with study.reading_session() as session:
        return codings_outside(session)


def uncounted_notes(study: StudyFolder, *, publish: bool = False) -> list[str]:
    """Return the note that every count gives on codings that it leaves out; empty where it leaves out none.

    Args:
        study: The study.
        publish: Whether it is for publication: neither the codes nor the numbers are told.
    """
    found = uncounted_codings(study)
    if publish and found:
        return ["Codings of codes that are no longer in the codebook are not counted."]
    return describe_uncounted(found)


def describe_uncounted(codings: Mapping[str, int]) -> list[str]:
    """Return the note on codings that are not counted; empty where there are none.

    Args:
        codings: The number of codings by the name of their code.
    """
    if not codings:
        return []
    if len(codings) == 1:
        ((name, number),) = codings.items()
        are = "is" if number == 1 else "are"
        return [
            f'{counted(number, "coding")} of "{name}", which is no longer in the codebook, {are} not counted.'
        ]
    names = ", ".join(f'"{name}" ({number:,})' for name, number in codings.items())
    return [
        f"{counted(sum(codings.values()), 'coding')} of codes that are no longer in the codebook are not "
        f"counted: {names}."
    ]
