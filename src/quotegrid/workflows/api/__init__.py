"""The Python API of a study."""
