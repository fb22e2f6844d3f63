"""Finds who speaks in a transcript: labels, conventions and turns."""
