"""Commands about the study itself: init, settings, status, serve."""
