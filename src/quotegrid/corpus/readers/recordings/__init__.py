"""Reads the files of programs that transcribe recordings."""
