"""The screen of a folder without a study."""
