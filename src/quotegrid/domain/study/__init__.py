"""The work that is done with a study."""
