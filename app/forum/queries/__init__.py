"""Every SELECT on forums: one with its rooms and hours, its topics, and where they stand (`board`, `layout`)."""
