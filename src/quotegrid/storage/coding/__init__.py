"""Decisions, codings, summaries, exemplars and what the review walks through."""
