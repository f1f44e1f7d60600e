"""What was joined, drawn out or put side by side, and what could be."""
