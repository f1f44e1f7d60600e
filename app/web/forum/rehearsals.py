"""A forum is rehearsed: begun or joined in one press, begun anew, taken away."""

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_
from app.forms.base import Form
from app.forum import policy
from app.forum.models import Forum
from app.forum.service import rehearsals as service
from app.web.forum.bp import bp
from app.web.forum.read import FORUM
from app.web.frame.attempt import attempt
from app.web.frame.responses import done
from app.web.frame.routes import members
from app.web.frame.session import me

REHEARSAL = "/forums/<id:forum_id>/rehearsal"
LATE = N_("On répète un forum jusqu'à ce que sa place du marché soit ouverte.")


@bp.post(REHEARSAL)
@members(policy.REHEARSE, of=FORUM, late=[policy.is_to_come, policy.is_open], limit="team", form_on="forum.show")
def rehearse(forum: Forum) -> Response:
    """Begin the rehearsal of a forum, or join it: one has a place there as those who come do."""
    return _begin(forum)


@bp.post(f"{REHEARSAL}/again")
@members(policy.REHEARSE, of=FORUM, late=[policy.is_to_come, policy.is_open], limit="team", form_on="forum.show")
def rehearse_again(forum: Forum) -> Response:
    return _begin(forum, is_anew=True)


def _begin(forum: Forum, *, is_anew: bool = False) -> Response:
    form, url = Form(), url_for(".show", forum_id=forum.id)
    with force_locale(forum.event.lang):
        say = {words: _(words) for words in service.list_words()}
    outcome = attempt(form, lambda: service.begin(me(), forum, say, is_anew=is_anew), late=LATE)
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning")
    number, begins = outcome.result
    message = _("La répétition commence : ouvrez la place du marché.") if begins else _("Voici la répétition en cours.")
    return done(url_for(".show", forum_id=number), message)


@bp.post(f"{REHEARSAL}/deletion")
@members(policy.END_REHEARSAL, of=FORUM, limit="team", form_on="forum.show")
def end_rehearsal(forum: Forum) -> Response:
    form, url = Form(), url_for(".show", forum_id=forum.id)
    outcome = attempt(form, lambda: service.end(me(), forum))
    if outcome.code:
        return done(url, "; ".join(map(str, form.form_errors)), "warning")
    return done(url, _("La répétition est effacée.") if outcome.result else _("La répétition était déjà effacée."))
