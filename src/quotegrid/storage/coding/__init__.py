"""Decisions, codings, summaries, exemplars and the segments of a review."""
