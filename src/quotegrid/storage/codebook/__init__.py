"""Codes and the versions of the codebook."""
