"""Who speaks in a transcript: labels, conventions and turns."""
