"""Remedies in messages: what the command line is told to do by an option or a command, done here by a key.

Messages are written where something goes wrong, for whoever calls it, and some are kept with the study: this
is the one place that says which key does in the workbench what they advise.
"""

from __future__ import annotations

import re

_ASKS = "i in the preview of an import, e in the reader"
_LABELS = "l in the preview of an import, on a line that begins with one"
_SOURCES = "o on the screen of sources (0)"
_LISTS = {
    "quotes": "6 lists them",
    "suggestions": "2 lists them",
    "memos": "M lists them",
    "cases": "9 lists them",
}
_NAMED = r'"[^"]*"'

_REMEDIES = (
    # Importing
    (
        r"say --interviewer LABEL, --not-speaker LABEL or --speakers PATTERN \(.*?\); .* left to put right",
        "i, x and l on the line put it right here; after the import e in the reader does, and U there lists "
        "what is left",
    ),
    (
        r'say --group, name them in an attributes table .*?, or use "quotegrid cases set .*?" lists who has '
        "none",
        "import an attributes table, or give them on the screen of people (9): who has none comes first",
    ),
    (
        r'add them to \[areas\] in quotegrid.toml, or use "quotegrid cases set NAME area=\.\.\."',
        "Ctrl+G joins what your files write, and 9 gives people their area",
    ),
    (
        r'"quotegrid cases show NAME" lists all that is said; "quotegrid cases set NAME \.\.\." settles it',
        "9 says below the grid where each value comes from, and a value typed there settles it",
    ),
    (
        r'"quotegrid turns SOURCE" or "quotegrid quotes --source SOURCE" lists what was read',
        "3 shows what was read",
    ),
    (rf"say --interviewer ({_NAMED})", rf"say that \1 asks ({_ASKS})"),
    (rf"say --participant ({_NAMED})", rf"say that \1 does not ask ({_ASKS})"),
    (r"use --speakers to say how speakers are marked", f"{_LABELS}, says how speakers are marked"),
    (r"--speakers says how speakers are marked", f"{_LABELS}, says how speakers are marked"),
    (rf"--speakers {_NAMED} reads this file by its speakers", f"{_LABELS}, reads it by its speakers"),
    (r"--kind (\w+) reads", rf"{_SOURCES}, with kind=\1, reads"),
    (r'say which holds the words: --text "COLUMN"', "a on the line of a column says that it holds the words"),
    (r'name all that hold answers with --text "COLUMN"', "mark all that hold answers with a on their lines"),
    (
        r'To read the words of another one, say --text "COLUMN"',
        "a on its line reads the words of another one",
    ),
    (
        rf"Say so: --text {_NAMED}(?: --\w+ {_NAMED})*",
        "Say what each column holds: Enter on the table in the preview of an import",
    ),
    (r"give the file with --attributes", "press b on its line in the preview of an import"),
    (r'join them with "quotegrid cases merge"', "g on the screen of people (9) merges them"),
    (
        r"with the same options: quotegrid sources reread .*\.$",
        f"with the same options: {_SOURCES}, and Enter.",
    ),
    (
        r"To take the corrected text with what is coded: quotegrid sources replace .*?\. Or put",
        "To take the corrected text with what is coded: p on the screen of sources (0). Or put",
    ),
    (r'(?:Import transcripts first: )?"quotegrid import PATH"', "i on the overview (1) imports"),
    (
        r'"quotegrid import" brings more, "quotegrid status" tells how far the review has come',
        "i on the overview (1) imports more, and 1 tells how far the review has come",
    ),
    (
        r'To do: write the names as "quotegrid cases" and "quotegrid sources" list them',
        "To do: write the names as 9 and 0 list them",
    ),
    (r"; --verbose lists all(?:, with --preview also later)?", ""),
    (r", which --verbose lists", ""),
    (r'"(\S+=4) quotegrid import \.\.\."', r"\1, set before the workbench is started,"),
    (r"to read it again: quotegrid sources reread .*\.$", f"{_SOURCES} reads it again."),
    # Sources and people
    (
        r"Put it back, or say which file to read: quotegrid sources replace NAME FILE",
        "Put it back, or p reads another",
    ),
    (r", or add --anyway to replace it all the same", ""),
    (r"say so with --yes; then", "merge them all the same; then"),
    (r'"quotegrid cases show" lists the conflict', "9 shows both below the grid"),
    (r'To rename the case: "quotegrid cases rename"', "r renames it"),
    (r"Give another name with --as", "Give another name"),
    (r'If both are one person: "quotegrid cases merge"', "If both are one person: g merges them"),
    (
        r'"quotegrid cases undo" takes back the latest change, whoever made it',
        "u takes back your own latest change",
    ),
    (r'"quotegrid turns unspoken" lists what nobody says', "3 shows what nobody says"),
    (r'"quotegrid turns" lists who speaks', "3 shows who speaks"),
    (
        r'say what holds: quotegrid cases set "[^"]*" \S+="\.\.\."',
        "type what holds on the screen of people (9)",
    ),
    # Backups
    (r'with "quotegrid backup restore"', "from the list of backups (Ctrl+B)"),
    (r'"quotegrid backup restore" puts', "Enter on the list of backups (Ctrl+B) puts"),
    (
        r'Name the folder of one(?: that you keep elsewhere)?: "quotegrid backup restore FOLDER"',
        "Copy the folder of one into backups, beside the database",
    ),
    (r'"quotegrid backup list" shows', "Ctrl+B shows"),
    # The codebook and coding
    (
        r'"quotegrid codebook changes" shows the differences; with --put-back .*? the study follows the file',
        "t on the codebook (4) shows the differences, and takes the file as it is if you agree",
    ),
    (r'"quotegrid codebook" shows what the study holds', "4 shows what the study holds"),
    (
        r'"quotegrid codebook" changes the code; "quotegrid undo" takes it back',
        "4 changes the code; u takes it back",
    ),
    (r'Run "quotegrid discover"', "d discovers some"),
    (r'"quotegrid discover --all" looks through it', "There is nothing left to look through"),
    (r'"quotegrid (quotes|suggestions|memos|cases)" lists them', lambda found: _LISTS[found[1]]),
    (r'"quotegrid quotes" shows their numbers', "They stand before the quotes below"),
    (r'; "quotegrid history" shows what happened since', ""),
    (r'"quotegrid undo" by (.+?) brings', r"u by \1 brings"),
    (r' or "quotegrid sources read", marks', "marks"),
    (r"to replace what stands, say so with (?:--replaces \d+ ?)+", "Ctrl+S again replaces what stands"),
    # The matrix
    (r"[Ll]eave out --publish", "export it with e instead"),
    (
        r"Leave out --include-suggested or the stance",
        "Leave out what is only suggested (i) or the stance (v)",
    ),
    (r"Leave out --include-suggested", "Leave out what is only suggested (i)"),
    (r", with --of heard", " (r)"),
    (r'"quotegrid publications withdraw NUMBER --never-left"', "P withdraws it"),
    (r"say so \(--never-left\)", "say so (P)"),
    (r", or replace it with --force", ""),
)
_COMPILED = tuple((re.compile(pattern), words) for pattern, words in _REMEDIES)


def with_keys(message: str) -> str:
    """Return a message that says the key wherever it named an option or a command."""
    if "--" in message or "quotegrid " in message or "quotegrid.toml" in message:
        for pattern, words in _COMPILED:
            message = pattern.sub(words, message)
    return message
