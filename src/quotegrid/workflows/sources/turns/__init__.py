"""Putting right who said what in transcripts, and what imports were unsure about."""
