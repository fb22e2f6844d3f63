"""What messages advise is a key in the workbench: no option and no command is left in any of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotegrid.cli.main import app
from quotegrid.tui.remedies import with_keys
from tests.conftest import REPOSITORY, command_tree

SOURCE = REPOSITORY / "src" / "quotegrid"
OF_THE_COMMAND_LINE = {
    "exports/formats.py": "help of options",
    "exports/report/framework_xlsx.py": "the workbench writes no Framework matrix",
    "settings.py": "help of settings",
    "tui/serving.py": "what `quotegrid serve` prints",
    "workflows/api/fields_page.py": "a page of the documentation",
    "workflows/coding/add_decisions.py": "decisions from a file",
    "workflows/coding/decision_places.py": "decisions from a file",
    "workflows/coding/memos/subjects.py": "things without a name, which the workbench always gives",
    "workflows/coding/status.py": "`quotegrid status`",
    "workflows/report/verify.py": "`quotegrid verify`",
    "workflows/search/export_quotes.py": "what an export's record says",
    "workflows/search/saved_queries.py": "an empty query, which the workbench does not save",
    "workflows/sources/tables/columns.py": "what an option says",
    "workflows/sources/turns/turn_table.py": "corrections from a file",
    "workflows/study/check_study.py": "what `quotegrid check` says, to which the workbench sends",
    "workflows/study/describe_settings.py": "a page of the documentation",
    "workflows/study/folder.py": "a folder without a study, where the workbench offers to make one",
    "workflows/suggestions/evaluate.py": "`quotegrid evaluate`",
}
"""The files whose messages no screen shows, each with why."""
COMMANDS = "|".join(sorted(command_tree(app).commands))  # type: ignore[attr-defined]  # a group has commands
PART = re.compile(r"\s*--[a-z]+ ?[^ ]*")
"""An option alone, which a sentence takes in; the sentences are among the examples below."""
ADVICE = re.compile(rf"(?<![\w-])--[a-z]|\bquotegrid (?:{COMMANDS})\b")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module, with a stand-in for each value; neither docstrings nor fields of listings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_field = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("column")
        if is_docstring or is_field or node in passed:
            passed.update(ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            passed.update(ast.walk(node))
            parts = [str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values]
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_no_message_of_the_workbench_names_an_option_or_a_command() -> None:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith("cli/") or name in {*OF_THE_COMMAND_LINE, "tui/remedies.py"}:
            continue
        found += [
            f"{name}:{line}: {text}"
            for line, text in texts(path)
            if ADVICE.search(with_keys(text)) and not PART.fullmatch(text)
        ]
    assert found == []


def test_what_is_passed_over_still_names_some() -> None:
    for name in OF_THE_COMMAND_LINE:
        assert any(ADVICE.search(text) for _, text in texts(SOURCE / name)), name


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (
            "unconfirmed suggestions cannot be published. Leave out --include-suggested.",
            "unconfirmed suggestions cannot be published. Leave out what is only suggested (i).",
        ),
        (
            '3 of 4 questions; if they interview, say --interviewer "Jo Field".',
            '3 of 4 questions; if they interview, say that "Jo Field" asks '
            "(i in the preview of an import, e in the reader).",
        ),
        (
            'Say so: --text "answer" --text "more" --column "speaker=who". The columns are answer and more.',
            "Say what each column holds: Enter on the table in the preview of an import. "
            "The columns are answer and more.",
        ),
        (
            '"Jo" looks like a label; --speakers "{speaker} ~ {text}" reads this file by its speakers.',
            '"Jo" looks like a label; l in the preview of an import, on a line that begins with one, '
            "reads it by its speakers.",
        ),
        (
            '"Jo" looks like a label; --kind transcript reads this file by its speakers.',
            '"Jo" looks like a label; o on the screen of sources (0), with kind=transcript, reads this '
            "file by its speakers.",
        ),
        (
            "Nothing was written; to replace what stands, say so with --replaces 4 --replaces 7.",
            "Nothing was written; Ctrl+S again replaces what stands.",
        ),
        ('there is no passage 9. "quotegrid quotes" lists them.', "there is no passage 9. 6 lists them."),
        ("kept as it is -- as quotegrid.toml says.", "kept as it is -- as quotegrid.toml says."),
    ],
)
def test_advice_is_put_in_keys(told: str, shown: str) -> None:
    assert with_keys(told) == shown
