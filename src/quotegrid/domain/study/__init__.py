"""What is done with a study."""
