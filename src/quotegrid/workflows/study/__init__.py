"""The study's folder: making it, opening it, its settings."""
