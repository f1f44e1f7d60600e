"""What is read of a choice; no total is, before it is counted."""
