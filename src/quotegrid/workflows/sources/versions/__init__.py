"""Corrected, reread and removed sources."""
