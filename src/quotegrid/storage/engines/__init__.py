"""The databases that can hold a study, and what they share."""
