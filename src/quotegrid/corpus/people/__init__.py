"""What files say of the people who speak: attributes, plans and self-descriptions."""
