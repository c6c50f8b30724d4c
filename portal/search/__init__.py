"""Query → page of services, facet counts, suggestions; the database stays the truth."""
