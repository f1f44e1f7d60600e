"""What phases and lengths are called."""

from flask_babel import lazy_gettext as _l

from app.forum.models import BEFORE, CLOSED, CONVERGENCE, MARKETPLACE, PLENARY, SESSION, SESSIONS
from app.forum.sizes import AT_HOME, HALF_DAY

PHASES = {
    BEFORE: _l("Avant la rencontre"),
    MARKETPLACE: _l("Place du marché"),
    SESSIONS: _l("Séances"),
    CONVERGENCE: _l("Convergence"),
    CLOSED: _l("Forum clos"),
}
# What the press that leads to a phase says, on and back.
ON = {
    MARKETPLACE: _l("Ouvrir la place du marché"),
    SESSIONS: _l("Commencer les séances"),
    CONVERGENCE: _l("Passer à la convergence"),
    CLOSED: _l("Clore le forum"),
}
BACK = {
    BEFORE: _l("Revenir à l'étape d'avant la rencontre"),
    MARKETPLACE: _l("Revenir à la place du marché"),
    SESSIONS: _l("Revenir aux séances"),
}
SAID = {
    BEFORE: _l("Le forum est de nouveau à l'étape d'avant la rencontre."),
    MARKETPLACE: _l("La place du marché est ouverte."),
    SESSIONS: _l("Le forum en est aux séances."),
    CONVERGENCE: _l("Le forum en est à la convergence."),
    CLOSED: _l("Le forum est clos."),
}
LENGTHS = {HALF_DAY: _l("En salle, une demi-journée"), AT_HOME: _l("Chez soi, devant un écran")}
SLOTS = {SESSION: _l("Séances"), PLENARY: _l("Tout le monde ensemble")}
