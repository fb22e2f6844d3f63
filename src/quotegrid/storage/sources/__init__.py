"""Sources, turns, passages, memos and full text."""
