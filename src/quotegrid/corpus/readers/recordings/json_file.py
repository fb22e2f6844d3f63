"""Loads a JSON file, with an error that names the line where it is broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from quotegrid.domain.text.normalise import normalise
from quotegrid.errors import ReadError


def load_json(text: str, path: Path) -> Any:
    """Return what a JSON text holds.

    Raises:
        ReadError: If it is not JSON.
    """
    try:
        return json.loads(normalise(text))
    except json.JSONDecodeError as error:
        raise ReadError(
            "this is not JSON, or it is cut short.",
            file=path,
            line=error.lineno,
            todo="Export it again from the program that made it.",
        ) from error
    except RecursionError as error:
        raise ReadError("this file is nested too deeply.", file=path, todo="Leave it out.") from error
