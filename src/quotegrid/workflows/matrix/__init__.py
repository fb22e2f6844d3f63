"""The matrix, co-occurrence and coverage."""
