"""Data for others: feeds."""
