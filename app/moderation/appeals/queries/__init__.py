"""Every SELECT on measures that may be undone, and on appeals."""
