"""One store of parsed style sheets for all workbenches of a test session."""

from __future__ import annotations

from functools import wraps

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

_Source = tuple[str, CSSLocation, bool, int, str]
_parsed: dict[tuple[_Source, frozenset[tuple[str, str]]], list[RuleSet]] = {}


def share_parsed_stylesheets() -> None:
    """Let every workbench use the rules that another one has parsed, where its colours are the same.

    Textual keeps them for each application. Each test of a screen has a new one, and to parse the same style
    sheets again was a quarter of what such a test costs.
    """
    parse = Stylesheet._parse_rules

    @wraps(parse)
    def parsed_once(
        self: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        source = (css, read_from, is_default_rules, tie_breaker, scope)
        key = (source, frozenset(self._variables.items()))
        if key not in _parsed:
            _parsed[key] = parse(self, *source)
        return _parsed[key]

    Stylesheet._parse_rules = parsed_once  # type: ignore[method-assign]  # it is wrapped on purpose
