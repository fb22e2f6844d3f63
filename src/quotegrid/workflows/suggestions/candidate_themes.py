"""Candidate themes: their listing with quotes, and the decisions on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.exchange.listing import Record, column, record_of
from quotegrid.domain.suggestions.candidate_themes import ThemeQuote, ThemeState, draft_definition
from quotegrid.domain.text.normalise import one_line
from quotegrid.domain.text.words import word_count
from quotegrid.errors import UnknownNameError, UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import CodebookEdit, add_code, describe_code, known_code
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest
from quotegrid.workflows.suggestions.discover import speaker_of

if TYPE_CHECKING:
    from quotegrid.storage.suggestions.candidate_themes import StoredTheme

_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class ListedTheme:
    """A candidate theme."""

    number: int = column("the number that the other commands take", place=1)
    theme: str = column("the name, which they take too: words that somebody said", place=2)
    variants: Sequence[str] = column("other words for it, nearest first")
    state: ThemeState = column("`open`, `accepted`, `merged`, `set aside`, `not a theme`", place=3)
    code: str | None = column("the code that it has become or gone into; null otherwise", place=7)
    quotes: Sequence[Record] = column(
        "the quotes, with the fields of `themes show`; in CSV how many",
        place=4,
        cell=lambda record: str(len(record["quotes"])),
        flat=len,
    )
    speakers: int = column("how many cases, or roles of a report, are among them", place=5)
    groups: Sequence[str] = column("the stakeholder groups of the speakers", place=6)
    definition: str = column("a draft, for you to rewrite")


@dataclass(frozen=True, slots=True)
class ListedThemeQuote:
    """A quote of a candidate theme."""

    theme: str = column("the theme's name")
    segment: int = column("the passage's number", place=1)
    says: bool = column("whether the theme's own words stand in it; otherwise it is near in meaning", place=2)
    flags: Sequence[str] = column("`negated`, `reported`, `hypothetical`", place=3)
    group: str | None = column("the stakeholder group")
    role: str | None = column("the role", place=4)
    area: str | None = column("the area")
    source: str = column("where it stands", place=5)
    words: str = column("the sentence that says it or comes nearest", place=6)
    text: str = column("the whole passage")


@dataclass(frozen=True, slots=True)
class TellingQuote:
    """A quote of a candidate theme, with the sentence that best shows the theme."""

    quote: Quote
    words: str
    """The sentence that contains the theme's words or comes closest to them."""
    says: bool
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A candidate theme with its quotes."""

    number: int
    name: str
    variants: tuple[str, ...]
    state: ThemeState
    code: str | None
    by: str
    quotes: tuple[TellingQuote, ...]
    speakers: int
    """The number of cases, or of a report's roles, among the quotes."""
    groups: tuple[str, ...]

    @property
    def definition(self) -> str:
        """Return a draft definition for a researcher to rewrite."""
        return draft_definition(self.name, self.variants, self.speakers, len(self.groups))

    @property
    def saying(self) -> int:
        """Return how many of its quotes contain its own words."""
        return sum(quote.says for quote in self.quotes)


def themes(study: StudyFolder) -> list[Theme]:
    """Return all candidate themes, open ones first, the best first."""
    from quotegrid.storage.search.quotes import load_quotes
    from quotegrid.storage.suggestions.candidate_themes import list_themes

    with study.reading_session() as session:
        stored = list_themes(session)
        wanted = {quote.segment for theme in stored for quote in theme.found.quotes}
        quotes = {quote.id: quote for quote in load_quotes(session, only=wanted)} if wanted else {}
    return [_shown(theme, quotes) for theme in stored]


def _shown(theme: StoredTheme, quotes: dict[int, Quote]) -> Theme:
    telling = tuple(_telling(quote, quotes[quote.segment]) for quote in theme.found.quotes)
    return Theme(
        number=theme.number,
        name=theme.found.name,
        variants=theme.found.variants,
        state=theme.state,
        code=theme.code,
        by=theme.by,
        quotes=telling,
        speakers=len({speaker_of(shown.quote) for shown in telling} - {None}),
        groups=tuple(sorted({shown.quote.group for shown in telling if shown.quote.group})),
    )


def _telling(found: ThemeQuote, quote: Quote) -> TellingQuote:
    start, end = max(found.start - quote.start, 0), max(found.end - quote.start, 0)
    return TellingQuote(quote, quote.text[start:end] or quote.text, found.says, found.flags)


def theme_named(study: StudyFolder, name: str) -> Theme:
    """Return the candidate theme with a name or number, preferring open ones.

    Raises:
        UnknownNameError: If there is none.
    """
    there = themes(study)
    wanted = one_line(name).casefold()
    for theme in there:
        if wanted in (theme.name.casefold(), str(theme.number)):
            return theme
    if not there:
        raise UnknownNameError("no themes have been discovered yet.", todo='Run "quotegrid discover".')
    raise UnknownNameError(
        f'there is no theme "{name}".', todo=closest(name, [theme.name for theme in there], "themes")
    )


def accept_theme(
    study: StudyFolder,
    name: str,
    *,
    code: str | None = None,
    below: str | None = None,
    definition: str | None = None,
) -> CodebookEdit:
    """Make a candidate theme a code, with its words as terms and its best quotes as examples.

    Args:
        study: The study.
        name: The theme's name or number.
        code: The code's name; None for the theme's name.
        below: The parent code; None for the top.
        definition: Its definition; None for the draft.

    Raises:
        UnknownNameError: If there is no such theme.
        UsageError: If it is a code already, or the code's name is there.
        CodebookError: If the codebook file has been changed by hand and not been read again.
    """
    theme = theme_named(study, name)
    _refuse_decided(theme)
    called = one_line(code or theme.name)
    made = Code(
        called,
        parent=below,
        definition=theme.definition if definition is None else definition,
        examples=_examples(theme),
        terms=(theme.name, *theme.variants),
    )
    edited = add_code(study, made)
    _keep(study, theme, ThemeState.ACCEPTED, called, edited)
    return edited


def merge_theme(study: StudyFolder, name: str, code: str) -> CodebookEdit:
    """Merge a candidate theme into an existing code: its words become terms, its best quotes examples.

    Raises:
        UnknownNameError: If there is no such theme or code.
        UsageError: If the theme is a code already.
        CodebookError: If the codebook file has been changed by hand and not been read again.
    """
    theme = theme_named(study, name)
    _refuse_decided(theme)
    there = known_code(current_codebook(study), code)
    said = replace(
        there,
        terms=_more(there.terms, (theme.name, *theme.variants)),
        examples=_more(there.examples, _examples(theme)),
    )
    edited = describe_code(study, there.name, said)
    _keep(study, theme, ThemeState.MERGED, there.name, edited)
    return CodebookEdit(f"“{theme.name}” went into “{there.name}”.")


def set_theme(study: StudyFolder, name: str, state: ThemeState) -> CodebookEdit:
    """Set a candidate theme aside, mark it as not a theme, or open it again.

    Raises:
        UnknownNameError: If there is no such theme.
        UsageError: If it has become a code or was merged into one.
    """
    theme = theme_named(study, name)
    _refuse_decided(theme)
    if theme.state is state:
        return CodebookEdit("")
    _keep(study, theme, state)
    return CodebookEdit(f"“{theme.name}” is {state.value}.")


def rename_theme(study: StudyFolder, name: str, new: str) -> CodebookEdit:
    """Rename a candidate theme.

    Raises:
        UnknownNameError: If there is no such theme.
        UsageError: If the new name is empty.
    """
    from quotegrid.storage.suggestions import candidate_themes as stored

    theme = theme_named(study, name)
    new = one_line(new)
    if not new:
        raise UsageError("a theme must have a name.")
    with study.writing_session("renaming a theme") as session:
        stored.rename_theme(session, theme.number, new)
    return CodebookEdit(f"“{theme.name}” is “{new}” now.")


def theme_records(themes: Sequence[Theme]) -> list[Record]:
    """Return candidate themes, each with its quotes."""
    return [
        record_of(ListedTheme, theme, theme=theme.name, quotes=theme_quote_records(theme)) for theme in themes
    ]


def theme_quote_records(theme: Theme) -> list[Record]:
    """Return the quotes of a candidate theme."""
    return [
        record_of(
            ListedThemeQuote,
            quote.quote,
            theme=theme.name,
            segment=quote.quote.id,
            says=quote.says,
            flags=quote.flags,
            words=quote.words,
        )
        for quote in theme.quotes
    ]


def _refuse_decided(theme: Theme) -> None:
    if theme.state in (ThemeState.ACCEPTED, ThemeState.MERGED):
        raise UsageError(
            f'"{theme.name}" is the code "{theme.code}" already.',
            todo='"quotegrid codebook" changes the code; "quotegrid undo" takes it back.',
        )


def _keep(
    study: StudyFolder,
    theme: Theme,
    state: ThemeState,
    code: str | None = None,
    edited: CodebookEdit | None = None,
) -> None:
    from quotegrid.storage.codebook.codes import code_ids
    from quotegrid.storage.codebook.versions import newest_version
    from quotegrid.storage.suggestions.candidate_themes import decide_theme

    with study.writing_session("deciding on a theme") as session:
        number = None if code is None else code_ids(session)[code]
        newest = newest_version(session) if edited is not None and edited.what else None
        decide_theme(
            session,
            theme.number,
            state,
            by=study.settings.coder_name(),
            code=number,
            version=None if newest is None else newest.number,
        )


def _examples(theme: Theme) -> tuple[str, ...]:
    """Return the words of the best quotes, by different speakers, that contain and do not deny the theme."""
    found: dict[str, str] = {}
    for quote in sorted(theme.quotes, key=lambda quote: not quote.says):
        if not quote.flags and word_count(quote.words) > 2:
            found.setdefault(speaker_of(quote.quote) or quote.quote.source, one_line(quote.words))
    return tuple(list(found.values())[:_EXAMPLES])


def _more(there: tuple[str, ...], new: Sequence[str]) -> tuple[str, ...]:
    known = {text.casefold() for text in there}
    return (*there, *(text for text in new if text.casefold() not in known))
