"""Cases and their values."""
