"""What exists: organizations, their services (programs), places and vocabularies."""
