"""Search: what texts hold, as words that find one another."""
