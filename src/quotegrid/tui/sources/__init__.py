"""The screen of sources."""
