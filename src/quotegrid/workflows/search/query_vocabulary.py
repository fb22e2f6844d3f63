"""The values of a study that a query can name, for completion."""

from __future__ import annotations

from collections.abc import Iterable

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.search.query import Field, Term, write_query
from quotegrid.domain.sources.model import SegmentKind
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder


def query_vocabulary(study: StudyFolder) -> dict[str, list[str]]:
    """Return the fields of the language and of the study, and the values of each as a query writes them.

    Fields of words and dates have none.
    """
    from quotegrid.storage.coding.decision_log import coder_names

    codebook = current_codebook(study)
    heard = study.heard()
    with study.reading_session() as session:
        coders = coder_names(session)
    speakers = heard.speakers
    names = sorted({name for speaker in speakers for name in speaker.attributes})
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
        **{name: [speaker.value(name) for speaker in speakers] for name in names},
    }
    found = {
        str(name): [_value(str(name), value) for value in dict.fromkeys(some) if value]
        for name, some in values.items()
    }
    for name in (Field.GROUP, Field.ROLE, Field.AREA, Field.CASE, Field.SOURCE, *names):
        found[str(name)].sort(key=str.casefold)
    found[Field.CODE] += [_value(Field.CODE, name, is_open=True) for name in parents]
    return found


def _value(field: str, value: str, *, is_open: bool = False) -> str:
    """Return a value as a query writes it after its field and the colon."""
    return write_query(Term(field, value, is_open)).removeprefix(
        write_query(Term(field, "x")).removesuffix("x")
    )
