"""From files to sources: readers, headers, speaker turns, attributed quotes, sentences, segments."""
