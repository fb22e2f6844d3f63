"""The review: its segments, decisions and progress."""
