"""The public journal, its verification and its figures."""

from app.web.journal import bp, feeds, figures, lines
