"""Writing files that the study knows again."""
