"""The HTML door: one package for each noun, and `frame` for what every page needs.

`BLUEPRINTS` names them in the order in which a reader would.
"""
from app.web import (
    accounts,
    admin,
    comments,
    communities,
    ideas,
    journal,
    moderation,
    notices,
    reference,
    site,
    updates,
    votes,
)

NOUNS = (site, ideas, comments, votes, updates, communities, accounts, notices, moderation, journal, reference, admin)
BLUEPRINTS = [noun.bp.bp for noun in NOUNS]
