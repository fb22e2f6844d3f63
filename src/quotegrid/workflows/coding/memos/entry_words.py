"""Entries of the journal on memos, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quotegrid.domain.sources.memo_links import KnownThings, has_links, shown
from quotegrid.domain.text.normalise import shortened

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.memos import MemoEntry


def entry_words(session: Session, entries: Mapping[int, MemoEntry], width: int) -> dict[int, str]:
    """Return the beginning of the text of each entry on a memo, with present names in its links.

    Args:
        session: A session.
        entries: The entries, by number.
        width: The most characters of each.
    """
    from quotegrid.storage.sources.memo_things import known_things

    linked = [entry.text for entry in entries.values() if has_links(entry.text)]
    things = known_things(session, linked) if linked else KnownThings()
    return {number: shortened(shown(entry.text, things), width) for number, entry in entries.items()}
