from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

from hatchling.builders.wheel import WheelBuilder
from selectolax.lexbor import LexborHTMLParser

from quotegrid.exports.pages import TEMPLATES, page
from tests.conftest import REPOSITORY
from tests.exports.samples import PROVENANCE

NAMES = {path.name for path in TEMPLATES.iterdir()}


def test_the_package_holds_its_templates() -> None:
    folder = files("quotegrid.exports") / "templates"
    assert {path.name for path in folder.iterdir()} == NAMES
    assert {"base.css", "base.html.j2", "matrix.html.j2", "report.html.j2"} <= NAMES


def test_the_wheel_holds_its_templates(tmp_path: Path) -> None:
    made = list(WheelBuilder(str(REPOSITORY)).build(directory=str(tmp_path), versions=["standard"]))
    with ZipFile(made[0]) as wheel:
        names = {name.rsplit("/", 1)[1] for name in wheel.namelist() if "/exports/templates/" in name}
    assert names == NAMES


def test_a_page_allows_its_own_style_and_nothing_else() -> None:
    tree = LexborHTMLParser(
        page(
            "report.html.j2",
            styles=("report.css",),
            title="<b>T</b>\x1b",
            provenance=PROVENANCE,
            use="{{ 7 * 7 }}",
            blocks=[],
            headings=[],
        )
    )
    policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    rules = (policy.attributes["content"] or "").split("; ")
    assert rules[0] == "default-src 'none'"
    assert not [rule for rule in rules if "script" in rule or "unsafe" in rule or "http" in rule]
    title = tree.css_first("h1")
    assert title is not None
    assert title.text() == "<b>T</b>\N{SYMBOL FOR ESCAPE}"
    assert "{{ 7 * 7 }}" in (tree.html or "")
