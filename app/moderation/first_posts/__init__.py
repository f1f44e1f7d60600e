"""What waits before it appears: first posts, changes of new members, accounts that the site froze."""
