"""The list of memos."""
