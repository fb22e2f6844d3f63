"""Measures how good suggestions and candidate themes are."""
