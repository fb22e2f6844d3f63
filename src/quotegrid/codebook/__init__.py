"""Reads and edits the codebook file."""
