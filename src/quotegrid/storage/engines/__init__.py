"""The databases that can hold a study, and what is common to them."""
