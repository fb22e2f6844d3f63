"""Recognises the columns of tables whose rows are turns: their names, times and cells."""
