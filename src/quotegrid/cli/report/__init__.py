"""Commands that write about the study."""
