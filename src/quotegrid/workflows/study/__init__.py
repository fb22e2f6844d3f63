"""The study's folder: creating it, opening it, its settings."""
