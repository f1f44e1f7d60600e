"""Communities of practice: their pages, their members, invitations to private ones."""
