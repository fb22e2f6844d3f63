"""Finds the names of one study that may be two spellings of one person's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from quotegrid.domain.text.words import word_places

_ASIDE = re.compile(r"\([^()]*\)\s*$")
_DIGITS = re.compile(r"\d+")
_LONG = 5
"""The fewest letters of a word of which one may be mistyped: shorter ones differ by a letter too often."""
_LONG_BUT_ONE = _LONG - 1
_COMMON = 50
"""The most people whose names are compared for what they have in common: what more share tells nothing."""
Words = tuple[str, ...]


def near_names(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the pairs of keys whose names may be one person's, in the order of the names.

    The same words in any order, without accents and with or without what stands in brackets behind them;
    all words of one among those of the other; initials in place of first names; or one letter mistyped in a
    long word. Names with different numbers in them are never one person's.

    Args:
        names: The names by their keys.
    """
    words = {key: _words(name) for key, name in names.items()}
    alike: dict[object, list[str]] = defaultdict(list)
    for key, name in names.items():
        for form in _forms(words[key]) if words[key] else ():
            alike[form, _numbers(name)].append(key)
    place = {key: number for number, key in enumerate(names)}
    found = {
        (first, second)
        for keys in alike.values()
        if len(keys) <= _COMMON
        for first, second in combinations(sorted(set(keys), key=place.__getitem__), 2)
        if _are_near(words[first], words[second])
    }
    return sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))


def _words(name: str) -> Words:
    decomposed = unicodedata.normalize("NFKD", _ASIDE.sub("", name) or name)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return tuple(bare[start:end] for start, end in word_places(bare))


def _numbers(name: str) -> Words:
    return tuple(sorted(_DIGITS.findall(_ASIDE.sub("", name))))


def _forms(words: Words) -> Iterator[object]:
    """Yield what names that are near have in common, so that not every pair has to be compared."""
    if len(words) > 1:
        # All but one word, and each two words: what remains of a name without a title or a middle name.
        yield from combinations(sorted(set(words)), 2)
    yield tuple(sorted(words))
    for place, word in enumerate(words):
        if len(word) >= 2 and len(words) > 1:
            others = sorted(other[0] for number, other in enumerate(words) if number != place)
            yield word, tuple(others)
        if len(word) >= _LONG_BUT_ONE:
            rest = tuple(sorted(words[:place] + words[place + 1 :]))
            yield from ((rest, word[:cut] + word[cut + 1 :]) for cut in range(len(word)))
            yield rest, word


def _are_near(first: Words, second: Words) -> bool:
    if sorted(first) == sorted(second):
        return True
    fewer, more = sorted((first, second), key=len)
    if len(fewer) > 1 and set(fewer) < set(more):
        return True
    return len(first) == len(second) and (_are_initials(first, second) or _is_mistyped(first, second))


def _are_initials(first: Words, second: Words) -> bool:
    """Return whether names agree but for initials: "a rao" and "anil rao"."""
    pairs = list(zip(first, second, strict=True))
    return any(word == other and len(word) > 1 for word, other in pairs) and all(
        word == other or (min(len(word), len(other)) == 1 and word[0] == other[0]) for word, other in pairs
    )


def _is_mistyped(first: Words, second: Words) -> bool:
    """Return whether one long word differs by a letter, and the others are the same."""
    mine, theirs = _without(first, second), _without(second, first)
    if len(mine) != 1 or len(theirs) != 1:
        return False
    word, other = mine[0], theirs[0]
    return max(len(word), len(other)) >= _LONG and _differ_by_a_letter(word, other)


def _without(words: Iterable[str], others: Iterable[str]) -> list[str]:
    return list((Counter(words) - Counter(others)).elements())


def _differ_by_a_letter(word: str, other: str) -> bool:
    """Return whether a letter is other, too many or missing, or two neighbours are swapped."""
    shorter, longer = sorted((word, other), key=len)
    if len(longer) - len(shorter) == 1:
        return any(longer[:cut] + longer[cut + 1 :] == shorter for cut in range(len(longer)))
    places = [place for place in range(len(word)) if word[place] != other[place]]
    if len(word) != len(other) or len(places) > 2:
        return False
    return len(places) == 1 or (
        len(places) == 2
        and places[1] == places[0] + 1
        and word[places[0]] == other[places[1]]
        and word[places[1]] == other[places[0]]
    )
