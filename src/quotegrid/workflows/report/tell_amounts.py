"""Amounts in plain words: how many cases of each group said something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.exchange import listing
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.measures import CASES
from quotegrid.domain.matrix.model import NOT_KNOWN, Matrix, Rows
from quotegrid.domain.report.amounts import Scale, amount, amount_word, describe_amount
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.report.publication import WithheldItem
from quotegrid.domain.text.normalise import counted
from quotegrid.domain.text.shares import exact_share
from quotegrid.errors import UsageError
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.study.folder import StudyFolder

EVERYBODY = "all"
PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class Amount:
    """The number of a group's cases that said something, and the sentence on it."""

    row: str = listing.column("the theme or code")
    column: str = listing.column("the group, or `all`")
    cases: int | None = listing.column(
        "how many cases spoke of it; null where nobody was heard or it is withheld"
    )
    base: int = listing.column("of how many heard")
    word: str | None = listing.column(
        "the word for it; null where a number says it better, nobody was heard, or it is withheld"
    )
    amount: str | None = listing.column(
        'with its base: "most of the 9", "2 of the 3"; null where it is withheld'
    )
    sentence: str = listing.column("the whole sentence")
    stances: Mapping[str, int] = listing.column(
        "cases by stance (`supports`, `disputes`, `mixed`), where somebody marked one; empty with `--publish`"
    )


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of a study, row by row, with notes."""

    amounts: Sequence[Amount]
    columns_are: str
    notes: Sequence[str]
    provenance: Provenance
    withheld: Sequence[WithheldItem] = ()
    """The items that a publication withholds."""


def scale_of(study: StudyFolder) -> Scale:
    """Return the study's words for amounts."""
    return Scale(study.settings.amounts, study.settings.smallest_base)


def people_of(study: StudyFolder, column: str, attribute: str = "group") -> str:
    """Return the word for the people of a column in a sentence, in the plural."""
    if column == EVERYBODY:
        return PARTICIPANTS
    if column == NOT_KNOWN:
        return f"{PARTICIPANTS} whose {attribute.replace('_', ' ')} is not known"
    if attribute == "group":
        people = {
            (study.stakeholders.group_named(name) or name).casefold(): words
            for name, words in study.settings.people.items()
        }
        return people.get(column.casefold(), f"{column} {PARTICIPANTS}")
    return (
        f"{PARTICIPANTS} in {column}" if attribute == "area" else f"{PARTICIPANTS} with {attribute} {column}"
    )


def tell_amounts(
    study: StudyFolder,
    *,
    rows: Rows = Rows.THEME,
    only: Sequence[str] = (),
    columns: str = "group",
    publish: bool = False,
) -> Amounts:
    """Return a sentence for each theme or code and each group: how many of the cases heard said it.

    Args:
        study: The study.
        rows: Themes or codes.
        only: Names of codes that become the only rows, each with everything below it.
        columns: The attribute whose values are the groups.
        publish: Whether it is for publication: cells that a published matrix withholds are left out.

    Raises:
        UnknownNameError: If the study has no such attribute or code.
        UsageError: If it cannot be worded or published.
    """
    if columns in ("case", "source") or "," in columns or " within " in columns:
        raise UsageError(
            f"amounts are given for groups of cases, not by {columns}.",
            todo="Name one attribute, such as area.",
        )
    made = make_matrix(study, rows=rows, only=only, columns=columns, count=CASES, publish=publish)
    matrix, scale = made.matrix, scale_of(study)
    quotes = {} if publish else {quote.id: quote for quote in made.quotes}
    heard = study.heard()
    amounts = []
    for row in range(len(matrix.rows)):
        for column in range(len(matrix.columns)):
            members = [quotes[number] for number in matrix.members.get((row, column), ()) if number in quotes]
            amounts.append(_cell(study, heard, matrix, row, column, members, scale))
        amounts += [
            _amount(matrix.rows[row], group, people_of(study, group, matrix.columns_are), 0, 0, {}, scale)
            for group in matrix.not_heard
        ]
        amounts.append(_total(study, heard, matrix, row, quotes, scale))
    notes = _notes(matrix, scale)
    if not publish:
        notes += _not_coded(all_quotes(study))
    return Amounts(amounts, matrix.columns_are, notes, made.provenance, made.withheld)


def _not_coded(quotes: Sequence[Quote]) -> list[str]:
    """Return the note on cases that nobody has coded yet."""
    heard = {quote.case for quote in quotes if quote.case is not None}
    without = len(heard - {quote.case for quote in quotes if quote.codes})
    if not without:
        return []
    have = "has" if without == 1 else "have"
    return [f"{without} of the {len(heard)} cases {have} no code yet; such cases count as heard and silent."]


def _cell(
    study: StudyFolder,
    heard: HeardQuotes,
    matrix: Matrix,
    row: int,
    column: int,
    members: Sequence[Quote],
    scale: Scale,
) -> Amount:
    name = matrix.columns[column]
    who = people_of(study, name, matrix.columns_are)
    base = matrix.bases[name].cases
    cases = None if (row, column) in matrix.withheld else _whole(matrix.cells[row][column])
    stances = _stances(matrix.row_codes[row], members)
    said = heard.passages_of(matrix.members.get((row, column), ()))
    unnamed = (len(said), matrix.bases[name].unnamed)
    return _amount(matrix.rows[row], name, who, cases, base, stances, scale, unnamed)


def _total(
    study: StudyFolder,
    heard: HeardQuotes,
    matrix: Matrix,
    row: int,
    quotes: Mapping[int, Quote],
    scale: Scale,
) -> Amount:
    cases = None if row in matrix.withheld_totals else _whole(matrix.totals[row])
    members = [
        quotes[number]
        for (of_row, _), numbers in matrix.members.items()
        if of_row == row
        for number in numbers
        if number in quotes
    ]
    stances = _stances(matrix.row_codes[row], members)
    who = people_of(study, EVERYBODY)
    unnamed = (
        sum(len(heard.passages_of(found)) for (of, _), found in matrix.members.items() if of == row),
        matrix.total_base.unnamed,
    )
    return _amount(matrix.rows[row], EVERYBODY, who, cases, matrix.total_base.cases, stances, scale, unnamed)


def _whole(value: float | int | None) -> int:
    return 0 if value is None else int(value)


def _amount(
    row: str,
    column: str,
    who: str,
    cases: int | None,
    base: int,
    stances: Mapping[str, int],
    scale: Scale,
    unnamed: tuple[int, int] = (0, 0),
) -> Amount:
    """Return an amount; `unnamed` counts the quotes without a case that say it, and all such quotes."""
    if cases is None:
        sentence = f'How many of the {who} spoke of "{row}" is withheld.'
        return Amount(row, column, None, base, None, None, sentence, {})
    if base == 0 and unnamed[1]:
        sentence = _of_quotes(row, who, *unnamed)
        return Amount(row, column, None, 0, None, None, sentence, {})
    if base == 0:
        sentence = f'{describe_amount(None, 0, who, scale)} about "{row}".'
        return Amount(row, column, None, 0, None, amount(0, 0, scale), sentence, {})
    disputing = stances.get(Stance.DISPUTES.value, 0)
    sentence = f'{describe_amount(cases, base, who, scale)} spoke of "{row}"{_dissent(cases, disputing)}.'
    return Amount(
        row,
        column,
        cases,
        base,
        amount_word(cases, base, scale),
        amount(cases, base, scale),
        sentence,
        stances,
    )


def _dissent(cases: int, disputing: int) -> str:
    """Return the continuation of a sentence where some of the cases disputed it."""
    if not disputing:
        return ""
    if cases == 1:
        return ", and disputed it"
    if disputing == cases:
        return "; both disputed it" if cases == 2 else f"; all {cases} disputed it"
    return f"; {'one' if disputing == 1 else disputing} of them disputed it"


def _of_quotes(row: str, who: str, said: int, heard: int) -> str:
    """Return the sentence for quotes that name nobody, which counts quotes and never people."""
    of_all = f"of the {counted(heard, 'quote')} from {who}"
    if heard == 1 and not said:
        return f'The only quote from {who} does not speak of "{row}".'
    if not said:
        return f'None {of_all} speaks of "{row}".'
    speak = "speaks" if said == 1 else "speak"
    return f'{said} {of_all} {speak} of "{row}"; they name nobody, so how many people that is cannot be told.'


def _stances(codes: Sequence[str], members: Sequence[Quote]) -> dict[str, int]:
    return {
        stance.value: cases
        for stance in Stance
        if (
            cases := len(
                {
                    quote.case
                    for quote in members
                    if quote.case is not None and any(stance in quote.stances.get(code, ()) for code in codes)
                }
            )
        )
    }


def _limit(share: float) -> str:
    """Return a limit of the scale as it is set: "12.5%"."""
    return f"{float(exact_share(share) * 100):g}%"


def _notes(matrix: Matrix, scale: Scale) -> list[str]:
    words = ", ".join(
        f"{word} from {_limit(start)} to under {_limit(end)}" for word, (start, end) in scale.words.items()
    )
    said = [
        "Counted: cases who said it at least once, of all cases heard.",
        f"Words: {words}; of fewer than {scale.smallest_base} cases the number is told.",
    ]
    unnamed = matrix.total_base.unnamed
    if unnamed:
        some = "1 quote names" if unnamed == 1 else f"{unnamed} quotes name"
        said.append(f"{some} no person and cannot be counted by cases.")
    return said
