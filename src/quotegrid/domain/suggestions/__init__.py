"""Candidate themes."""
