"""What is kept of accounts: people, their sessions, the changes that wait, what they accept, who read it."""
