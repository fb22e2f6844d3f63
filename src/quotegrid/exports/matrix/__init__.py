"""The matrix, one format a file."""
