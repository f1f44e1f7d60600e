"""What is said in the sessions of a forum: a text that several write at once, and lines that lead on."""
