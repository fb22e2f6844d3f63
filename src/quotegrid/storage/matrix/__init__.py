"""What was heard, read in the form that is counted."""
