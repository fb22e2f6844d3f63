"""The review: what is shown, what is decided, how far one has come."""
