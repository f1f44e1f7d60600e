"""What waits, in whose hands it is, and what a team wrote for itself."""
