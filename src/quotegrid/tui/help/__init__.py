"""The page that explains the keys."""
