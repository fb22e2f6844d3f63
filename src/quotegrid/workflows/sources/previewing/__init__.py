"""Previews of imports, and what a user says there about files that were read wrong."""
