"""Queries that a study keeps by name, in `[queries]` of quotegrid.toml."""

from __future__ import annotations

from quotegrid.config import CONFIG_NAME
from quotegrid.domain.query import Field, Node, Term, replaced, written
from quotegrid.errors import ConfigError, QueryError, UnknownNameError
from quotegrid.queries.parsing import parse
from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.names import closest


def with_saved(study: StudyFolder, query: str | Node) -> tuple[str, Node]:
    """A query as text and as a tree, in which saved queries stand in the place of their names.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If there is no saved query of a name.
        ConfigError: If a saved query cannot be read, or asks for itself.
    """
    text = query if isinstance(query, str) else written(query)
    return text, _expanded(study, parse(text), ())


def _expanded(study: StudyFolder, query: Node, within: tuple[str, ...]) -> Node:
    def of_term(term: Term) -> Node:
        return _saved(study, term.value, within) if term.field == Field.SAVED else term

    return replaced(query, of_term)


def _saved(study: StudyFolder, asked: str, within: tuple[str, ...]) -> Node:
    queries = study.settings.queries
    name = next((one for one in queries if one.casefold() == asked.strip().casefold()), None)
    if name is None:
        raise UnknownNameError(
            f'there is no saved query "{asked}".', todo=closest(asked, list(queries), "saved queries")
        )
    if name in within:
        raise ConfigError(
            f"saved queries ask for one another: {' > '.join((*within[within.index(name) :], name))}.",
            file=study.root / CONFIG_NAME,
            todo="Let one of them say what it means.",
        )
    try:
        node = parse(queries[name])
    except QueryError as error:
        raise ConfigError(
            f'the saved query "{name}" cannot be read: {error}', file=study.root / CONFIG_NAME
        ) from error
    return _expanded(study, node, (*within, name))
