"""Commands about files that the study has written."""
