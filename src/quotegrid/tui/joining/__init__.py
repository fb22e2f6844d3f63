"""The screen that joins spellings of groups and of areas."""
