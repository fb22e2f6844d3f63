"""The quotes of a study, read in the form that is counted."""
