"""The listing of the codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder

_RIGHT = {"justify": "right"}


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code of the codebook."""

    name: str = column(
        "its name",
        place=1,
        heading="code",
        cell=lambda record: "  " * record["depth"] + record["name"],
        layout={"min_width": 30},
    )
    theme: str = column("the theme to which it belongs")
    parent: str | None = column("the code above it; null at the top")
    depth: int = column("how far below the top it stands, from 0", is_in_csv=False)
    definition: str = column("what it means", place=4, longest=90, layout={"ratio": 1})
    suggested: int = column(
        "how many suggestions wait for a decision",
        place=2,
        heading="waiting",
        cell=lambda record: str(record["suggested"] or ""),
        layout=_RIGHT,
    )
    coded: int = column(
        "how many confirmed quotes it has, a parent with everything below it", place=3, layout=_RIGHT
    )
    use_when: Sequence[str] = column("when to use it")
    do_not_use_when: Sequence[str] = column("when not to use it")
    examples: Sequence[str] = column("examples", is_in_csv=False)
    terms: Sequence[str] = column("its terms")
    colour: str = column("its colour; empty for that of its place")
    deprecated: bool = column("whether it is out of use")


def code_records(study: StudyFolder) -> list[Record]:
    """Return the codebook in its order, with how often each code is suggested and stands."""
    from quotegrid.storage.coding.overview import count_suggestions

    codebook = current_codebook(study)
    heard = study.heard()
    waiting: Counter[str] = Counter()
    with study.reading_session() as session:
        for suggestions in count_suggestions(session):
            waiting[suggestions.code] += suggestions.made - suggestions.decided
    return [
        record_of(
            ListedCode,
            code,
            theme=codebook.theme_of(code.name),
            depth=codebook.depth(code),
            deprecated=code.is_deprecated,
            suggested=waiting[code.name],
            coded=len(heard.apart(heard.with_codes(codebook.family(code.name)))),
        )
        for code in codebook.walk()
    ]
