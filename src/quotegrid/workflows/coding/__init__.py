"""Deciding, undoing, passages made by hand, and where the coding stands."""
