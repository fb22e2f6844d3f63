"""Sources: turns, passages, memos, and how a file is recognised."""
