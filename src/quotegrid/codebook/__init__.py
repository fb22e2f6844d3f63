"""The codebook file and the codes in it."""
