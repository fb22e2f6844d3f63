"""Joining the spellings of groups and of areas."""
