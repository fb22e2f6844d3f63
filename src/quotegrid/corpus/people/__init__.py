"""Readers of attributes, plans and self-descriptions of the people who speak."""
