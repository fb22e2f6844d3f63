"""The columns of a matrix: the attributes that there are, and the bands that settings put numbers in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bands import Bands, by_names, by_quantiles, by_thresholds, reading_notes
from quotegrid.domain.matrix.bases import Speaker
from quotegrid.errors import UsageError
from quotegrid.settings_values import BAND_QUANTILES
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import resolve

_MOST_NESTED = 2


def column_attributes(study: StudyFolder) -> list[str]:
    """Return the attributes that make sense as columns, the group first."""
    from quotegrid.storage.search.quotes import attribute_names

    with study.reading_session() as session:
        return ["group", "area", *attribute_names(session), "role", "source", "case"]


def column_names(columns: str | Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the attributes of the columns, the outer one first: "group,area" or "area within group".

    Raises:
        UnknownNameError: If the study has no such attribute.
        UsageError: If they are more than two, or the same twice.
    """
    if isinstance(columns, str):
        columns = columns.split(" within ")[::-1] if " within " in columns else columns.split(",")
    found = tuple(
        resolve(name.strip().replace("-", "_"), known, "attribute", "attributes") for name in columns
    )
    if len(found) > _MOST_NESTED or len(set(found)) < len(found):
        raise UsageError(
            f"columns can be nested once, by two attributes; these are {', '.join(found)}.",
            todo='Name one attribute, or two as in "group,area".',
        )
    return found


def bands_of(study: StudyFolder, attribute: str, said: Collection[Speaker | Quote]) -> Bands | None:
    """Return the bands that the settings give to an attribute; quantiles count each case once.

    Quotes without a case are counted by source.
    """
    stated_values = _stated_bands(study, attribute)
    if stated_values is None:
        return None
    if isinstance(stated_values, tuple):
        return by_thresholds(stated_values)
    if isinstance(stated_values, Mapping):
        return by_names(dict(stated_values))
    return by_quantiles(_values_of_cases(attribute, said), BAND_QUANTILES.index(stated_values) + 2)


def _stated_bands(study: StudyFolder, attribute: str) -> str | tuple[float, ...] | Mapping[str, float] | None:
    settings = study.settings.bands
    return next((value for name, value in settings.items() if _attribute(name) == attribute), None)


def _values_of_cases(attribute: str, said: Collection[Speaker | Quote]) -> list[str]:
    """Return the value of each case; quotes without a case have one for each source."""
    values = {
        (speech.case is None, speech.case or speech.source): value
        for speech in said
        if (value := speech.value(attribute)) is not None
    }
    return list(values.values())


def notes_on_bands(study: StudyFolder, attribute: str, said: Collection[Speaker]) -> list[str]:
    """Return what is to be said of how an attribute's values were read as numbers and put in bands."""
    bands, stated = bands_of(study, attribute, said), _stated_bands(study, attribute)
    if bands is None:
        return []
    parts = BAND_QUANTILES.index(stated) + 2 if isinstance(stated, str) else None
    return reading_notes(attribute.replace("_", " "), _values_of_cases(attribute, said), bands, parts)


def _attribute(name: str) -> str:
    """Return a name in the form of the study's attributes."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
