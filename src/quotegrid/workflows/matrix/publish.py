"""The publication of a study's matrix and quotes under its rules of disclosure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.disclosure import Reason
from quotegrid.domain.matrix.joint.disclosure import Place
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.matrix.published import EVERYBODY, PublishedNumber, PublishedTable, RowKey
from quotegrid.domain.matrix.read_cases import HOW_TO_MARK, among_read, read_cases
from quotegrid.domain.report.publication import (
    UNATTRIBUTED,
    Attribution,
    DisclosureRules,
    WithheldItem,
    gather_columns,
    publishable_matrix,
    publishable_quotes,
    publishable_words,
    told_attributions,
    told_of_each,
    without,
)
from quotegrid.domain.search.query import Everything, Node
from quotegrid.domain.search.scope import asks_of_both, names_somebody, split_query
from quotegrid.errors import UsageError
from quotegrid.workflows.matrix.joint_publication import checked, row_key, table_of, told_apart
from quotegrid.workflows.study.folder import StudyFolder

ONE_PERSON_EACH = ("case", "source")


def refuse_unpublishable(
    columns: Sequence[str], *, include_suggested: bool, apart: Collection[frozenset[str]] = ()
) -> None:
    """Refuse a matrix that would name people, combine attributes that must stay apart, or count suggestions.

    Args:
        columns: The attributes of the columns.
        include_suggested: Whether undecided suggestions would be counted.
        apart: Attributes that are never published together.

    Raises:
        UsageError: If it would.
    """
    one_each = [name for name in columns if name in ONE_PERSON_EACH]
    if one_each:
        raise UsageError(
            f"a matrix with a column for each {one_each[0]} cannot be published: each would be one person's.",
            todo="Choose other columns, or leave out --publish.",
        )
    if any(together <= set(columns) for together in apart):
        raise UsageError(
            f"{' and '.join(columns)} are never published together, by [disclosure] in quotegrid.toml.",
            todo="Choose one of them for the columns, or leave out --publish.",
        )
    if include_suggested:
        raise UsageError(
            "unconfirmed suggestions cannot be published.", todo="Leave out --include-suggested."
        )


def refuse_few(study: StudyFolder, heard: HeardQuotes) -> None:
    """Refuse to publish about so few people that every figure or quote would identify somebody.

    Raises:
        UsageError: If fewer cases were heard than the study's minimum. Quotes that name nobody are no cases.
    """
    cases = {heard.speakers[place].case for place in heard.heard_speakers} - {None}
    if 0 < len(cases) < study.settings.minimum_cases:
        raise UsageError(
            f"fewer than {study.settings.minimum_cases} cases were heard of those that are asked for, "
            "so nothing of them can be published.",
            todo="Ask for more people, or leave out --publish.",
        )


def publishable_read(study: StudyFolder, heard: HeardQuotes) -> HeardQuotes:
    """Return what is read to the end of what was heard, of which alone shares are published.

    Raises:
        UsageError: If somebody was heard, and fewer cases are read than the study's minimum.
    """
    minimum = study.settings.minimum_cases
    if len(read_cases(heard)) < minimum and read_cases(replace(heard, read_sources=None)):
        raise UsageError(
            f"fewer than {minimum} cases are read to the end of those that are asked for, so no share of "
            "them can be published.",
            todo=f"{HOW_TO_MARK} Or publish shares of all who were heard, with --of heard.",
        )
    return among_read(heard)


def refuse_naming(query: Node) -> None:
    """Refuse to publish the results of a query that names somebody.

    Raises:
        UsageError: If it names a case or a source.
    """
    if names_somebody(query):
        raise UsageError(
            "this query names a case or a source, so that what is published would be known to be theirs.",
            todo="Ask by group, role or area instead, or leave out --publish.",
        )


def refuse_chosen_few(study: StudyFolder, query: str | Node) -> None:
    """Refuse to publish quotes chosen by a query that names somebody, or asks for too few people.

    Conditions on words and codings alone are allowed: enough cases share each attribution.

    Raises:
        UsageError: If it does.
        QueryError: If it cannot be read.
        UnknownNameError: If it names what the study does not have.
    """
    from quotegrid.workflows.search.find_quotes import segments_matching
    from quotegrid.workflows.search.saved_queries import with_saved

    heard = study.heard()
    refuse_few(study, heard)
    _, node = with_saved(study, query)
    refuse_naming(node)
    who, _ = split_query(node)
    if who != Everything():
        refuse_few(study, heard.among(segments_matching(study, who)))
    if asks_of_both(node):
        refuse_few(study, heard.among(segments_matching(study, node)))


def published_matrix(
    study: StudyFolder,
    build: Callable[..., Matrix],
    quotes: Sequence[Quote],
    everybody: HeardQuotes,
    heard: HeardQuotes,
    counting: HeardQuotes,
) -> tuple[Matrix, list[Quote], list[WithheldItem], PublishedTable]:
    """Return the matrix, the quotes behind its published cells, what is withheld, and what it tells.

    Args:
        study: The study.
        build: Counts the matrix; called again with the values whose columns are merged.
        quotes: All quotes of the study.
        everybody: All that was heard.
        heard: What the matrix is about.
        counting: All that was heard, with only the codings that the matrix counts.

    Raises:
        UsageError: If too little would be left beside what was published before.
    """
    rules, key = _rules(study), publication_key(study)
    matrix = build()
    gathered = gather_columns(matrix, rules.minimum_cases)
    if gathered:
        matrix = build(gathered=gathered)
    log = [
        WithheldItem(
            "column", name, name, label, f"fewer than {rules.minimum_cases} cases were heard in some of these"
        )
        for name, label in gathered.items()
    ]
    matrix, cells = publishable_matrix(matrix, quotes, rules, key)
    alone = table_of(matrix, everybody, heard, counting)
    table, further = checked(study, alone, key)
    matrix, joint = _without_further(matrix, further)
    numbers = {number for members in matrix.members.values() for number in members}
    beside = matrix.columns_of_cases
    shown = _speakers_left(told_attributions(quotes, rules, beside), numbers, table.cases, beside)
    numbers -= told_apart(study, shown)
    told, words = publishable_quotes(
        [quote for quote in quotes if quote.id in numbers],
        quotes,
        rules,
        names=_further_names(study),
        key=key,
        beside=beside,
    )
    order = {quote.id: place for place, quote in enumerate(told)}
    members = {
        place: tuple(sorted(numbers.intersection(of_cell), key=lambda number: order[number]))
        for place, of_cell in matrix.members.items()
    }
    table = replace(table, shown={number: shown[number] for number in numbers & shown.keys()})
    log += [*cells, *joint, *words, *told_of_each(matrix)]
    return replace(matrix, members=members), told, log, table


def _without_further(matrix: Matrix, further: Collection[Place]) -> tuple[Matrix, list[WithheldItem]]:
    """Return a matrix without the numbers that tell too much beside earlier ones."""
    is_split = any(len(path) > 1 for path in matrix.row_paths)
    rows: dict[RowKey, list[int]] = {}
    for row, codes in enumerate(matrix.row_codes):
        rows.setdefault(row_key(codes, matrix.row_paths[row][-1] if is_split else ""), []).append(row)
    places = {(row, column) for key, column in further for row in rows[key]}
    totals = {row for row, column in places if column == EVERYBODY}
    if matrix.count.tells_total:
        places |= {(row, column) for row in totals for column in range(len(matrix.columns))}
    cells = {
        place: Reason.JOINT for place in places if place[1] != EVERYBODY and place not in matrix.withheld
    }
    return without(matrix, cells, totals, otherwise=Reason.JOINT)


def _speakers_left(
    told: Mapping[int, Attribution],
    numbers: Collection[int],
    case_of: Mapping[int, str | None],
    beside: Mapping[str, tuple[int, ...]] | None = None,
) -> dict[int, frozenset[str]]:
    """Return the cases who could have said each quote, by its attribution and the columns it stands in."""
    columns = beside or {}

    def known(number: int) -> tuple[Attribution, tuple[int, ...]]:
        return told[number], columns.get(case_of[number] or "", ())

    sharing: dict[tuple[Attribution, tuple[int, ...]], set[str]] = {}
    for number in told:
        case = case_of[number]
        if case is not None:
            for attribution in {told[number], UNATTRIBUTED}:
                sharing.setdefault((attribution, known(number)[1]), set()).add(case)
    return {
        number: frozenset(sharing.get(known(number), ())) for number in numbers if case_of[number] is not None
    }


def published_quotes(
    study: StudyFolder, quotes: Sequence[Quote], heard: Sequence[Quote]
) -> tuple[list[Quote], list[WithheldItem], dict[int, frozenset[str]]]:
    """Return some quotes as they may be published, what is withheld, and who could have said each.

    Quotes are left out that would single out who spoke, by what was shown with them before.

    Args:
        study: The study.
        quotes: The quotes to be published.
        heard: All quotes of the study.
    """
    rules = _rules(study)
    case_of = {quote.id: quote.case for quote in heard}
    shown = _speakers_left(told_attributions(heard, rules), {quote.id for quote in quotes}, case_of)
    few = told_apart(study, shown)
    told, log = publishable_quotes(
        [quote for quote in quotes if quote.id not in few],
        heard,
        rules,
        names=_further_names(study),
        key=publication_key(study),
    )
    log += [
        WithheldItem("quote", f"quote {quote.id}", quote.text, "", Reason.JOINT.value)
        for quote in quotes
        if quote.id in few
    ]
    return told, log, {number: cases for number, cases in shown.items() if number not in few}


def published_quote_list(
    study: StudyFolder, quotes: Sequence[Quote], heard: Sequence[Quote], asked: str | Node
) -> tuple[list[Quote], list[WithheldItem], PublishedTable]:
    """Return all quotes that a query finds as they may be published, what is withheld, and what they tell.

    The quotes of a code under an attribution are a cell: where too few cases are behind it, or it tells too
    much beside what was published before, they have no attribution. Where their number alone tells too
    much, they are listed without the code.

    Args:
        study: The study.
        quotes: The quotes that the query finds.
        heard: All quotes of the study.
        asked: The query.

    Raises:
        UsageError: If too little would be left beside what was published before.
    """
    from quotegrid.workflows.search.find_quotes import segments_matching
    from quotegrid.workflows.search.saved_queries import with_saved

    rules, key = _rules(study), publication_key(study)
    attributions = told_attributions(heard, rules)
    order = {attribution: place for place, attribution in enumerate(dict.fromkeys(attributions.values()))}
    _, node = with_saved(study, asked)
    who, _ = split_query(node)
    among = None if who == Everything() else segments_matching(study, who)
    listed = {quote.id for quote in quotes}
    coded: dict[str, set[int]] = {}
    for quote in quotes:
        for code in quote.codes:
            coded.setdefault(code.casefold(), set()).add(quote.id)
    case_of = {quote.id: quote.case for quote in heard}
    columns = {
        number: order[attribution]
        for number, attribution in attributions.items()
        if among is None or number in among
    }
    numbers = []
    for code, found in coded.items():
        behind: dict[int, set[str]] = {}
        for number in found & columns.keys():
            behind.setdefault(columns[number], set()).add(case_of[number] or "")
        for attribution, column in order.items():
            is_small = 0 < len(behind.get(column, set()) - {""}) < rules.minimum_cases
            if attribution != UNATTRIBUTED:
                numbers.append(PublishedNumber(row_key([code]), column, not is_small, tells_cases=False))
        numbers.append(PublishedNumber(row_key([code]), EVERYBODY, True, tells_cases=False))
    alone = PublishedTable(
        case_of, columns, {code: frozenset(found) for code, found in coded.items()}, numbers
    )
    table, _ = checked(study, alone, key)
    hidden = {(number.row.codes[0], number.column) for number in table.numbers if not number.is_told}
    nameless = {code for code, column in hidden if column == EVERYBODY}
    unattributed = {
        quote.id
        for quote in quotes
        if any((code.casefold(), columns.get(quote.id)) in hidden for code in quote.codes)
    }
    told = {
        number: UNATTRIBUTED if number in unattributed else attribution
        for number, attribution in attributions.items()
    }
    shown = _speakers_left(told, listed, case_of)
    few = told_apart(study, shown)
    log = []
    kept = []
    for quote in quotes:
        codes = tuple(code for code in quote.codes if code.casefold() not in nameless)
        if quote.id in few or (quote.codes and not codes):
            log.append(WithheldItem("quote", f"quote {quote.id}", quote.text, "", Reason.JOINT.value))
            continue
        kept.append(
            replace(
                quote,
                codes=codes,
                stances={code: taken for code, taken in quote.stances.items() if code in codes},
            )
        )
    published, words = publishable_quotes(
        kept, heard, rules, names=_further_names(study), key=key, unattributed=unattributed
    )
    table = replace(table, shown={quote.id: shown[quote.id] for quote in kept if quote.id in shown})
    return published, [*words, *log], table


def published_lines(
    study: StudyFolder,
    counted: Mapping[RowKey, frozenset[int]],
    heard: Sequence[Quote],
    among: Sequence[Quote],
    beside: Sequence[PublishedTable],
) -> tuple[PublishedTable, set[RowKey]]:
    """Return what numbers of cases tell, and those that must be withheld.

    Args:
        study: The study.
        counted: The passages behind each number.
        heard: All quotes of the study.
        among: Those of the cases that are counted.
        beside: Further tables of the same publication.
    """
    coded: dict[str, set[int]] = {}
    for quote in heard:
        for code in quote.codes:
            coded.setdefault(code.casefold(), set()).add(quote.id)
    alone = PublishedTable(
        cases={quote.id: quote.case for quote in heard},
        columns={quote.id: 0 for quote in among},
        coded={code: frozenset(found) for code, found in coded.items()},
        numbers=[PublishedNumber(row, EVERYBODY, True) for row in counted],
        parts={row: found for row, found in counted.items() if row.part},
    )
    table, withheld = checked(study, alone, publication_key(study), beside, least_left=0)
    return table, {row for row, _ in withheld}


def published_words(study: StudyFolder, heard: Sequence[Quote]) -> Callable[[str], str]:
    """Return a function that replaces names and withheld words in a text other than a quote.

    Args:
        study: The study.
        heard: All quotes of the study.
    """
    return publishable_words(heard, _rules(study), _further_names(study))


def _rules(study: StudyFolder) -> DisclosureRules:
    settings = study.settings
    return DisclosureRules(
        minimum_cases=settings.minimum_cases,
        apart=settings.never_together,
        words=settings.withheld_words,
        attributions={
            study.stakeholders.group_named(group) or group: words
            for group, words in settings.published_attributions.items()
        },
    )


def publication_key(study: StudyFolder) -> str:
    """Return the key for choosing further cells to withhold: the study's GUID, which no export contains."""
    from quotegrid.storage.study import study_guid

    with study.reading_session() as session:
        return study_guid(session)


def _further_names(study: StudyFolder) -> list[str]:
    """Return the interviewers, and the earlier names of renamed and merged cases."""
    from quotegrid.storage.people.cases import other_names
    from quotegrid.storage.sources.source_attributes import interviewer_labels

    with study.reading_session() as session:
        earlier = [name for names in other_names(session).values() for name in names]
        return [*interviewer_labels(session), *earlier]
