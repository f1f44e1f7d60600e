"""What is done to a content, to a thread, to a member; and the record of it."""
