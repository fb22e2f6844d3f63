"""The keys of the review."""

from __future__ import annotations

from textual.binding import Binding, BindingType

REVIEW_KEYS: list[BindingType] = [
    Binding("a", "accept", "Accept", tooltip="Accept the code under the cursor"),
    Binding("r", "reject", "Reject", tooltip="Reject the code under the cursor"),
    Binding("s", "skip", "Skip", tooltip="Skip the passage for now"),
    Binding("c", "choose", "Code", tooltip="Choose a code by typing"),
    Binding("t", "stance", "Stance", tooltip="Supports, disputes, mixed or none"),
    Binding("u", "undo", "Undo", tooltip="Undo the latest decision"),
    Binding("ctrl+r", "redo", "Redo", show=False, tooltip="Redo what was undone last"),
    Binding("n,right", "move(1)", "Go on", key_display="n/b", tooltip="Next passage, or back"),
    Binding("b,left", "move(-1)", "Back", show=False, tooltip="Passage before"),
    Binding("w", "next_waiting", "Next waiting", tooltip="Next waiting passage"),
    Binding("f", "filter", "Filter", tooltip="Which passages to walk through"),
    Binding("o", "order", "Order", tooltip="The order to walk in"),
    Binding(
        "R",
        "mark_read",
        "Read",
        show=False,
        tooltip="Mark the passage's source as read to the end, or as not",
    ),
    Binding("m", "memo", "Memo", tooltip="Write a memo on the passage, or change yours"),
    Binding("e", "explain", "Why", tooltip="Why the code under the cursor is suggested"),
    Binding(
        "A", "alike", "All alike", show=False, tooltip="Apply the code to all passages that say the same"
    ),
    *(
        Binding(key, action, name, show=False, tooltip=tooltip)
        for key, action, name, tooltip in (
            ("left_square_bracket", "widen('before')", "Wider", "Take in the sentence before"),
            ("right_square_bracket", "widen('after')", "Wider", "Take in the sentence after"),
            ("left_curly_bracket", "narrow('before')", "Narrower", "Leave out the first sentence"),
            ("right_curly_bracket", "narrow('after')", "Narrower", "Leave out the last sentence"),
            ("vertical_line", "split", "Split", "Split the passage in two"),
        )
    ),
    Binding("p", "toggle_progress", "Progress", show=False, tooltip="Progress by group and code"),
    Binding("g", "suggest", "Suggest again", show=False, tooltip="Suggest again"),
    Binding("i", "app.import_files", "Import", show=False, tooltip="Import transcripts and tables"),
]
