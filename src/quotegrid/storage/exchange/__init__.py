"""The record of the files that the study has written."""
