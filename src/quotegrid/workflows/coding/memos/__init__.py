"""Memos: writing, changing, listing, and what they are on and link to."""
