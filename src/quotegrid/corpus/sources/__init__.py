"""Turns a file into a source: its kind, its speakers and the warnings about them."""
