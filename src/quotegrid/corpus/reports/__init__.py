"""The attributed quotes of reports."""
