"""Queries as a tree: what they mean, and how one goes on."""
