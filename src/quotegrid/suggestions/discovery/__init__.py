"""Candidate themes in the participants' own words."""
