from __future__ import annotations

from quotegrid.corpus.reports.area_names import places_in_headings
from quotegrid.corpus.reports.quotes import find_quotes
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import QuoteKind

GROUPS = Stakeholders({"nursing": ("nurse", "sister"), "patients": ("patient",)})
TEXT = """Nights on the wards

NWA - Night Watch Agreement (Tamsins case study)

Ashwick's Lantern Rounds

Every bay in Ashwick was lit, and the council of Ashwick paid. One sister said: 'we were tired of the dark'.

Patients slept longer than before.

Another sister said of the Lantern Rounds that they were 'worth every hour'.

Tamsins' long watch

Two wards in Tamsins, and later all of Tamsins, had a watch. One nurse said: 'nobody watched before'.

Talking at night in Marrow Bay and Holm

People in Marrow Bay and Holm met. Wards in Marrow Bay and Holm agreed. One nurse said: 'we talk now'.

Stannock: nights without bells

The bells in Stannock stopped in June, and nurses in Stannock slept.

Dunmere County Council and the bells

Wards in Dunmere waited. Nurses in Dunmere rang.

Patients' views

Patients in bed, and patients in chairs, were asked. One patient said: 'it was loud'.

Nurses' hours

Nurses were counted in March. Nights in March were long.

Ward round in March

The lifts stood in March.
"""


def test_places_in_headings_are_found_by_what_the_text_says_of_them() -> None:
    found = places_in_headings(TEXT, 0, GROUPS)
    assert [(place.name, TEXT[place.start :].split("\n", 1)[0] == place.heading) for place in found] == [
        ("Ashwick", True),
        ("Tamsins", True),
        ("Marrow Bay and Holm", True),
        ("Stannock", True),
        ("Dunmere", True),
    ]
    known = places_in_headings(TEXT, 0, GROUPS, ["ash-wick", "ASHWICK", "Tamsins"])
    assert [place.name for place in known] == ["Marrow Bay and Holm", "Stannock", "Dunmere"]


def test_the_quotes_below_a_heading_have_its_area_as_long_as_the_text_speaks_of_it() -> None:
    names = [place.name for place in places_in_headings(TEXT, 0, GROUPS)]
    quotes = find_quotes(TEXT, 0, GROUPS, names)
    assert [
        (TEXT[quote.start : quote.end], quote.area) for quote in quotes if quote.kind is QuoteKind.INLINE
    ] == [
        ("we were tired of the dark", "Ashwick"),
        ("worth every hour", "Ashwick"),
        ("nobody watched before", "Tamsins"),
        ("we talk now", "Marrow Bay and Holm"),
        ("it was loud", None),
    ]
    assert not any(quote.area in ("Ashwick", "Tamsins") for quote in find_quotes(TEXT, 0, GROUPS))
