"""What a listing is made of."""
