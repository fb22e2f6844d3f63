"""The knowledge of an outsider: all that published tables tell, as constraints over whole numbers.

The unknowns of a row are how many people, of each kind, are counted in which places, and how many passages.
People are of one kind when all published tables place them alike; `docs/publishing.md` says more.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations

from quotegrid.domain.matrix.joint.constraints import (
    NOT_SHOWN,
    Constraint,
    IntegerModel,
    PairUnknowns,
    Pattern,
    Places,
    RowUnknowns,
    Target,
    Terms,
    added_up,
    choices_among,
    difference,
    spoken_in,
)
from quotegrid.domain.matrix.published import (
    EVERYBODY,
    WITHIN_CASE,
    PublishedNumber,
    PublishedTable,
    RowKey,
)


class Knowledge:
    """All that an outsider knows of some rows from several tables.

    Args:
        rows: The rows, with all others that share codings with them.
        tables: The tables that tell of these rows.
        minimum: The fewest cases that a published count may stand for.
    """

    def __init__(self, rows: Sequence[RowKey], tables: Sequence[PublishedTable], minimum: int) -> None:
        self.rows = rows
        self.tables = tables
        self.minimum = minimum
        self.upper: list[int] = []
        self.truth: list[int] = []
        self._fixed: list[Constraint] = []
        self._case_of: dict[int, str | None] = {}
        for table in tables:
            self._case_of.update(table.cases)
        self._place_passages()
        self._unknowns = {row: self._add_row(row) for row in rows}
        self._add_inclusions()

    def _place_passages(self) -> None:
        places: dict[tuple[int, ...], int] = {}
        self._place_of: dict[int, int] = {}
        named: Counter[int] = Counter()
        self._passages_in: Counter[int] = Counter()
        places_of_case: dict[str, set[int]] = defaultdict(set)
        outside = tuple(-2 for _ in self.tables)
        for passage, case in self._case_of.items():
            signature = tuple(table.columns.get(passage, -2) for table in self.tables)
            if signature == outside:
                continue
            place = places.setdefault(signature, len(places))
            self._place_of[passage] = place
            self._passages_in[place] += 1
            if case is not None:
                named[place] += 1
                places_of_case[case].add(place)
        self._named_in = named
        self._signatures = list(places)
        self._kind_of_case = {case: frozenset(found) for case, found in places_of_case.items()}
        self._people = Counter(self._kind_of_case.values())

    def in_column(self, table: int, column: int) -> Places:
        """Return the places of a column of a table, or of all its columns."""
        return frozenset(
            place
            for place, signature in enumerate(self._signatures)
            if signature[table] == column or (column == EVERYBODY and signature[table] >= 0)
        )

    def _heard_in(self, places: Places) -> int:
        return sum(people for kind, people in self._people.items() if kind & places)

    def _unknown(self, upper: int, truth: int) -> int:
        self.upper.append(upper)
        self.truth.append(truth)
        return len(self.upper) - 1

    def _add_row(self, row: RowKey) -> RowUnknowns:
        counted = [
            None
            if row.other and row not in table.parts
            else frozenset(table.passages(row) & self._place_of.keys())
            for table in self.tables
        ]
        views = list(dict.fromkeys(passages for passages in counted if passages is not None))
        unknowns = RowUnknowns(
            views, [NOT_SHOWN if passages is None else views.index(passages) for passages in counted]
        )
        self._add_people(unknowns)
        self._add_passages(unknowns)
        for view in range(len(views)):
            for place in self._passages_in:
                people = self._people_terms(unknowns, view, frozenset({place}))
                passages = self._passage_terms(unknowns, view, frozenset({place}))
                self._fixed.append(Constraint(difference(passages, people), low=0))
                most = {unknown: self._named_in[place] * times for unknown, times in people.items()}
                unnamed = self._passages_in[place] - self._named_in[place]
                self._fixed.append(Constraint(difference(passages, most), high=unnamed))
        return unknowns

    def _add_people(self, unknowns: RowUnknowns) -> None:
        found: dict[str, list[set[int]]] = defaultdict(lambda: [set() for _ in unknowns.views])
        for view, passages in enumerate(unknowns.views):
            for passage in passages:
                case = self._case_of[passage]
                if case is not None:
                    found[case][view].add(self._place_of[passage])
        true: Counter[tuple[Places, Pattern]] = Counter(
            (self._kind_of_case[case], tuple(map(frozenset, pattern))) for case, pattern in found.items()
        )
        states = {
            tuple(map(bool, pattern)) for kind, pattern in true if len(kind) == 1 and len(set(pattern)) > 1
        }
        for kind, people in self._people.items():
            patterns: list[Pattern] = [(chosen,) * len(unknowns.views) for chosen in choices_among(kind)]
            if len(kind) == 1:
                patterns += [tuple(kind if state else frozenset() for state in each) for each in states]
            patterns += [pattern for of, pattern in true if of == kind]
            numbers = {}
            for pattern in dict.fromkeys(patterns):
                numbers[self._unknown(people, true[kind, pattern])] = pattern
            unknowns.people += [(number, kind, pattern) for number, pattern in numbers.items()]
            self._fixed.append(Constraint(dict.fromkeys(numbers, 1), high=people))

    def _add_passages(self, unknowns: RowUnknowns) -> None:
        states: dict[int, list[bool]] = defaultdict(lambda: [False] * len(unknowns.views))
        for view, passages in enumerate(unknowns.views):
            for passage in passages:
                states[passage][view] = True
        true = Counter((self._place_of[passage], tuple(state)) for passage, state in states.items())
        allowed = {(True,) * len(unknowns.views), *(state for _, state in true)}
        for place, passages_there in self._passages_in.items():
            numbers = []
            for state in sorted(allowed):
                numbers.append(self._unknown(passages_there, true[place, state]))
                unknowns.passages.append((numbers[-1], place, state))
            self._fixed.append(Constraint(dict.fromkeys(numbers, 1), high=passages_there))

    def _people_terms(self, unknowns: RowUnknowns, view: int, places: Places) -> Terms:
        return {number: 1 for number, _, pattern in unknowns.people if pattern[view] & places}

    def _kind_terms(self, unknowns: RowUnknowns, view: int, kind: Places | None) -> Terms:
        """Return the people of a kind, or all of them, who are counted anywhere."""
        return {
            number: 1
            for number, of, pattern in unknowns.people
            if pattern[view] and (kind is None or of == kind)
        }

    def _passage_terms(self, unknowns: RowUnknowns, view: int, places: Places) -> Terms:
        return {number: 1 for number, place, state in unknowns.passages if place in places and state[view]}

    def _add_inclusions(self) -> None:
        """Add that a theme has at least what each of its codes has, and at most what they have together."""
        self._pairs = list(self._pairs_shown())
        for pair in self._pairs:
            self._fixed += self._about_pair(pair)
        for whole in self.rows:
            within = [row for row in self.rows if row != whole and not row.other and row.is_within(whole)]
            if not within:
                continue
            plain = [row for row in within if not row.part]
            is_covered = set(whole.codes) <= {code for row in plain for code in row.codes}
            of_whole = self._unknowns[whole]
            states = {
                tuple(self._unknowns[row].view_of[table] for row in (whole, *within)): table
                for table in range(len(self.tables))
            }
            for table in states.values():
                view = of_whole.view_of[table]
                for place in self._passages_in:
                    here = frozenset({place})
                    for terms in (self._people_terms, self._passage_terms):
                        above = terms(of_whole, view, here)
                        below = [
                            terms(self._unknowns[row], self._unknowns[row].view_of[table], here)
                            for row in within
                        ]
                        self._fixed += [Constraint(difference(above, each), low=0) for each in below]
                        if is_covered:
                            together = added_up(
                                each for row, each in zip(within, below, strict=True) if row in plain
                            )
                            self._fixed.append(Constraint(difference(together, above), low=0))

    def _pairs_shown(self) -> Iterable[PairUnknowns]:
        """Return each pair of rows, at each state of the codings of which a table tells it."""
        rows = {row.codes: row for row in self.rows if not row.part}
        for row, unknowns in self._unknowns.items():
            if not row.other or not {row.codes, row.other} <= rows.keys():
                continue
            first, second = rows[row.codes], rows[row.other]
            of_first, of_second = self._unknowns[first], self._unknowns[second]
            stand = list(zip(of_first.view_of, of_second.view_of, strict=True))
            states = {
                (view, stand[table]) for table, view in enumerate(unknowns.view_of) if view != NOT_SHOWN
            }
            for view, state in sorted(states):
                yield PairUnknowns(
                    row,
                    (unknowns, view),
                    (first, second),
                    ((of_first, state[0]), (of_second, state[1])),
                    frozenset(table for table, found in enumerate(stand) if found == state),
                )

    def _about_pair(self, pair: PairUnknowns) -> Iterable[Constraint]:
        """Return what a pair has to do with each of its rows, with their themes, and with all there are."""
        for kind, people in self._people.items():
            is_exact = pair.row.part == WITHIN_CASE
            yield from self._about_both(pair, self._kind_terms, kind, people if is_exact else None)
        (of_both, view), sides = pair.both, pair.sides
        # Of overlapping passages, and of turns and cases, each code can stand on another passage.
        if of_both.views[view] == sides[0][0].views[sides[0][1]] & sides[1][0].views[sides[1][1]]:
            for place, passages in self._passages_in.items():
                yield from self._about_both(pair, self._passage_terms, frozenset({place}), passages)

    def _about_both(
        self,
        pair: PairUnknowns,
        terms: Callable[[RowUnknowns, int, Places], Terms],
        where: Places,
        most: int | None,
    ) -> Iterable[Constraint]:
        """Return the constraints on a pair's people or passages; all of them where both is what each shares.

        Args:
            pair: The pair.
            terms: Counts a row's people or passages at a state of the codings.
            where: Whom or which of them.
            most: How many there are; None where who holds each need not be counted for both.
        """
        both, *sides = (terms(*held, where) for held in (pair.both, *pair.sides))
        yield from (Constraint(difference(side, both), low=0) for side in sides)
        if most is None:
            return
        either = difference(added_up(sides), both)
        yield Constraint(either, high=most)
        for whole in self.rows:
            if whole.part or not all(row.is_within(whole) for row in pair.of):
                continue
            is_covered = set(whole.codes) <= {*pair.row.codes, *pair.row.other}
            of_whole = self._unknowns[whole]
            for view in {of_whole.view_of[table] for table in pair.tables}:
                above = difference(terms(of_whole, view, where), either)
                yield Constraint(above, low=0, high=0 if is_covered else math.inf)

    def model(self, numbers: Sequence[Sequence[PublishedNumber]]) -> IntegerModel:
        """Return what is known where these numbers are told or withheld, table by table."""
        constraints = [constraint for constraint in self._fixed if constraint.terms]
        for table, of_table in enumerate(numbers):
            told_rows = {number.row for number in of_table if number.is_told}
            for number in of_table:
                if number.row not in self._unknowns or number.row not in told_rows:
                    continue
                people, passages = self._terms_of(table, number)
                cases = self.value(people)
                if number.is_told:
                    total = self.value(passages)
                    constraints.append(Constraint(passages, total, total))
                    if number.tells_cases:
                        constraints.append(Constraint(people, cases, cases))
                elif number.tells_cases and 0 < cases < self.minimum:
                    constraints.append(Constraint(people, 1, self.minimum - 1))
        return IntegerModel(self.upper, constraints)

    def _terms_of(self, table: int, number: PublishedNumber) -> tuple[Terms, Terms]:
        unknowns = self._unknowns[number.row]
        view, places = unknowns.view_of[table], self.in_column(table, number.column)
        return self._people_terms(unknowns, view, places), self._passage_terms(unknowns, view, places)

    def value(self, terms: Terms) -> int:
        """Return the true value of a sum of unknowns."""
        return sum(self.truth[unknown] * times for unknown, times in terms.items())

    def targets(self, numbers: Sequence[Sequence[PublishedNumber]]) -> list[Target]:
        """Return the counts that must not be worked out: of columns, of places and of what was changed."""
        found: dict[tuple[RowKey, tuple[tuple[int, int], ...]], Target] = {}

        def add(row: RowKey, places: Places, terms: Terms) -> None:
            target = Target(row, places, terms, self.value(terms))
            found.setdefault((row, tuple(sorted(terms.items()))), target)

        columns: dict[RowKey, dict[tuple[int, Places], None]] = {row: {} for row in self.rows}
        for table, of_table in enumerate(numbers):
            for number in of_table:
                if number.row in self._unknowns:
                    view = self._unknowns[number.row].view_of[table]
                    columns[number.row][view, self.in_column(table, number.column)] = None
        for row, unknowns in self._unknowns.items():
            for view, places in columns[row]:
                people = self._people_terms(unknowns, view, places)
                if 0 < self.value(people) < self.minimum:
                    add(row, places, people)
                    if places != self._passages_in.keys():
                        add(row, places, self._passage_terms(unknowns, view, places))
            for view in range(len(unknowns.views)):
                spoken_for = self._spoken_for(row, view, numbers)
                for place in self._passages_in:
                    here = frozenset({place})
                    people = self._people_terms(unknowns, view, here)
                    heard = self._heard_in(here)
                    if place in spoken_for or not heard:
                        continue
                    if heard < self.minimum or 0 < self.value(people) < self.minimum:
                        add(row, here, people)
            for before, after in permutations(range(len(unknowns.views)), 2):
                for places in {places for _, places in columns[row]}:
                    changed = {
                        number: 1
                        for number, _, pattern in unknowns.people
                        if pattern[after] & places and not pattern[before] & places
                    }
                    if 0 < self.value(changed) < self.minimum:
                        add(row, places, changed)
        for pair in self._pairs:
            both = pair.both
            # Where all hold a code, or none, the number of the other one tells who holds it alone.
            known = frozenset().union(
                *(
                    self._spoken_for(row, state, numbers)
                    for row, (_, state) in zip(pair.of, pair.sides, strict=True)
                )
            )
            for side in pair.sides:
                for kind in (None, *self._people):
                    if (self._passages_in.keys() if kind is None else kind) <= known:
                        continue
                    apart = difference(self._kind_terms(*side, kind), self._kind_terms(*both, kind))
                    if 0 < self.value(apart) < self.minimum:
                        add(pair.row, kind or frozenset(self._passages_in), apart)
        return list(found.values())

    def _spoken_for(self, row: RowKey, view: int, numbers: Sequence[Sequence[PublishedNumber]]) -> Places:
        """Return the places of whose people unanimous numbers say that all are counted, or none."""
        silent: dict[int, set[str]] = defaultdict(set)
        speaking: list[tuple[Places, RowKey]] = []
        pair = next((pair for pair in self._pairs if pair.row == row and pair.both[1] == view), None)
        for table, places, number, is_silent in self._unanimous(numbers):
            if self._unknowns[row].view_of[table] != view and (pair is None or table not in pair.tables):
                continue
            if not is_silent:
                speaking.append((places, number.row))
            elif not number.row.part:
                for place in places:
                    silent[place].update(number.row.codes)
            elif number.row == row:
                speaking.append((places, row))
        found = {
            place
            for place, codes in silent.items()
            if codes >= set(row.codes) or (row.other and codes >= set(row.other))
        }
        for places, other in speaking:
            # Where all speak of a theme and nobody of its other codes, all speak of the one that is left.
            found |= {
                place
                for place in places
                if other.is_within(row)
                or (not row.part and not other.part and set(other.codes) <= {*row.codes, *silent[place]})
            }
        if pair is not None and row.part == WITHIN_CASE:
            first, second = (spoken_in(of, speaking) for of in pair.of)
            found |= first & second
        return frozenset(found)

    def _unanimous(
        self, numbers: Sequence[Sequence[PublishedNumber]]
    ) -> Iterable[tuple[int, Places, PublishedNumber, bool]]:
        """Return the told numbers that count all of enough people, or none, and whether they count none."""
        for table, of_table in enumerate(numbers):
            for number in of_table:
                if not number.is_told or not number.tells_cases or number.row not in self._unknowns:
                    continue
                places = self.in_column(table, number.column)
                heard = self._heard_in(places)
                cases = self.value(self._terms_of(table, number)[0])
                if heard >= self.minimum and cases in (0, heard):
                    yield table, places, number, not cases
