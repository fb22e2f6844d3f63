"""Quotes, and queries as SQL."""
