"""From a file to a source: its kind, its speakers and what is unsure of them."""
