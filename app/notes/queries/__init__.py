"""What is read of the notes of a session."""
