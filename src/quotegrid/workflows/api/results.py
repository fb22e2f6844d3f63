"""Quotes and matrices as Python gives them to notebooks and scripts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotegrid.domain.coding.quotes import Quote
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.workflows.matrix.make_matrix import StudyMatrix


class Quotes(list[Quote]):
    """Quotes in order, which can become a DataFrame."""

    def to_pandas(self) -> Any:
        """Return a DataFrame with the documented fields of a quote, one row each.

        Raises:
            ImportError: If pandas is not installed.
        """
        import pandas

        from quotegrid.domain.exchange.listing import csv_fields
        from quotegrid.workflows.search.quote_records import ListedQuote, quote_records

        return pandas.DataFrame(quote_records(self), columns=list(csv_fields(ListedQuote)))


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """A matrix and its provenance."""

    made: StudyMatrix
    folder: StudyFolder | None = None
    """The study, which records the files that are saved; None to record nothing."""

    @property
    def rows(self) -> tuple[str, ...]:
        """Return the themes or codes."""
        return self.made.matrix.rows

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the values of the attribute."""
        return self.made.matrix.columns

    @property
    def cells(self) -> tuple[tuple[float | int | None, ...], ...]:
        """Return the cells, one tuple a row, one value a column."""
        return self.made.matrix.cells

    def to_pandas(self) -> Any:
        """Return a DataFrame with themes or codes as index.

        Raises:
            ImportError: If pandas is not installed.
        """
        import pandas

        return pandas.DataFrame(list(self.cells), index=list(self.rows), columns=list(self.columns))

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write it to a file, in the format that the file name's ending stands for.

        Raises:
            UsageError: If there is a file that quotegrid did not make, or that was changed since; not with
                `force`.
        """
        from quotegrid.workflows.matrix.export_matrix import export_matrix

        export_matrix(self.made, Path(path), study=self.folder, force=force)
