"""The report on a study: who was heard, their views theme by theme, and the method."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from quotegrid.domain.codebook.codes import Code, Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.disclosure import Reason, tellable_parts
from quotegrid.domain.matrix.measures import CASES
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.matrix.published import PublishedTable, RowKey
from quotegrid.domain.matrix.read_cases import SharesOf, among_read
from quotegrid.domain.report.exemplars import ExemplarBasis, exemplar_basis
from quotegrid.domain.report.model import CodeLine, Report, ThemeSection
from quotegrid.domain.report.publication import WithheldItem
from quotegrid.domain.report.voices import Voices, voices
from quotegrid.exports.matrix.text import NOT_KNOWN
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.matrix.coverage import make_coverage
from quotegrid.workflows.matrix.joint_publication import row_key
from quotegrid.workflows.matrix.make_matrix import StudyMatrix, make_matrix
from quotegrid.workflows.matrix.publish import published_lines, published_quotes, published_words
from quotegrid.workflows.report.report_method import report_method
from quotegrid.workflows.report.tell_amounts import EVERYBODY, Amount, tell_amounts
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.study.folder import StudyFolder

MOST_EXEMPLARS = 6
WITHHELD = "[c]"
"""The sign for confidential in tables of the Government Statistical Service."""
_OF_COUNTS = ("cell", "total", "column")


@dataclass(frozen=True, slots=True)
class StudyReport:
    """A report, and the items that it withholds."""

    report: Report
    withheld: Sequence[WithheldItem] = ()
    tables: Sequence[PublishedTable] = ()
    """The tables that a publication tells."""


def make_report(
    study: StudyFolder,
    *,
    publish: bool = False,
    most_exemplars: int = MOST_EXEMPLARS,
    of: SharesOf = SharesOf.READ,
) -> StudyReport:
    """Put a report together from the codings that stand.

    Args:
        study: The study.
        publish: Whether it is for publication: small counts are withheld, quotes made anonymous, and the
            table of who was heard is left out.
        most_exemplars: The most quotes for a theme.
        of: The cases that amounts are of; a publication then counts no others.
    """
    from quotegrid.storage.coding.exemplars import load_exemplar_basis

    codebook = current_codebook(study)
    made = make_matrix(
        study, rows=Rows.THEME, count=CASES, of=of, publish=publish, with_quotes=False, read_alone=publish
    )
    amounts = tell_amounts(study, of=of, publish=publish)
    heard = study.heard()
    counting = among_read(heard) if publish and of is SharesOf.READ else heard
    minimum = study.settings.minimum_cases if publish else None
    cases = _Cases(codebook, counting, minimum or 1)
    tables = list(made.tables)
    without_dissent: set[str] = set()
    # Names are looked for in all that was said, and who could have said a quote among all who speak.
    everything = all_quotes(study) if publish else []
    if publish:
        among = [quote for quote in everything if quote.id in counting.speaker_of]
        lines, hidden = published_lines(
            study, _counted(made, codebook, counting, cases), everything, among, tables
        )
        tables.append(lines)
        cases.withheld = {row.codes for row in hidden if not row.part}
        disputed = {row.codes for row in hidden if row.part}
        without_dissent = {
            theme.name
            for theme in codebook.themes()
            if row_key(codebook.family(theme.name)).codes in disputed
        }
    if publish:
        basis = exemplar_basis(everything)
    else:
        with study.reading_session() as session:
            basis = load_exemplar_basis(session)
    chosen = _voices(made, codebook, heard, basis, most_exemplars, minimum, without_dissent)
    numbers_shown = {
        number
        for choice in chosen.values()
        for number in (*choice.speaking, *choice.disputing, *choice.mixed)
    }
    quotes = (
        [quote for quote in everything if quote.id in numbers_shown]
        if publish
        else all_quotes(study, only=numbers_shown)
    )
    withheld = [item for item in made.withheld if item.kind in _OF_COUNTS]
    if publish:
        told, log, speakers = published_quotes(study, quotes, everything)
        tables.append(replace(lines, numbers=(), shown=speakers))
        # What is published comes in an order that says nothing of who spoke.
        quotes = told
        withheld += log
        codebook, log = _published_codebook(codebook, published_words(study, everything))
        withheld += log
    shown = {quote.id: quote for quote in quotes}
    places = {number: place for place, number in enumerate(shown)}

    def as_shown(numbers: Sequence[int]) -> tuple[Quote, ...]:
        left = [number for number in numbers if number in shown]
        return tuple(shown[number] for number in (sorted(left, key=places.__getitem__) if publish else left))

    said = [amount for amount in amounts.amounts if amount.sentence]
    heard_cases = made.matrix.total_base.cases
    themes = []
    for row, theme in enumerate(codebook.themes()):
        speaker_and_place = chosen[theme.name]
        of_theme = [amount for amount in said if amount.row == theme.name]
        is_told = row not in made.matrix.withheld_totals
        codes = cases.below(theme.name, None if not is_told else cases.of(theme.name))
        withheld += cases.log(codes)
        themes.append(
            ThemeSection(
                name=theme.name,
                definition=theme.definition,
                codes=tuple(
                    CodeLine(name, code.definition, _figure(told, heard_cases)) for name, code, told in codes
                ),
                overall=next((amount.sentence for amount in of_theme if amount.column == EVERYBODY), ""),
                amounts=_by_group(
                    [amount for amount in of_theme if amount.column != EVERYBODY],
                    {made.matrix.columns[column] for of, column in made.matrix.withheld if of == row},
                ),
                exemplars=as_shown(speaker_and_place.speaking),
                dissent=as_shown(speaker_and_place.disputing),
                mixed=as_shown(speaker_and_place.mixed),
                on_dissent=speaker_and_place.on_dissent,
            )
        )
    report = Report(
        title=study.settings.name,
        provenance=made.provenance,
        matrix=made.matrix,
        themes=themes,
        checklists=report_method(study, codebook, heard, len(shown), publish=publish),
        notes=[note for note in amounts.notes if note not in made.matrix.notes],
        codebook=tuple(codebook.walk()),
        coverage=None if publish else make_coverage(study),
    )
    return StudyReport(report, withheld, tables)


def _counted(
    made: StudyMatrix, codebook: Codebook, heard: HeardQuotes, cases: _Cases
) -> dict[RowKey, frozenset[int]]:
    """Return the passages behind the number of each code below a theme, and of each theme's dissent."""
    found: dict[RowKey, frozenset[int]] = {}
    for row, theme in enumerate(codebook.themes()):
        if row in made.matrix.withheld_totals:
            continue
        for _, code, told in cases.below(theme.name, cases.of(theme.name)):
            if told is not None:
                family = codebook.family(code.name)
                found[row_key(family)] = heard.with_codes(family)
        family = codebook.family(theme.name)
        disputing = heard.with_stance(family, Stance.DISPUTES)
        if disputing:
            found[row_key(family, Stance.DISPUTES.value)] = disputing
    return found


def _voices(
    made: StudyMatrix,
    codebook: Codebook,
    heard: HeardQuotes,
    basis: ExemplarBasis,
    most: int,
    minimum: int | None,
    without_dissent: Collection[str],
) -> dict[str, Voices]:
    """Return, for each theme, the quotes for and against it, from the cells shown."""
    found = {}
    for row, theme in enumerate(codebook.themes()):
        family = codebook.family(theme.name)
        here: Collection[int] = heard.with_codes(family)
        if minimum is not None:
            cells = range(len(made.matrix.columns))
            here = [number for column in cells for number in made.matrix.members.get((row, column), ())]
        found[theme.name] = voices(
            heard,
            here,
            family,
            most,
            basis,
            minimum=minimum,
            is_told=row not in made.matrix.withheld_totals and theme.name not in without_dissent,
        )
    return found


def _figure(cases: int | None, heard: int) -> str:
    """Return how many cases spoke of a code, for a table; a dash where the quotes name nobody."""
    if cases is None:
        return WITHHELD
    return str(cases) if heard else NOT_KNOWN


def _by_group(amounts: Sequence[Amount], withheld_from: Collection[str]) -> tuple[str, ...]:
    """Return a sentence for each group, and one for all groups that are withheld."""
    withheld = [amount.column for amount in amounts if amount.column in withheld_from]
    told = [amount.sentence for amount in amounts if amount.column not in withheld_from]
    if withheld:
        told.append(f"How many spoke of it is withheld for: {', '.join(withheld)}.")
    return tuple(told)


def _published_codebook(
    codebook: Codebook, published: Callable[[str], str]
) -> tuple[Codebook, list[WithheldItem]]:
    """Return the codebook with names and withheld words replaced; codes keep their names."""
    codes = []
    log = []
    for code in codebook.codes:
        told = replace(
            code,
            definition=published(code.definition),
            use_when=tuple(map(published, code.use_when)),
            do_not_use_when=tuple(map(published, code.do_not_use_when)),
            examples=(),
        )
        codes.append(told)
        for was, became in zip(_code_texts(code), _code_texts(told), strict=True):
            if was != became:
                log.append(
                    WithheldItem("words", f"code {code.name}", was, became, "names and withheld words")
                )
    return Codebook(tuple(codes)), log


def _code_texts(code: Code) -> tuple[str, ...]:
    return (code.definition, *code.use_when, *code.do_not_use_when)


_Line = tuple[str, Code, int | None]


class _Cases:
    """The number of cases that spoke of each code or of anything below it, where it may be published."""

    def __init__(self, codebook: Codebook, heard: HeardQuotes, minimum: int) -> None:
        self.minimum = minimum
        self.withheld: Collection[tuple[str, ...]] = ()
        """The codes of the numbers that tell too much beside earlier publications."""
        self._codebook = codebook
        self._by_code = {code: heard.cases_of(found) for code, found in heard.coded.items()}

    def of(self, code: str) -> int:
        family = self._codebook.family(code)
        return len(set().union(*(self._by_code.get(name.casefold(), ()) for name in family)))

    def below(self, parent: str, whole: int | None, above: str = "") -> list[_Line]:
        """Return a line for each code below another, with its parent's name, unless that is a theme."""
        codes = self._codebook.children(parent)
        lines: list[_Line] = []
        for code, told in zip(
            codes, tellable_parts(whole, [self.of(code.name) for code in codes], self.minimum), strict=True
        ):
            if row_key(self._codebook.family(code.name)).codes in self.withheld:
                told = None
            name = f"{above}{code.name}"
            lines += [(name, code, told), *self.below(code.name, told, f"{name} / ")]
        return lines

    def log(self, lines: Sequence[_Line]) -> list[WithheldItem]:
        found = []
        for name, code, told in lines:
            if told is None:
                cases = self.of(code.name)
                reason = Reason.SMALL if 0 < cases < self.minimum else Reason.COMPLEMENTARY
                if row_key(self._codebook.family(code.name)).codes in self.withheld:
                    reason = Reason.JOINT
                found.append(WithheldItem("total", name, str(cases), WITHHELD, reason.value))
        return found
