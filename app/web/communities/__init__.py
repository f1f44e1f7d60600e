"""Communities of practice: their pages, their teams, their members, invitations to private ones."""

from app.web.communities import bp, facilitators, feeds, invitations, members, pages, pictures
