"""Reads files into sources: readers, headers, speaker turns, attributed quotes, sentences, segments."""
