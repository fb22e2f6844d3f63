"""The Python API of a study, for notebooks and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.matrix.cooccurrence import Unit
from quotegrid.domain.matrix.measures import measure_named
from quotegrid.domain.matrix.model import Rows
from quotegrid.domain.matrix.read_cases import SharesOf
from quotegrid.domain.sources.model import SegmentKind, SourceKind
from quotegrid.workflows.api.candidate_themes import StudyThemes
from quotegrid.workflows.api.cases import StudyCases
from quotegrid.workflows.api.memos import StudyMemos
from quotegrid.workflows.api.results import MatrixTable, Quotes
from quotegrid.workflows.api.segments import StudySegments
from quotegrid.workflows.api.stopping import StudyAudit
from quotegrid.workflows.api.summaries import StudySummaries
from quotegrid.workflows.study.folder import StudyFolder, open_study

if TYPE_CHECKING:
    from quotegrid.domain.matrix.cooccurrence import CoOccurrence
    from quotegrid.domain.matrix.coverage import Coverage
    from quotegrid.workflows.report.check_claims import CheckedClaim
    from quotegrid.workflows.report.list_exports import KeptExport
    from quotegrid.workflows.report.tell_amounts import Amounts
    from quotegrid.workflows.report.verify import Verification
    from quotegrid.workflows.sources.import_summary import ImportSummary
    from quotegrid.workflows.suggestions.suggest import SuggestSummary


class Study(StudyCases, StudyAudit, StudyMemos, StudySegments, StudySummaries, StudyThemes):
    """A study folder, open for reading and writing.

    >>> from quotegrid import Study
    >>> study = Study.open(".")                       # doctest: +SKIP
    >>> study.quotes('group:parent text:"band-aid"', area="Eastmere")  # doctest: +SKIP
    """

    def __init__(self, folder: StudyFolder) -> None:
        self._folder = folder

    @classmethod
    def open(cls, path: str | Path = ".") -> Self:
        """Open the study in a folder or above it.

        Raises:
            NoStudyError: If there is none.
        """
        return cls(open_study(Path(path)))

    @classmethod
    def create(cls, path: str | Path, name: str = "", database: str = "") -> Self:
        """Make a study in a folder; its database is a file there, or the PostgreSQL database of an address.

        Raises:
            UsageError: If there is one already.
        """
        from quotegrid.workflows.study.init_study import init_study

        return cls(init_study(Path(path), name, database))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._folder.close()

    def import_sources(
        self,
        *paths: str | Path,
        kind: str | None = None,
        group: str | None = None,
        role: str | None = None,
        area: str | None = None,
        case: str | None = None,
        interviewer: str | None = None,
        participant: str | None = None,
        strict: bool = False,
        again: bool = False,
        speakers: str | None = None,
        language: str | None = None,
    ) -> ImportSummary:
        """Import files and folders; files that cannot be used are left out and named in the summary.

        Raises:
            UsageError: If `speakers` is neither a convention's name nor a pattern that can be used, or
                `language` is none that is known.
            DataError: If no file can be used, or one cannot and `strict` is set.
        """
        from quotegrid.corpus.sources.read_source import ReadingOptions
        from quotegrid.corpus.transcripts.conventions import parse_convention
        from quotegrid.workflows.sources.import_sources import import_sources
        from quotegrid.workflows.sources.languages import language_from

        options = ReadingOptions(
            kind=None if kind is None else SourceKind(kind),
            group=group,
            role=role,
            area=area,
            case=case,
            interviewer=interviewer,
            participant=participant,
            speakers=None if speakers is None else parse_convention(speakers),
            language=None if language is None else language_from(language),
        )
        return import_sources(
            self._folder, [Path(path) for path in paths], options, strict=strict, again=again
        )

    def turns(self, source: str | None = None) -> list[dict[str, Any]]:
        """Return the turns of transcripts as they were read (documented fields).

        Args:
            source: A source's name or part of it; None for all sources.

        Raises:
            UnknownNameError: If no source has that name or contains that part in its name.
        """
        from quotegrid.workflows.sources.list_turns import turn_records

        return turn_records(self._folder, source)

    def suggest(self, *, at_least: float | None = None) -> SuggestSummary:
        """Suggest codes for every segment."""
        from quotegrid.workflows.suggestions.suggest import suggest_codes

        return suggest_codes(self._folder, at_least=at_least)

    def suggestions(self, *, include_decided: bool = False) -> list[dict[str, Any]]:
        """Return suggestions with the documented fields."""
        from quotegrid.workflows.suggestions.list_suggestions import suggestion_records

        return suggestion_records(self._folder, include_decided=include_decided)

    def accept(self, suggestion: int, memo: str = "") -> None:
        """Accept a suggestion by its number."""
        self._decide(suggestion, Action.ACCEPT, memo)

    def reject(self, suggestion: int, memo: str = "") -> None:
        """Reject a suggestion by its number."""
        self._decide(suggestion, Action.REJECT, memo)

    def _decide(self, suggestion: int, action: Action, memo: str) -> None:
        from quotegrid.workflows.coding.decide import decide_suggestion

        decide_suggestion(self._folder, suggestion, action, memo)

    def apply(self, segment: int, code: str, memo: str = "") -> None:
        """Apply a code to a segment by hand."""
        from quotegrid.workflows.coding.decide import decide_segment

        decide_segment(self._folder, segment, Action.APPLY, code, memo)

    def mark(self, segment: int, code: str, stance: str) -> None:
        """Mark a coded passage's stance towards its code: "supports", "disputes", "mixed" or "none"."""
        from quotegrid.workflows.coding.add_decisions import stance_named
        from quotegrid.workflows.coding.decide import decide_segment

        decide_segment(self._folder, segment, Action.MARK, code, stance=stance_named(stance))

    def undo(self) -> bool:
        """Undo the latest decision or summary; return False if there is none."""
        from quotegrid.workflows.coding.undo import undo

        return undo(self._folder) is not None

    def redo(self) -> bool:
        """Redo what the latest undo took back; return False if there is nothing, or something new since."""
        from quotegrid.workflows.coding.undo import redo

        return redo(self._folder) is not None

    def quotes(
        self,
        query: str = "",
        *,
        group: str | Sequence[str] = (),
        role: str | Sequence[str] = (),
        area: str | Sequence[str] = (),
        source: str | Sequence[str] = (),
        case: str | Sequence[str] = (),
        code: str | Sequence[str] = (),
        kind: str | Sequence[str] = (),
        text: str = "",
        coded: bool | None = None,
        **attributes: str,
    ) -> Quotes:
        """Return the quotes that match a query (docs/queries.md) and the fields, nearest first with `near:`.

        Several values of a field are alternatives; the query and fields combine.

        Raises:
            QueryError: If the query cannot be read.
            UnknownNameError: If the study has no such group, area, code, ...
        """
        from quotegrid.workflows.search.list_quotes import list_quotes

        return Quotes(
            list_quotes(
                self._folder,
                query,
                groups=_several(group),
                roles=_several(role),
                areas=_several(area),
                sources=_several(source),
                cases=_several(case),
                codes=_several(code),
                kinds=[SegmentKind(name) for name in _several(kind)],
                text=text,
                coded=coded,
                attributes=attributes,
            )
        )

    def matrix(
        self,
        query: str = "",
        *,
        rows: str = "theme",
        within: str | None = None,
        only: str | Sequence[str] = (),
        columns: str | Sequence[str] = "group",
        count: str = "quotes",
        include_suggested: bool = False,
        by_stance: bool = False,
        stance: str | None = None,
        of: str = "read",
        publish: bool = False,
    ) -> MatrixTable:
        """Count confirmed codings: themes, codes or one code's sub-codes by any attribute or two nested.

        Args:
            query: The quotes that count, as in `quotes`; its conditions on speakers hold for the bases too.
            rows: "theme" or "code".
            within: A code whose sub-codes become the rows instead.
            only: Codes that become the only rows.
            columns: An attribute, or two, the outer one first.
            count: "quotes", "cases", "sources", "words", "share", "row-share" or "residual".
            include_suggested: Whether undecided suggestions count too; they are reported apart.
            by_stance: Whether rows are split by the stance of their codings.
            stance: "supports", "disputes" or "mixed": the codings that alone count.
            of: The cases that shares are of: "read" to the end, or all "heard".
            publish: Whether small counts are withheld and quotes made anonymous.

        Raises:
            UnknownNameError: If the study has no such attribute or code.
            UsageError: If this cannot be counted or published.
        """
        from quotegrid.workflows.matrix.make_matrix import MatrixChoice, make_matrix

        choice = MatrixChoice(
            rows=Rows(rows),
            within=within,
            only=_several(only),
            columns=columns,
            count=measure_named(count),
            include_suggested=include_suggested,
            by_stance=by_stance,
            stance=None if stance is None else Stance(stance),
            query=query,
            of=SharesOf(of),
        )
        return MatrixTable(make_matrix(self._folder, choice, publish=publish), self._folder)

    def verify(self, path: str | Path) -> Verification:
        """Check whether an exported file is unchanged, and whether the study still gives its numbers.

        Raises:
            UsageError: If the file cannot be read, or is no export that can be known again.
        """
        from quotegrid.workflows.report.verify import verify_export

        return verify_export(self._folder, Path(path))

    def exports(self) -> list[KeptExport]:
        """Return the files that were written from the study, oldest first."""
        from quotegrid.workflows.report.list_exports import list_kept_exports

        return list_kept_exports(self._folder)

    def amounts(
        self,
        *,
        rows: str = "theme",
        only: str | Sequence[str] = (),
        columns: str = "group",
        of: str = "read",
        publish: bool = False,
    ) -> Amounts:
        """Return how many of each group spoke of each theme or code, in plain words and by cases.

        They are of the cases "read" to the end, or of all "heard".
        """
        from quotegrid.workflows.report.tell_amounts import tell_amounts

        return tell_amounts(
            self._folder,
            rows=Rows(rows),
            only=_several(only),
            columns=columns,
            of=SharesOf(of),
            publish=publish,
        )

    def check_claims(self, draft: str | Path, *, of: str = "read") -> list[CheckedClaim]:
        """Check each sentence of a draft that names a code in double square brackets against the codings.

        Claims are of the cases "read" to the end, or of all "heard".
        """
        from quotegrid.workflows.report.check_claims import check_claims

        return check_claims(self._folder, Path(draft), SharesOf(of))

    def cooccurrence(
        self, *, within: str = "segment", rows: str = "code", publish: bool = False
    ) -> CoOccurrence:
        """Count how often two codes stand in one "segment", "turn" or "case", most frequent pairs first."""
        from quotegrid.workflows.matrix.cooccurrence import make_cooccurrence

        return make_cooccurrence(self._folder, Unit(within), rows=Rows(rows), publish=publish)

    def coverage(self, *, rows: str | None = None, columns: str | None = None) -> Coverage:
        """Count the cases planned, heard, read and coded, by area and group or any attributes."""
        from quotegrid.workflows.matrix.coverage import make_coverage

        return make_coverage(self._folder, rows=rows, columns=columns)


def _several(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value
