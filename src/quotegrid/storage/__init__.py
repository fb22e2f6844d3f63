"""The study's database. All SQL of quotegrid is in this folder."""
