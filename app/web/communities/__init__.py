"""Communities of practice: their pages, their teams, their members, invitations to private ones."""
