"""Cases and their values: groups, roles, areas and attributes."""
