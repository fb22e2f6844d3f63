"""The same studies as for the command line."""

from __future__ import annotations

from tests.cli.conftest import empty_study, study

__all__ = ["empty_study", "study"]
