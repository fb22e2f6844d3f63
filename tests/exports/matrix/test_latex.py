from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexWalker

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.matrix.model import build_matrix
from quotegrid.exports.latex import latex_text
from quotegrid.exports.matrix.latex import matrix_latex
from quotegrid.exports.matrix.text import notes
from tests.exports.matrices import MATRICES, PUBLISHED, nested_matrix, provenance_of
from tests.exports.samples import PROVENANCE, matrix, quote
from tests.profiles import examples

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden"
NAME = st.text(st.sampled_from("\\{}$&#%_^~`<>|\"[]*-',!? ab\u00e9"), min_size=1, max_size=40)

SAID = NAME.filter(lambda name: bool(name.strip()))
NAMES = st.lists(SAID, min_size=2, max_size=4, unique_by=lambda name: name.strip().casefold())


@pytest.mark.parametrize("name", MATRICES)
def test_the_file_is_the_golden_one_to_the_letter(name: str) -> None:
    with (GOLDEN / f"{name}.tex").open(encoding="utf-8", newline="") as file:
        assert matrix_latex(MATRICES[name], provenance_of(name)) == file.read()


def test_nested_columns_stand_under_a_header_with_a_rule() -> None:
    made = matrix_latex(nested_matrix(), PROVENANCE)
    assert r" &  & \multicolumn{2}{c}{school} & \multicolumn{1}{c}{parent}" in made
    assert r"\cmidrule(lr){3-4}" in made
    assert r"\cmidrule(lr){5-5}" in made
    assert "Theme & Stance & Westhay & not known & Eastlow" in made


def test_a_theme_that_is_split_is_named_once() -> None:
    lines = matrix_latex(nested_matrix(), PROVENANCE).splitlines()
    assert sum(line.startswith("Money & ") for line in lines) == 1
    assert lines.count(r"\addlinespace") == 1


def test_the_notes_say_what_is_counted_and_where_it_comes_from() -> None:
    for name, made in MATRICES.items():
        text = matrix_latex(made, provenance_of(name))
        for note in notes(made):
            assert latex_text(note) in text
        assert latex_text(dict(provenance_of(name).lines())["Use"]) in text


def test_each_file_says_what_the_preamble_needs_and_has_its_label() -> None:
    text = matrix_latex(matrix(), PROVENANCE)
    assert text.splitlines()[1:3] == [r"% \usepackage{booktabs}", r"% \usepackage{graphicx}"]
    assert r"\label{tab:themes-by-group}" in text


def test_what_is_too_wide_lies_sideways_and_what_is_wider_still_is_divided() -> None:
    wide = [quote(number, "x", group=f"The group number {number}") for number in range(9)]
    text = matrix_latex(build_matrix(wide, Codebook((Code("a"),))), PROVENANCE)
    assert text.count(r"\begin{sidewaystable}") == 1
    assert r"% \usepackage{rotating}" in text
    wider = [quote(number, "x", group=f"The group number {number}") for number in range(25)]
    text = matrix_latex(build_matrix(wider, Codebook((Code("a"),))), PROVENANCE)
    assert text.count(r"\begin{sidewaystable}") == 3
    labels = re.findall(r"\\label{(.+)}", text)
    assert labels == [f"tab:themes-by-group-part-{number}-of-3" for number in (1, 2, 3)]


@examples(30)
@given(NAMES)
def test_any_names_give_a_table_whose_environments_and_cells_are_balanced(names: list[str]) -> None:
    codebook = Codebook(tuple(Code(name) for name in names))
    quotes = [quote(number, "x", group=name, codes=(names[0],)) for number, name in enumerate(names)]
    made = build_matrix(quotes, codebook)
    text = matrix_latex(made, replace(PROVENANCE, study=names[0]))
    nodes = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()[0]
    tables = [node for node in nodes if isinstance(node, LatexEnvironmentNode)]
    assert [node.environmentname for node in tables] == [tables[0].environmentname]
    body = re.sub(r"\\begin{tabular}\[.*?\\end{tabular}", "x", text)
    rows = [line for line in body.splitlines() if line.endswith(r" \\")]
    assert len(rows) == 1 + len(made.rows) + 4
    assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {len(made.columns) + 1}


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no LaTeX on this machine")
def test_the_golden_files_can_be_typeset(tmp_path: Path) -> None:
    inputs = "".join(rf"\input{{{GOLDEN / name}.tex}}" for name in MATRICES)
    packages = "".join(rf"\usepackage{{{name}}}" for name in ("booktabs", "graphicx", "rotating"))
    (tmp_path / "all.tex").write_text(
        rf"\documentclass{{article}}{packages}\begin{{document}}{inputs}\end{{document}}", encoding="utf-8"
    )
    done = subprocess.run(
        ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "all.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull \\hbox" not in done.stdout


def test_what_is_withheld_is_only_its_sign() -> None:
    made = MATRICES["published"]
    text = matrix_latex(made, PUBLISHED)
    assert text.count("{[}c{]}") - latex_text(dict(PUBLISHED.lines())["Use"]).count("{[}c{]}") == len(
        made.withheld
    ) + len(made.withheld_totals)
