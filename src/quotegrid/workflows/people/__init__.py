"""Cases: checking, showing and changing them."""
