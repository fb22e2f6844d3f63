"""Reports made by hand, and what somebody reads in each format."""

from __future__ import annotations

from dataclasses import replace

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.matrix import measures
from quotegrid.domain.matrix.coverage import HeardCase, Planned, build_coverage
from quotegrid.domain.report.checklists import coreq, srqr
from quotegrid.domain.report.model import CodeLine, Report, ThemeSection
from quotegrid.exports.report.report_layout import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Quotation,
    Table,
    laid_out,
    use_of,
)
from tests.exports.matrices import PUBLISHED, published_matrix
from tests.exports.samples import BOOK, HOSTILE, MARKED, PROVENANCE, QUOTES, hostile_matrix, matrix

COVERAGE = build_coverage(
    [
        HeardCase({"group": "school", "area": "Westhay"}, is_coded=True),
        HeardCase({"group": "parent", "area": "Eastlow"}, is_coded=False),
    ],
    [
        Planned({"group": "school", "area": "Westhay"}, 2, "plan.csv", 2),
        Planned({"group": "parent", "area": "Eastlow"}, 1, "plan.csv", 3),
    ],
    rows="area",
    columns="group",
)
CODES = tuple(
    replace(code, definition=f"What {code.name} means.", use_when=("It is said", "It is meant!"))
    for code in BOOK.codes
)
THEMES = (
    ThemeSection(
        name="Money",
        definition="What money does.",
        codes=(CodeLine("quick fix", "It covers up.", "3"), CodeLine("room to plan", "", "1")),
        overall='Most (3 of 4) of the participants spoke of "Money".',
        amounts=('All 2 schools spoke of "Money".', 'One of the 2 parents spoke of "Money".'),
        exemplars=QUOTES[3:6],
        dissent=QUOTES[1:2],
        mixed=QUOTES[4:5],
        on_dissent="1 of the 3 cases who spoke of it disputed it at least once.",
    ),
    ThemeSection(
        "Families", "", (), "Nobody.", (), (), (), (), "Nobody disputes it in what is coded so far."
    ),
)
REPORT = Report(
    title="Trial",
    provenance=PROVENANCE,
    matrix=matrix(count=measures.CASES),
    themes=THEMES,
    checklists=[
        coreq({12: "4 cases in 3 sources.", 24: "1 coder."}),
        srqr({14: "Codes come from the codebook."}),
    ],
    notes=["Counted: cases who said it at least once, of all cases heard."],
    codebook=CODES,
    coverage=COVERAGE,
)
PUBLISHED_REPORT = replace(
    REPORT, provenance=PUBLISHED, matrix=published_matrix(), coverage=None, themes=THEMES[:1]
)


def hostile_report(text: str, other: str = MARKED) -> Report:
    """A report that holds these texts wherever a study's texts can stand."""
    said = replace(QUOTES[0], text=text, role=other, area=text)
    theme = ThemeSection(
        name=text,
        definition=other,
        codes=(CodeLine(other, text, "3"),),
        overall=f"{text} spoke",
        amounts=(text, other),
        exemplars=(said,),
        dissent=(replace(said, text=other),),
        mixed=(said,),
        on_dissent=other,
    )
    return replace(
        REPORT,
        title=text,
        provenance=replace(PROVENANCE, study=text, coders=(other, text), filters=(text,)),
        matrix=hostile_matrix(),
        themes=(theme, replace(theme, name=other)),
        checklists=[coreq({1: text, 2: other}), srqr({1: other, 2: text})],
        notes=[text, other],
        codebook=(Code(text, definition=other, use_when=(text, other)), Code(other, parent=text)),
    )


REPORTS = {
    "report": REPORT,
    "report_published": PUBLISHED_REPORT,
    "report_hostile": hostile_report(HOSTILE),
}


def said_in(report: Report) -> list[str]:
    """Every text of a report in its order, as it is laid out."""
    found = [report.title, use_of(report)]
    for block in laid_out(report):
        found += texts_of(block)
    return found


def texts_of(block: Block) -> list[str]:
    """The texts of a block, as they are read one after the other."""
    match block:
        case Heading(_, text) | Paragraph(text):
            return [text]
        case Bullets(items):
            return [f"{term}: {text}" if term else text for term, text in items]
        case Table():
            rows = (block.header, *block.rows, *block.bases)
            return [block.caption, *(cell for row in rows for cell in row)]
        case Quotation(text, attribution, reference):
            return [text, f"{attribution} [{reference}]" if reference else attribution]
