"""The words by which questions are told, and by which somebody shows that they lead an interview."""
