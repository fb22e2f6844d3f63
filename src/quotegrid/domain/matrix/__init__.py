"""The matrix: rows, columns, measures, bases and disclosure control."""
