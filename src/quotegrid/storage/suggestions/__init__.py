"""Suggestions, vectors and candidate themes."""
