"""Coming into a forum: what a phone shows that read the code in the hall, and one's own page there."""

from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_
from app.events import policy as events
from app.events import retention
from app.events.models.registrations import EventRegistration
from app.forms.base import Form
from app.forms.passes import CodeForm, DayForm, NameForm
from app.forum import policy
from app.forum.models import Forum
from app.forum.service import passes as service
from app.forum.service import topics
from app.web.events import place_links
from app.web.forum import day_code, participants, pass_cookie
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM
from app.web.frame import refusals
from app.web.frame.attempt import attempt
from app.web.frame.form_limits import counted_by_service, unlimited
from app.web.frame.locale import get_language
from app.web.frame.responses import done, lead_on, refuse, render
from app.web.frame.routes import public
from app.web.frame.session import me

PASS = "/forums/<id:forum_id>/pass"
STATES = [policy.is_open, policy.is_not_cancelled, policy.gives_passes]
LATE = N_("On n'entre plus à ce forum : il est clos, il n'a pas lieu, ou il est fini depuis 24 heures.")


@dataclass
class Forms:
    """The forms of the page, of which one may be as it was sent."""

    by_code: CodeForm = field(default_factory=lambda: CodeForm(formdata=None))
    by_name: NameForm = field(default_factory=lambda: NameForm(formdata=None))
    of_day: DayForm = field(default_factory=lambda: DayForm(formdata=None))


@bp.get("/f/<id:forum_id>")
@public(policy.READ, of=FORUM)
def short(forum: Forum) -> Response:
    """Lead on from the short address, which is printed under its QR code and typed by hand."""
    return lead_on(url_for(".enter", forum_id=forum.id), 302)


@bp.get(PASS)
@public(policy.READ, of=FORUM)
def enter(forum: Forum) -> str:
    return render("forum/pass.html", **_values(forum, Forms()))


@bp.post(PASS)
@public(policy.ENTER, of=FORUM, late=STATES, limit=counted_by_service("pass_at", "pass_all"))
def enter_by_code(forum: Forum) -> str | Response:
    form = CodeForm()
    outcome = attempt(form, lambda: service.enter(me(), forum, form.code.data or ""), late=LATE)
    if me().is_someone:
        return _say_account(forum)
    return _refuse(Forms(by_code=form), outcome.code) if outcome.code else _welcome(outcome.result)


@bp.post(f"{PASS}/name")
@public(policy.ENTER, of=FORUM, late=STATES, limit="walk_in")
def enter_by_name(forum: Forum) -> str | Response:
    """Come in by a first name; whom the door let in as one person more says theirs."""
    if me().is_someone:
        return _say_account(forum)
    form, who = NameForm(), participants.recognise(me(), forum)
    name, url = form.name.data or "", url_for(".enter", forum_id=forum.id)
    if who.has_guest:
        named = attempt(form, lambda: service.say_name(me(), who, name), late=LATE)
        return _refuse(Forms(by_name=form), named.code) if named.code else done(url, _("C'est noté."))
    key, lang = form.key.data or "", get_language()
    outcome = attempt(form, lambda: service.enter_by_name(me(), forum, name, lang=lang, key=key), late=LATE)
    return _refuse(Forms(by_name=form), outcome.code) if outcome.code else _welcome(outcome.result)


def _refuse(forms: Forms, code: int) -> Response:
    """Show the page again, with the form that was refused as it was typed."""
    return refuse("forum/pass.html", code=code, **_values(FORUM.again(policy.READ), forms))


def _welcome(registration: EventRegistration) -> Response:
    forum = FORUM.again(policy.ENTER)
    pass_cookie.give(forum, registration)
    url = url_for(".enter", forum_id=forum.id)
    return done(url, _("Vous êtes au forum. Cet appareil s'en souvient jusqu'à 24 heures après la rencontre."))


def _say_account(forum: Forum) -> Response:
    """Say to a member that their account is what they come in with."""
    url = url_for(".enter", forum_id=forum.id)
    return done(url, _(service.BY_ACCOUNT), "warning")


@bp.post("/forums/<id:forum_id>/me/<token>")
@public(policy.ENTER, of=FORUM, late=STATES, limit=unlimited("it gives a browser what the address gives already"))
def enter_from_place(forum: Forum, token: str) -> Response:
    """Take the pass of one's place, from its page."""
    registration, form = place_links.get_place(me(), forum.id, token, events.READ), Form()
    if me().is_someone:
        return _say_account(forum)
    outcome = attempt(form, lambda: service.check_place(me(), forum, registration), late=LATE)
    if outcome.code:
        return done(place_links.place_url(registration), str(form.form_errors[0]), "warning")
    return _welcome(registration)


@bp.post(f"{PASS}/day")
@public(policy.ENTER, of=FORUM, late=STATES, limit=counted_by_service("day_code"))
def give_day_code(forum: Forum) -> str | Response:
    """Show that one is in the room, by the code that it is shown today."""
    form, who = DayForm(), participants.recognise(me(), forum)
    codes, url = day_code.list_day_codes(forum), url_for(".enter", forum_id=forum.id)
    outcome = attempt(form, lambda: service.show_day_code(me(), who, form.day_code.data or "", codes), late=LATE)
    if outcome.code == 409:
        return done(url, str(form.form_errors[0]), "warning")
    if outcome.code:
        return _refuse(Forms(of_day=form), outcome.code)
    return done(url, _("Votre arrivée est notée : ce que vous proposez va droit au mur."))


@bp.post(f"{PASS}/leaving")
@public(policy.READ, of=FORUM, limit=unlimited("it takes a cookie away, and keeps nothing"))
def leave(forum: Forum) -> Response:
    """Have this browser forget whose place it has; the place stays."""
    pass_cookie.take_back(forum.id)
    return done(url_for(".enter", forum_id=forum.id), _("Cet appareil ne sait plus qui vous êtes. Votre place reste."))


def _values(forum: Forum, forms: Forms) -> dict[str, object]:
    event, who = forum.event, participants.recognise(me(), forum)
    place = who.registration if who.registration and who.registration.is_coming else None
    return {
        "forum": forum,
        "event": event,
        "who": who,
        "waits": place is not None and not topics.writes_at_once(me(), who),
        "is_member": me().is_someone,
        "place": place,
        "name": place_links.get_name(place) if place and who.has_guest else "",
        "fault": "" if me().is_someone else pass_cookie.read(forum).fault,
        "out": refusals.explain_exclusion(event.community_id),
        "is_open": policy.ENTER.permits(me(), forum),
        "takes_names": policy.is_in_the_room(me(), forum),
        "forms": forms,
        "form": next((one for one in vars(forms).values() if one.errors), forms.by_code),
        "erased_at": retention.get_guest_end(event.ends_at),
        "place_url": place_links.place_url(place) if place and _has_page(forum, place) else "",
    }


def _has_page(forum: Forum, place: EventRegistration) -> bool:
    """Tell whether the page of a place is shown here: a code that is typed does not give the address of a mail."""
    return not forum.event.is_rehearsal and (place.is_walk_in or place.user_id is not None)
