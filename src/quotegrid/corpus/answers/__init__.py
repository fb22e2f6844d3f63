"""Tables of answers: what their columns mean, and their rows as turns."""
