"""The import of files, and the reading of sources."""
