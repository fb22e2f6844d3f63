"""The screen of people."""
