"""Disclosure control of a publication jointly with those before it."""
