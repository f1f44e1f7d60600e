"""What operators do: migrate, check, recount, back up, and sow reference and demonstration data."""
