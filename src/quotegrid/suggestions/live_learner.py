"""Updates what `learner` computes after every decision, instead of computing it anew.

A ridge regression on embeddings has few dimensions and is kept in its primal form, updated by Sherman and
Morrison's formula for one more row; that on character n-grams has many and is kept in its dual form, as an
inverse that grows or shrinks by a row and a column. Both give the results of `quotegrid.suggestions.learner`
for the same decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotegrid.suggestions.encoder import Vectors
from quotegrid.suggestions.learner import (
    RIDGE,
    DecidedSegments,
    Weights,
    fit_weights,
    frequencies,
    like_refused,
)
from quotegrid.suggestions.prior import Scores

_BLOCK = 256
"""The number of rows processed at a time, and by which the memory grows."""


class _EmbeddingRidge:
    """Ridge regression in its primal form; its rows are the decided segments."""

    def __init__(self, known: Scores, stands: Scores) -> None:
        dimensions = known.shape[1]
        self._inverse = np.linalg.inv(known.T @ known + RIDGE * np.eye(dimensions))
        self._by_code = known.T @ stands
        self._all = known.sum(axis=0)
        self.leverage = np.einsum("nd,nd->n", known @ self._inverse, known)

    def move(self, known: Scores, row: Scores, stands: Scores, sign: int) -> None:
        """Add a row (sign 1) or remove one (-1); `known` are the rows that stay."""
        turned = self._inverse @ row
        scale = sign / (1 + sign * float(row @ turned))
        self._inverse -= scale * np.outer(turned, turned)
        self.leverage -= scale * (known @ turned) ** 2
        self._by_code += sign * np.outer(row, stands)
        self._all += sign * row

    def grow(self, row: Scores) -> None:
        """Append the leverage of a row that has just been added."""
        self.leverage = np.append(self.leverage, float(row @ self._inverse @ row))

    def change(self, row: Scores, by: Scores) -> None:
        """Change the codes that stand on a row by the given amounts."""
        self._by_code += np.outer(row, by)

    def directions(self, expected: Scores) -> Scores:
        """Return the vectors by which a segment's vector is multiplied, one column per code."""
        return np.asarray(self._inverse @ (self._by_code - np.outer(self._all, expected)))


class _LexicalRidge:
    """Ridge regression in its dual form, from the kernel of the decided segments."""

    def __init__(self, kernel: Scores, stands: Scores) -> None:
        self._count = len(kernel)
        self._room = np.empty((self._count + _BLOCK, self._count + _BLOCK))
        self.inverse[:] = np.linalg.inv(kernel + RIDGE * np.eye(self._count))
        self._by_code = self.inverse @ stands
        self._all = self.inverse.sum(axis=1)

    @property
    def inverse(self) -> Scores:
        """Return the inverse of the kernel with the ridge added to its diagonal."""
        return self._room[: self._count, : self._count]

    def grow(self, likeness: Scores, own: float, stands: Scores) -> None:
        """Add a row, given its kernel with the others and itself, and the codes that stand on it."""
        turned = self.inverse @ likeness
        scale = own + RIDGE - float(likeness @ turned)
        last = (stands - likeness @ self._by_code) / scale
        last_of_all = (1 - float(likeness @ self._all)) / scale
        self._add_outer(turned, 1 / scale)
        if self._count == len(self._room):
            wider = np.empty((self._count + _BLOCK, self._count + _BLOCK))
            wider[: self._count, : self._count] = self._room
            self._room = wider
        self._count += 1
        self.inverse[-1, :-1] = self.inverse[:-1, -1] = -turned / scale
        self.inverse[-1, -1] = 1 / scale
        self._by_code = np.vstack([self._by_code - np.outer(turned, last), last])
        self._all = np.append(self._all - turned * last_of_all, last_of_all)

    def shrink(self, place: int) -> None:
        """Remove a row; the last one takes its place."""
        order = np.arange(self._count)
        order[[place, -1]] = order[[-1, place]]
        column = self.inverse[place, order][:-1].copy()
        corner = float(self.inverse[place, place])
        self.inverse[:] = self.inverse[np.ix_(order, order)]
        by_code, of_all = self._by_code[order], self._all[order]
        self._by_code = by_code[:-1] - np.outer(column, by_code[-1] / corner)
        self._all = of_all[:-1] - column * of_all[-1] / corner
        self._count -= 1
        self._add_outer(column, -1 / corner)

    def change(self, place: int, by: Scores) -> None:
        """Change the codes that stand on a row by the given amounts."""
        self._by_code += np.outer(self.inverse[place], by)

    def _add_outer(self, column: Scores, scale: float) -> None:
        # In blocks, because the outer product of all rows at once would be as large as the inverse.
        for first in range(0, self._count, _BLOCK):
            part = slice(first, first + _BLOCK)
            self.inverse[part] += (scale * column[part])[:, None] * column

    def dual(self, expected: Scores) -> Scores:
        """Return the multipliers of the kernel with the decided segments, one column per code."""
        return np.asarray(self._by_code - np.outer(self._all, expected))


class LiveLearner:
    """The log odds of all codes, updated after each decision.

    Args:
        prior: The scores from the codebook alone, one row per segment and one column per code.
        vectors: The segments' embeddings, fully centred and of unit length.
        lexical: The segments' character n-grams, one sparse row each.
        made: The decisions so far.
    """

    def __init__(self, prior: Scores, vectors: Vectors, lexical: Any, made: DecidedSegments) -> None:
        self._prior, self._vectors, self._lexical = prior, vectors, lexical
        self._rows = [int(row) for row in made.rows]
        self._place = {row: place for place, row in enumerate(self._rows)}
        self._stands, self._refused, self._counts = (
            made.stands.copy(),
            made.refused.copy(),
            made.counts.copy(),
        )
        self._known = vectors[made.rows].astype(np.float64)
        self._letters_known = lexical[made.rows]
        self._by_meaning = _EmbeddingRidge(self._known, self._stands)
        kernel = (self._letters_known @ self._letters_known.T).toarray().astype(np.float64)
        self._by_letters = _LexicalRidge(kernel, self._stands)
        self._like_refused = like_refused(self._known, self._known, self._refused, itself=True)
        self._start = Weights().start(prior.shape[1])
        self._weights = self._start
        self.refit()

    @property
    def decided(self) -> Sequence[int]:
        """Return the rows of the decided segments."""
        return self._rows

    def take(self, row: int, made: DecidedSegments) -> None:
        """Update the learner with the decisions on a segment.

        Args:
            row: The segment.
            made: The decisions that hold on it now, and no others; without a row if there are none any more.
        """
        place = self._place.get(row)
        if not len(made.rows):
            if place is not None:
                self._let_go(place)
        elif place is None:
            self._add(row, made)
        else:
            self._change(place, made)

    def _add(self, row: int, made: DecidedSegments) -> None:
        vector = self._vectors[row].astype(np.float64)
        letters = self._lexical[[row]]
        likeness = np.asarray(self._letters_known @ letters.toarray().ravel(), dtype=np.float64)
        self._by_letters.grow(likeness, float(letters.multiply(letters).sum()), made.stands[0])
        self._by_meaning.move(self._known, vector, made.stands[0], 1)
        self._by_meaning.grow(vector)
        self._place[row] = len(self._rows)
        self._rows.append(row)
        self._known = np.vstack([self._known, vector])
        self._letters_known = _stacked(self._letters_known, letters)
        self._stands = np.vstack([self._stands, made.stands])
        self._counts = np.vstack([self._counts, made.counts])
        self._refused = np.vstack([self._refused, np.zeros_like(made.refused)])
        own = like_refused(vector[None], self._known, self._refused)
        self._like_refused = np.vstack([self._like_refused, own])
        self._refuse(len(self._rows) - 1, made.refused[0])

    def _change(self, place: int, made: DecidedSegments) -> None:
        by = made.stands[0] - self._stands[place]
        if by.any():
            self._by_meaning.change(self._known[place], by)
            self._by_letters.change(place, by)
        self._stands[place], self._counts[place] = made.stands[0], made.counts[0]
        self._refuse(place, made.refused[0])

    def _let_go(self, place: int) -> None:
        self._refuse(place, np.zeros_like(self._refused[place]))
        vector, stands = self._known[place].copy(), self._stands[place].copy()
        self._by_letters.shrink(place)
        row, last = self._rows[place], self._rows[-1]
        self._rows[place], self._place[last] = last, place
        self._rows.pop()
        del self._place[row]
        order = np.arange(len(self._rows) + 1)
        order[place] = order[-1]
        order = order[:-1]
        self._known, self._letters_known = self._known[order], self._letters_known[order]
        self._stands, self._counts = self._stands[order], self._counts[order]
        self._refused, self._like_refused = self._refused[order], self._like_refused[order]
        self._by_meaning.leverage = self._by_meaning.leverage[order]
        self._by_meaning.move(self._known, vector, stands, -1)

    def _refuse(self, place: int, refused: NDArray[np.bool_]) -> None:
        changed = np.flatnonzero(refused != self._refused[place])
        self._refused[place] = refused
        if len(changed):
            self._like_refused[:, changed] = like_refused(
                self._known, self._known, self._refused[:, changed], itself=True
            )

    def refit(self) -> None:
        """Fit the weights to the decisions taken in so far."""
        if self._rows:
            made = DecidedSegments(
                np.array(self._rows, dtype=np.intp), self._stands, self._refused, self._counts
            )
            self._of_known = self._known_features()
            self._weights = fit_weights(self._of_known, made, self._start, begin=self._weights)
        else:
            self._weights = self._start

    def _known_features(self) -> Scores:
        expected = self._expected()
        wanted = self._stands - expected
        apart = wanted - self._known @ self._by_meaning.directions(expected)
        meaning = wanted - apart / np.maximum(1 - self._by_meaning.leverage, 1e-9)[:, None]
        dual = self._by_letters.dual(expected)
        letters = wanted - dual / np.diag(self._by_letters.inverse)[:, None]
        times, count = self._stands.sum(axis=0), len(self._rows)
        return np.stack(
            [
                self._prior[self._rows],
                meaning,
                letters,
                self._like_refused,
                frequencies(times - self._stands, count - 1),
            ],
            axis=-1,
        )

    def _expected(self) -> Scores:
        return np.asarray(self._stands.sum(axis=0) / (len(self._rows) + 1))

    def decided_logits(self) -> Scores:
        """Return the decided segments' log odds, in the order of `decided`, without their own decisions."""
        return np.asarray(self._of_known @ self._weights[:-1] + self._weights[-1])

    def logits(self, rows: Sequence[int]) -> Scores:
        """Return the log odds of each code, one row per segment, leaving out the segment's own decisions."""
        wanted = np.asarray(rows, dtype=np.intp)
        if not self._rows:
            return np.asarray(self._start[0] * self._prior[wanted] + self._start[-1])
        expected = self._expected()
        vectors = self._vectors[wanted].astype(np.float64)
        likeness = (self._lexical[wanted] @ self._letters_known.T).toarray()
        count = len(self._rows)
        everywhere = frequencies(self._stands.sum(axis=0)[None], count)
        found = np.stack(
            [
                self._prior[wanted],
                vectors @ self._by_meaning.directions(expected),
                likeness @ self._by_letters.dual(expected),
                like_refused(vectors, self._known, self._refused),
                np.repeat(everywhere, len(wanted), axis=0),
            ],
            axis=-1,
        )
        for number, row in enumerate(wanted.tolist()):
            if row in self._place:
                found[number] = self._of_known[self._place[row]]
        return np.asarray(found @ self._weights[:-1] + self._weights[-1])


def _stacked(rows: Any, row: Any) -> Any:
    from scipy.sparse import vstack

    return vstack([rows, row], format="csr")
