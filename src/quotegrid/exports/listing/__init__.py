"""Listings as CSV, JSON and Markdown."""
