"""The shapes in which labels and times are written: patterns, conventions, times."""
