"""Managers edit the portal's words: synonyms, topics, needs, pathways and the fallback contact."""
