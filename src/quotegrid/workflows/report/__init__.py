"""Amounts, claims, summaries, the Framework matrix and the report."""
