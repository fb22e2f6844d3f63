"""The lines below a transcript: who says what is selected, and what stands on it."""

from __future__ import annotations

from textual.content import Content

from quotegrid.domain.coding.reading import ReadSource, SourceAnnotations
from quotegrid.domain.text.normalise import one_line
from quotegrid.tui.look import memo_line, plain
from quotegrid.tui.remedies import with_keys


def details_of(source: ReadSource, standing: SourceAnnotations, selected: tuple[int, int]) -> Content:
    """Return who says what is selected, and the codings, suggestions, doubts and memos on it."""
    speakers = dict.fromkeys(passage.who for passage in source.passages_in(*selected))
    others = [block for block in source.blocks() if block.start < selected[1] and selected[0] < block.end]
    is_nobodys = bool(others) and all(block.is_nobodys for block in others)
    who = one_line("; ".join(speakers)) or (
        "Nobody's words, which are never coded; e gives them to a speaker"
        if is_nobodys
        else "Not what a participant says: context, which is never coded"
    )
    lines = [plain(who).stylize("bold")]
    codings = standing.codings_in(*selected)
    if codings:
        names = dict.fromkeys(f"{coding.label}, {' and '.join(coding.coders)}" for coding in codings)
        lines.append(plain(f"Coded: {'; '.join(names)}"))
    waiting = standing.pencilled_in(*selected)
    if waiting:
        names = dict.fromkeys(f"{suggestion.code}? {suggestion.score:.2f}" for suggestion in waiting)
        lines.append(plain(f"Suggested: {'; '.join(names)}").stylize("italic"))
    if speakers and not codings and not waiting:
        lines.append(Content("No code here; c applies one.").stylize("dim"))
    for doubt in standing.unsure_in(source.text, *selected):
        lines.append(plain(f"Unsure: {with_keys(doubt.what)} e puts it right.").stylize("italic"))
    memos = standing.remarks_in(*selected)
    lines += [memo_line(memo.author, memo.text, memo.code) for memo in memos]
    return Content("\n").join(lines)
