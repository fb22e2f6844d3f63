"""The values of a study that a query can name, for completion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES
from quotegrid.domain.search.comparison import as_bound
from quotegrid.domain.search.query import MISSING, Field, Term, attribute_field, write_query
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder


def query_vocabulary(study: StudyFolder) -> dict[str, list[str]]:
    """Return the fields of the language and of the study, and the values of each as a query writes them.

    Fields of words and days have none. Attributes have `none` and `*` besides, and where their values are
    numbers or dates an interval that holds them all.
    """
    from quotegrid.storage.coding.decision_log import coder_names
    from quotegrid.storage.search.values import DATE, QueryValues

    codebook = current_codebook(study)
    heard = study.heard()
    with study.reading_session() as session:
        coders = coder_names(session)
        dates = QueryValues(session).known(DATE)
    speakers = heard.speakers
    names = sorted(
        {*(name for speaker in speakers for name in speaker.attributes), *([DATE] if dates else [])}
    )
    parents = [code.name for code in codebook.walk() if codebook.children(code.name)]
    values: dict[str, Iterable[str | None]] = {
        Field.GROUP: (speaker.value("group") for speaker in speakers),
        Field.ROLE: (speaker.value("role") for speaker in speakers),
        Field.AREA: (speaker.value("area") for speaker in speakers),
        Field.CODE: (code.name for code in codebook.walk()),
        Field.STANCE: (stance.value for stance in Stance),
        Field.TEXT: (),
        Field.NEAR: (),
        Field.CASE: (speaker.value("case") for speaker in speakers),
        Field.SOURCE: (speaker.value("source") for speaker in speakers),
        Field.CODER: coders,
        Field.CODED: ("yes", "no"),
        Field.KIND: (kind.value for kind in SegmentKind),
        Field.AFTER: (),
        Field.BEFORE: (),
        Field.SAVED: study.settings.queries,
        Field.MEMO: (),
        Field.READ: ("yes", "no"),
        Field.WORDS: (),
        **{
            attribute_field(name): dates if name == DATE else [speaker.value(name) for speaker in speakers]
            for name in names
        },
    }
    found = {
        str(name): [_value(str(name), value) for value in dict.fromkeys(some) if value]
        for name, some in values.items()
    }
    attributes = [*BUILT_IN_ATTRIBUTES, *map(attribute_field, names)]
    for name in attributes:
        found[name].sort(key=str.casefold)
        found[name] += [*_interval(values[name]), *([] if name == Field.SOURCE else [MISSING]), "*"]
    found[Field.MEMO].append("*")
    found[Field.WORDS] += ["<10", "10..50", ">50"]
    found[Field.CODE].append("*")
    found[Field.CODE] += [_value(Field.CODE, name, is_open=True) for name in parents]
    return found


def _interval(values: Iterable[str | None]) -> list[str]:
    """Return the interval from the least to the greatest value, if all are numbers or all are dates."""
    bounds = {value: as_bound(value) for value in values if value}
    for kind in ("number", "first"):
        places: dict[str, Any] = {value: getattr(bound, kind, None) for value, bound in bounds.items()}
        if len(places) > 1 and None not in places.values():
            ordered = sorted(places, key=places.__getitem__)
            interval = f"{ordered[0]}..{ordered[-1]}"
            return [] if " " in interval else [interval]
    return []


def _value(field: str, value: str, *, is_open: bool = False) -> str:
    """Return a value as a query writes it after its field and the colon."""
    return write_query(Term(field, value, is_open)).removeprefix(
        write_query(Term(field, "x")).removesuffix("x")
    )
