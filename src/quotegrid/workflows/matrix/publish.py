"""The publication of a study's matrix and quotes under its rules of disclosure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.matrix.model import Matrix
from quotegrid.domain.matrix.read_cases import HOW_TO_MARK, among_read, read_cases
from quotegrid.domain.report.publication import (
    DisclosureRules,
    WithheldItem,
    gather_columns,
    publishable_matrix,
    publishable_quotes,
    publishable_words,
)
from quotegrid.domain.search.query import Everything, Node
from quotegrid.domain.search.scope import asks_of_both, names_somebody, split_query
from quotegrid.errors import UsageError
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
    cases = {heard.speakers[place].case for place in heard.speaker_of.values()} - {None}
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
    study: StudyFolder, build: Callable[..., Matrix], quotes: Sequence[Quote]
) -> tuple[Matrix, list[Quote], list[WithheldItem]]:
    """Return the matrix, the quotes behind its published cells, and what is withheld.

    Args:
        study: The study.
        build: Counts the matrix; called again with the values whose columns are merged.
        quotes: All quotes of the study.
    """
    rules, key = _rules(study), _key(study)
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
    shown = {number for numbers in matrix.members.values() for number in numbers}
    told, words = publishable_quotes(
        [quote for quote in quotes if quote.id in shown],
        quotes,
        rules,
        names=_further_names(study),
        key=key,
        beside=matrix.columns_of_cases,
    )
    order = {quote.id: place for place, quote in enumerate(told)}
    members = {
        place: tuple(sorted(numbers, key=lambda number: order[number]))
        for place, numbers in matrix.members.items()
    }
    return replace(matrix, members=members), told, [*log, *cells, *words]


def published_quotes(
    study: StudyFolder, quotes: Sequence[Quote], heard: Sequence[Quote]
) -> tuple[list[Quote], list[WithheldItem]]:
    """Return quotes as they may be published, and what is withheld.

    Args:
        study: The study.
        quotes: The quotes to be published.
        heard: All quotes of the study.
    """
    return publishable_quotes(quotes, heard, _rules(study), names=_further_names(study), key=_key(study))


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


def _key(study: StudyFolder) -> str:
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
