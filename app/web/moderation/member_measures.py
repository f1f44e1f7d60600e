"""A member, for the teams: what was done about them in one's own communities, and what may be done."""
from collections.abc import Callable
from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.appeals.queries import measures as taken
from app.comments.models import Comment
from app.comments.queries import reading as talk
from app.contents import policy as contents_law
from app.core.errors import NotFound
from app.core.permits import Permission
from app.forms.base import number_of
from app.forms.measures import EVERYWHERE, MemberSuspensionForm, PersonForm
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.measures import policy, queries
from app.measures.models import Person
from app.measures.service import members as service
from app.web.frame import content_links, words
from app.web.frame.attempt import kept
from app.web.frame.filters import label
from app.web.frame.params import number, single
from app.web.frame.session import me, rooms
from app.web.frame.support import go, members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

BOTH = ["GET", "POST"]
DONE = {
    "warn": _l("L'avertissement est donné. La personne lira votre motif."),
    "suspend": _l("La participation est suspendue. La personne lira votre motif, et jusqu'à quand."),
    "block": _l("La participation est bloquée. La personne lira votre motif."),
}


@bp.get("/members/<id:user_id>/measures")
@members(policy.PERSON_READ)
def show_member(user_id: int) -> str:
    person = queries.one_person(me(), user_id, policy.PERSON_READ)
    listing, content = taken.about(me(), user_id, before=number("after")), _asked_about(person)
    shown = [(one, content_links.named(one.content) if one.content else None) for one in listing.items]
    return render(
        "moderation/members/show.html", person=person, listing=listing, about=_name(content),
        apart=content_links.apart(content) if content else "",
        shown=shown, restrictions=queries.restrictions(me(), user_id),
        may_warn=bool(queries.places_allowed(me(), person, policy.WARN, _key(content))),
        may_restrict=bool(queries.places_allowed(me(), person, policy.RESTRICT, _key(content))))


@bp.route("/members/<id:user_id>/warning", methods=BOTH)
@members(policy.WARN)
def warn_member(user_id: int) -> str | Response:
    def act(person: Person, form: Any, about: dict[str, int]) -> None:
        service.warn(me(), person.user, community_id=form.community_id(), reason=form.reason.data, about=about)

    return _act("warn", user_id, policy.WARN, PersonForm(), act)


@bp.route("/members/<id:user_id>/suspension", methods=BOTH)
@members(policy.RESTRICT)
def suspend_member(user_id: int) -> str | Response:
    def act(person: Person, form: Any, about: dict[str, int]) -> None:
        service.suspend(me(), person.user, community_id=form.community_id(), reason=form.reason.data,
                        until=form.end(), about=about)

    return _act("suspend", user_id, policy.RESTRICT, MemberSuspensionForm().offer_days(words.DURATIONS), act)


@bp.route("/members/<id:user_id>/block", methods=BOTH)
@members(policy.RESTRICT)
def block_member(user_id: int) -> str | Response:
    def act(person: Person, form: Any, about: dict[str, int]) -> None:
        service.block(me(), person.user, community_id=form.community_id(), reason=form.reason.data, about=about)

    return _act("block", user_id, policy.RESTRICT, PersonForm(), act)


def _act(
        kind: str, user_id: int, permission: Permission, form: Any, act: Callable[[Person, Any, dict[str, int]], None]
) -> str | Response:
    """Ask where and why, then act and return to what is known of the person."""
    person = queries.one_person(me(), user_id, policy.PERSON_READ)
    content = _asked_about(person)
    places = queries.places_allowed(me(), person, permission, _key(content))
    if not places:
        raise NotFound()
    form.offer([(place or EVERYWHERE, _place(place)) for place in places])
    if request.method == "GET":
        only = str(places[0] or EVERYWHERE) if len(places) == 1 else form.place.data
        form.place.data = str(content_links.place(content).community_id) if content else only
    if request.method == "GET" or saved_replies.begun(form.reason, form.community_id()):
        return render("moderation/members/act.html", **_shown(kind, person, form))
    about = {f"{content_links.noun(content)}_id": content.id} if content else {}
    code = kept(form, lambda: act(person, form, about))
    if code:
        return refused("moderation/members/act.html", code=code, **_shown(kind, person, form))
    flash(DONE[kind], "success")
    return go(".show_member", user_id=user_id)


def _shown(kind: str, person: Person, form: Any) -> dict[str, Any]:
    content = _asked_about(person)
    return {
        "kind": kind, "person": person, "form": form, "about": _name(content),
        "named": content_links.named(content) if content else None}


def _place(community_id: int | None) -> str:
    if not community_id:
        return _("Tout le site")
    room = rooms().by_id.get(community_id)
    return label(room) if room else _("communauté privée")


def _asked_about(person: Person) -> Idea | Comment | None:
    """Find the content of this person that the address names (`comment-12`, `idea-3`), if the reader may read it."""
    noun, _dash, text = single("about").partition("-")
    row_id = number_of(text)
    if noun not in ("idea", "comment"):
        return None
    content = (talk.find(me(), row_id, contents_law.READ) if noun == "comment"
               else reading.find(me(), row_id, contents_law.READ))
    return content if content and content.author_id == person.user.id else None


def _key(content: Idea | Comment | None) -> tuple[str, int] | None:
    return (content_links.noun(content), content.id) if content else None


def _name(content: Idea | Comment | None) -> str | None:
    return f"{content_links.noun(content)}-{content.id}" if content else None
