"""Saved queries, in `[queries]` of quotegrid.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quotegrid.domain.exchange.listing import column
from quotegrid.domain.search.query import Field, Node, Term, replace_terms, write_query
from quotegrid.errors import ConfigError, QueryError, UnknownNameError, UsageError
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.search.parse_query import MOST_AT_ONCE, is_too_large, parse
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest

_NAME = re.compile(r"[^\W\d][\w-]*")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved query."""

    name: str = column("the name, which `@` before it asks", place=1)
    query: str = column("what it asks", place=2)


def with_saved(study: StudyFolder, query: str | Node) -> tuple[str, Node]:
    """Return a query as text and as a tree, with saved queries in place of their names.

    Raises:
        QueryError: If the query cannot be read.
        UnknownNameError: If there is no saved query with a name.
        ConfigError: If a saved query cannot be read, or contains itself.
    """
    text = query if isinstance(query, str) else write_query(query)
    node = _expanded(study.settings.queries, parse(text), (), study.root / CONFIG_NAME)
    if is_too_large(node):
        raise QueryError(
            "the query has too many parts with those of saved ones.", query=text, column=1, todo=MOST_AT_ONCE
        )
    return text, node


def save_query(study: StudyFolder, name: str, query: str | Node) -> str:
    """Save a query under a name in quotegrid.toml, whose comments and order stay.

    Returns:
        A sentence on what was done.

    Raises:
        UsageError: If the name is not one word, or the query is empty.
        ConfigError: If it would contain itself.
    """
    import tomlkit

    from quotegrid.exports.files import write_whole

    text = query if isinstance(query, str) else write_query(query)
    if not _NAME.fullmatch(name):
        raise UsageError(
            f'"{name}" cannot be the name of a query.',
            todo="Use letters, digits, - and _, beginning with a letter.",
        )
    if not text.strip():
        raise UsageError(
            "there is no query to save.", todo="Write one: quotegrid quotes 'group:parent' --save NAME"
        )
    before = next((saved for saved in study.settings.queries if saved.casefold() == name.casefold()), None)
    name = before or name
    settings = study.settings.model_copy(update={"queries": {**study.settings.queries, name: text}})
    _saved(settings.queries, name, (), study.root / CONFIG_NAME)
    config = study.root / CONFIG_NAME
    document = tomlkit.parse(config.read_text(encoding="utf-8-sig"))
    document.setdefault("queries", tomlkit.table())[name] = text
    write_whole(config, tomlkit.dumps(document).encode("utf-8"))
    study.settings = settings
    return f'{"Saved" if before is None else "Replaced"} the query "{name}" in {CONFIG_NAME}.'


def _expanded(queries: Mapping[str, str], query: Node, within: tuple[str, ...], file: Path) -> Node:
    def of_term(term: Term) -> Node:
        if term.field != Field.SAVED:
            return term
        # What is wrong in a saved query is pointed at where it is named.
        saved = _saved(queries, term.value, within, file)
        return replace_terms(saved, lambda inner: inner.at(term.column))

    return replace_terms(query, of_term)


def _saved(queries: Mapping[str, str], asked: str, within: tuple[str, ...], file: Path) -> Node:
    name = next((saved for saved in queries if saved.casefold() == asked.strip().casefold()), None)
    if name is None:
        raise UnknownNameError(
            f'there is no saved query "{asked}".', todo=closest(asked, list(queries), "saved queries")
        )
    if name in within:
        raise ConfigError(
            f"saved queries ask for one another: {' > '.join((*within[within.index(name) :], name))}.",
            file=file,
            todo="Let one of them say what it means.",
        )
    try:
        node = parse(queries[name])
    except QueryError as error:
        raise ConfigError(f'the saved query "{name}" cannot be read: {error}', file=file) from error
    found = _expanded(queries, node, (*within, name), file)
    if is_too_large(found):
        raise ConfigError(f'the saved query "{name}" has too many parts.', file=file)
    return found
