"""Versions of sources: what is set aside, put back, and placed anew."""
