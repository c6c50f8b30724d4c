"""Listings that are there twice: found, judged, and merged into one; nothing is deleted."""
