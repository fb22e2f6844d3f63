"""The difference that a corrected version makes to a source, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from quotegrid.domain.text.normalise import counted, shortened
from quotegrid.workflows.sources.versions.replacing import AffectedCoding, Difference

_SHOWN = 10
"""The most changed codings that are listed without being asked for."""
_LONGEST = 160
"""The most characters of a coding's words that are shown."""


def difference_lines(found: Difference, *, verbose: bool = False) -> list[str]:
    """Return a difference in lines: the source, then the codings, what cannot be placed last.

    Args:
        found: The difference.
        verbose: Whether to list every coding whose words changed, however many and however little.
    """
    if found.is_same:
        return [f'"{found.name}" would be the same: the text and who speaks are as they were.']
    lines = [f'"{found.name}", read from {found.file}:']
    if found.is_another_text:
        lines.append(f"  This is another text: of the old words {found.likeness:.0%} are there.")
    lines += [
        f"  {what}: {before:,}, now {after:,}"
        for what, (before, after) in (
            ("words", found.words),
            ("turns", found.turns),
            ("passages", found.passages),
        )
        if (before, after) != (0, 0)
    ]
    lines += [f"  {line}" for line in _codings(found, verbose=verbose)]
    if found.asked_again:
        are = "is" if found.asked_again == 1 else "are"
        lines.append(
            f"  {counted(found.asked_again, 'passage')} decided on without a code {are} cut differently, "
            "and asked again."
        )
    lines += [f"  {line}" for line in _edits_of_turns(found, verbose=verbose)]
    if found.lost_memos:
        lines.append(
            f"  The words of {counted(found.lost_memos, 'memo')} are not found: kept with the whole source."
        )
    if found.new_passages:
        lines.append(
            f"  {counted(found.new_passages, 'passage')} of {counted(found.new_words, 'word')} "
            f"{'is' if found.new_passages == 1 else 'are'} new or cut differently."
        )
    if found.was_read:
        lines.append(
            "  It stays marked as read to the end."
            if found.is_read
            else "  It is no longer read to the end, as nobody has read what is new."
        )
    lines += [f"  Unsure: {warning.what}" for warning in found.warnings]
    return lines


def _edits_of_turns(found: Difference, *, verbose: bool) -> Iterator[str]:
    if found.carried_places:
        go = "goes" if found.carried_places == 1 else "go"
        yield f"Who said what was put right in {counted(found.carried_places, 'place')} that {go} along:"
        shown = found.carried if verbose else found.carried[:_SHOWN]
        yield from (f"  {line}" for line in shown)
        if len(shown) < len(found.carried):
            yield f"  and {len(found.carried) - len(shown):,} lines more, which --verbose lists."
    if found.left:
        yield (
            f"{counted(len(found.left), 'place')} put right in the old version cannot be in this one: "
            '"quotegrid turns" lists who speaks, and what is still wrong is to be put right again.'
        )
        yield from (f"  {line}" for place in found.left for line in place.split("\n"))


def _codings(found: Difference, *, verbose: bool) -> Iterator[str]:
    codings = found.codings
    total = codings.kept + codings.moved + len(codings.changed) + len(codings.lost)
    if not total:
        yield "No coding stands on it."
        return
    same = [coding for coding in codings.changed if coding.has_same_words]
    changed = [coding for coding in codings.changed if not coding.has_same_words]
    yield _kept(total, codings.kept)
    if codings.moved:
        yield f"{counted(codings.moved, 'coding')} on the same words in another place."
    if same:
        yield f"{counted(len(same), 'coding')} on the same words with other punctuation, capitals or spaces."
        if verbose:
            yield from _listed(same, "now")
    if changed:
        yield f"Words changed under {counted(len(changed), 'coding')}:"
        yield from _listed(changed, "now", None if verbose else _SHOWN)
    others = Counter(coding.speakers for coding in codings.said_by_others if coding.speakers is not None)
    for (before, after), number in others.most_common():
        was, be = ("was", "is") if number == 1 else ("were", "are")
        yield (
            f"{counted(number, 'coding')} {was} said by {before or 'nobody'} and {be} said by "
            f"{after or 'nobody'} now."
        )
    if codings.lost:
        yield f"Cannot be placed, kept with the old version ({counted(len(codings.lost), 'coding')}):"
        yield from _listed(codings.lost, "")


def _kept(total: int, kept: int) -> str:
    """Return how many codings stay on their words."""
    if kept == total:
        return f"{counted(total, 'coding')} on the same words in {'its' if total == 1 else 'their'} place."
    if total == 1:
        return "1 coding, no longer on the same words in its place."
    those = f"{kept:,}" if kept else "none"
    return f"{counted(total, 'coding')}, {those} of them on the same words in their place."


def _listed(codings: Sequence[AffectedCoding], now: str, most: int | None = None) -> Iterator[str]:
    for coding in codings[:most]:
        yield f'  "{coding.code}" ({coding.coder}), passage {coding.passage}: {_words(coding.before)}'
        if now:
            yield f"    {now}: {_words(coding.after)}"
    yield from _more(codings, most)


def _more(codings: Sequence[AffectedCoding], most: int | None) -> Iterator[str]:
    if most is not None and len(codings) > most:
        yield f"  and {len(codings) - most:,} more, which --verbose lists."


def _words(words: str) -> str:
    return f"\u201c{shortened(words, _LONGEST)}\u201d"
