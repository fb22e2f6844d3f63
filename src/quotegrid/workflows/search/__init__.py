"""Finding quotes by queries."""
