from __future__ import annotations

import pytest

from quotegrid.corpus.transcripts.labels import colon_labels


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("Ria van Dorn", "name"),
        ("Otto von der Au", "name"),
        ("Inés de la Peña", "name"),
        ("Karim ibn Saad", "name"),
        ("Sofia del Rio", "name"),
        ("Lin on Monday", "lower"),
        ("van", "lower"),
        ("ANN LEE", "capitals"),
    ],
)
def test_particles_of_names_may_be_written_in_lower_case(written: str, style: str) -> None:
    (label,) = colon_labels(f"{written}: So it was.\n", 0)
    assert (label.name, label.style) == (written, style)
