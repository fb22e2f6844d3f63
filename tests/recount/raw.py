"""A study read straight from its tables, with its logs folded and its values settled once more.

Nothing of quotegrid is used here but the SQL that opens its database.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Execute = Callable[[str], list[Any]]

_WHO = ("group", "role", "area")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+)*")
_NOT_SAID = re.compile(
    r"\[(laughs|pause|knocking|phone rings|bell rings|leaves room|door opens|door closes|dog barks|"
    r"alarm sounds|returning)\]"
)
"""The words in brackets, in the demonstration and in the studies here, that nobody says."""


@dataclass(frozen=True)
class Passage:
    """A passage in use."""

    number: int
    source: str
    start: int
    end: int
    text: str
    case: str | None
    turn: int | None
    is_cut: bool
    """Whether somebody cut it out by hand."""
    values: Mapping[str, str]
    """The known values of the speaker, by attribute."""

    @cached_property
    def characters(self) -> set[tuple[str, int]]:
        return {(self.source, place) for place in range(self.start, self.end)}

    @cached_property
    def words(self) -> set[tuple[str, int]]:
        """The place where each of its spoken words begins."""
        said = _NOT_SAID.sub(lambda mark: " " * len(mark[0]), self.text)
        return {(self.source, self.start + word.start()) for word in _WORD.finditer(said)}

    def value(self, attribute: str) -> str | None:
        return {"source": self.source, "case": self.case, **self.values}.get(attribute)


@dataclass(frozen=True)
class Code:
    """A code of the codebook."""

    number: int
    name: str
    parent: int | None
    is_deprecated: bool


class RawStudy:
    """The tables of a study.

    Args:
        execute: Runs a statement in its database.
    """

    def __init__(self, execute: Execute) -> None:
        self._execute = execute

    @cached_property
    def sources(self) -> dict[int, str]:
        return dict(self._execute("SELECT id, name FROM source"))

    @cached_property
    def cases(self) -> dict[int, str]:
        return dict(self._execute("SELECT id, name FROM speaking_case"))

    @cached_property
    def codes(self) -> list[Code]:
        """The codes of the codebook, a parent before what is below it, in its order."""
        rows = self._execute(
            "SELECT id, name, parent_id, is_deprecated FROM code WHERE is_active ORDER BY position"
        )
        codes = [Code(number, name, parent, bool(deprecated)) for number, name, parent, deprecated in rows]

        def below(parent: int | None) -> list[Code]:
            return [found for code in codes if code.parent == parent for found in (code, *below(code.number))]

        return below(None)

    def children(self, code: Code) -> list[Code]:
        return [child for child in self.codes if child.parent == code.number]

    def family(self, code: Code) -> set[int]:
        """The numbers of a code and of everything below it."""
        return {code.number}.union(*(self.family(child) for child in self.children(code)))

    @cached_property
    def dead_entries(self) -> set[int]:
        """The entries of the journal that are taken back, read from its end."""
        dead: set[int] = set()
        for entry, undoes in self._execute(
            "SELECT id, undoes_id FROM journal WHERE undoes_id IS NOT NULL ORDER BY id DESC"
        ):
            if entry not in dead:
                dead.add(undoes)
        return dead

    @cached_property
    def codings(self) -> dict[tuple[int, int, int], str | None]:
        """The stance of each coding that stands, by passage, code and coder, from the log of decisions."""
        standing: dict[tuple[int, int, int], str | None] = {}
        for entry, action, segment, code, coder, stance in self._execute(
            "SELECT entry_id, action, segment_id, code_id, coder_id, stance FROM decision ORDER BY id"
        ):
            key = (segment, code, coder)
            if entry in self.dead_entries or action in ("undo", "skip"):
                continue
            if action in ("accept", "apply"):
                standing[key] = stance or standing.get(key)
            elif action == "mark":
                if key in standing:
                    standing[key] = stance
            else:
                standing.pop(key, None)
        return standing

    @cached_property
    def passages(self) -> dict[int, Passage]:
        """The passages in use: those of the import, and those cut out by hand on which a code stands."""
        coded = {segment for segment, _, _ in self.codings}
        texts = dict(self._execute("SELECT id, text FROM source"))
        found = {}
        for number, source, start, end, case, turn, made_by, *rest in self._execute(
            'SELECT id, source_id, start, "end", case_id, turn_id, made_by_id, '
            '"group", role, area, attributes FROM segment ORDER BY id'
        ):
            if made_by is None or number in coded:
                *who, own = rest
                found[number] = Passage(
                    number,
                    self.sources[source],
                    start,
                    end,
                    texts[source][start:end],
                    self.cases.get(case),
                    turn,
                    made_by is not None,
                    self._values(case, source, dict(zip(_WHO, who, strict=True)), _read(own)),
                )
        return found

    def _values(
        self, case: int | None, source: int, own: Mapping[str, str | None], attributes: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the known values of the speaker: a passage's own, else the source's, else the case's."""
        of_case, of_source = self._of_cases.get(case, {}), self._of_sources[source]
        values: dict[str, str | None] = dict.fromkeys(_WHO)
        further = {name: value for name, value in of_case.items() if name not in _WHO}
        area_of_source = of_source.get("area")
        if not further and not own["area"] and area_of_source is not None:
            further = dict(self._of_areas[_key(area_of_source)])
        values |= further
        values |= {name: of_case.get(name) for name in _WHO}
        values["area"] = values["area"] or area_of_source
        values |= self._in_one_source.get((case, source), {})
        values |= {name: value for name, value in of_source.items() if name != "area"}
        values |= {name: value for name, value in own.items() if value}
        values |= attributes
        return {name: value for name, value in values.items() if value}

    @cached_property
    def _of_cases(self) -> dict[int | None, dict[str, str]]:
        return {
            number: {**_read(attributes), "group": group, "role": role, "area": area}
            for number, group, role, area, attributes in self._execute(
                'SELECT id, "group", role, area, attributes FROM speaking_case'
            )
        }

    @cached_property
    def _of_sources(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {
            number: {} if area is None else {"area": area}
            for number, area in self._execute("SELECT id, area FROM source")
        }
        for source, name, value in self._execute("SELECT source_id, name, value FROM attribute"):
            found[source][name] = value
        return found

    @cached_property
    def _of_areas(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for area, name, value in self._execute("SELECT area, name, value FROM area_value"):
            found[area][name] = value
        return found

    @cached_property
    def _in_one_source(self) -> dict[tuple[int | None, int], dict[str, str]]:
        """The values of a case in one source alone where sources differ, as in repeat interviews."""
        said: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
        for case, field, source, value in self._execute(
            "SELECT case_id, field, source_id, value FROM case_value WHERE source_id IS NOT NULL ORDER BY id"
        ):
            if field not in _WHO:
                said[case, field].setdefault(source, value)
        found: dict[tuple[int | None, int], dict[str, str]] = defaultdict(dict)
        for (case, field), by_source in said.items():
            if len({value.casefold() for value in by_source.values()}) > 1:
                for source, value in by_source.items():
                    found[case, source][field] = value
        return found

    @cached_property
    def read_sources(self) -> set[str]:
        """The sources whose last mark says so, or without a mark those decided on passage by passage."""
        marks: dict[str, bool] = {}
        for entry, action, guid in self._execute(
            "SELECT entry_id, action, source_guid FROM source_change "
            "WHERE action IN ('read', 'not read') ORDER BY entry_id"
        ):
            if entry not in self.dead_entries:
                marks[guid] = action == "read"
        guids = dict(self._execute("SELECT name, guid FROM source"))
        decided = {
            segment
            for entry, segment in self._execute(
                "SELECT entry_id, segment_id FROM decision WHERE action <> 'undo'"
            )
            if entry not in self.dead_entries
        }
        found = set()
        for source in self.sources.values():
            numbers = [passage.number for passage in self.passages.values() if passage.source == source]
            is_decided = bool(numbers) and all(number in decided for number in numbers)
            if marks.get(guids[source], is_decided):
                found.add(source)
        return found

    @cached_property
    def read_cases(self) -> set[str]:
        return self.read_among(self.passages.values())

    def read_among(self, passages: Collection[Passage]) -> set[str]:
        """The cases of whom every source in which they say some of these passages is read."""
        speaks: dict[str, set[str]] = defaultdict(set)
        for passage in passages:
            if passage.case is not None:
                speaks[passage.case].add(passage.source)
        return {case for case, sources in speaks.items() if sources <= self.read_sources}

    @cached_property
    def suggestions(self) -> list[tuple[int, int, str | None]]:
        """Passage, code and verdict of each suggestion."""
        return self._execute("SELECT segment_id, code_id, verdict FROM suggestion")

    def with_codes(self, codes: Collection[int], stance: str | None = None) -> list[Passage]:
        """The passages on which one of the codes stands, with a stance where one is asked for."""
        numbers = {
            segment
            for (segment, code, _), taken in self.codings.items()
            if code in codes and stance in (None, taken)
        }
        return [self.passages[number] for number in sorted(numbers)]


def stretches(passages: Collection[Passage]) -> list[set[int]]:
    """The numbers of the passages of each stretch of words, joined wherever two share a character."""
    found: list[set[int]] = []
    source, reach = "", 0
    for passage in sorted(passages, key=lambda passage: (passage.source, passage.start, passage.end)):
        if passage.source == source and passage.start < reach:
            found[-1].add(passage.number)
            reach = max(reach, passage.end)
        else:
            found.append({passage.number})
            source, reach = passage.source, passage.end
    return found


def words(passages: Collection[Passage]) -> int:
    return len(set().union(*(passage.words for passage in passages)))


def _read(attributes: Any) -> dict[str, str]:
    """The attributes of a JSON column, which SQLite gives as text."""
    found: dict[str, str] = json.loads(attributes) if isinstance(attributes, str) else attributes
    return found


def _key(area: str) -> str:
    return " ".join(unicodedata.normalize("NFC", area).casefold().split())
