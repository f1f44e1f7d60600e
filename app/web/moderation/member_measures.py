"""A member as teams see them: the measures taken in one's own communities, and those that may be taken."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.contents.models import container_of
from app.core.permits import Permission
from app.forms.measures import EVERYWHERE, MemberSuspensionForm, PersonForm
from app.moderation.appeals.queries import measures as contested_measures
from app.moderation.measures import policy
from app.moderation.measures import queries as measures
from app.moderation.measures.service import members as service
from app.web.frame import content_links, team_words
from app.web.frame.attempt import attempt
from app.web.frame.filters import label
from app.web.frame.params import id_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me, rooms
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp
from app.web.moderation.contents import MEMBER
from app.web.moderation.targets import TARGET, TARGET_TO_ACT, TargetedPerson

PAGE = "moderation/members/act.html"
# Of each measure: its address, the right, the act, and what is said once it is done.
MEASURES: dict[str, tuple[str, Permission, Callable[..., None], Any]] = {
    "warn": ("warning", policy.WARN, service.warn, _l("L'avertissement est donné. La personne lira votre motif.")),
    "suspend": (
        "suspension",
        policy.RESTRICT,
        service.suspend,
        _l("La participation est suspendue. La personne lira votre motif, et jusqu'à quand."),
    ),
    "block": (
        "block",
        policy.RESTRICT,
        service.block,
        _l("La participation est bloquée. La personne lira votre motif."),
    ),
}


@bp.get(f"{MEMBER}/measures")
@members(policy.PERSON_READ, of=TARGET)
def show_member(target: TargetedPerson) -> str:
    person, content = target.person, target.content
    listing = contested_measures.list_measures_on_person(me(), person.user.id, before=id_param("after"))
    lines = [(one, content_links.describe(one.content) if one.content else None) for one in listing.items]
    return render(
        "moderation/members/show.html",
        person=person,
        listing=listing,
        about=target.name,
        apart=content_links.explain_apart(content) if content else "",
        lines=lines,
        restrictions=measures.list_restrictions(me(), person.user.id),
        may_warn=bool(target.places(me(), policy.WARN)),
        may_restrict=bool(target.places(me(), policy.RESTRICT)),
    )


def take_measure(target: TargetedPerson, kind: str) -> str | Response:
    """Ask where and why, then act and return to the measures on the person."""
    _path, permission, act, message = MEASURES[kind]
    form, values = _form(kind, target, target.places(me(), permission)), _values(kind, target)
    if request.method != "POST" or saved_replies.insert(form.reason, form.community_id()):
        return render(PAGE, form=form, **values)
    outcome = attempt(form, lambda: _take(act, target, form))
    if outcome.code:
        return refuse(PAGE, code=outcome.code, form=form, **values)
    return done(url_for(".show_member", user_id=target.person.user.id), message)


for name, (path, right, _act, _message) in MEASURES.items():
    bp.add_url_rule(
        f"{MEMBER}/{path}",
        f"{name}_member",
        members(right, of=TARGET_TO_ACT, limit="team")(take_measure),
        methods=["GET", "POST"],
        defaults={"kind": name},
    )


def _form(kind: str, target: TargetedPerson, places: list[int | None]) -> PersonForm:
    """Return the form with its places; the only one, or that of the content, is selected at first."""
    form = MemberSuspensionForm().offer_days(team_words.DURATIONS) if kind == "suspend" else PersonForm()
    form.offer([(place or EVERYWHERE, _place(place)) for place in places])
    if request.method != "POST":
        only = str(places[0] or EVERYWHERE) if len(places) == 1 else form.place.data
        content = target.content
        form.place.data = str(container_of(content).community_id) if content else only
    return form


def _take(act: Callable[..., None], target: TargetedPerson, form: PersonForm) -> None:
    values: dict[str, Any] = {"community_id": form.community_id(), "reason": form.reason.data, "about": target.column}
    if isinstance(form, MemberSuspensionForm):
        values["until"] = form.end()
    act(me(), target.person.user, **values)


def _values(kind: str, target: TargetedPerson) -> dict[str, Any]:
    content = target.content
    return {
        "kind": kind,
        "person": target.person,
        "about": target.name,
        "link": content_links.describe(content) if content else None,
    }


def _place(community_id: int | None) -> str:
    if not community_id:
        return _("Tout le site")
    room = rooms().by_id.get(community_id)
    return label(room) if room else _("communauté privée")
