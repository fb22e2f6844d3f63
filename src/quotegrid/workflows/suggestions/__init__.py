"""Suggesting codes, learning from decisions, discovering themes, and measuring both."""
