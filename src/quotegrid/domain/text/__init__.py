"""Text: normalised once, compared without case, with ranges and marks in it."""
