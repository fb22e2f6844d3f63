"""Queries: their tree, their meaning, and their completion."""
