"""What operators do: migrate, check, recount, back up, and add reference and demonstration data."""
