"""The query language as users type it."""
