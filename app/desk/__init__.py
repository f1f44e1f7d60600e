"""The work of a team: what waits, in whose hands it is, its notes and its saved replies."""
