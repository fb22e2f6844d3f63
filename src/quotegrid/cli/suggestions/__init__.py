"""Commands that suggest, discover and measure."""
