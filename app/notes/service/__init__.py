"""Every act on the notes of a session."""
