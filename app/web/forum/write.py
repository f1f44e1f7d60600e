"""A forum is made of a meeting and arranged by the team of it."""

from flask import request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.permits import Permission
from app.events.models.meetings import Event
from app.forms.base import Form
from app.forms.forum import ForumForm, NewForumForm, ShiftForm
from app.forms.rows import read_act
from app.forum import arranging, policy
from app.forum.models import Forum
from app.forum.queries import forums as queries
from app.forum.service import forums as service
from app.forum.sizes import LENGTHS, PACES, SIZES, list_hours
from app.web.forum import participants, programme, words
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM
from app.web.frame import links, loaders, local_drafts
from app.web.frame.attempt import UNCHANGED, UNCHANGED_DRAFT, attempt
from app.web.frame.overlaps import attempt_over, describe_edit, refresh
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me

BOTH = ["GET", "POST"]
# The labels of the cells of a row, beside its number.
CELLS = {
    "name": _l("Nom"),
    "places": _l("Places"),
    "folded": _l("Accès, bruit et lien"),
    "is_step_free": _l("Sans marche"),
    "has_hearing_loop": _l("Boucle auditive"),
    "has_captions": _l("Sous-titres en direct"),
    "is_noisy": _l("Bruyante"),
    "url": _l("Lien, pour une salle en ligne"),
    "note": _l("Comment s'y rendre"),
    "day": _l("Jour"),
    "starts_hour": _l("Début"),
    "ends_hour": _l("Fin"),
    "kind": _l("Ce qui s'y passe"),
    "title": _l("Nom de la plage"),
}


@bp.route("/events/<id:event_id>/forum", methods=BOTH)
@members(policy.CREATE, of=loaders.EVENT, limit="team")
def create(event: Event) -> str | Response:
    """Ask the question, and for how many people; one press makes the rooms and the hours."""
    form = NewForumForm().offer(event, _sizes(), _lengths())
    if not form.is_submitted():
        return render("forum/new.html", event=event, form=form)
    with force_locale(event.lang):
        room = _("Salle %(n)s", n="%(n)s")
        circles = _("Cercle d'ouverture et place du marché"), _("Cercle de clôture")
    outcome = attempt(form, lambda: service.create(me(), event, form.words(room, circles)))
    if outcome.code == 409 and not queries.is_no_forum(me(), event.id):
        return done(url_for(".show", forum_id=event.id), _(service.ALREADY), "warning")
    if outcome.code:
        return refuse("forum/new.html", code=outcome.code, event=event, form=form)
    return done(
        url_for(".edit", forum_id=outcome.result.id),
        _("Le forum est prêt. Donnez aux salles les noms qu'elles portent sur place."),
    )


def _sizes() -> list[tuple[int, str]]:
    return [
        (
            size.people,
            _("Environ %(people)s personnes : %(rooms)s salles, %(hours)s plages de séances", **vars(size)),
        )
        for size in SIZES.values()
    ]


def _lengths() -> list[tuple[str, str]]:
    """Return each length with its hours, for a forum of the usual size."""
    found = []
    for code in LENGTHS:
        last = list_hours(SIZES[min(SIZES)], PACES[code])[-1]
        hours, minutes = divmod(last.starts_after + last.minutes, 60)
        total = _("%(hours)s h %(minutes)s", hours=hours, minutes=f"{minutes:02}")
        found.append(
            (
                code,
                _(
                    "%(length)s : séances de %(minutes)s minutes, %(total)s en tout",
                    length=words.LENGTHS[code],
                    minutes=PACES[code].session,
                    total=total,
                ),
            )
        )
    return found


@bp.get("/forums/<id:forum_id>/edit")
@members(policy.ARRANGE, of=FORUM)
def edit(forum: Forum) -> Response:
    """Show the question, the rooms and the hours, which may be changed while it runs too."""
    return _show(forum, forum.event, _fill(forum, forum.event))


@bp.post("/forums/<id:forum_id>/edit")
@members(policy.ARRANGE, of=FORUM, limit="team")
def change(forum: Forum) -> Response:
    event, url = forum.event, url_for(".show", forum_id=forum.id, _anchor="programme")
    form = ForumForm.read().offer(event, queries.get_arrangement(forum.id).slots)
    if read_act():
        refresh(form, _fill(forum, event))
        return _show(forum, event, form)
    outcome = attempt_over(form, forum, lambda: _fill(forum, event), lambda: service.edit(me(), forum, form.words()))
    if outcome.code:
        return _show(forum, event, form, outcome.code)
    local_drafts.mark_received(local_drafts.name_of(f"forum-{forum.id}"))
    unchanged = UNCHANGED_DRAFT if event.is_draft and not event.is_rehearsal else UNCHANGED
    message = _("Les salles et l'horaire sont à jour.")
    return done(url, *describe_edit(outcome, message, form, unchanged=unchanged))


def _fill(forum: Forum, event: Event) -> ForumForm:
    return ForumForm.of(event, queries.get_arrangement(forum.id))


def _show(forum: Forum, event: Event, form: ForumForm, code: int = 200) -> Response:
    return refuse(
        "forum/edit.html",
        code=code,
        forum=forum,
        event=event,
        form=form,
        action=url_for(".change", forum_id=forum.id),
        cell_names=CELLS,
        has_days=form.has_days,
    )


@bp.route("/forums/<id:forum_id>/shift", methods=BOTH)
@members(policy.ARRANGE, of=FORUM, limit="team")
def shift(forum: Forum) -> str | Response:
    """Begin an hour and all that follow it later, or earlier."""
    form, event = ShiftForm(), forum.event
    if not form.is_submitted():
        return _show_shift(forum, event, form)
    url = url_for(".show", forum_id=forum.id, _anchor="programme")
    outcome = attempt(form, lambda: service.shift(me(), forum, *form.hour_and_minutes(), seen=form.seen.data or ""))
    if outcome.code:
        return _show_shift(forum, event, form, outcome.code)
    return done(url, ngettext("%(num)s plage est déplacée.", "%(num)s plages sont déplacées.", outcome.result))


def _show_shift(forum: Forum, event: Event, form: ShiftForm, code: int = 200) -> Response:
    """Show the hours as they are now; the one that was chosen is chosen still."""
    slots = queries.get_arrangement(forum.id).slots
    has_days = programme.has_days(event, slots)
    form.offer([(slot.id, programme.tell_slot(slot, event, has_days=has_days)) for slot in slots])
    seen = arranging.name_hours(slots)
    return refuse("forum/shift.html", code=code, forum=forum, event=event, form=form, seen=seen)


def find_to_remove(actor: Actor, forum_id: int, permission: Permission) -> Forum | None:
    """Return a forum to take back, or None where the form comes after a colleague did it. Raise NotFound."""
    if request.method == "POST" and queries.is_no_forum(actor, forum_id):
        return None
    return participants.get_forum(actor, forum_id, permission)


@bp.route("/forums/<id:forum_id>/deletion", methods=BOTH)
@members(policy.REMOVE, of=Loader(find_to_remove, "forum_id"), limit="team")
def remove(forum: Forum | None) -> str | Response:
    if forum is None:
        return done(url_for("events.index"), _("Ce n'est déjà plus un Forum ouvert : quelqu'un l'a retiré."), "warning")
    form, event = Form(), forum.event
    if not form.is_submitted():
        return render("forum/deletion.html", forum=forum, event=event, form=form)
    url = links.event_url(event)
    outcome = attempt(form, lambda: service.remove(me(), forum))
    if outcome.code:
        return refuse("forum/deletion.html", code=outcome.code, forum=forum, event=event, form=form)
    return done(url, _("Ce n'est plus un Forum ouvert : la rencontre reste, avec les personnes inscrites."))
