"""Links in memos: names in double brackets, which are stored with GUIDs and shown by present names.

A link may name a code, a case, a source, words of a source ([[talk.md:120-180]]), a passage
([[passage 12]]) or a coding ([[passage 12/trust]]). Where a name is that of two things, the kind goes before
it: [[code: trust]].
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quotegrid.domain.sources.memos import MemoSubject, Reference, followed
from quotegrid.domain.text.normalise import name_key
from quotegrid.domain.text.spelling import nearest

_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEPT = re.compile(rf"(code|case|source|passage|coding):({_GUID})(?:/({_GUID}))?(?::(\d+)-(\d+))?\|(.*)")
_KIND = re.compile(r"(code|case|source)\s*:\s*(.+)", re.IGNORECASE)
_WORDS = re.compile(r"(.+):(\d{1,12})-(\d{1,12})")
_PASSAGE = re.compile(r"(?:passage\s+)?(\d{1,12})", re.IGNORECASE)
_CODING = re.compile(r"((?:passage\s+)?\d{1,12}|.+:\d{1,12}-\d{1,12})\s*/\s*(.+)", re.IGNORECASE)
GONE = "no longer there"


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """The place of a passage in its source."""

    number: int
    source: str
    """The GUID of its source."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KnownThings:
    """The things that links can name, by GUID."""

    codes: Mapping[str, str] = field(default_factory=dict)
    """The names of the codes in the codebook."""
    cases: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    """The GUIDs of cases by their other names, in the form of `name_key`."""
    sources: Mapping[str, str] = field(default_factory=dict)
    lengths: Mapping[str, int] = field(default_factory=dict)
    """The lengths of the texts of the sources whose words are mentioned."""
    passages: Mapping[str, PassagePlace] = field(default_factory=dict)
    """The passages that texts mention."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """For each code and case that was merged, what stands for it."""

    def present(self, reference: Reference) -> Reference:
        """Return the reference to what a thing has become, where codes and cases were merged."""
        if reference.subject is MemoSubject.CODE:
            return Reference(MemoSubject.CODE, followed(reference.guid, self.codes, self.merged))
        if reference.subject is MemoSubject.CASE:
            return Reference(MemoSubject.CASE, followed(reference.guid, self.cases, self.merged))
        if reference.subject is MemoSubject.CODING:
            code = followed(reference.code, self.codes, self.merged)
            return Reference(MemoSubject.CODING, reference.guid, code)
        return reference

    def name(self, reference: Reference) -> str | None:
        """Return the present name of a thing, as a link writes it; None where it is gone."""
        now = self.present(reference)
        match now.subject:
            case MemoSubject.CODE:
                return self._qualified(now, self.codes.get(now.guid))
            case MemoSubject.CASE:
                return self._qualified(now, self.cases.get(now.guid))
            case MemoSubject.SOURCE:
                return self._qualified(now, self.sources.get(now.guid))
            case MemoSubject.PASSAGE if now.start is not None:
                source = self.sources.get(now.guid)
                return None if source is None else f"{source}:{now.start}-{now.end}"
            case MemoSubject.PASSAGE | MemoSubject.CODING:
                place = self.passages.get(now.guid)
                code = self.codes.get(now.code)
                if place is None or (now.code and code is None):
                    return None
                return f"passage {place.number}" + (f"/{code}" if code else "")
        return None

    def _qualified(self, reference: Reference, name: str | None) -> str | None:
        """Return a name with its kind before it where the name alone would not lead to the thing."""
        if name is None or self.named(name) == [reference]:
            return name
        return f"{reference.subject.value}: {name}"

    def named(self, name: str, kind: str = "") -> list[Reference]:
        """Return the codes, cases and sources with a name.

        Args:
            name: The name; of a case any of its names.
            kind: "code", "case" or "source"; empty for any.
        """
        key = name_key(name)
        kinds = {
            MemoSubject.CODE: self.codes,
            MemoSubject.CASE: self.cases,
            MemoSubject.SOURCE: self.sources,
        }
        found = [
            Reference(subject, guid)
            for subject, names in kinds.items()
            if not kind or subject == kind.lower()
            for guid, known in names.items()
            if name_key(known) == key
        ]
        if not found and kind.lower() in ("", "case") and key in self.aliases:
            return [Reference(MemoSubject.CASE, self.aliases[key])]
        return found

    def nearest(self, name: str) -> list[str]:
        """Return the names spelt most like one that leads nowhere."""
        kind = _KIND.fullmatch(name)
        return nearest(
            kind[2] if kind else name,
            [*self.codes.values(), *self.cases.values(), *self.sources.values()],
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a memo."""

    written: str
    """The text between the brackets."""
    reference: Reference | None
    """The thing; None where the link leads nowhere, or to several things."""
    name: str
    """The name by which it is shown."""
    note: str = ""
    """The reason why it leads nowhere, and the names that are near; empty where it leads somewhere."""


def links_of(text: str, things: KnownThings) -> list[Link]:
    """Return the links of a text in order, each once; the text may be as it is written or as it is stored."""
    return [link_of(written, things) for written in dict.fromkeys(_LINK.findall(text))]


def link_of(written: str, things: KnownThings) -> Link:
    """Return what the text between two pairs of brackets leads to."""
    kept = _KEPT.fullmatch(written)
    if kept:
        reference = _kept_reference(kept)
        name = things.name(reference)
        if name is not None:
            return Link(written, things.present(reference), name)
        return Link(written, None, kept[6], f"{reference.subject.value} {GONE}")
    found = _lookup(written, things)
    if len(found) == 1:
        return Link(written, found[0], things.name(found[0]) or written)
    if found:
        kinds = [reference.subject.value for reference in found]
        offered = " or ".join(f"[[{kind}: {written.strip()}]]" for kind in kinds)
        return Link(written, None, written, f"a {' and a '.join(kinds)} have this name; write {offered}")
    near = things.nearest(written)
    return Link(written, None, written, f"not found; near is {' or '.join(near)}" if near else "not found")


def stored(text: str, things: KnownThings) -> str:
    """Return a text as it is stored: what its links lead to is named by GUID, beside the name."""

    def kept(written: str) -> str:
        if _KEPT.fullmatch(written):
            return f"[[{written}]]"
        link = link_of(written, things)
        return f"[[{written}]]" if link.reference is None else f"[[{_key(link.reference)}|{link.name}]]"

    return _replaced(text, kept)


def shown(text: str, things: KnownThings) -> str:
    """Return a stored text as it is shown: by present names, and with a note where a link leads nowhere."""

    def now(written: str) -> str:
        link = link_of(written, things)
        return f"[[{link.name}]]" + (f" ({link.note})" if link.note else "")

    return _replaced(text, now)


def draft(text: str, things: KnownThings) -> str:
    """Return a stored text for changing: what is no longer there keeps its GUID, and so is not lost."""

    def now(written: str) -> str:
        link = link_of(written, things)
        return f"[[{written}]]" if link.reference is None else f"[[{link.name}]]"

    return _replaced(text, now)


def parts(text: str, things: KnownThings) -> list[str | Link]:
    """Return a text as its links and what stands between them, in order."""
    found: list[str | Link] = []
    at = 0
    for match in _LINK.finditer(text):
        found += [text[at : match.start()], link_of(match[1], things)]
        at = match.end()
    return [*found, text[at:]]


def speaks_of(links: Iterable[Link], reference: Reference) -> bool:
    """Return whether some link leads to a thing; one to words of a source leads to the source too."""
    return any(
        link.reference == reference
        or (
            link.reference is not None
            and reference.subject is MemoSubject.SOURCE
            and link.reference.guid == reference.guid
        )
        for link in links
    )


@dataclass(frozen=True, slots=True)
class MentionedPassages:
    """The passages that texts may mention, to be looked up."""

    guids: frozenset[str]
    numbers: frozenset[int]
    places: frozenset[tuple[str, int, int]]
    """Source names, starts and ends."""


def mentioned_passages(texts: Iterable[str]) -> MentionedPassages:
    """Return what is to be looked up of passages before links can be resolved."""
    guids: set[str] = set()
    numbers: set[int] = set()
    places: set[tuple[str, int, int]] = set()
    for text in texts:
        for written in _LINK.findall(text):
            kept = _KEPT.fullmatch(written)
            if kept:
                guids.add(kept[2])
                continue
            for part in (written.strip(), *(passage for passage, _ in _coding(written))):
                number = _PASSAGE.fullmatch(part)
                if number:
                    numbers.add(int(number[1]))
                words = _WORDS.fullmatch(part)
                if words:
                    places.add((words[1].strip(), int(words[2]), int(words[3])))
    return MentionedPassages(frozenset(guids), frozenset(numbers), frozenset(places))


def has_links(text: str) -> bool:
    """Return whether there is any link in a text."""
    return _LINK.search(text) is not None


def _replaced(text: str, written: Callable[[str], str]) -> str:
    return _LINK.sub(lambda match: written(match[1]), text)


def _key(reference: Reference) -> str:
    code = f"/{reference.code}" if reference.code else ""
    words = "" if reference.start is None else f":{reference.start}-{reference.end}"
    return f"{reference.subject.value}:{reference.guid}{code}{words}"


def _kept_reference(kept: re.Match[str]) -> Reference:
    start = None if kept[4] is None else int(kept[4])
    end = None if kept[5] is None else int(kept[5])
    return Reference(MemoSubject(kept[1]), kept[2], kept[3] or "", start, end)


def _lookup(written: str, things: KnownThings) -> Sequence[Reference]:
    """Return all things that a link may mean; a thing with just this name goes before a place."""
    written = written.strip()
    found: Sequence[Reference] = things.named(written)
    kind = _KIND.fullmatch(written)
    if not found and kind:
        found = things.named(kind[2], kind[1])
    if not found:
        found = _words(written, things)
    for passage, code in [] if found else _coding(written):
        found = [
            Reference(MemoSubject.CODING, place.guid, known.guid)
            for place in _words(passage, things)
            if place.start is None
            for known in things.named(code, "code")
        ]
    return found


def _coding(written: str) -> list[tuple[str, str]]:
    match = _CODING.fullmatch(written.strip())
    return [(match[1], match[2])] if match else []


def _words(written: str, things: KnownThings) -> list[Reference]:
    """Return the passage, or other words of a source, that a link spells out."""
    number = _PASSAGE.fullmatch(written)
    if number:
        return [
            Reference(MemoSubject.PASSAGE, guid)
            for guid, place in things.passages.items()
            if place.number == int(number[1])
        ]
    words = _WORDS.fullmatch(written)
    if words is None:
        return []
    start, end = int(words[2]), int(words[3])
    found = []
    for source in things.named(words[1], "source"):
        if not start < end <= things.lengths.get(source.guid, 0):
            continue
        place = (source.guid, start, end)
        passage = next(
            (
                guid
                for guid, known in things.passages.items()
                if (known.source, known.start, known.end) == place
            ),
            None,
        )
        words_alone = Reference(MemoSubject.PASSAGE, source.guid, start=start, end=end)
        found.append(words_alone if passage is None else Reference(MemoSubject.PASSAGE, passage))
    return found
