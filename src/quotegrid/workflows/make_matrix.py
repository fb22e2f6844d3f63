"""The matrix of a study, with what an export must say about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from quotegrid import __version__
from quotegrid.config import BAND_QUANTILES
from quotegrid.domain.bands import Bands, by_names, by_quantiles, by_thresholds
from quotegrid.domain.matrix import Count, Matrix, Rows, build_matrix
from quotegrid.domain.provenance import Provenance
from quotegrid.domain.publication import Withheld
from quotegrid.domain.quotes import BUILT_IN_ATTRIBUTES, Quote
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.list_quotes import all_quotes
from quotegrid.workflows.names import resolve
from quotegrid.workflows.publish import published_matrix, refuse_unpublishable


@dataclass(frozen=True, slots=True)
class StudyMatrix:
    """A matrix, where it comes from, and the quotes it was counted from."""

    matrix: Matrix
    provenance: Provenance
    quotes: Sequence[Quote]
    withheld: Sequence[Withheld] = ()
    """What a publication does not tell."""


def make_matrix(
    study: StudyFolder,
    *,
    rows: Rows = Rows.THEME,
    columns: str = "group",
    count: Count = Count.QUOTES,
    include_suggested: bool = False,
    publish: bool = False,
) -> StudyMatrix:
    """Count the study's confirmed codings.

    Args:
        study: The study.
        rows: Themes or codes.
        columns: Any attribute: group, role, area, source, case, or one of the study's own.
        count: What a cell counts.
        include_suggested: Whether undecided suggestions count too; they are reported apart.
        publish: Whether it is to leave the team: small counts are withheld, quotes made anonymous.

    Raises:
        UnknownNameError: If the study has no such attribute.
        UsageError: If what is asked for cannot be published.
    """
    from quotegrid.storage.decisions import coding_summary
    from quotegrid.storage.quotes import attribute_names

    codebook = study.codebook()
    quotes = all_quotes(study, with_suggestions=include_suggested)
    with study.reading_session() as session:
        names = [*BUILT_IN_ATTRIBUTES, *attribute_names(session)]
        coders, first, last, codings = coding_summary(session)
    columns = resolve(columns.replace("-", "_"), names, "attribute", "attributes")
    if publish:
        refuse_unpublishable(columns, include_suggested=include_suggested)
    groups = study.stakeholders.names if columns == "group" else ()
    build = partial(
        build_matrix,
        quotes,
        codebook,
        rows=rows,
        columns=columns,
        count=count,
        include_suggested=include_suggested,
        column_order=groups,
        expected=groups,
        bands=bands_of(study, columns, quotes),
    )
    matrix = build()
    withheld: list[Withheld] = []
    if publish:
        matrix, quotes, withheld = published_matrix(study, build, quotes)
    provenance = Provenance(
        study=study.settings.name,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        codebook_hash=codebook.hash(),
        coders=tuple(coders),
        first_decision=first,
        last_decision=last,
        codings=codings,
        minimum_cases=study.settings.minimum_cases if publish else None,
        filters=("unconfirmed suggestions are counted too",) if include_suggested else (),
    )
    return StudyMatrix(matrix, provenance, quotes, tuple(withheld))


def bands_of(study: StudyFolder, attribute: str, quotes: Sequence[Quote]) -> Bands | None:
    """The bands that the settings give to an attribute; quantiles count each case once.

    Where no case is known, its source stands for it.
    """
    said = next((one for name, one in study.settings.bands.items() if _attribute(name) == attribute), None)
    if said is None:
        return None
    if isinstance(said, tuple):
        return by_thresholds(said)
    if isinstance(said, Mapping):
        return by_names(dict(said))
    values = {
        (quote.case is None, quote.case or quote.source): value
        for quote in quotes
        if (value := quote.value(attribute)) is not None
    }
    return by_quantiles(values.values(), BAND_QUANTILES.index(said) + 2)


def _attribute(name: str) -> str:
    """A name as the tables' columns are called in the study."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def column_attributes(study: StudyFolder) -> list[str]:
    """The attributes that make sense as columns, the group first."""
    from quotegrid.storage.quotes import attribute_names

    with study.reading_session() as session:
        return ["group", "area", *attribute_names(session), "role", "source", "case"]
