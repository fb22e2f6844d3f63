"""The screen that reads whole transcripts."""
