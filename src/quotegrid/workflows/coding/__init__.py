"""Decisions, undo and redo, passages made by hand, and progress."""
