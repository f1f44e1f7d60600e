"""Communities of practice: their pages, their members, invitations to private ones."""
from app.web.communities import bp, feeds, invitations, members, pages, pictures
