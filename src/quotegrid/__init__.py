"""quotegrid: from interview transcripts to a theme-by-stakeholder matrix, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotegrid.workflows.api.study import Study

__version__ = "0.1.0"
__all__ = ["Study", "__version__"]


def __getattr__(name: str) -> object:
    """Load the study only when it is asked for, so that `quotegrid --help` stays quick."""
    if name == "Study":
        from quotegrid.workflows.api.study import Study

        return Study
    raise AttributeError(f"module 'quotegrid' has no attribute {name!r}")
