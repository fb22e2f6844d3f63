"""Tells the interviews of a case apart where an attribute, such as the wave, differs between them."""

from __future__ import annotations

from collections.abc import Mapping

from quotegrid.domain.matrix.bases import HeardQuotes


def interviews_of_cases(heard: HeardQuotes) -> dict[str, dict[int, str]]:
    """Return the cases of whom an attribute differs, each with the values that tell their quotes apart.

    Args:
        heard: All quotes.

    Returns:
        By case, and by the place in `heard.speakers`: "wave 1", in the order in which the values sort.
    """
    places: dict[str, list[int]] = {}
    for place in sorted(heard.heard_speakers):
        case = heard.speakers[place].case
        if case is not None:
            places.setdefault(case, []).append(place)
    found = {}
    for case, own in places.items():
        values: dict[str, set[str]] = {}
        for place in own:
            for name, value in heard.speakers[place].attributes.items():
                values.setdefault(name, set()).add(value)
        differing = sorted(name for name, known in values.items() if len(known) > 1)
        if differing:
            labels = {place: _label(heard.speakers[place].attributes, differing) for place in own}
            found[case] = dict(sorted(labels.items(), key=lambda pair: pair[1]))
    return found


def _label(attributes: Mapping[str, str], names: list[str]) -> str:
    told = [f"{name.replace('_', ' ')} {attributes[name]}" for name in names if name in attributes]
    return ", ".join(told) or f"{names[0].replace('_', ' ')} not known"
