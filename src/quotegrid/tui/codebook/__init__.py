"""The codebook screen."""
