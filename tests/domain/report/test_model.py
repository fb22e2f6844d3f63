from __future__ import annotations

from quotegrid.domain.report.manifest import compare_numbers, numbers_of
from quotegrid.domain.report.model import CodeLine, Report, ThemeSection, report_numbers
from tests.exports.samples import PROVENANCE, matrix


def _report(cases: str, on_dissent: str = "Nobody disputes it.") -> Report:
    theme = ThemeSection(
        name="Money",
        definition="",
        codes=(CodeLine("quick fix", "", cases),),
        overall="",
        amounts=(),
        exemplars=(),
        dissent=(),
        mixed=(),
        on_dissent=on_dissent,
    )
    return Report("Trial", PROVENANCE, matrix(), (theme,), (), ())


def test_the_numbers_of_a_report_are_its_matrix_its_codes_and_who_disputes() -> None:
    numbers, of_matrix = report_numbers(_report("2")), numbers_of(matrix())
    assert numbers["cells"][: len(of_matrix["cells"])] == of_matrix["cells"]
    assert numbers["rows"] == [*of_matrix["rows"], "Money: quick fix", "Money: dissent"]
    assert [row[-1] for row in numbers["cells"][-2:]] == ["2", "Nobody disputes it."]
    assert {len(row) for row in numbers["cells"]} == {len(numbers["columns"])}


def test_another_number_of_a_code_or_of_those_who_dispute_is_told() -> None:
    told = compare_numbers(report_numbers(_report("2")), report_numbers(_report("[c]", "1 disputes it.")))
    assert [(difference.row, difference.column, difference.then, difference.now) for difference in told] == [
        ("Money: quick fix", "all", "2", "[c]"),
        ("Money: dissent", "all", "Nobody disputes it.", "1 disputes it."),
    ]
