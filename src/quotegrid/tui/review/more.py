"""Keys of the review beside deciding: a memo, why a code is suggested, one decision for all alike."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual.binding import Binding, BindingType

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import counted, one_line, shortened
from quotegrid.errors import QuotegridError
from quotegrid.tui.review.candidate_list import CandidateList
from quotegrid.tui.review.ranges import RANGE_KEYS, RangesScreen
from quotegrid.tui.widgets.read_lines import ReadLinesScreen
from quotegrid.tui.widgets.write_memo import WriteMemoScreen
from quotegrid.workflows.coding.alike import alike_without, decide_alike
from quotegrid.workflows.coding.review.items import Candidate
from quotegrid.workflows.sources.write_memo import write_memo_on

_SHOWN = 200
MORE_REVIEW_KEYS: list[BindingType] = [
    Binding("m", "memo", "Memo", show=False, tooltip="Write a memo on the segment"),
    Binding("e", "explain", "Why", show=False, tooltip="Why the code under the cursor is suggested"),
    Binding(
        "A",
        "apply_alike",
        "All alike",
        show=False,
        tooltip="Apply the code to all passages that say the same",
    ),
    *RANGE_KEYS,
]
"""What `MoreReviewScreen` and `RangesScreen` do."""


class MoreReviewScreen(RangesScreen):
    """A screen on which one segment is under review, with codes that have a cursor."""

    @property
    def _candidate(self) -> Candidate | None:
        if self._review.current() is None:
            return None
        return self.query_one(CandidateList).chosen

    def action_memo(self) -> None:
        """Write a memo on the segment."""
        item = self._review.current()
        if item is None:
            return
        segment = item.quote.id

        def written(text: str | None) -> None:
            if text is not None:
                self.run_worker(self._keep_memo(segment, text), group="memo")

        self.app.push_screen(WriteMemoScreen(item.quote.text), written)

    async def _keep_memo(self, segment: int, text: str) -> None:
        try:
            await asyncio.to_thread(write_memo_on, self._study, segment, text)
        except QuotegridError as error:
            self.failed(error)
            return
        self._review.draw_again()
        candidate = self._candidate
        self.show("Kept the memo.", on=None if candidate is None else candidate.code)

    def action_explain(self) -> None:
        """Show everything that speaks for the suggestion under the cursor, and where it may mislead."""
        item, candidate = self._review.current(), self._candidate
        if item is None or candidate is None or candidate.suggestion is None:
            self.show("No suggestion is under the cursor.", on=None if candidate is None else candidate.code)
            return
        nearest = self._review.quote(candidate.suggestion.evidence["nearest"])
        code = self._review.codebook.get(candidate.code)
        lines = explanation(candidate, item.quote, nearest, "" if code is None else code.definition)
        self.app.push_screen(ReadLinesScreen(f"Why “{candidate.code}” is suggested here", lines))

    def action_apply_alike(self) -> None:
        """Look for passages that say the same, and apply the code under the cursor to all of them."""
        item, candidate = self._review.current(), self._candidate
        if item is None or candidate is None:
            self.show("There is no code to apply; c chooses one.")
            return
        self.run_worker(self._ask_alike(item.quote.id, candidate.code), exclusive=True, group="alike")

    async def _ask_alike(self, segment: int, code: str) -> None:
        try:
            found = await asyncio.to_thread(alike_without, self._study, segment, code)
        except QuotegridError as error:
            self.failed(error)
            return
        if not found:
            self.show(f"No other passage that says the same waits for “{code}”.", on=code)
            return

        def sure(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._apply_alike(segment, code, [one.id for one in found]), group="alike")

        lines = [f"{one.attribution}: {shortened(one_line(one.text), _SHOWN)}" for one in found]
        title = (
            f"{counted(len(found), 'passage')} more {'says' if len(found) == 1 else 'say'} nearly the same"
        )
        self.app.push_screen(
            ReadLinesScreen(
                title, lines, f"apply “{code}” to all {len(found) + 1} alike; one undo takes it back"
            ),
            sure,
        )

    async def _apply_alike(self, segment: int, code: str, others: Sequence[int]) -> None:
        try:
            done = await asyncio.to_thread(decide_alike, self._study, segment, code, others)
            await asyncio.to_thread(self._review.look_again, {segment, *others})
        except QuotegridError as error:
            self.failed(error)
            return
        self._review.progress = None
        self.show(f"“{code}” applied to {counted(done, 'passage')}.", on=code)


def explanation(candidate: Candidate, quote: Quote, nearest: Quote | None, definition: str) -> list[str]:
    """Why a code is suggested, in lines.

    Args:
        candidate: The code, which is suggested.
        quote: The segment for which it is.
        nearest: The confirmed quote most like the segment, if there is one.
        definition: What the code means.
    """
    suggestion = candidate.suggestion
    if suggestion is None:
        return []
    evidence = suggestion.evidence
    sentence = evidence["sentence"]
    share = round(suggestion.score * 100)
    lines = [
        f"Of 100 such suggestions about {share} are accepted. Place {suggestion.rank} for this passage.",
        "",
        "The sentence that speaks for it",
        f"  {one_line(quote.text[sentence['start'] - quote.start : sentence['end'] - quote.start])}",
    ]
    if evidence.get("phrase") is not None:
        lines.append(f"  with the words “{one_line(evidence['phrase']['text'])}”")
    if evidence.get("flags"):
        lines += [
            "",
            f"Careful: what it says is {' and '.join(evidence['flags'])} here.",
            "  The score cannot see that: a statement and its denial are near to one another.",
        ]
    view = evidence["view"]
    lines += ["", f"What of the code is nearest to it: {view['kind']}", f"  {one_line(view['text'])}"]
    if definition:
        lines += ["", "What the code means", f"  {one_line(definition)}"]
    lines += ["", "The confirmed quote most like it"]
    if nearest is None:
        lines.append("  None yet: nothing is coded with it, so the codebook alone speaks.")
    else:
        lines += [
            f"  {nearest.attribution}, {nearest.source}, segment {nearest.id}:",
            f"  {one_line(nearest.text)}",
        ]
    lines += ["", f"Embedded by {suggestion.model}."]
    return lines
