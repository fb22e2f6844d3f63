"""Entries of the journal on memos, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quotegrid.domain.sources.memo_links import KnownThings, has_links, shown
from quotegrid.domain.text.normalise import shortened

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.sources.memos import MemoEntry


def deed_words(session: Session, deeds: Mapping[int, MemoEntry], width: int) -> dict[int, str]:
    """Return the beginning of the text of each entry on a memo, with present names in its links.

    Args:
        session: A session.
        deeds: The entries, by number.
        width: The most characters of each.
    """
    from quotegrid.storage.sources.memo_things import known_things

    linked = [deed.text for deed in deeds.values() if has_links(deed.text)]
    things = known_things(session, linked) if linked else KnownThings()
    return {entry: shortened(shown(deed.text, things), width) for entry, deed in deeds.items()}
