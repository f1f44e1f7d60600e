"""How many acts of each kind one person, or one network address, may do within a time; and what is said past it.

Each figure stands here, once. `app/web/allowances.py` names the kind that each address counts; a service that counts by
itself takes by the kind alone (`limits.take`).
"""
from dataclasses import dataclass
from datetime import timedelta

from app.core.errors import N_

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
TRIES = N_("Il y a eu trop d'essais en peu de temps. Réessayez dans %(minutes)s minutes.")
FORMS = N_("Vous avez envoyé beaucoup de formulaires de ce genre en peu de temps. "
           "Réessayez dans %(minutes)s minutes.")
POSTS = N_("Vous avez beaucoup écrit en peu de temps. Réessayez dans %(minutes)s minutes.")
FIRST_POSTS = N_("Un nouveau compte publie au plus %(most)s fois par heure. Réessayez dans %(minutes)s minutes : cette "
                 "limite disparaîtra avec le temps, quand l'équipe d'animation aura publié vos premières "
                 "contributions.")
CHANGES = N_("Vous avez modifié beaucoup de textes en peu de temps. Réessayez dans %(minutes)s minutes.")
DRAFTS = N_("Pas enregistré : vous avez commencé beaucoup de brouillons en peu de temps. Réessayez dans %(minutes)s "
            "minutes; d'ici là, votre texte reste sur cette page.")

EXPORTS = N_("Vous avez emporté beaucoup de listes en peu de temps. Réessayez dans %(minutes)s minutes.")


@dataclass(frozen=True)
class Allowance:
    """`most` acts `within` a time, and the sentence past them; of a post, a new account has fewer (`settings`)."""

    most: int
    within: timedelta = HOUR
    sentence: str = FORMS
    is_post: bool = False


ALLOWANCES = {
    # What is tried to come in, for each account and, under `_at`, for all those of one network address.
    "sign_in": Allowance(10, QUARTER, TRIES), "sign_in_at": Allowance(50, QUARTER, TRIES),
    "register": Allowance(5, HOUR, TRIES), "register_at": Allowance(20, HOUR, TRIES),
    "forgot": Allowance(5, HOUR, TRIES), "forgot_at": Allowance(20, HOUR, TRIES),
    "confirm": Allowance(5, HOUR, TRIES), "confirm_at": Allowance(20, HOUR, TRIES),
    "reset_at": Allowance(20, HOUR, TRIES), "code": Allowance(10, QUARTER, TRIES),
    "password": Allowance(10, QUARTER, TRIES), "change_email": Allowance(5, HOUR, TRIES),
    # What a team writes to an address, and what is written to one.
    "invite": Allowance(30, HOUR, TRIES), "invited": Allowance(5, DAY, TRIES),
    # What a member writes; a copy of a form that was sent already is not counted again.
    "idea": Allowance(20, HOUR, POSTS, is_post=True), "comment": Allowance(30, HOUR, POSTS, is_post=True),
    "move_request": Allowance(10, HOUR, POSTS, is_post=True), "report": Allowance(20, HOUR, POSTS),
    "draft": Allowance(30, HOUR, DRAFTS), "change": Allowance(30, HOUR, CHANGES),
    "text": Allowance(120), "mark": Allowance(600), "standing": Allowance(60), "account": Allowance(60),
    "appeal": Allowance(20),
    # The same form, or the same words, sent again: nothing new is made.
    "again": Allowance(1_200),
    # A script sends them when somebody stops typing.
    "autosave": Allowance(1_200), "near": Allowance(600),
    # What a team does is wide: it stops a script, or an account in the wrong hands, and never somebody at work.
    "team": Allowance(1_200), "administration": Allowance(300),
    # A list taken away in a file, which is read and written at once.
    "export": Allowance(30, HOUR, EXPORTS)}
