"""The pages of the notes of a session."""
