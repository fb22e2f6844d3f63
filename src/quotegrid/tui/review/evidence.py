"""Why a code is suggested for a passage: in a line or two, and in full."""

from __future__ import annotations

from textual.content import Content

from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.text.normalise import one_line, shortened
from quotegrid.domain.text.shares import share_text
from quotegrid.tui.look import plain
from quotegrid.workflows.coding.review.items import Candidate


def evidence_text(candidate: Candidate, nearest: Quote | None) -> Content:
    """Return why a code is suggested, in a line or two.

    Args:
        candidate: The code.
        nearest: The confirmed quote most like the passage, if there is one.
    """
    suggestion = candidate.suggestion
    if suggestion is None:
        return Content("Applied by hand.")
    evidence = suggestion.evidence
    parts: list[Content] = []
    if evidence.get("flags"):
        parts.append(Content(f"Careful: {' and '.join(evidence['flags'])} here. ").stylize("bold"))
    view = evidence["view"]
    words = {"name": "the code's name", "definition": "its definition", "term": "the term"}
    what = words.get(view["kind"], f"its “{view['kind']}”")
    parts.append(Content(f"Nearest to {what}: "))
    nearest_view = shortened(view["text"], 160)
    parts.append(Content(nearest_view).stylize("italic"))
    parts.append(Content("" if nearest_view[-1:] in ".?!…" else "."))
    phrase = evidence.get("phrase")
    if phrase is not None:
        parts.append(Content(f" Words found: “{shortened(phrase['text'], 40)}”."))
    if nearest is not None:
        parts.append(Content(f" Like the confirmed: “{shortened(plain(nearest.text).plain, 120)}”"))
    return Content("").join(parts)


def explanation(candidate: Candidate, quote: Quote, nearest: Quote | None, definition: str) -> list[str]:
    """Return why a code is suggested, line by line.

    Args:
        candidate: The code, which is suggested.
        quote: The passage for which it is suggested.
        nearest: The confirmed quote most like the passage, if there is one.
        definition: What the code means.
    """
    suggestion = candidate.suggestion
    if suggestion is None:
        return []
    evidence = suggestion.evidence
    sentence = evidence["sentence"]
    lines = [
        f"Of such suggestions about {share_text(suggestion.score)} are accepted. "
        f"Place {suggestion.rank} for this passage.",
        "",
        "The sentence nearest to the code",
        f"  {one_line(quote.text[sentence['start'] - quote.start : sentence['end'] - quote.start])}",
    ]
    if evidence.get("phrase") is not None:
        lines.append(f"  with the words “{one_line(evidence['phrase']['text'])}”")
    if evidence.get("flags"):
        lines += [
            "",
            f"Careful: what it says is {' and '.join(evidence['flags'])} here.",
            "  The score does not show this: a statement and its denial are close in meaning.",
        ]
    view = evidence["view"]
    lines += ["", f"The part of the code nearest to it: {view['kind']}", f"  {one_line(view['text'])}"]
    if definition:
        lines += ["", "What the code means", f"  {one_line(definition)}"]
    lines += ["", "The confirmed quote most like it"]
    if nearest is None:
        lines.append("  None yet: nothing is coded with it, so the codebook alone speaks.")
    else:
        lines += [
            f"  {nearest.attribution}, {nearest.source}, passage {nearest.id}:",
            f"  {one_line(nearest.text)}",
        ]
    lines += ["", f"Embedded by {suggestion.model}."]
    return lines
