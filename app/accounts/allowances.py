"""How many acts of each kind one person, or one network address, may do within a time; and what is said past it.

Each figure stands here, once. The route of a form names the kind that it counts (`limit="mark"`); a service that counts
by itself takes by the kind alone (`limits.take`).
"""

from dataclasses import dataclass
from datetime import timedelta

from app.core.errors import N_

# How many forms of a kind are taken in an hour from the network of a hall, for each of its places (0123).
FORMS_IN_HALL = 5
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
TRIES = N_("Il y a eu trop d'essais en peu de temps. Réessayez %(time)s.")
SIGN_INS = N_(
    "Il y a eu trop d'essais sur ce compte en peu de temps, depuis votre adresse réseau. Réessayez "
    "%(time)s, ou choisissez un nouveau mot de passe par « Mot de passe oublié? » : vous pourrez entrer "
    "aussitôt."
)
SHARED = N_(
    "Il y a eu beaucoup de demandes en peu de temps depuis votre adresse réseau. D'autres personnes la "
    "partagent peut-être : celles d'un bureau, d'une école, d'une bibliothèque. Réessayez %(time)s, ou tout "
    "de suite par un autre réseau, comme celui de votre téléphone."
)
EVERYWHERE = N_(
    "Il y a eu beaucoup d'essais sur ce compte, depuis plusieurs endroits. Sur un appareil où vous l'avez "
    "déjà ouvert, connectez-vous comme d'habitude. Sinon, choisissez un nouveau mot de passe par « Mot de "
    "passe oublié? » : vous pourrez entrer aussitôt. Ou réessayez %(time)s."
)
CODES = N_(
    "Beaucoup de codes ont été essayés à l'entrée de ce forum. Réessayez %(time)s; tout de suite, entrez par la page "
    "de votre place, dont le lien est dans le courriel de confirmation, ou dites-le à l'accueil."
)
FORMS = N_("Vous avez envoyé beaucoup de formulaires de ce genre en peu de temps. Réessayez %(time)s.")
PRESSES = N_("Vous avez fait beaucoup de gestes en peu de temps. Réessayez %(time)s.")
POSTS = N_("Vous avez beaucoup écrit en peu de temps. Vous pourrez écrire de nouveau %(time)s.")
IDEAS = N_("Vous avez proposé beaucoup d'idées en peu de temps. Vous pourrez proposer de nouveau %(time)s.")
SITTING = N_("Cette séance de saisie a reçu %(most)s idées en une heure. Vous pourrez en écrire d'autres %(time)s.")
FIRST_POSTS = N_(
    "Un nouveau compte publie au plus %(most)s fois par heure. Réessayez %(time)s : cette limite "
    "disparaîtra avec le temps, quand l'équipe d'animation aura publié vos premières contributions."
)
CHANGES = N_("Vous avez modifié beaucoup de textes en peu de temps. Vous pourrez en modifier d'autres %(time)s.")
DRAFTS = N_(
    "Pas enregistré : vous avez commencé beaucoup de brouillons en peu de temps. Réessayez %(time)s; d'ici là, "
    "votre texte reste sur cette page."
)
SAVES = N_("Un texte s'enregistre au plus toutes les cinq secondes : enregistrez de nouveau dans un instant.")
LETTERS = N_("Cette adresse a reçu plusieurs courriels du site en peu de temps. Réessayez %(time)s.")
EXPORTS = N_("Vous avez emporté beaucoup de listes en peu de temps. Réessayez %(time)s.")
PACES = {"idea": IDEAS, "comment": POSTS, "change": CHANGES}
"""What a known account is told that posts faster than its pace (`trust.ALONE`)."""


@dataclass(frozen=True)
class Allowance:
    """`most` acts `within` a time, and the sentence past them; of a post, a new account has fewer (`settings`)."""

    most: int
    within: timedelta = HOUR
    sentence: str = FORMS
    is_post: bool = False


ALLOWANCES = {
    # What is tried to come in. Anybody may type anybody's address, so a counter that strangers feed is that of a pair,
    # an account and a network address; that of a whole account (`_all`) is met by guesses from many networks, and a
    # browser that the account knows passes it; `_at` counts all that comes from one network address (0072).
    "sign_in": Allowance(10, QUARTER, SIGN_INS),
    "sign_in_all": Allowance(50, DAY, EVERYWHERE),
    "sign_in_at": Allowance(50, QUARTER, SHARED),
    "code": Allowance(10, QUARTER, TRIES),
    "code_all": Allowance(50, DAY, EVERYWHERE),
    "known": Allowance(20, DAY, TRIES),
    "register_at": Allowance(60, HOUR, SHARED),
    "forgot_at": Allowance(60, HOUR, SHARED),
    "confirm_at": Allowance(60, HOUR, SHARED),
    "open_at": Allowance(50, QUARTER, SHARED),
    "password": Allowance(10, QUARTER, TRIES),
    "change_email": Allowance(5, HOUR, TRIES),
    # The mails that forms have sent to one address, all forms together (`mail_budget.py`).
    "letter": Allowance(7, HOUR, LETTERS),
    # What a team writes to addresses, and to one of them from one community.
    "invite": Allowance(30, HOUR, TRIES),
    "invited": Allowance(5, DAY, TRIES),
    # Guests of meetings: what one network asks for (a hall that a team declared has more), what one registration does.
    "guest": Allowance(20, HOUR, SHARED),
    "place": Allowance(30, HOUR, FORMS),
    # Who comes into a forum without an account (0132): codes that were wrong, from a network and, but for those of a
    # hall, at a forum; first names that one network gives; codes of the day that were wrong, from one place.
    "pass_at": Allowance(50, QUARTER, SHARED),
    "pass_all": Allowance(600, HOUR, CODES),
    "walk_in": Allowance(60, HOUR, SHARED),
    "day_code": Allowance(10, QUARTER, TRIES),
    # What a member writes; a copy of a form that was sent already is not counted again.
    "idea": Allowance(20, HOUR, IDEAS, is_post=True),
    "comment": Allowance(30, HOUR, POSTS, is_post=True),
    "topic": Allowance(30, HOUR, POSTS),
    # What a participant of a forum presses: interest, where they are, to hold a topic with its host.
    "press": Allowance(600, HOUR, PRESSES),
    # How often somebody saves the notes of a session that they write; a script waits, and loses nothing.
    "note": Allowance(1, timedelta(seconds=5), SAVES),
    "move_request": Allowance(10, HOUR, POSTS, is_post=True),
    "report": Allowance(20, HOUR, POSTS),
    # What somebody types after a meeting (0092): ideas of one community, and the drafts that they begin as.
    "sitting": Allowance(120, HOUR, SITTING),
    "sitting_draft": Allowance(120, HOUR, DRAFTS),
    "draft": Allowance(30, HOUR, DRAFTS),
    "change": Allowance(30, HOUR, CHANGES),
    "text": Allowance(360),
    "mark": Allowance(600),
    "standing": Allowance(60),
    "account": Allowance(60),
    "appeal": Allowance(20),
    # The same form, or the same words, sent again: nothing new is made.
    "again": Allowance(1_200),
    # A script sends them when somebody stops typing.
    "autosave": Allowance(1_200),
    "near": Allowance(600),
    # What a team does is wide: it stops a script, or an account in the wrong hands, and never somebody at work.
    "team": Allowance(1_200),
    "administration": Allowance(300),
    # A list taken away in a file, which is read and written at once.
    "export": Allowance(30, HOUR, EXPORTS),
}
