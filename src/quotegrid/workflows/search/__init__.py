"""The search for quotes by queries."""
