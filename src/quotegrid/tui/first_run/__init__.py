"""What a folder without a study offers."""
