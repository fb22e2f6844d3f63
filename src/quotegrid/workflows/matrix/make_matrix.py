"""The matrix of a study, with the provenance that an export must give."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from quotegrid import __version__
from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES, Quote
from quotegrid.domain.matrix.bases import HeardQuotes, values_of
from quotegrid.domain.matrix.measures import QUOTES, Measure, measure_named
from quotegrid.domain.matrix.model import Matrix, Rows, build_matrix
from quotegrid.domain.matrix.published import PublishedTable
from quotegrid.domain.matrix.read_cases import SharesOf, read_cases, reading_note
from quotegrid.domain.report.provenance import Provenance
from quotegrid.domain.report.publication import WithheldItem
from quotegrid.domain.search.query import Everything, write_query
from quotegrid.domain.search.scope import ranks, split_query
from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.text.normalise import counted
from quotegrid.errors import UsageError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.uncounted import uncounted_notes
from quotegrid.workflows.matrix.columns import bands_of, column_names, notes_on_bands
from quotegrid.workflows.matrix.publish import (
    publishable_read,
    published_matrix,
    published_words,
    refuse_few,
    refuse_naming,
    refuse_unpublishable,
)
from quotegrid.workflows.people.attribute_types import value_order
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import resolve


@dataclass(frozen=True, slots=True)
class StudyMatrix:
    """A matrix, its provenance, and the quotes it was counted from."""

    matrix: Matrix
    provenance: Provenance
    quotes: Sequence[Quote]
    """The quotes behind its cells; empty unless requested."""
    withheld: Sequence[WithheldItem] = ()
    """The items that a publication withholds."""
    definitions: Mapping[str, str] = field(default_factory=dict)
    """The codes' definitions, by their names."""
    choice: MatrixChoice | None = None
    """The choice that it was made from."""
    tables: Sequence[PublishedTable] = ()
    """The tables that a publication tells."""


@dataclass(frozen=True, slots=True)
class MatrixChoice:
    """The choice of a matrix.

    Attributes:
        rows: Themes or codes.
        within: The name of a code whose sub-codes become the rows instead.
        only: Names of codes that are the rows instead, each with everything below it.
        columns: Any attribute: group, role, area, source, case, or one of the study's own; or two, the second
            nested in the first.
        count: What a cell counts.
        include_suggested: Whether undecided suggestions count too; they are reported apart.
        by_stance: Whether each row is split by the stance of its codings.
        stance: The only stance whose codings count.
        query: The quotes that count, as in `quotes`. Its conditions on speakers hold for the bases too;
            those on words and codings do not.
        of: The cases that shares are of: read to the end, or all who were heard.
    """

    rows: Rows = Rows.THEME
    within: str | None = None
    only: Sequence[str] = ()
    columns: str | Sequence[str] = "group"
    count: Measure = QUOTES
    include_suggested: bool = False
    by_stance: bool = False
    stance: Stance | None = None
    query: str = ""
    of: SharesOf = SharesOf.READ

    def check(self) -> None:
        """Refuse options that cannot be combined.

        Raises:
            UsageError: If it cannot.
        """
        if self.include_suggested and (self.by_stance or self.stance is not None):
            raise UsageError(
                "what is only suggested takes no stance.", todo="Leave out --include-suggested or the stance."
            )
        if self.only and self.within is not None:
            raise UsageError(
                "the rows are either chosen codes or the sub-codes of one.", todo="Leave out one of the two."
            )
        if self.by_stance and self.stance is not None:
            raise UsageError(
                "a matrix is either split by stance or counts one of them.", todo="Leave out one of the two."
            )


def make_matrix(
    study: StudyFolder,
    choice: MatrixChoice | None = None,
    *,
    publish: bool = False,
    with_quotes: bool = True,
    read_alone: bool = False,
    report: ProgressReport | None = None,
    **chosen: Any,
) -> StudyMatrix:
    """Count the study's confirmed codings.

    Args:
        study: The study.
        choice: The choice; None for the one that the further arguments describe.
        publish: Whether it is for publication: small counts are withheld, quotes made anonymous.
        with_quotes: Whether to include the quotes behind the cells.
        read_alone: Whether it is published beside shares of the cases read, and so counts these alone.
        report: Called with the progress of reading the quotes.
        chosen: The fields of `MatrixChoice`, where no choice is given.

    Raises:
        UnknownNameError: If the study has no such attribute or code.
        UsageError: If this cannot be counted or published.
    """
    from quotegrid.storage.coding.decision_log import coding_summary
    from quotegrid.storage.people.plan import load_plan
    from quotegrid.storage.search.quotes import load_quotes

    choice = choice or MatrixChoice(**chosen)
    choice.check()
    codebook = current_codebook(study)
    with _collecting_later():
        heard = study.heard(with_words=choice.count.needs_words, with_suggestions=choice.include_suggested)
    with study.reading_session() as session:
        plan = [line.attributes for line in load_plan(session)]
        coders, first, last, codings = coding_summary(session)
    own = {name for speaker in heard.speakers for name in speaker.attributes}
    columns = column_names(choice.columns, [*BUILT_IN_ATTRIBUTES, *sorted(own)])
    if publish:
        refuse_unpublishable(
            columns,
            include_suggested=choice.include_suggested,
            apart=study.settings.never_together,
        )
    everybody = heard
    coded_cases = heard.coded_cases
    heard, counting, filters = _filtered(study, heard, choice, publish=publish)
    asked = heard
    if publish:
        refuse_few(study, everybody)
    if publish and choice.of is SharesOf.READ and (read_alone or choice.count.is_proportion):
        heard = publishable_read(study, heard)
    build = partial(
        build_matrix,
        heard,
        codebook,
        rows=choice.rows,
        within=None if choice.within is None else _parent(choice.within, codebook),
        only_rows=[_code(name, codebook) for name in choice.only],
        columns=columns,
        count=choice.count.with_digits(study.settings.share_digits),
        include_suggested=choice.include_suggested,
        by_stance=choice.by_stance,
        column_order={
            **{
                name: value_order(study, name, filter(None, values_of(heard.speakers, name)))
                for name in columns
                if name not in BUILT_IN_ATTRIBUTES
            },
            "group": study.stakeholders.names,
        },
        expected=_expected(study, heard, asked) if columns == ("group",) else (),
        planned=() if choice.query else _planned(plan, columns),
        bands={
            name: bands for name in columns if (bands := bands_of(study, name, heard.speakers)) is not None
        },
        of=choice.of,
    )
    with _collecting_later():
        matrix = build()
    if not publish:
        # What is read of single values, and of how many cases, is nobody's business outside the study.
        told_of_bands = [note for name in columns for note in notes_on_bands(study, name, heard.speakers)]
        matrix = replace(matrix, notes=(*matrix.notes, *told_of_bands))
    withheld: list[WithheldItem] = []
    tables: tuple[PublishedTable, ...] = ()
    quotes: Sequence[Quote] = ()
    told: Callable[[str], str] = str
    if publish:
        everything = all_quotes(study)
        matrix, quotes, withheld, table = published_matrix(
            study, build, everything, everybody, heard, counting
        )
        tables = (table,)
        told = published_words(study, everything)
    elif with_quotes:
        shown = {number for numbers in matrix.members.values() for number in numbers}
        with study.reading_session() as session:
            quotes = load_quotes(
                session, only=shown, suggested=_suggested(heard, choice, codebook), report=report
            )
    minimum = study.settings.minimum_cases if publish else 1
    matrix = _with_notes_on_silence(matrix, asked, coded_cases, minimum)
    matrix = replace(matrix, notes=(*matrix.notes, *uncounted_notes(study, publish=publish)))
    provenance = Provenance(
        study=study.settings.name,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        codebook_hash=codebook.hash(),
        # A coder's name is often a login, and no reader of a publication needs it.
        coders=(counted(len(coders), "coder"),) if publish else tuple(coders),
        first_decision=first,
        last_decision=last,
        codings=codings,
        minimum_cases=study.settings.minimum_cases if publish else None,
        filters=filters,
    )
    definitions = {code.name: told(code.definition) for code in codebook.codes}
    return StudyMatrix(matrix, provenance, quotes, tuple(withheld), definitions, choice, tables)


def _with_notes_on_silence(
    matrix: Matrix, everybody: HeardQuotes, coded: Collection[str], minimum: int
) -> Matrix:
    """Add a note on cases that are not read to the end; with numbers if neither side is small."""
    cases = {everybody.speakers[place].case for place in everybody.heard_speakers} - {None}
    named = [case for case in cases if case is not None]
    of = matrix.of if matrix.count.is_proportion else None
    note = reading_note(named, read_cases(everybody), coded, of, minimum)
    return replace(matrix, notes=(*matrix.notes, note)) if note else matrix


def _expected(study: StudyFolder, heard: HeardQuotes, everybody: HeardQuotes) -> list[str]:
    """Return the groups from which somebody was to be heard; not those that were heard and are left out."""
    groups = [
        {speakers.speakers[place].group for place in speakers.heard_speakers}
        for speakers in (heard, everybody)
    ]
    return [name for name in study.stakeholders.names if name in groups[0] or name not in groups[1]]


def options_of(choice: MatrixChoice) -> dict[str, Any]:
    """Return a choice as a JSON object."""
    columns = choice.columns if isinstance(choice.columns, str) else list(choice.columns)
    options = {part.name: getattr(choice, part.name) for part in fields(choice)}
    return {
        **options,
        "only": list(choice.only),
        "columns": columns,
        "count": choice.count.name,
        "of": choice.of.value,
    }


def choice_of(options: Mapping[str, Any]) -> MatrixChoice:
    """Return the choice from an object that `options_of` made.

    Raises:
        ValueError: If it does not describe one.
    """
    try:
        values = dict(options)
        stance = values.pop("stance")
        count = measure_named(values.pop("count"))
        # Before there were marks of what is read, all shares were of everybody heard.
        earlier = SharesOf.HEARD if count.is_proportion else SharesOf.READ
        return MatrixChoice(
            rows=Rows(values.pop("rows")),
            count=count,
            stance=None if stance is None else Stance(stance),
            of=SharesOf(values.pop("of", earlier)),
            **values,
        )
    except (KeyError, TypeError) as error:
        raise ValueError("these options describe no matrix") from error


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Pause Python's garbage collector while very many objects without cycles are made."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was made lives on: it counts as old at once, and is not searched for cycles first.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _code(name: str, codebook: Codebook) -> str:
    return resolve(name, [code.name for code in codebook.codes], "code", "codes")


def _parent(name: str, codebook: Codebook) -> str:
    found = _code(name, codebook)
    if not codebook.children(found):
        parents = [code.name for code in codebook.codes if codebook.children(code.name)]
        raise UsageError(
            f'"{found}" has no sub-codes that could be rows.',
            todo=f"Codes that have some: {', '.join(parents) or 'none'}.",
        )
    return found


def _planned(plan: Sequence[Mapping[str, str]], columns: Sequence[str]) -> set[tuple[str, ...]]:
    """Return the values of the columns' attributes that the plan asks for."""
    return {tuple(line[name] for name in columns) for line in plan if all(name in line for name in columns)}


def _suggested(
    heard: HeardQuotes, choice: MatrixChoice, codebook: Codebook
) -> Mapping[int, tuple[str, ...]] | None:
    if not choice.include_suggested:
        return None
    proposed: dict[int, tuple[str, ...]] = {}
    for code in codebook.walk():
        for number in heard.with_suggested([code.name]):
            proposed[number] = (*proposed.get(number, ()), code.name)
    return proposed


def _filtered(
    study: StudyFolder, heard: HeardQuotes, choice: MatrixChoice, *, publish: bool
) -> tuple[HeardQuotes, HeardQuotes, tuple[str, ...]]:
    """Return the quotes to count, all quotes with the codings to count, and the filter's description."""
    said = []
    counting = heard
    if choice.query:
        # The parser takes its time to load, and most matrices have no query.
        from quotegrid.workflows.search.find_quotes import segments_matching
        from quotegrid.workflows.search.saved_queries import with_saved

        _, query = with_saved(study, choice.query)
        if ranks(query):
            raise UsageError(
                "near: puts quotes in order and leaves none out, so it filters no matrix.",
                todo="Ask with text: or code: instead.",
            )
        if publish:
            refuse_naming(query)
        who, what = split_query(query)
        if who != Everything():
            heard = heard.among(segments_matching(study, who))
            if publish:
                refuse_few(study, heard)
            said.append(f"among {write_query(who)}")
        if what != Everything():
            matching = segments_matching(study, what)
            heard, counting = heard.counting(matching), counting.counting(matching)
            said.append(f"counting {write_query(what)}; the bases are of all who were heard")
    if choice.stance is not None:
        heard, counting = heard.taking(choice.stance), counting.taking(choice.stance)
        said.append(f'only codings marked "{choice.stance.value}" count')
    if choice.include_suggested:
        said.append("unconfirmed suggestions are counted too")
    if choice.only:
        said.append(f"only these rows are shown: {', '.join(choice.only)}")
    return heard, counting, tuple(said)
