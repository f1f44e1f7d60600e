"""Every SELECT on forums: `forums` for one with its rooms and hours, `topics` for what was pitched."""
