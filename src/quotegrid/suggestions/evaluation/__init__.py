"""How good suggestions and candidate themes are."""
