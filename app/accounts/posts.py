"""How much one person may post within an hour; a copy of a form that was taken already is not counted again."""
from datetime import timedelta

from app.accounts import limits
from app.core import settings
from app.core.actor import Actor
from app.core.errors import N_, TooMany

HOUR = timedelta(hours=1)
MANY = N_("Vous avez beaucoup écrit en peu de temps. Réessayez dans %(minutes)s minutes.")
FEW = N_("Un nouveau compte publie au plus %(most)s fois par heure. Réessayez dans %(minutes)s minutes : cette limite "
         "disparaîtra avec le temps, quand l'équipe d'animation aura publié vos premières contributions.")


def limit(actor: Actor, kind: str, *, most: int) -> None:
    """Count what is written to a team alone, inside its command; raise TooMany past `most` an hour."""
    seconds = limits.count(kind, actor, most=most, within=HOUR)
    if seconds:
        raise TooMany(MANY, retry_after=seconds, minutes=limits.minutes(seconds))


def count(actor: Actor, kind: str, *, most: int) -> None:
    """Count a post of this kind inside its command; raise TooMany past `most` an hour, and sooner for a new account."""
    limit(actor, kind, most=most)
    few = settings.value("new_posts_per_hour")
    seconds = limits.met("new_post", actor, most=few, within=HOUR) if actor.is_new else 0
    if seconds:
        raise TooMany(FEW, retry_after=seconds, most=few, minutes=limits.minutes(seconds))
