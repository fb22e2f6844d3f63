"""Suggestions of codes, learning from decisions, discovery of themes, and evaluation."""
