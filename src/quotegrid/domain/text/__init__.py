"""Text: normalised once, compared without case, and the ranges in it."""
