"""What waits to appear, and the accounts that wait for a review."""
