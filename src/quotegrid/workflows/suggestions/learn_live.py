"""Live learning: suggestions that follow each decision of a review, for the segments that come next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.coding.decisions import STANDS, Action
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.suggestions.kept_scores import KeptScores
    from quotegrid.storage.suggestions.suggestions import StoredSuggestion
    from quotegrid.suggestions.calibration import Calibration
    from quotegrid.suggestions.live_learner import LiveLearner
    from quotegrid.suggestions.prior import Material, Prior
    from quotegrid.suggestions.views import CodeView, SegmentText


@dataclass(frozen=True, slots=True)
class LearningChange:
    """The changes made by learning."""

    segments: frozenset[int] = frozenset()
    """The segments whose undecided suggestions, or their chances, have changed."""
    came_or_went: bool = False
    """Whether any suggestion is new or gone, so that they must be counted again."""


_SMALLEST_CHANGE = 0.01
"""The smallest change of a chance that is stored."""
_HEARD_AGAIN = 48
"""The number of segments without suggestions that are scored again after each decision."""
Storing = Callable[[], AbstractContextManager[int | None]]


def _nobody_reviews() -> AbstractContextManager[None]:
    return nullcontext()


_Wanted = dict[int, tuple[float, int]]
"""The chance and rank of each code to suggest, by the code's place."""


def keep_for_learning(
    study: StudyFolder,
    texts: Sequence[SegmentText],
    codes: Sequence[Code],
    material: Material,
    prior: Prior,
    model: str,
    threshold: float,
) -> None:
    """Store the scores of all segments, for learning to start from."""
    import numpy as np

    from quotegrid.storage.suggestions.kept_scores import KeptScores, keep_scores

    first_sentence = np.cumsum([0, *(len(text.sentences) for text in texts)])[:-1]
    keep_scores(
        study.root,
        KeptScores(
            key=_key(model, codes),
            threshold=threshold,
            per_segment=study.settings.per_segment,
            segments=[text.id for text in texts],
            prior=prior.total.astype(np.float32),
            vectors=material.segments,
            lexical=prior.lexical.astype(np.float32),
            sentence=(prior.best_sentence - first_sentence[:, None]).astype(np.int32),
            view=prior.best_view.astype(np.int32),
        ),
    )


def _key(model: str, codes: Sequence[Code]) -> dict[str, Any]:
    from quotegrid.suggestions.views import code_views

    views = "\n".join(f"{view.code} {view.kind} {view.text}" for view in code_views(codes))
    return {
        "format": 1,
        "model": model,
        "codes": [code.name for code in codes],
        "views": hashlib.sha256(views.encode()).hexdigest(),
    }


class LiveSuggestions:
    """A learner that follows decisions as they are made, by anybody, and renews the suggestions ahead.

    It starts with the first `catch_up`. Where codes have not been suggested on this machine since the
    codebook or the model changed, there are no scores to start from, and it changes nothing.

    Args:
        study: The study.
    """

    def __init__(self, study: StudyFolder) -> None:
        self._study = study
        self._is_open = False
        self._kept: KeptScores | None = None
        self._silenced: dict[int, None] = {}
        """The rows without a likely enough code, least recently scored first."""

    def _open(self) -> None:
        import numpy as np

        from quotegrid.storage.codebook.codes import code_ids
        from quotegrid.storage.coding.decision_log import newest_decision
        from quotegrid.storage.sources.hand_made import hand_made
        from quotegrid.storage.suggestions.kept_scores import kept_scores
        from quotegrid.storage.suggestions.suggestions import decided as decisions_on
        from quotegrid.suggestions.learner import arrange_decisions
        from quotegrid.suggestions.live_learner import LiveLearner
        from quotegrid.suggestions.prior import centre_vectors
        from quotegrid.suggestions.views import code_views
        from quotegrid.workflows.suggestions.material import decided_rows

        self._codes = current_codebook(self._study).assignable()
        self._model = self._study.encoder().fingerprint
        kept = kept_scores(self._study.root, _key(self._model, self._codes))
        if kept is not None:
            self._row_of = {segment: row for row, segment in enumerate(kept.segments)}
            self._views: list[CodeView] = code_views(self._codes)
            with self._study.reading_session() as session:
                numbers = code_ids(session)
                self._newest = newest_decision(session)
                actions = decisions_on(session)
                self._by_hand = hand_made(session)
            self._code_ids = [numbers[code.name] for code in self._codes]
            self._place_of = {number: place for place, number in enumerate(self._code_ids)}
            self._actions: dict[int, dict[int, Action]] = {}
            """The last action on each decided segment, by row and the code's place."""
            for (segment, code), action in actions.items():
                if segment in self._row_of and code in self._place_of:
                    self._actions.setdefault(self._row_of[segment], {})[self._place_of[code]] = action
            made = decided_rows(self._row_of, self._place_of, actions)
            self._learner: LiveLearner = LiveLearner(
                kept.prior.astype(np.float64),
                centre_vectors(kept.vectors, kept.vectors, 1.0),
                kept.lexical,
                arrange_decisions(*made, len(self._codes)),
            )
            self._kept = kept
        self._is_open = True

    def catch_up(self, ahead: Sequence[int], storing: Storing = _nobody_reviews) -> LearningChange:
        """Learn from new decisions, and renew the suggestions for the segments that come next.

        Decided suggestions stay. Suggestions that fall below the threshold are removed, and made again when
        later decisions make them likely enough.

        Args:
            ahead: The segments.
            storing: Surrounds storing, and gives the segment that is under review by then, which stays as it
                is shown.

        Raises:
            StudyBusyError: If somebody else writes for long.
        """
        if not self._is_open:
            self._open()
        if self._kept is None:
            return LearningChange()
        self._learn()
        rows = {
            self._row_of[segment]: None
            for segment in ahead
            if segment in self._row_of and segment not in self._by_hand
        }
        for row in list(self._silenced)[:_HEARD_AGAIN]:
            # It goes to the end, so that each has its turn.
            self._silenced[row] = self._silenced.pop(row)
            rows.setdefault(row)
        return self._suggest(self._kept, list(rows), storing) if rows else LearningChange()

    def _learn(self) -> None:
        from quotegrid.storage.coding.decision_log import list_decisions
        from quotegrid.storage.suggestions.suggestions import decided as decisions_on
        from quotegrid.suggestions.learner import arrange_decisions
        from quotegrid.workflows.suggestions.material import decided_rows

        with self._study.reading_session() as session:
            made = list_decisions(session, after=self._newest)
            touched = {decision.segment for decision in made if decision.segment in self._row_of}
            actions = decisions_on(session, segments=touched) if touched else {}
        if made:
            self._newest = made[-1].id
        for segment in sorted(touched):
            row = self._row_of[segment]
            of_segment = {place: action for place, action in actions.items() if place[0] == segment}
            self._actions.pop(row, None)
            for (_, code), action in of_segment.items():
                if code in self._place_of:
                    self._actions.setdefault(row, {})[self._place_of[code]] = action
            on_itself = decided_rows({segment: 0}, self._place_of, of_segment)
            self._learner.take(row, arrange_decisions(*on_itself, len(self._codes)))
        if touched:
            self._learner.refit()

    def _suggest(self, kept: KeptScores, rows: Sequence[int], storing: Storing) -> LearningChange:
        from quotegrid.storage.suggestions.suggestions import change_suggestions, list_suggestions
        from quotegrid.suggestions.choose import choose

        chances = self._calibration().chances(self._learner.logits(rows))
        segments = [kept.segments[row] for row in rows]
        stored: dict[int, dict[int, StoredSuggestion]] = {}
        with self._study.reading_session() as session:
            for suggestion in list_suggestions(session, segments=segments):
                stored.setdefault(suggestion.segment, {})[suggestion.code_id] = suggestion
        changes = {}
        came_or_went = False
        for row, segment, of_row in zip(rows, segments, chances, strict=True):
            wanted = {
                choice.code: (choice.score, choice.rank)
                for choice in choose(of_row.tolist(), threshold=kept.threshold, per_segment=kept.per_segment)
            }
            new, old = self._undecided(row, wanted, stored.get(segment, {}))
            if old and not new:
                self._silenced[row] = None
            elif new:
                self._silenced.pop(row, None)
            if new.keys() != old.keys():
                came_or_went = True
                changes[segment] = (row, wanted)
            elif any(_is_other(old[code], suggestion) for code, suggestion in new.items()):
                changes[segment] = (row, wanted)
        if not changes:
            return LearningChange()
        evidence = self._with_evidence(kept, changes, stored)
        with storing() as under_review:
            evidence = {segment: of for segment, of in evidence.items() if segment != under_review}
            if not evidence:
                return LearningChange()
            with self._study.writing_session("suggesting") as session:
                there = change_suggestions(session, evidence, self._model)
        return LearningChange(frozenset(there), came_or_went)

    def _calibration(self) -> Calibration:
        from quotegrid.suggestions.calibration import Calibration, fit_calibration

        if not self._learner.decided:
            return Calibration()
        logits = self._learner.decided_logits()
        pairs = [
            (float(logits[place, code]), action is Action.ACCEPT)
            for place, row in enumerate(self._learner.decided)
            for code, action in self._actions.get(row, {}).items()
            if action in (Action.ACCEPT, Action.REJECT)
        ]
        return fit_calibration([value for value, _ in pairs], [value for _, value in pairs])

    def _undecided(
        self, row: int, wanted: _Wanted, stored: Mapping[int, StoredSuggestion]
    ) -> tuple[_Wanted, _Wanted]:
        """Return the new undecided suggestions of a segment, and the stored ones."""
        decided = self._actions.get(row, {})
        new = {code: suggestion for code, suggestion in wanted.items() if code not in decided}
        old = {
            self._place_of[number]: (suggestion.score, suggestion.rank)
            for number, suggestion in stored.items()
            if number in self._place_of and self._place_of[number] not in decided
        }
        return new, old

    def _with_evidence(
        self,
        kept: KeptScores,
        changes: Mapping[int, tuple[int, _Wanted]],
        stored: Mapping[int, Mapping[int, StoredSuggestion]],
    ) -> dict[int, dict[int, tuple[float, int, dict[str, Any]]]]:
        """Return the changes with evidence for each; existing evidence is kept."""
        from quotegrid.suggestions.suggest import evidence_of, nearest

        texts = self._texts(list(changes))
        standing: dict[int, list[int]] = {}
        for row, of_codes in self._actions.items():
            for code, action in of_codes.items():
                if action in STANDS:
                    standing.setdefault(code, []).append(row)
        found: dict[int, dict[int, tuple[float, int, dict[str, Any]]]] = {}
        for segment, (row, wanted) in changes.items():
            text = texts.get(segment)
            if text is None:
                continue
            found[segment] = {}
            for code, (chance, rank) in wanted.items():
                number = self._code_ids[code]
                known = stored.get(segment, {}).get(number)
                if known is not None:
                    evidence = dict(known.evidence)
                else:
                    sentence = text.sentences[int(kept.sentence[row, code])]
                    view = self._views[int(kept.view[row, code])]
                    evidence = evidence_of(text, sentence, self._codes[code], view)
                other = nearest(kept.vectors, row, standing.get(code, ()))
                evidence["nearest"] = None if other is None else kept.segments[other]
                found[segment][number] = (chance, rank, evidence)
        return found

    def _texts(self, segments: Sequence[int]) -> dict[int, SegmentText]:
        from quotegrid.storage.search.quotes import load_texts
        from quotegrid.storage.sources.languages import languages_of_segments
        from quotegrid.workflows.suggestions.material import with_sentences

        with self._study.reading_session() as session:
            rows = [(number, 0, start, text) for number, start, text in load_texts(session, segments)]
            languages = languages_of_segments(session, segments)
        texts = with_sentences(rows, self._study.settings.pipeline, None)
        return {text.id: replace(text, language=languages.get(text.id)) for text in texts}


def _is_other(old: tuple[float, int], new: tuple[float, int]) -> bool:
    return old[1] != new[1] or abs(old[0] - new[0]) >= _SMALLEST_CHANGE
