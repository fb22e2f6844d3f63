"""Reports, the Framework matrix, amounts, claims and coverage, one format a file."""
