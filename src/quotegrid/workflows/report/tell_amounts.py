"""Amounts in plain words: how many cases of each group said something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.exchange import listing
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.measures import SHARE, Base
from quotegrid.domain.matrix.model import NOT_KNOWN, Matrix, Rows
from quotegrid.domain.matrix.published import PublishedTable
from quotegrid.domain.matrix.read_cases import READ_TO_THE_END, SharesOf, read_cases
from quotegrid.domain.report.amounts import NOT_READ, Scale, amount, amount_word, describe_amount
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.report.publication import WithheldItem
from quotegrid.domain.text.normalise import counted
from quotegrid.domain.text.shares import exact_share
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.uncounted import uncounted_notes
from quotegrid.workflows.matrix.make_matrix import make_matrix
from quotegrid.workflows.study.folder import StudyFolder

EVERYBODY = "all"
PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class Amount:
    """The number of a group's cases that said something, and the sentence on it."""

    row: str = listing.column("the theme or code")
    column: str = listing.column("the group, or `all`")
    cases: int | None = listing.column(
        "how many cases spoke of it; null where nobody was heard or read, or it is withheld"
    )
    base: int = listing.column("of how many read to the end; with `--of heard`, of how many heard")
    heard: int = listing.column("how many cases were heard")
    word: str | None = listing.column(
        "the word for it; null where a number says it better, nobody was heard or read, or it is withheld"
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
    tables: Sequence[PublishedTable] = ()
    """The tables that a publication tells."""


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
    of: SharesOf = SharesOf.READ,
    publish: bool = False,
) -> Amounts:
    """Return a sentence for each theme or code and each group: how many of the cases read said it.

    Args:
        study: The study.
        rows: Themes or codes.
        only: Names of codes that become the only rows, each with everything below it.
        columns: The attribute whose values are the groups.
        of: The cases that amounts are of: read to the end, or all who were heard.
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
    # A share is of the cases that an amount is of.
    made = make_matrix(
        study, rows=rows, only=only, columns=columns, count=SHARE, of=of, publish=publish, with_quotes=False
    )
    matrix, scale = made.matrix, scale_of(study)
    heard = study.heard()
    # Of what is published, no stance is told.
    counting = frozenset() if publish else _cases_counting(heard, of)
    amounts = []
    for row in range(len(matrix.rows)):
        stances = _stances(heard, counting, matrix, row)
        for column in range(len(matrix.columns)):
            amounts.append(_cell(study, heard, stances.get(column, {}), matrix, row, column, scale))
        amounts += [
            _amount(
                matrix.rows[row],
                group,
                people_of(study, group, matrix.columns_are),
                0,
                Base(0, 0, 0),
                Base(0, 0, 0),
                {},
                scale,
            )
            for group in matrix.not_heard
        ]
        amounts.append(_total(study, heard, stances.get(None, {}), matrix, row, scale))
    notes = [*_notes(matrix, scale), *uncounted_notes(study, publish=publish)]
    return Amounts(amounts, matrix.columns_are, notes, made.provenance, made.withheld, made.tables)


def _cases_counting(heard: HeardQuotes, of: SharesOf) -> frozenset[str]:
    """Return the cases that amounts are of."""
    if of is SharesOf.READ:
        return read_cases(heard)
    return frozenset(speaker.case for speaker in heard.speakers if speaker.case is not None)


def _cell(
    study: StudyFolder,
    heard: HeardQuotes,
    stances: Mapping[str, int],
    matrix: Matrix,
    row: int,
    column: int,
    scale: Scale,
) -> Amount:
    name = matrix.columns[column]
    who = people_of(study, name, matrix.columns_are)
    base = matrix.bases[name]
    tally = matrix.tallies[row][column]
    cases = None if tally is None else matrix.counting(tally).cases
    counting = matrix.counting(base)
    said = 0
    if _counts_quotes(base, counting):
        said = len(heard.passages_of(matrix.members.get((row, column), ())))
    return _amount(matrix.rows[row], name, who, cases, base, counting, stances, scale, said)


def _total(
    study: StudyFolder,
    heard: HeardQuotes,
    stances: Mapping[str, int],
    matrix: Matrix,
    row: int,
    scale: Scale,
) -> Amount:
    tally = matrix.total_tallies[row]
    cases = None if tally is None else matrix.counting(tally).cases
    who = people_of(study, EVERYBODY)
    base = matrix.total_base
    counting = matrix.counting(base)
    said = 0
    if _counts_quotes(base, counting):
        members = [matrix.members.get((row, column), ()) for column in range(len(matrix.columns))]
        said = len(heard.passages_of(number for numbers in members for number in numbers))
    return _amount(matrix.rows[row], EVERYBODY, who, cases, base, counting, stances, scale, said)


def _counts_quotes(heard: Base, counting: Base) -> bool:
    """Return whether an amount is of quotes, as they name nobody."""
    return not heard.cases and not counting.cases and heard.unnamed > 0


def _amount(
    row: str,
    column: str,
    who: str,
    cases: int | None,
    heard: Base,
    counting: Base,
    stances: Mapping[str, int],
    scale: Scale,
    said: int = 0,
) -> Amount:
    """Return an amount of the cases that count.

    Args:
        row: The theme or code.
        column: The group.
        who: The words for those of the group.
        cases: How many said it; None where that is withheld.
        heard: All that was heard of the group.
        counting: The same with the cases alone that amounts are of.
        stances: How many took each stance.
        scale: The words.
        said: How many quotes say it, which is told where they name nobody.
    """
    base = counting.cases
    if cases is None:
        sentence = f'How many of the {who} spoke of "{row}" is withheld.'
        return Amount(row, column, None, base, heard.cases, None, None, sentence, {})
    if heard.cases and not base:
        sentence = f'Nobody of the {who} is read to the end, so how many spoke of "{row}" cannot be told.'
        return Amount(row, column, None, 0, heard.cases, None, NOT_READ, sentence, {})
    if _counts_quotes(heard, counting):
        sentence = _of_quotes(row, who, said, heard.unnamed)
        return Amount(row, column, None, 0, 0, None, None, sentence, {})
    if not base:
        sentence = f'{describe_amount(None, 0, who, scale)} about "{row}".'
        return Amount(row, column, None, 0, 0, None, amount(0, 0, scale), sentence, {})
    disputing = stances.get(Stance.DISPUTES.value, 0)
    told = describe_amount(cases, base, who, scale, is_part=base < heard.cases)
    sentence = f'{told} spoke of "{row}"{_dissent(cases, disputing)}.'
    return Amount(
        row,
        column,
        cases,
        base,
        heard.cases,
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


def _stances(
    heard: HeardQuotes, counting: frozenset[str], matrix: Matrix, row: int
) -> dict[int | None, dict[str, int]]:
    """Return how many of the cases that count take each stance in a row, by column; None for all columns."""
    found: dict[int | None, dict[str, int]] = {}
    for stance in Stance if counting else ():
        cases: dict[int | None, set[str | None]] = {}
        taking = heard.with_stance(matrix.row_codes[row], stance)
        for place in set(map(heard.speaker_of.__getitem__, taking)):
            case = heard.speakers[place].case
            if case in counting:
                for column in (matrix.column_of[place], None):
                    cases.setdefault(column, set()).add(case)
        for column, those in cases.items():
            found.setdefault(column, {})[stance.value] = len(those)
    return found


def _limit(share: float) -> str:
    """Return a limit of the scale as it is set: "12.5%"."""
    return f"{float(exact_share(share) * 100):g}%"


def _notes(matrix: Matrix, scale: Scale) -> list[str]:
    words = ", ".join(
        f"{word} from {_limit(start)} to under {_limit(end)}" for word, (start, end) in scale.words.items()
    )
    of = "read to the end" if matrix.is_of_read else "heard"
    said = [
        f"Counted: cases who said it at least once, of all cases {of}.",
        f"Words: {words}; of fewer than {scale.smallest_base} cases the number is told.",
    ]
    unnamed = matrix.total_base.unnamed
    if unnamed:
        some = "1 quote names" if unnamed == 1 else f"{unnamed} quotes name"
        said.append(f"{some} no person and cannot be counted by cases.")
    said += [note for note in matrix.notes if READ_TO_THE_END in note]
    return said
