"""What sets the portal up: packages, assets, test browser; the portal imports nothing of it."""
