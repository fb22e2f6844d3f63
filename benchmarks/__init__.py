"""What is measured, against whom, and the command that measures it."""
