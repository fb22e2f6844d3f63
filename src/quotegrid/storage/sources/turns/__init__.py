"""Edits of turns: their log, and what becomes of turns, passages, cases and codings."""
