"""What files say about the people who speak: attributes, plans and self-descriptions."""
