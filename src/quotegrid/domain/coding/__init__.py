"""Decisions, the codings that follow from them, and the order of review."""
