from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from tests.corpus.readers.twins import PARAGRAPHS, converted


@pytest.fixture(scope="session")
def libreoffice_odt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The twin interview as LibreOffice writes it, speakers in bold."""
    page = tmp_path_factory.mktemp("libreoffice") / "twin.html"
    parts = [escape(paragraph).partition(":") for paragraph in PARAGRAPHS]
    lines = "".join(f"<p><b>{label}</b>{colon}{words}</p>" for label, colon, words in parts)
    page.write_text(f'<meta charset="utf-8"><body>{lines}</body>', encoding="utf-8")
    return converted(page, "odt")
