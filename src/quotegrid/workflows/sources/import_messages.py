"""The messages of an import and its preview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from quotegrid.domain.sources.model import QuoteKind, ReadWarning, Speaker, WarningKind
from quotegrid.domain.sources.recognition import Recognition, Standing
from quotegrid.domain.sources.unsure import ToldWarnings, how_many, put_together
from quotegrid.domain.text.languages import ENGLISH, language_name
from quotegrid.domain.text.normalise import counted, one_line, shortened

if TYPE_CHECKING:
    from quotegrid.workflows.sources.attribute_updates import Contradiction
    from quotegrid.workflows.sources.import_summary import ImportedSource, ImportSummary
    from quotegrid.workflows.sources.preview_import import Preview, PreviewedSource
    from quotegrid.workflows.sources.tables.questions import Column

_MOST_SPEAKERS = 12
"""The most speakers that are listed of one file."""
_MOST_UNSURE = 8
"""The most unsure things that are listed of one subject, or of one file in a preview; also the most lines on
what attributes tables changed."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """The words by which unsure things are told to the user."""

    name: str
    kinds: tuple[WarningKind, ...]
    todo: str


_SUBJECTS = (
    _Subject(
        "who speaks",
        (WarningKind.WORDS, WarningKind.SPEAKER),
        "say --interviewer LABEL, --not-speaker LABEL or --speakers PATTERN (in the workbench's import: i, x "
        'and l on the line); "quotegrid turns SOURCE" lists who speaks, and "quotegrid turns unsure" what is '
        "left to put right.",
    ),
    _Subject(
        "groups",
        (WarningKind.GROUP,),
        "say --group, name them in an attributes table (--attributes FILE), or use "
        '"quotegrid cases set NAME group=..."; "quotegrid cases check" lists who has none.',
    ),
    _Subject(
        "areas",
        (WarningKind.AREA,),
        'add them to [areas] in quotegrid.toml, or use "quotegrid cases set NAME area=...".',
    ),
    _Subject(
        "conflicts",
        (WarningKind.CONFLICT,),
        '"quotegrid cases show NAME" lists all that is said; "quotegrid cases set NAME ..." settles it.',
    ),
    _Subject(
        "text",
        (WarningKind.TEXT,),
        '"quotegrid turns SOURCE" or "quotegrid quotes --source SOURCE" lists what was read.',
    ),
)
"""The subjects of what is unsure, the worst first."""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A line of a message."""

    text: str
    is_warning: bool = False
    """Whether it is a warning or a problem."""
    source: str = ""
    """The file that it is about, by its name in the study."""
    label: str | None = None
    """The label of the speaker that it is about."""
    column: str = ""
    """The column that it is about."""


class _Lines(list[MessageLine]):
    def add(self, text: str, *, err: bool = False, source: str = "", label: str | None = None) -> None:
        self.append(MessageLine(text, err, source, label))


def import_lines(summary: ImportSummary, *, verbose: bool = False) -> list[MessageLine]:
    """Return the lines on an import: files that changed something, warnings and problems, totals.

    Args:
        summary: The result of the import.
        verbose: Whether every warning is told by itself, however many there are.
    """
    lines = _Lines()
    say = lines.add
    for source in summary.imported:
        parts = [_coded_units(source.kind, source.segments, source.quotes_by_kind)]
        if source.cases:
            parts.append(counted(source.cases, "case"))
        parts += _other_contents(source)
        if source.language not in (None, ENGLISH):
            parts.append(f"in {language_name(source.language)}")
        say(f"  {source.name}: {source.kind}, {', '.join(parts)}{_terms_left_out(source.quotes_by_kind)}")
    for name in summary.replaced:
        say(f"  {name}: had changed; read again (nothing was decided on it)")
    for name in summary.read_otherwise:
        told = "because its speakers are read differently now (it had no decisions)"
        say(f"  {name}: read again, {told}")
    for old, new in summary.renamed:
        say(f'  {new}: is "{old}" renamed; the source has the new name and keeps its decisions')
    for name, other in summary.same_text:
        say(f'  {name}: has the same text as "{other}"; not imported again')
    for name, other in summary.same_words:
        say(f"  {name}: {_same_words(name, other)}; not imported again")
    for name, why in summary.left_out.items():
        say(f"  {name}: left out, {why}")
    lines += _add_warnings(summary.warnings, summary.places, verbose=verbose)
    for problem in summary.problems:
        say(f"Cannot be used: {problem}", err=True)
    lines += _table_lines(summary, "Changed", verbose=verbose)
    segments = sum(source.segments for source in summary.imported)
    said = [f"Imported {counted(len(summary.imported), 'source')} with {counted(segments, 'passage')}"]
    if summary.unchanged:
        said.append(f"{len(summary.unchanged)} unchanged")
    if summary.attributes_files:
        changed = f" ({counted(summary.values_changed, 'value')} changed)" if summary.values_changed else ""
        said.append(f"attributes from {', '.join(summary.attributes_files)}{changed}")
    if summary.plan_files:
        said.append(_plan(summary.plan_files, summary.planned))
    say("; ".join(said) + ".")
    looked_at = f"Looked at {counted(summary.files, 'file')}"
    if summary.imported:
        turns = counted(sum(source.turns for source in summary.imported), "turn")
        words = counted(sum(source.words for source in summary.imported), "word")
        looked_at += f"; what was imported holds {counted(summary.cases, 'case')}, {turns} and {words}"
    say(f"{looked_at}.")
    if summary.warnings:
        say(_totals(warning for _, warning in summary.warnings))
    if summary.problems:
        them = "it" if len(summary.problems) == 1 else "them"
        say(f"{counted(len(summary.problems), 'file')} could not be used; nothing of {them} was imported.")
    return lines


def _few(lines: Sequence[str], *, verbose: bool) -> list[str]:
    """Return the first few lines and how many more there are, or all of them."""
    if verbose or len(lines) <= _MOST_UNSURE:
        return list(lines)
    return [*lines[:_MOST_UNSURE], f"{len(lines) - _MOST_UNSURE:,} more; --verbose lists all"]


def preview_lines(
    found: Preview, *, strict: bool = False, verbose: bool = False, asks_columns: bool = False
) -> list[MessageLine]:
    """Return the lines on a preview: each file's speakers, its status, and what an import would do.

    Args:
        found: The preview.
        strict: Whether an import would keep nothing where any file cannot be used.
        verbose: Whether every warning is told, however many a file has.
        asks_columns: Whether the columns of unclear tables are listed, so that they can be explained.
    """
    lines = _Lines(line for source in found.sources for line in _lines_on(source, verbose=verbose))
    say = lines.add
    if found.knows_only_english:
        say(f"Note: {found.knows_only_english}")
    for name, why in found.left_out.items():
        if not asks_columns or name not in found.unclear:
            say(f"{name}: left out, {why}")
    for name, columns in found.unclear.items() if asks_columns else ():
        say(f"{name}: say which of its columns hold answers", err=True, source=name)
        lines += [column_line(name, column) for column in columns]
    for name, warning in found.other_warnings:
        say(f"Unsure: {name}: {warning}")
    for told in _few(found.effect.differences, verbose=verbose):
        say(f"  Would change: {told}")
    lines += _contradiction_lines(found.effect.contradictions, verbose=verbose)
    for told in _few(found.effect.unmatched, verbose=verbose):
        say(f"  Would not be used: {told}")
    if found.attributes_files and not found.effect.differences and not found.effect.why_not_known:
        say("  The attributes would change nothing of what the study has.")
    if found.effect.why_not_known:
        say(f"What the attributes would change is not known: {found.effect.why_not_known}", err=True)
    for problem in found.problems:
        say(f"Cannot be used: {problem}")
    warnings = [warning for source in found.sources for warning in source.warnings]
    if warnings:
        say(_totals(warnings))
        for subject in _subjects(warnings):
            say(f"  {subject.name}: {subject.todo}")
    said = [f"{counted(len(found.sources), 'file')} read"]
    if found.attributes_files:
        said.append(f"attributes from {', '.join(found.attributes_files)}")
    if found.plan_files:
        said.append(_plan(found.plan_files, found.planned))
    say(f"{'; '.join(said)}. Nothing was imported.")
    if found.problems:
        bad = counted(len(found.problems), "file")
        if strict or not (found.sources or found.attributes_files or found.plan_files):
            say(f"An import would keep nothing, because of {bad} that cannot be used.")
        else:
            say(f"An import would leave out {bad} that cannot be used, and keep the others.")
    return lines


def _lines_on(source: PreviewedSource, *, verbose: bool) -> list[MessageLine]:
    """Return the lines of a preview on one file."""
    lines = _Lines()
    say = partial(lines.add, source=source.name)
    unit = "quote" if source.kind == "report" else "passage"
    units = _coded_units(source.kind, source.segments, source.quotes_by_kind)
    marked = "" if source.convention is None else f', speakers by "{one_line(source.convention.name)}"'
    if source.confidence is not None:
        marked += f", confidence {source.confidence:.2f}"
    say(f"{source.name}: {source.kind}, {units}{marked}{_terms_left_out(source.quotes_by_kind)}")
    known = _known(source.name, source.recognised)
    if known:
        say(f"  {known}")
    guessed = "" if source.language is None or source.language_is_set else " (guessed)"
    say(f"  Language: {language_name(source.language)}{guessed}")
    for column in source.columns:
        lines.append(column_line(source.name, column))
    # Each label of a transcript can be put right; the people of a survey only fill the screen.
    most = len(source.speakers) if verbose and not source.columns else _MOST_SPEAKERS
    for speaker in source.speakers[:most]:
        times = counted(speaker.turns, unit if source.kind == "report" else "turn")
        words = counted(speaker.words, "word")
        known = " (in the study already)" if speaker.is_known else ""
        who = (
            f"{speaker.label or '(no label)'}: {_speaker_in_words(speaker.speaker)}{known}; {times}, {words}"
        )
        say(f"  {who}", label=speaker.label)
        say(f"      {shortened(speaker.example, 90)}", label=speaker.label)
    if any(speaker.is_known for speaker in source.speakers):
        people = [speaker for speaker in source.speakers if speaker.speaker is not None]
        old = sum(speaker.is_known for speaker in people)
        say(f"  People: {old:,} in the study already, {len(people) - old:,} new")
    if len(source.speakers) > most:
        say(f"  and {len(source.speakers) - most} more")
    if beside := _other_contents(source):
        say(f"  Beside what is said: {', '.join(beside)}")
    if source.repairs:
        repaired = ", ".join(f"{count} {kind}" for kind, count in source.repairs.items())
        say(f"  Repaired: {repaired}")
    unsure = _unsure([(source.name, warning) for warning in source.warnings], verbose=verbose)
    for thing in unsure if verbose else unsure[:_MOST_UNSURE]:
        line = thing.places[0][1]
        more = f" (and {counted(len(thing.places) - 1, 'more line')})" if len(thing.places) > 1 else ""
        say(f"  Unsure: {'' if line is None else f'line {line}: '}{thing.what}{more}")
    if not verbose and len(unsure) > _MOST_UNSURE:
        say(f"  and {len(unsure) - _MOST_UNSURE:,} more unsure; --verbose lists all")
    return lines


def column_line(source: str, column: Column) -> MessageLine:
    """Return the line of a preview on a column of a table."""
    examples = shortened("; ".join(column.examples), 60)
    text = f'  {column.meaning.value}: "{column.name}" ({examples})'
    return MessageLine(text, source=source, column=column.name)


def _coded_units(kind: str, segments: int, quotes: Mapping[QuoteKind, int]) -> str:
    """Return the number of passages, a report's quotes by kind: "47 block quotes, 21 inline quotes"."""
    kinds = [form for form in (QuoteKind.BLOCK, QuoteKind.INLINE) if quotes.get(form)]
    if not kinds:
        return counted(segments, "quote" if kind == "report" else "passage")
    return ", ".join(counted(quotes[form], f"{form} quote") for form in kinds)


def _terms_left_out(quotes: Mapping[QuoteKind, int]) -> str:
    terms = quotes.get(QuoteKind.SCARE, 0)
    return f"; {counted(terms, 'term')} in quotation marks without a speaker left out" if terms else ""


def _add_warnings(
    warnings: Sequence[tuple[str, ReadWarning]], places: Mapping[str, str], *, verbose: bool
) -> list[MessageLine]:
    """Add what is unsure in all files, the worst first, each with its place, and what to do about it."""
    lines = _Lines()
    for subject in _subjects(warning for _, warning in warnings):
        told = [(source, warning) for source, warning in warnings if warning.kind in subject.kinds]
        lines.add(f"Unsure, {subject.name} ({how_many(warning for _, warning in told):,}):", err=True)
        things = _unsure(told, verbose=verbose)
        for thing in things if verbose else things[:_MOST_UNSURE]:
            lines.add(f"  {_place(thing.places, places)}: {thing.what}", err=True)
        if not verbose and len(things) > _MOST_UNSURE:
            more = (
                f"  and {len(things) - _MOST_UNSURE:,} more; --verbose lists all, with --preview also later"
            )
            lines.add(more, err=True)
        lines.add(f"  To do: {subject.todo}", err=True)
    return lines


def _unsure(warnings: Sequence[tuple[str, ReadWarning]], *, verbose: bool) -> list[ToldWarnings]:
    """Return what is unsure, the worst first; with `verbose` no two warnings in one."""
    if not verbose:
        return put_together(warnings)
    return [
        thing
        for kind in WarningKind
        for told in warnings
        if told[1].kind is kind
        for thing in put_together([told])
    ]


def _place(told: Sequence[tuple[str, int | None]], places: Mapping[str, str]) -> str:
    """Return the first place, with its line, and how many more there are."""
    source, line = told[0]
    first = places.get(source, source) + ("" if line is None else f":{line}")
    return first if len(told) == 1 else f"{first} and {counted(len(told) - 1, 'more place')}"


def _subjects(warnings: Iterable[ReadWarning]) -> list[_Subject]:
    """Return the subjects of warnings, the worst first."""
    kinds = {warning.kind for warning in warnings}
    return [subject for subject in _SUBJECTS if kinds.intersection(subject.kinds)]


def _totals(warnings: Iterable[ReadWarning]) -> str:
    """Return how much is unsure of each subject: "Unsure: who speaks 2, groups 151."."""
    told = list(warnings)
    sums = [
        f"{subject.name} {how_many(warning for warning in told if warning.kind in subject.kinds):,}"
        for subject in _subjects(told)
    ]
    return f"Unsure: {', '.join(sums)}."


def _known(name: str, recognised: Recognition) -> str:
    known = recognised.known
    if known is None:
        return ""
    return {
        Standing.NEW: "",
        Standing.UNCHANGED: "In the study already, unchanged.",
        Standing.CHANGED: "Has changed; would be read again (nothing was decided on it).",
        Standing.RENAMED: f'Is "{known.name}" renamed; the source would get the new name.',
        Standing.SAME_TEXT: f'Has the same text as "{known.name}"; would not be imported again.',
        Standing.SAME_WORDS: f"H{_same_words(name, known.name)[1:]}; would not be imported again.",
    }[recognised.standing]


def _same_words(name: str, other: str) -> str:
    """Return the message on a file with another's words, which can differ in white space and punctuation."""
    suffixes = {file.rpartition(".")[2].casefold() for file in (name, other)}
    how = "another format" if len(suffixes) > 1 else "other spacing or punctuation"
    return f'has the same words as "{other}" ({how})'


def attributes_lines(summary: ImportSummary, *, is_trial: bool) -> list[MessageLine]:
    """Return the lines on an attributes table that was imported alone: what changes, and what is not used.

    Args:
        summary: The result of the import.
        is_trial: Whether it was only tried.
    """
    lines = _Lines(_add_warnings(summary.warnings, summary.places, verbose=True))
    lines += _table_lines(summary, "Would change" if is_trial else "Changed", verbose=True)
    rows = len(summary.unmatched)
    not_used = f"; {counted(rows, 'row')} about nobody in the study" if rows else ""
    tables = ", ".join(summary.attributes_files)
    changed = counted(len(summary.differences), "value")
    lines.add(f"{tables}: {changed} {'would change' if is_trial else 'changed'}{not_used}.")
    if rows:
        lines.add('To do: write the names as "quotegrid cases" and "quotegrid sources" list them.', err=True)
    return lines


def _table_lines(summary: ImportSummary, changed: str, *, verbose: bool) -> list[MessageLine]:
    """Return the lines on what tables change, and on their rows that are about nothing in the study."""
    lines = _Lines()
    for told in _few(summary.differences, verbose=verbose):
        lines.add(f"  {changed}: {told}")
    lines += _contradiction_lines(summary.contradictions, verbose=verbose)
    unmatched = [f"{table}:{line}: {what}" for table, line, what in summary.unmatched]
    for told in _few(unmatched, verbose=verbose):
        lines.add(f"  Not used: {told}", err=True)
    return lines


def _contradiction_lines(contradictions: Sequence[Contradiction], *, verbose: bool) -> list[MessageLine]:
    """Return the lines on what tables say of people otherwise than others, and on what to do about it."""
    lines = _Lines()
    for told in _few([str(contradiction) for contradiction in contradictions], verbose=verbose):
        lines.add(f"  Contradicts: {told}", err=True)
    for contradiction in contradictions[:1]:
        lines.add(f"  To do: {contradiction.todo}", err=True)
    return lines


def _plan(files: Sequence[str], planned: int) -> str:
    return f"plan from {', '.join(files)} ({planned:,} to interview)"


def _other_contents(source: ImportedSource | PreviewedSource) -> list[str]:
    """Return what a source contains besides speech."""
    counts = (
        (source.non_speech, "mark of what is not speech", "marks of what is not speech"),
        (source.comments, "comment kept as a memo", "comments kept as memos"),
    )
    return [f"{count} {unit if count == 1 else many}" for count, unit, many in counts if count]


def _speaker_in_words(speaker: Speaker | None) -> str:
    if speaker is None:
        return "asks"
    known = [speaker.group or "group not known", speaker.role, speaker.area]
    name = [f"case {speaker.name}"] if speaker.name else []
    return ", ".join([*name, *(value for value in known if value)])
