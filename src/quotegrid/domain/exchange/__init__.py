"""The parts that a listing is made of."""
