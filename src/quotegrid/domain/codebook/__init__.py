"""The codebook: codes, edits, merging, and codes as text."""
