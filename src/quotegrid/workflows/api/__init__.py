"""The Python face of a study."""
