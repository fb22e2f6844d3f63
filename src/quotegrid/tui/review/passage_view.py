"""The passage under review in its context: who speaks, what was asked, what comes after."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from quotegrid.domain.text.non_speech import non_speech
from quotegrid.domain.text.normalise import one_line
from quotegrid.tui.look import flowing, memo_line, plain
from quotegrid.workflows.coding.review.items import Item


class PassageView(VerticalScroll):
    """One passage: its neighbours dimmed, itself marked by a bar, the evidence underlined.

    What is not speech is dimmed, in its brackets.
    """

    can_focus = False

    def compose(self) -> ComposeResult:
        """Lay out who speaks, the text before, in and after the passage, and the memos on it."""
        yield Static(id="who")
        yield Static(id="before")
        yield Static(id="passage")
        yield Static(id="memos")
        yield Static(id="after")

    def show(self, item: Item, evidence: dict[str, Any] | None) -> None:
        """Show a passage with the evidence of one suggestion."""
        quote = item.quote
        known = [quote.role or "role not known", quote.group or "group not known", quote.area]
        who = Content.assemble(
            (one_line(quote.case or "Quote in a report"), "bold"),
            "  ",
            plain(" · ".join(part for part in known if part)),
            "\n",
            (plain(quote.source).plain, "dim"),
            (f"  {quote.kind.value} {quote.start}-{quote.end}", "dim"),
            (plain(_origin(item)).plain, "dim"),
            (f"\n{plain(one_line(quote.heading)).plain}" if quote.heading else "", "dim italic"),
        )
        self.query_one("#who", Static).update(who)
        before, after = _context(item)
        self.query_one("#before", Static).update(before)
        self.query_one("#passage", Static).update(_marked(item, evidence))
        self.query_one("#memos", Static).update(_memos(item))
        self.query_one("#memos").display = bool(quote.memos)
        self.query_one("#after", Static).update(after)
        self.query_one("#before").display = bool(before.plain.strip())
        self.query_one("#after").display = bool(after.plain.strip())
        self.call_after_refresh(self._bring_into_view)

    def _bring_into_view(self) -> None:
        self.scroll_to_widget(self.query_one("#passage"), animate=False, center=True)


def _origin(item: Item) -> str:
    """Return how the range came about, where the import did not make it."""
    if item.is_draft:
        return "  new range, nothing stands on it yet"
    return f"  cut by {one_line(item.quote.made_by)}" if item.quote.made_by else ""


def _memos(item: Item) -> Content:
    return Content("\n").join(memo_line(memo.author, memo.text) for memo in item.quote.memos)


def _context(item: Item) -> tuple[Content, Content]:
    context = item.context
    quote = item.quote
    if context.turn is None:
        return (
            plain(_tail(context.text_before)),
            plain(_head(context.text_after)),
        )
    before = [_turn(turn.label, turn.text) for turn in context.before]
    text = flowing(context.turn.text)
    start, end = quote.start - context.turn.start, quote.end - context.turn.start
    label = f"{context.turn.label}: " if context.turn.label else ""
    before.append(plain(label + _tail(text[:start])))
    after = [plain(_head(text[end:]).strip())]
    after += [_turn(turn.label, turn.text) for turn in context.after]
    return (
        Content("\n\n").join(before),
        Content("\n\n").join([part for part in after if part.plain.strip()]),
    )


def _turn(label: str | None, text: str) -> Content:
    return plain(f"{label}: {flowing(text)}" if label else flowing(text))


def _tail(text: str, most: int = 500) -> str:
    text = flowing(text).strip()
    return text if len(text) <= most else "… " + text[-most:].split(" ", 1)[-1]


def _head(text: str, most: int = 500) -> str:
    text = flowing(text).strip()
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _marked(item: Item, evidence: dict[str, Any] | None) -> Content:
    quote = item.quote
    content = Content(flowing(quote.text))
    for mark in non_speech(quote.text):
        content = content.stylize("dim", mark.start, mark.end)
    if evidence is None:
        return content
    for part, style in (("sentence", "underline"), ("phrase", "bold reverse")):
        span = evidence.get(part)
        if span is not None:
            start, end = span["start"] - quote.start, span["end"] - quote.start
            if 0 <= start < end <= len(quote.text):
                content = content.stylize(style, start, end)
    return content
