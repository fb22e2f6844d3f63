"""The screen of candidate themes."""
