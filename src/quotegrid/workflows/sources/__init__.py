"""Importing files, and reading what was imported."""
