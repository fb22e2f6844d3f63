"""Parts of a text that every reader needs: headers, paragraphs, sentences, names."""
