"""Commands that ask for quotes."""
