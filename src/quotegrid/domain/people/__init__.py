"""Cases and what is said of them: groups, roles, areas and attributes."""
