"""The codebook: its file, its history, and changing it."""
