"""The same copied studies as for the command line."""

from __future__ import annotations

from tests.cli.conftest import empty_study, engine_server, study, suggested, templates

__all__ = ["empty_study", "engine_server", "study", "suggested", "templates"]
