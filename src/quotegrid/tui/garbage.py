"""Sparing the search for garbage what stays loaded."""

from __future__ import annotations

import gc


def leave_out_loaded() -> None:
    """Leave all that is loaded out of later searches for garbage, which take 100 ms at a time otherwise.

    Call it where a large study has been read that stays until the process ends, and in no test.
    """
    gc.collect()
    gc.freeze()
