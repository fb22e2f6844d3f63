"""Tells what stands in a transcript and is nobody's words."""
