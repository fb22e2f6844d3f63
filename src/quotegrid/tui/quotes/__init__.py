"""The quotes screen."""
