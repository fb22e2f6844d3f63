"""Commands about the codebook."""
