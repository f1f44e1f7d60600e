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
    journey,
    moderation,
    notices,
    plan,
    reference,
    search,
    site,
    updates,
    votes,
)

NOUNS = (
    site,
    search,
    ideas,
    comments,
    votes,
    updates,
    plan,
    journey,
    communities,
    accounts,
    notices,
    moderation,
    journal,
    reference,
    admin,
)
# The acts that take no token of a form: two that keep a word in a cookie, and one whose address is signed.
WITHOUT_TOKEN = (site.appearance.choose_language, site.appearance.choose_theme, notices.unsubscribe.stop)
BLUEPRINTS = [noun.bp.bp for noun in NOUNS]
