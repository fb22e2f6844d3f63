"""Candidate themes: what discovery proposes before a person decides."""
