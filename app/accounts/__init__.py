"""People's accounts: who signs in, what they accepted, and from where they are signed in."""
