"""The axes: issues, territories, tags; their pages, and where coordinators keep them."""
from app.web.reference import admin, bp, pages
