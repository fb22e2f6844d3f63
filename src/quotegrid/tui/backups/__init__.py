"""The backups of the study."""
