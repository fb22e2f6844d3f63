"""A fault in the workbench, in a process and a terminal of its own, which a headless one has not."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time

from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.study.folder import StudyFolder

PROGRAM = """
from quotegrid.tui.review.screen import ReviewScreen

def broken(self):
    raise ZeroDivisionError("a fault")

ReviewScreen.action_skip = broken
from quotegrid.cli.main import main
raise SystemExit(main([]))
"""
_LONGEST = 30.0


def test_a_fault_keeps_every_decision_and_a_report_and_says_so(suggested: StudyFolder) -> None:
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=suggested.root,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
    )
    os.close(terminal)
    seen, pressed, began = b"", 0, time.monotonic()
    try:
        while True:
            assert time.monotonic() - began < _LONGEST, seen[-2000:]
            if select.select([main], [], [], 0.1)[0]:
                try:
                    seen += os.read(main, 65536)
                except OSError:
                    break
            if pressed == 0 and b"Overview" in seen:
                pressed += os.write(main, b"2")
            if pressed == 1 and b"Passage 1" in seen:
                pressed += os.write(main, b"a")
            if pressed == 2 and decision_records(suggested):
                pressed += os.write(main, b"s")
        code = process.wait(timeout=_LONGEST)
    finally:
        process.kill()
        process.wait()
        os.close(main)
    text = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", seen).decode()
    assert code == 70
    assert "Every decision is kept" in text
    assert "Traceback" not in text
    [report] = suggested.root.glob("fault-*.txt")
    assert "ZeroDivisionError: a fault" in report.read_text(encoding="utf-8")
    assert [decision["decision"] for decision in decision_records(suggested)] == ["accept"]
