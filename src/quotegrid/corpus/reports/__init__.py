"""Finds the attributed quotes of reports."""
